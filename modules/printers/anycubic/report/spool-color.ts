// A spool's colour as printers tell it: lists of numbers from 0 to 255.

import { wholeBetween } from "./values";

/** RRGGBBAA. `group`: with opacity, of spools of several colours; the first one counts. */
export function spoolColor(color: unknown, group?: unknown): string | undefined {
	return hexColor(color) ?? (Array.isArray(group) ? hexColor(group[0]) : undefined);
}

function hexColor(color: unknown): string | undefined {
	if (!Array.isArray(color) || color.length < 3) return undefined;
	let digits = "";
	for (let index = 0; index < 4; index++) {
		const part = index < color.length ? wholeBetween(0, color[index], 255) : 255;
		if (part === undefined) return undefined;
		digits += part.toString(16).padStart(2, "0");
	}
	return digits.toUpperCase();
}
