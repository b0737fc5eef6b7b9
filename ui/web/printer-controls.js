// What a person can ask of a printer on its card: only what that printer has.

/** @import { LightName } from "../../modules/printers/capabilities" */
/** @import { FanSpeeds, PrinterState } from "../../modules/printers/printer-state" */
/** @import { Request } from "./printer-command.js" */
import { isBusy, node, write } from "./dom.js";
import { give, isOffered, isOnlyWatched } from "./printer-command.js";
import { words } from "./words.js";

/** A slider that is being moved sends when it has rested for so long. */
const REST_MS = 400;
/** For so long after a command the value that the person chose stays: reports come every few seconds. */
const HOLD_MS = 5_000;
const SPEEDS = [1, 2, 3, 4];

/**
 * The controls of one card.
 * @typedef {object} Controls
 * @property {string} shape What the printer has, as they were built for.
 * @property {PrinterState} printer
 * @property {((printer: PrinterState) => void)[]} updates
 * @property {HTMLElement} status
 */

/** @type {WeakMap<HTMLElement, Controls>} */
const built = new WeakMap();

/** @param {HTMLElement} card @param {PrinterState} printer */
export function drawControls(card, printer) {
	const section = /** @type {HTMLElement} */ (card.querySelector(".controls"));
	section.hidden = isOnlyWatched(printer);
	if (section.hidden) return;
	const shape = JSON.stringify(printer.capabilities);
	let controls = built.get(card);
	if (controls?.shape !== shape) {
		controls = build(card, printer, shape);
		built.set(card, controls);
	}
	controls.printer = printer;
	for (const update of controls.updates) update(printer);
}

/** @param {HTMLElement} card @param {PrinterState} printer @param {string} shape @returns {Controls} */
function build(card, printer, shape) {
	/** @param {string} name */
	const field = (name) => /** @type {HTMLElement} */ (card.querySelector(`[data-field="${name}"]`));
	/** @type {Controls} */
	const controls = { shape, printer, updates: [], status: field("command-status") };
	const { capabilities } = printer;
	field("job-buttons").replaceChildren(runButton(controls), stopButton(controls));
	field("buttons").replaceChildren(
		...capabilities.lights.flatMap((light) => lightButtons(controls, light)),
		choice(controls, {
			label: () => words("speed"),
			command: "speed",
			options: SPEEDS.filter((level) => level <= capabilities.fastestSpeed).map(String),
			name: (level) => words(`speed_${level}`),
			value: ({ job }) => String(job.speedLevel ?? ""),
			request: (level) => ({ command: "speed", level: Number(level) }),
		}),
	);
	const title = field("targets-title");
	controls.updates.push(() => write(title, words("targets")));
	field("targets").replaceChildren(...targets(controls), ...fans(controls), ...airDuct(controls));
	return controls;
}

/** @param {Controls} controls */
function runButton(controls) {
	/** @param {PrinterState} printer */
	const command = ({ job }) => (job.state === "paused" ? "resume" : "pause");
	return pressable(controls, {
		label: (printer) => words(command(printer)),
		isShown: isUnderWay,
		request: (printer) => ({ command: command(printer) }),
		className: "primary large",
	});
}

/** @param {Controls} controls */
function stopButton(controls) {
	return pressable(controls, {
		label: () => words("stop"),
		isShown: isUnderWay,
		request: () => ({ command: "stop" }),
		className: "danger large",
	});
}

/** @param {PrinterState} printer */
function isUnderWay({ job: { state } }) {
	return state === "preparing" || state === "printing" || state === "paused";
}

/** One that says whether it is on is switched over; another one gets a button for each. @param {Controls} controls @param {LightName} light */
function lightButtons(controls, light) {
	/** @param {PrinterState} printer */
	const isOn = ({ lights }) => lights[light];
	const name = () => words(`light_${light}`);
	const first = pressable(controls, {
		label: (printer) => (isOn(printer) === undefined ? words("lightOn", { light: name() }) : name()),
		isPressed: isOn,
		request: (printer) => ({ command: "light", light, mode: isOn(printer) ? "off" : "on" }),
	});
	const second = pressable(controls, {
		label: () => words("lightOff", { light: name() }),
		isShown: (printer) => isOn(printer) === undefined,
		request: () => ({ command: "light", light, mode: "off" }),
	});
	return [first, second];
}

/** @param {Controls} controls */
function targets(controls) {
	const { nozzles, maxNozzle, maxBed, maxChamber } = controls.printer.capabilities;
	const rows = [];
	for (let nozzle = 0; nozzle < nozzles; nozzle++)
		rows.push(
			target(controls, {
				label: () => words(nozzles === 1 ? "nozzle" : nozzle === 0 ? "rightNozzle" : "leftNozzle"),
				max: maxNozzle,
				value: (printer) => printer.nozzles[nozzle]?.target,
				request: (value) => ({
					command: "nozzle_temperature",
					target: value,
					...(nozzles > 1 && { nozzle }),
				}),
			}),
		);
	rows.push(
		target(controls, {
			label: () => words("bed"),
			max: maxBed,
			value: ({ bed }) => bed.target,
			request: (value) => ({ command: "bed_temperature", target: value }),
		}),
	);
	if (maxChamber > 0)
		rows.push(
			target(controls, {
				label: () => words("chamber"),
				max: maxChamber,
				value: ({ chamber }) => chamber?.target,
				request: (value) => ({ command: "chamber_temperature", target: value }),
			}),
		);
	return rows;
}

/** @param {Controls} controls */
function fans(controls) {
	const { auxFan, secondAuxFan, chamberFan } = controls.printer.capabilities;
	/** @type {(keyof FanSpeeds)[]} */
	const names = ["part"];
	if (auxFan) names.push("aux");
	if (secondAuxFan) names.push("aux2");
	if (chamberFan) names.push("chamber");
	return names.map((fan) => slider(controls, fan));
}

/** @param {Controls} controls */
function airDuct(controls) {
	const { airDuct: modes } = controls.printer.capabilities;
	if (modes.length < 2) return [];
	return [
		choice(controls, {
			label: () => words("airDuct"),
			command: "air_duct",
			options: modes,
			name: (mode) => words(`airDuct_${mode}`),
			value: (printer) => printer.airDuct ?? "",
			request: (mode) => ({ command: "air_duct", mode }),
		}),
	];
}

/**
 * @typedef {object} Pressable
 * @property {(printer: PrinterState) => string} label
 * @property {(printer: PrinterState) => Request} request
 * @property {(printer: PrinterState) => boolean} [isShown]
 * @property {(printer: PrinterState) => boolean | undefined} [isPressed]
 * @property {string} [className]
 */

/** @param {Controls} controls @param {Pressable} what */
function pressable(controls, { label, request, isShown = () => true, isPressed, className = "" }) {
	const press = /** @type {HTMLButtonElement} */ (node("button", className));
	press.type = "button";
	let isSending = false;
	press.onclick = async () => {
		// A second press while the first is under way is a slip of the finger.
		if (isSending) return;
		isSending = true;
		press.setAttribute("aria-busy", "true");
		await give(controls.printer, request(controls.printer), controls.status).finally(() => {
			isSending = false;
			press.removeAttribute("aria-busy");
		});
	};
	controls.updates.push((printer) => {
		write(press, label(printer));
		press.hidden = !isShown(printer);
		press.disabled = !isOffered(printer, request(printer).command);
		const pressed = isPressed?.(printer);
		if (pressed === undefined) press.removeAttribute("aria-pressed");
		else press.setAttribute("aria-pressed", String(pressed));
	});
	return press;
}

/**
 * @param {Controls} controls
 * @param {{ label: () => string, max: number, value: (printer: PrinterState) => number | undefined, request: (value: number) => Request }} what
 */
function target(controls, { label, max, value, request }) {
	const row = node("label");
	const text = node("span");
	const field = document.createElement("input");
	field.type = "number";
	row.append(text, field);
	const form = document.createElement("form");
	form.className = "setting";
	field.min = "0";
	field.max = String(max);
	field.step = "1";
	field.required = true;
	const set = /** @type {HTMLButtonElement} */ (node("button"));
	form.append(row, set);
	form.onsubmit = (event) => {
		event.preventDefault();
		void give(controls.printer, request(field.valueAsNumber), controls.status);
	};
	controls.updates.push((printer) => {
		write(text, words("targetLabel", { part: label(), max }));
		write(set, words("set"));
		set.setAttribute("aria-label", words("setPart", { part: label() }));
		set.disabled = field.disabled = !isOffered(printer, request(0).command);
		const current = value(printer);
		if (!isBusy(form)) field.value = current === undefined ? "" : String(Math.round(current));
	});
	return form;
}

/** @param {Controls} controls @param {keyof FanSpeeds} fan */
function slider(controls, fan) {
	const row = node("div");
	const text = node("div", "slider");
	const name = node("span");
	const shown = node("output");
	const field = document.createElement("input");
	field.type = "range";
	field.min = "0";
	field.max = "100";
	field.step = "10";
	text.append(name, shown);
	row.append(text, field);
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let resting;
	let heldUntil = 0;
	/** @param {number | undefined} percent */
	const say = (percent) => write(shown, percent === undefined ? "–" : `${percent}\u00a0%`);
	field.oninput = () => {
		heldUntil = Number.POSITIVE_INFINITY;
		say(field.valueAsNumber);
		clearTimeout(resting);
		resting = setTimeout(async () => {
			const request = { command: "fan", fan, percent: field.valueAsNumber };
			const isTaken = await give(controls.printer, request, controls.status);
			heldUntil = isTaken ? Date.now() + HOLD_MS : 0;
			update(controls.printer);
		}, REST_MS);
	};
	/** @param {PrinterState} printer */
	const update = (printer) => {
		const label = words("fanLabel", { fan: words(`fan_${fan}`) });
		write(name, label);
		field.setAttribute("aria-label", label);
		field.disabled = !isOffered(printer, "fan");
		if (Date.now() < heldUntil) return;
		const percent = printer.fans[fan];
		say(percent);
		field.value = String(percent ?? 0);
	};
	controls.updates.push(update);
	return row;
}

/**
 * @param {Controls} controls
 * @param {{ label: () => string, command: string, options: readonly string[], name: (option: string) => string, value: (printer: PrinterState) => string, request: (option: string) => Request }} what
 */
function choice(controls, { label, command, options, name, value, request }) {
	const row = node("label", "choice");
	const text = node("span");
	const select = document.createElement("select");
	const unknown = document.createElement("option");
	unknown.value = "";
	unknown.hidden = true;
	unknown.textContent = "–";
	select.append(unknown);
	for (const option of options) {
		const created = document.createElement("option");
		created.value = option;
		select.append(created);
	}
	row.append(text, select);
	let heldUntil = 0;
	select.onchange = async () => {
		heldUntil = Number.POSITIVE_INFINITY;
		const isTaken = await give(controls.printer, request(select.value), controls.status);
		heldUntil = isTaken ? Date.now() + HOLD_MS : 0;
		update(controls.printer);
	};
	/** @param {PrinterState} printer */
	const update = (printer) => {
		write(text, label());
		for (const option of select.options) if (option.value !== "") write(option, name(option.value));
		select.disabled = !isOffered(printer, command);
		if (Date.now() >= heldUntil && select.value !== value(printer)) select.value = value(printer);
	};
	controls.updates.push(update);
	return row;
}
