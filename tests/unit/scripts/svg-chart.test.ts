// The charts of docs/images: well-formed, in both themes, and within their panels.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Chart, svgOf } from "../../../scripts/svg-chart";
import { dark, light } from "../../../ui/tokens";

const chart: Chart = {
	title: "Warm & warmer",
	description: "It is < 60 °C.",
	width: 400,
	xMax: 10,
	xTicks: [0, 5, 10],
	xTitle: "minutes",
	panels: [
		{
			title: "Temperature, °C",
			height: 100,
			min: 0,
			max: 50,
			ticks: [0, 25, 50],
			format: String,
			series: [
				{ kind: "band", name: "allowed", colour: "accent", from: 20, to: 30 },
				{
					kind: "line",
					name: "air",
					colour: "heat",
					filled: true,
					points: [
						[0, 0],
						[5, 80],
						[10, 50],
					],
				},
				{ kind: "bars", name: "on", colour: "cool", spans: [[0, 5]] },
			],
		},
	],
};

test("a chart has a title and a description for those who cannot see it, as valid XML", () => {
	const svg = svgOf(chart);
	assert.match(svg, /<title id="title">Warm &amp; warmer<\/title>/);
	assert.match(svg, /<desc id="description">It is &lt; 60 °C\.<\/desc>/);
	const open: string[] = [];
	for (const [, closing, name = "", attributes = ""] of svg.matchAll(/<(\/?)([a-z]+)([^>]*)>/g)) {
		if (closing) assert.equal(open.pop(), name);
		else if (!attributes.endsWith("/")) open.push(name);
	}
	assert.deepEqual(open, []);
});

test("it has the colours of both themes and follows the reader's", () => {
	const svg = svgOf(chart);
	assert.match(svg, /@media \(prefers-color-scheme:dark\)/);
	for (const theme of [light, dark])
		for (const colour of [theme.surface, theme.text, theme.heat, theme.accent])
			assert.ok(svg.includes(colour));
});

test("values have their place: the axis' ends at the panel's ends, and none is drawn outside of it", () => {
	const svg = svgOf(chart);
	const line = /<path class="line heat" d="M([^"]+)"\/>/.exec(
		svg.replace(/<path class="line heat" d="M[^"]+h18"\/>/, ""),
	)?.[1];
	assert.equal(line, "64 146L222 46L380 46");
	assert.match(svg, /<rect class="band accent" x="64" y="86" width="316" height="20"\/>/);
	assert.match(svg, /<path class="bars cool" d="M64 46H222V146H64z"\/>/);
});
