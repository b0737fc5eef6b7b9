// The workbench's part for the virtual printer: what it is doing, its clients, its job, and what goes wrong with it.

import { element, line, switches } from "./parts.js";

/** @import { PrinterSnapshot } from "../../printers/bambu/virtual-printer" */
/** @import { PrinterSwitch } from "../../printers/bambu/switches" */
/** @typedef {{ printerPlace?: string, searchHelp?: string, accessCode?: string, printer?: PrinterSnapshot }} PrinterWorld */

/** @type {Record<PrinterSwitch, [title: string, explanation: string]>} */
const switchWords = {
	secured: ["Secured firmware", "Developer Mode is off: unsigned commands are refused."],
	slow: ["Slow", "Answers and reports come 8 s late."],
	silent: ["Silent", "Accepts everything and says nothing, as with a wrong serial number."],
	dropping: ["Dropping", "Ends every connection every 3 s."],
	slotsFull: ["No free place", "Hangs up during the TLS handshake, as with too many clients."],
	leafOnly: ["Leaf certificate alone", "Shows its certificate without the one that signed it."],
	wrongCommonName: ["Wrong common name", "Shows the certificate of another printer."],
	untrustedCa: ["Unknown authority", "Shows a certificate that nobody trusted has signed."],
	filesOff: ["No file server", "Hangs up on whoever asks for the file of the job."],
	filesResume: [
		"File server resumes",
		"Sends no file on a data connection that does not resume the TLS session of the other one.",
	],
	hidden: ["Not announced", "No search finds it, as when it is in another part of the network."],
};

const cards = ["printer-card", "commands-card", "switches-card"];

/**
 * @param {(wish: object) => void} send
 * @returns {(world: PrinterWorld) => void} draws it; without a virtual printer nothing is shown
 */
export function createPrinter(send) {
	const drawSwitches = switches("switches", switchWords, (name, on) => send({ switch: name, on }));
	const kind = /** @type {HTMLSelectElement} */ (element("job-kind"));
	/** @type {NodeListOf<HTMLButtonElement>} */
	const buttons = document.querySelectorAll("button[data-action]");
	for (const button of buttons)
		button.addEventListener("click", () => {
			const { action } = button.dataset;
			send(action === "start" ? { action, job: kind.value } : { action });
		});
	element("fault-form").addEventListener("submit", (event) => {
		event.preventDefault();
		send({ fault: /** @type {HTMLInputElement} */ (element("fault")).value.trim() });
	});
	return ({ printerPlace, searchHelp, accessCode, printer }) => {
		for (const id of cards) element(id).hidden = printer === undefined;
		if (!printer) return;
		element("printer").textContent =
			`Virtual ${printer.model}${printer.replaying ? ", playing a recording" : ""}`;
		element("place").textContent =
			`${printerPlace} · serial ${printer.serial} · access code ${accessCode}. ${searchHelp}`;
		const { job } = printer;
		element("job").textContent = [
			job.state,
			job.name,
			`${job.percent} %`,
			`layer ${job.layer} of ${job.totalLayers}`,
			`${job.remainingMinutes} min left`,
		]
			.filter(Boolean)
			.join(" · ");
		/** @type {HTMLProgressElement} */ (element("progress")).value = job.percent;

		const rows = printer.nozzles.map((nozzle, index) => fact(index === 0 ? "Nozzle" : "Left nozzle", nozzle));
		rows.push(fact("Bed", printer.bed));
		if (printer.chamber) rows.push(fact("Chamber", printer.chamber));
		element("facts").replaceChildren(...rows, line("Faults", printer.faults.join(", ") || "none"));

		drawSwitches({ ...printer.switches });
		for (const button of buttons) button.disabled = printer.replaying;

		element("clients").textContent =
			printer.clients.length === 0 ? "No client is connected." : `Connected: ${printer.clients.join(", ")}`;
		element("commands").replaceChildren(
			...printer.lastCommands.map(({ section, command, result, reason }) => {
				const item = document.createElement("li");
				item.textContent = `${section}.${command} ${[result, reason].filter(Boolean).join(": ")}`;
				return item;
			}),
		);
	};
}

/** @param {string} label @param {{ current: number, target: number }} temperature */
function fact(label, { current, target }) {
	return line(label, `${current.toFixed(1)} / ${target} °C`);
}
