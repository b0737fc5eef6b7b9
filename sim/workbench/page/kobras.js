// The workbench's part for the virtual Anycubic printers: a card for each, with its job and what goes wrong with it.

import { element, line, switches } from "./parts.js";

/** @import { KobraSnapshot } from "../../printers/anycubic/virtual-kobra" */
/** @import { KobraSwitch } from "../../printers/anycubic/switches" */
/** @typedef {KobraSnapshot & { place: string }} KobraWorld */

/** @type {Record<KobraSwitch, [title: string, explanation: string]>} */
const switchWords = {
	offline: ["Offline", "Vanishes from the network without a goodbye."],
	brokenFilament: ["Broken filament", "A job fails as soon as it prints."],
	downloadFails: ["Download fails", "Files that it has to fetch do not come."],
	oldFirmware: ["Old firmware", "Listens on the longer topics, as before 3.1.0."],
	cloudMode: ["LAN mode off", "Is bound to the cloud and lets nobody in; of a printer with LAN mode."],
	busy: ["Busy", "As while it levels its bed at its own screen: without a job."],
	silent: ["Silent", "Accepts everything and says nothing."],
	unnamedAnswers: ["Answers without a name", "Its answers do not say which command they are for."],
	locksUp: ["Locks up", "Hangs for 20 s when it is told to start while it is busy."],
};
const actions = { start: "Start a job", pause: "Pause", resume: "Resume", stop: "Stop" };

/**
 * @param {(wish: object) => void} send
 * @returns {(kobras: readonly KobraWorld[]) => void}
 */
export function createKobras(send) {
	/** @type {Map<string, (kobra: KobraWorld) => void>} */
	const cards = new Map();
	return (kobras) => {
		for (const kobra of kobras) {
			const { deviceId } = kobra;
			const draw = cards.get(deviceId) ?? createCard(deviceId, kobra.model, send);
			cards.set(deviceId, draw);
			draw(kobra);
		}
	};
}

/** @param {string} id @param {string} model @param {(wish: object) => void} send */
function createCard(id, model, send) {
	const template = /** @type {HTMLTemplateElement} */ (element("kobra-card"));
	const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
	/** @param {string} name */
	const field = (name) => /** @type {HTMLElement} */ (copy.querySelector(`[data-field="${name}"]`));
	const [title, place, job, progress, facts, buttons, box, commands] = [
		"title",
		"place",
		"job",
		"progress",
		"facts",
		"buttons",
		"switches",
		"commands",
	].map(field);
	if (!title || !place || !job || !progress || !facts || !buttons || !box || !commands)
		throw new Error("the template is not whole");
	title.textContent = `Virtual ${model}`;
	for (const [action, words] of Object.entries(actions)) {
		const button = document.createElement("button");
		button.type = "button";
		button.textContent = words;
		button.addEventListener("click", () => send({ kobra: id, action }));
		buttons.append(button);
	}
	box.id = `kobra-switches-${id}`;
	element("kobras").append(copy);
	const drawSwitches = switches(box.id, switchWords, (name, on) => send({ kobra: id, switch: name, on }));
	return (/** @type {KobraWorld} */ kobra) => {
		const { job: printed } = kobra;
		place.textContent = `${kobra.place} · id ${id} · firmware ${kobra.firmware}${kobra.isConnected ? "" : " · not connected"}`;
		job.textContent = printed
			? [
					printed.phase,
					printed.fileName,
					`${printed.percent} %`,
					`layer ${printed.layer} of ${printed.totalLayers}`,
					`${Math.round(printed.usedMm)} mm used`,
				].join(" · ")
			: "No job";
		/** @type {HTMLProgressElement} */ (progress).value = printed?.percent ?? 0;
		facts.replaceChildren(fact("Nozzle", kobra.nozzle), fact("Bed", kobra.bed));
		drawSwitches({ ...kobra.switches });
		commands.replaceChildren(
			...kobra.lastCommands.slice(0, 5).map(({ topic, action, ignored }) => {
				const item = document.createElement("li");
				item.textContent = `${topic} ${action}${ignored ? `: ${ignored}` : ""}`;
				return item;
			}),
		);
	};
}

/** @param {string} label @param {{ current: number, target: number }} temperature */
function fact(label, { current, target }) {
	return line(label, `${current.toFixed(1)} / ${target} °C`);
}
