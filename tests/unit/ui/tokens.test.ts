import assert from "node:assert/strict";
import { test } from "node:test";
import { dark, light, type Theme } from "../../../ui/tokens";

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

const words = ["text", "muted", "accent", "heat", "cool", "warn", "danger"] as const;
const grounds = ["background", "surface", "raised"] as const;

for (const [name, theme] of Object.entries({ dark, light }) as [string, Theme][])
	test(`in the ${name} theme every colour can be read as text wherever text stands`, () => {
		for (const word of words)
			for (const ground of grounds) {
				const found = contrast(theme[word], theme[ground]);
				assert.ok(found >= 4.5, `${word} on ${ground}: ${found.toFixed(2)}`);
			}
	});
