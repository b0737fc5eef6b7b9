// The workbench's part for the chamber heater: the chamber as it truly is, the board's lamps and buttons, the faults.

import { element, line, switches } from "./parts.js";

/** @import { HeaterButton, SensorTemperature } from "../../../modules/platform/heater-board" */
/** @import { HeaterSnapshot } from "../../heater/simulated-heater" */
/** @import { HeaterSwitch } from "../../heater/switches" */

/** @type {Record<HeaterSwitch, [title: string, explanation: string]>} */
const switchWords = {
	chamberOpen: ["Chamber sensor open", "A broken lead."],
	chamberShort: ["Chamber sensor shorted", "Its leads touch."],
	chamberLoose: ["Chamber sensor loose", "It hangs in the room and reads the room's temperature."],
	elementOpen: ["Element sensor open", "A broken lead."],
	elementShort: ["Element sensor shorted", "Its leads touch."],
	elementLoose: ["Element sensor loose", "It hangs in the room and reads the room's temperature."],
	swapped: ["Sensors swapped", "Each is plugged in where the other belongs."],
	converterDead: ["Converter dead", "Neither sensor can be read."],
	relayStuck: ["Relay stuck on", "The element heats, whatever the firmware says."],
	relayDead: ["Relay never closes", "The element stays cold, whatever the firmware says."],
	elementBroken: ["Element broken", "No current flows through it."],
	noZeroCross: ["No zero cross", "The detector sees no mains; the element heats all the same."],
	noMains: ["No mains", "The board runs from its USB socket."],
	noAirflow: ["No airflow", "The fan is blocked: the heat stays in the element."],
	doorOpen: ["Door open", "The warm air leaves the chamber."],
};

/** @type {Record<HeaterButton, string>} */
const buttonWords = { power: "Power", auto: "Auto", on: "On", dry: "Dry" };

/** @typedef {(wish: object) => void} Send */

/**
 * @param {Send} send
 * @returns {(heater: HeaterSnapshot | undefined) => void} draws it; without a heater nothing is shown
 */
export function createHeater(send) {
	const drawSwitches = switches("heater-switches", switchWords, (name, on) =>
		send({ heaterSwitch: name, on }),
	);
	const drawPanel = createPanel(send);
	const drawSurroundings = createSurroundings(send);
	return (heater) => {
		element("chamber-card").hidden = heater === undefined;
		element("heater-switches-card").hidden = heater === undefined;
		if (!heater) return;
		element("board").textContent = heater.boardOpen
			? "The firmware has opened the heater board."
			: "No firmware has opened the heater board.";
		element("chamber-facts").replaceChildren(...facts(heater));
		drawPanel(heater);
		drawSurroundings(heater);
		drawSwitches({ ...heater.switches });
	};
}

/** @param {HeaterSnapshot} heater */
function facts(heater) {
	const { readings } = heater;
	return [
		line("Air", celsius(heater.chamberCelsius), readings && `sensor: ${told(readings.chamber)}`),
		line("Element", celsius(heater.elementCelsius), readings && `sensor: ${told(readings.element)}`),
		line("Walls", celsius(heater.wallCelsius)),
		line("Printer's bed", celsius(heater.bedCelsius)),
		line(
			"Heater",
			heater.heaterWatts > 0 ? `on, ${heater.heaterWatts.toFixed(0)} W` : "off",
			disagreement(heater.outputs.heater, heater.heaterWatts > 0),
		),
		line("Fan", fanWords(heater), disagreement(heater.outputs.fan, heater.airMoving)),
		line("Mains", heater.mains ? "there" : "gone"),
	];
}

/** @param {HeaterSnapshot} heater */
function fanWords({ airMoving, outputs, mains }) {
	if (airMoving) return "blows";
	return outputs.fan && mains ? "moves no air" : "off";
}

/**
 * What the firmware does, where the world does otherwise.
 * @param {boolean} wanted @param {boolean} happens
 */
function disagreement(wanted, happens) {
	if (wanted === happens) return undefined;
	return wanted ? "the firmware has it on" : "the firmware has it off";
}

/** @param {number} value */
function celsius(value) {
	return `${value.toFixed(1)} °C`;
}

/** @param {SensorTemperature} temperature */
function told(temperature) {
	return temperature.status === "ok" ? celsius(temperature.celsius) : temperature.status;
}

/**
 * The board's four lamps, and the four buttons below them.
 * @param {Send} send
 */
function createPanel(send) {
	const rows = Object.entries(buttonWords).map(([name, title]) => {
		const row = document.createElement("li");
		const lamp = document.createElement("span");
		lamp.className = "lamp";
		lamp.setAttribute("aria-hidden", "true");
		const words = document.createElement("span");
		const state = document.createElement("small");
		words.append(title, state);
		row.append(
			lamp,
			words,
			press(`Press ${title}`, "Press", () => send({ press: name })),
			press(`Hold ${title} for 6 seconds`, "Hold", () => send({ press: name, long: true })),
		);
		element("panel").append(row);
		return { name: /** @type {HeaterButton} */ (name), lamp, state };
	});
	element("both").addEventListener("click", () => send({ press: ["power", "auto"], long: true }));
	/** @param {HeaterSnapshot} heater */
	return ({ leds, buttons }) => {
		for (const { name, lamp, state } of rows) {
			lamp.classList.toggle("lit", leds[name]);
			state.textContent = [leds[name] ? "lit" : "dark", buttons[name] && "held down"]
				.filter(Boolean)
				.join(", ");
		}
	};
}

/** @param {string} label @param {string} text @param {() => void} onClick */
function press(label, text, onClick) {
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = text;
	button.setAttribute("aria-label", label);
	button.addEventListener("click", onClick);
	return button;
}

/** @param {Send} send */
function createSurroundings(send) {
	const volume = /** @type {HTMLInputElement} */ (element("volume"));
	const ambient = /** @type {HTMLInputElement} */ (element("ambient"));
	const form = /** @type {HTMLFormElement} */ (element("surroundings"));
	// What somebody is typing is not drawn over.
	let isDirty = false;
	form.addEventListener("input", () => {
		isDirty = true;
	});
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		isDirty = false;
		send({ surroundings: { volumeLitres: volume.valueAsNumber, ambientCelsius: ambient.valueAsNumber } });
	});
	/** @param {HeaterSnapshot} heater */
	return ({ volumeLitres, ambientCelsius }) => {
		if (isDirty) return;
		volume.value = String(volumeLitres);
		ambient.value = String(ambientCelsius);
	};
}
