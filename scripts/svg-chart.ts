// Line charts as SVG text, stacked on one axis of time, in the project's colours and in the reader's light or dark.

import { dark, light, type Theme } from "../ui/tokens";

const COLOURS = [
	"text",
	"muted",
	"accent",
	"heat",
	"cool",
	"warn",
	"danger",
] as const satisfies (keyof Theme)[];

export type Colour = (typeof COLOURS)[number];

export interface Line {
	kind: "line";
	/** What the legend calls it; lines without are not in it. */
	name?: string;
	colour: Colour;
	points: readonly Point[];
	thin?: boolean;
	dashed?: boolean;
	/** Filled down to the axis. */
	filled?: boolean;
}

/** A range of values all along, such as what is tolerated. */
export interface Band {
	kind: "band";
	name?: string;
	colour: Colour;
	from: number;
	to: number;
}

/** Spans of time in which something was on, each a bar of the panel's height. */
export interface Bars {
	kind: "bars";
	name?: string;
	colour: Colour;
	spans: readonly Point[];
}

export type Point = readonly [x: number, y: number];
export type Series = Line | Band | Bars;

export interface Panel {
	title: string;
	height: number;
	min: number;
	max: number;
	/** The marked values; none: the panel has no axis of its own. */
	ticks: readonly number[];
	format(value: number): string;
	series: readonly Series[];
}

export interface Chart {
	/** For those who cannot see it. */
	title: string;
	description: string;
	width: number;
	xMax: number;
	xTicks: readonly number[];
	xTitle: string;
	panels: readonly Panel[];
}

const LEFT = 64;
const RIGHT = 20;
const TOP = 16;
/** Above each panel: its title and legend. */
const HEAD = 30;
const GAP = 18;
const FOOT = 44;
const FONT = 13;
/** Of the legend's letters, at most on average. */
const LETTER = 7.8;

export function svgOf(chart: Chart): string {
	const { width, panels, xMax } = chart;
	const inner = width - LEFT - RIGHT;
	const x = (value: number): number => LEFT + (value / xMax) * inner;
	let top = TOP;
	const drawn = panels.map((panel) => {
		const text = panelOf(panel, { top: top + HEAD, width, x });
		top += HEAD + panel.height + GAP;
		return text;
	});
	const bottom = top - GAP;
	const height = bottom + FOOT;
	const xAxis = chart.xTicks.map(
		(tick) =>
			`<path class="grid" d="M${round(x(tick))} ${bottom}v5"/><text class="middle muted" x="${round(x(tick))}" y="${bottom + 20}">${tick}</text>`,
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(chart.title)}</title>
<desc id="description">${escaped(chart.description)}</desc>
<style>${style()}</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="12"/>
${drawn.join("\n")}
${xAxis.join("")}
<text class="middle muted" x="${round(LEFT + inner / 2)}" y="${bottom + 38}">${escaped(chart.xTitle)}</text>
</svg>
`;
}

interface Place {
	top: number;
	width: number;
	x(value: number): number;
}

function panelOf(panel: Panel, place: Place): string {
	const { top, width, x } = place;
	const { height, min, max, series } = panel;
	const bottom = top + height;
	const y = (value: number): number =>
		bottom - ((Math.min(Math.max(value, min), max) - min) / (max - min)) * height;
	const grid = panel.ticks.map(
		(tick) =>
			`<path class="grid" d="M${LEFT} ${round(y(tick))}H${width - RIGHT}"/><text class="end muted" x="${LEFT - 8}" y="${round(y(tick) + 4)}">${escaped(panel.format(tick))}</text>`,
	);
	return [
		`<text x="${LEFT}" y="${top - 11}">${escaped(panel.title)}</text>`,
		legendOf(series, top - 15, width - RIGHT),
		...series.filter(({ kind }) => kind === "band").map((one) => seriesOf(one, { x, y, top, bottom, width })),
		...grid,
		...series.filter(({ kind }) => kind !== "band").map((one) => seriesOf(one, { x, y, top, bottom, width })),
	].join("\n");
}

interface Scales {
	x(value: number): number;
	y(value: number): number;
	top: number;
	bottom: number;
	width: number;
}

function seriesOf(series: Series, { x, y, top, bottom, width }: Scales): string {
	const classes = `class="${classesOf(series)}"`;
	switch (series.kind) {
		case "band": {
			const upper = y(series.to);
			return `<rect ${classes} x="${LEFT}" y="${round(upper)}" width="${width - RIGHT - LEFT}" height="${round(y(series.from) - upper)}"/>`;
		}
		case "bars": {
			const bars = series.spans.map(
				([from, to]) => `M${round(x(from))} ${top}H${round(x(to))}V${bottom}H${round(x(from))}z`,
			);
			return `<path ${classes} d="${bars.join("")}"/>`;
		}
		case "line": {
			const path = pathOf(series.points.map(([px, py]) => [x(px), y(py)]));
			const [first, last] = [series.points[0], series.points.at(-1)];
			const area =
				series.filled && first && last
					? `<path class="area ${series.colour}" d="${path}V${bottom}H${round(x(first[0]))}z"/>`
					: "";
			return `${area}<path ${classes} d="${path}"/>`;
		}
	}
}

function pathOf(points: readonly Point[]): string {
	return points.map(([px, py], index) => `${index === 0 ? "M" : "L"}${round(px)} ${round(py)}`).join("");
}

/** From right to left, so that it ends where the panel ends. */
function legendOf(series: readonly Series[], y: number, right: number): string {
	const parts: string[] = [];
	let end = right;
	for (const one of [...series].reverse()) {
		if (one.name === undefined) continue;
		const start = round(end - one.name.length * LETTER);
		const swatch =
			one.kind === "line"
				? `<path class="${classesOf(one)}" d="M${round(start - 24)} ${y}h18"/>`
				: `<rect class="${classesOf(one)}" x="${round(start - 24)}" y="${y - 6}" width="18" height="12"/>`;
		parts.push(`${swatch}<text class="muted" x="${start}" y="${y + 4}">${escaped(one.name)}</text>`);
		end = round(start - 40);
	}
	return parts.join("");
}

function classesOf(series: Series): string {
	const { kind, colour } = series;
	const extras = kind === "line" ? [series.thin && "thin", series.dashed && "dashed"] : [];
	return [kind, colour, ...extras].filter(Boolean).join(" ");
}

function style(): string {
	const colours = COLOURS.map((name) => `path.${name},rect.${name}{--c:var(--${name})}`).join("");
	return `${themeOf(light)}
@media (prefers-color-scheme:dark){${themeOf(dark)}}
text{font:${FONT}px system-ui,sans-serif;fill:var(--text);font-variant-numeric:tabular-nums}
text.muted{fill:var(--muted)}.middle{text-anchor:middle}.end{text-anchor:end}
.card{fill:var(--surface);stroke:var(--line)}.grid{stroke:var(--line);fill:none}
.line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}.thin{stroke-width:1}.dashed{stroke-dasharray:5 4}
.band{fill:var(--c);fill-opacity:.15}.area{fill:var(--c);fill-opacity:.2}.bars{fill:var(--c)}
${colours}`;
}

function themeOf(theme: Theme): string {
	const names = ["surface", "line", ...COLOURS] as const;
	return `svg{${names.map((name) => `--${name}:${theme[name]}`).join(";")}}`;
}

/** A tenth of a pixel is as much as anybody sees. */
function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
