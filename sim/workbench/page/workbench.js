// The workbench page: asks for the world once a second, draws it, and sends what is clicked.

import { createHeater } from "./heater.js";
import { createKobras } from "./kobras.js";
import { createPanel } from "./panel.js";
import { element } from "./parts.js";
import { createPrinter } from "./printer.js";
import { createSpoolman } from "./spoolman.js";
import { createTags } from "./tags.js";

/** @import { HeaterSnapshot } from "../../heater/simulated-heater" */
/** @import { KobraWorld } from "./kobras.js" */
/** @import { PrinterWorld } from "./printer.js" */
/** @import { SpoolmanWorld } from "./spoolman.js" */
/** @typedef {PrinterWorld & { devicePort: number, hasPanel: boolean, hasTagReader: boolean, kobras?: readonly KobraWorld[], heater?: HeaterSnapshot, spoolman?: SpoolmanWorld }} World */

const INTERVAL_MS = 1_000;
const NO_ANSWER = "The simulator does not answer.";

const drawPanel = createPanel();
const drawPrinter = createPrinter(send);
const drawKobras = createKobras(send);
const drawSpoolman = createSpoolman(send);
const drawTags = createTags(send);
const drawHeater = createHeater(send);

/** @param {object} wish */
async function send(wish) {
	try {
		const response = await fetch("/api/world", { method: "POST", body: JSON.stringify(wish) });
		const answer = await response.json();
		say(response.ok ? "" : answer.error.message);
		if (response.ok) draw(answer);
	} catch {
		say(NO_ANSWER);
	}
}

async function refresh() {
	try {
		draw(await (await fetch("/api/world")).json());
		if (element("message").textContent === NO_ANSWER) say("");
	} catch {
		say(NO_ANSWER);
	}
	setTimeout(refresh, INTERVAL_MS);
}

/** @param {string} words */
function say(words) {
	if (element("message").textContent !== words) element("message").textContent = words;
}

/** @param {World} world */
function draw(world) {
	/** @type {HTMLAnchorElement} */ (element("device")).href =
		`${location.protocol}//${location.hostname}:${world.devicePort}/`;
	drawPanel(world.hasPanel);
	drawPrinter(world);
	drawKobras(world.kobras ?? []);
	drawSpoolman(world.spoolman);
	drawTags(world.hasTagReader);
	drawHeater(world.heater);
}

refresh();
