// The workbench's part for the virtual Spoolman: what is left on its spools, and what goes wrong with it.

import { element, switches } from "./parts.js";

/** @import { SpoolmanSnapshot } from "../../spoolman/server" */
/** @import { ShownSpool } from "../../spoolman/snapshot" */
/** @import { SpoolmanSwitch } from "../../spoolman/switches" */
/** @typedef {SpoolmanSnapshot & { url: string }} SpoolmanWorld */

/** @type {Record<SpoolmanSwitch, [title: string, explanation: string]>} */
const switchWords = {
	down: ["Spoolman is down", "Connections to it are refused."],
	slow: ["Slow answers", "It does what it is asked to, and answers 10 s later."],
	failing: ["Answers with errors", "Every answer is 500, and nothing is done."],
};

const cards = ["spoolman-card", "spoolman-switches-card"];

/**
 * @param {(wish: object) => void} send
 * @returns {(spoolman: SpoolmanWorld | undefined) => void} draws it; without a virtual Spoolman nothing is shown
 */
export function createSpoolman(send) {
	const drawSwitches = switches("spoolman-switches", switchWords, (name, on) =>
		send({ spoolmanSwitch: name, on }),
	);
	return (spoolman) => {
		for (const id of cards) element(id).hidden = spoolman === undefined;
		if (!spoolman) return;
		const { spools, total } = spoolman;
		element("spoolman-place").textContent =
			`${spoolman.url} ${spoolman.switches.down ? "is down" : ""}`.trim();
		element("spools").replaceChildren(...spools.map(row));
		const unseen = total - spools.length;
		element("more-spools").textContent =
			total === 0 ? "It has no spools." : unseen > 0 ? `${unseen} more are not shown.` : "";
		drawSwitches({ ...spoolman.switches });
	};
}

/** @param {ShownSpool} spool */
function row({ id, name, color, remainingGrams, usedGrams, location, hasTag }) {
	const item = document.createElement("li");
	const swatch = document.createElement("span");
	swatch.className = "swatch";
	swatch.setAttribute("aria-hidden", "true");
	if (color) swatch.style.background = `#${color}`;
	const words = document.createElement("span");
	const notes = document.createElement("small");
	notes.textContent = [hasTag ? "with a tag" : "without a tag", location].filter(Boolean).join(", ");
	words.append(`#${id} ${name}`, notes);
	const weight = document.createElement("span");
	const used = document.createElement("small");
	used.textContent = `${grams(usedGrams)} used`;
	weight.append(remainingGrams === null ? "left unknown" : `${grams(remainingGrams)} left`, used);
	item.append(swatch, words, weight);
	return item;
}

/** @param {number} weight */
function grams(weight) {
	return `${weight.toFixed(1)} g`;
}
