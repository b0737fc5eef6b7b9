// The chart of the chamber's last hours: two lines of temperature, the target, and the power as an area.

/** @import { History } from "../../modules/breath/history" */
import { svg } from "./dom.js";
import { words } from "./words.js";

const HEIGHT = { least: 220, most: 300 };
/** Of the width. */
const HEIGHT_SHARE = 0.55;
/** Room for the numbers at the left and below. */
const LEFT = 36;
const BOTTOM = 22;
const TOP = 8;
const HOUR_S = 3_600;

/** @param {HTMLElement} place */
export function createChart(place) {
	const root = svg("svg", { role: "img" });
	place.replaceChildren(root);
	/** @type {History | undefined} */
	let shown;
	new ResizeObserver(() => shown && draw(shown)).observe(place);
	return { draw, redraw: () => shown && draw(shown) };

	/** @param {History} history */
	function draw(history) {
		shown = history;
		// One unit is one pixel, so that its numbers are as large on a phone as elsewhere.
		const width = Math.max(200, place.clientWidth);
		const height = Math.min(HEIGHT.most, Math.max(HEIGHT.least, Math.round(width * HEIGHT_SHARE)));
		root.setAttribute("viewBox", `0 0 ${width} ${height}`);
		const { intervalSeconds, chamber, ptc, target, duty } = history;
		const count = chamber.length;
		const spanS = Math.max(HOUR_S, count * intervalSeconds);
		const highest = Math.max(60, ...ptc.map((value) => value ?? 0), ...target);
		const top = Math.ceil(highest / 20) * 20;
		/** @param {number} index */
		const x = (index) => LEFT + (1 - ((count - 1 - index) * intervalSeconds) / spanS) * (width - LEFT);
		/** @param {number} value */
		const y = (value) => TOP + (1 - value / top) * (height - TOP - BOTTOM);

		const parts = [];
		for (let value = 0; value <= top; value += 20) {
			parts.push(svg("line", { class: "grid", x1: LEFT, x2: width, y1: y(value), y2: y(value) }));
			parts.push(label(LEFT - 6, y(value) + 4, String(value), "end"));
		}
		const hours = spanS / HOUR_S;
		for (let hour = 0; hour <= hours; hour += hours > 2 ? 1 : 0.5) {
			const place = LEFT + (1 - hour / hours) * (width - LEFT);
			const text = hour === 0 ? words("now") : `−${hour} h`;
			parts.push(label(place, height - 6, text, hour === 0 ? "end" : hour === hours ? "start" : "middle"));
		}
		if (count > 0) {
			const floor = height - BOTTOM;
			const power = duty.map((value, index) => `L${x(index)} ${floor - (value / 100) * (floor - TOP)}`);
			parts.push(
				svg("path", { class: "power", d: `M${x(0)} ${floor}${power.join("")}L${x(count - 1)} ${floor}Z` }),
			);
			parts.push(
				svg("path", {
					class: "target",
					d: line(
						target.map((value) => value || null),
						x,
						y,
					),
				}),
			);
			parts.push(svg("path", { class: "element", d: line(ptc, x, y) }));
			parts.push(svg("path", { class: "chamber", d: line(chamber, x, y) }));
		}
		const last = chamber.at(-1);
		root.setAttribute(
			"aria-label",
			words("chartLabel", {
				hours: (spanS / HOUR_S).toFixed(1),
				now: last === null || last === undefined ? "–" : last.toFixed(1),
			}),
		);
		root.replaceChildren(...parts);
	}
}

/** A line that breaks where nothing is known. @param {(number | null)[]} values @param {(index: number) => number} x @param {(value: number) => number} y */
function line(values, x, y) {
	let path = "";
	let isOpen = false;
	values.forEach((value, index) => {
		if (value !== null) path += `${isOpen ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
		isOpen = value !== null;
	});
	return path;
}

/** @param {number} x @param {number} y @param {string} text @param {string} anchor */
function label(x, y, text, anchor) {
	const created = svg("text", { x, y, "text-anchor": anchor });
	created.textContent = text;
	return created;
}
