// The heater's card: what it measures, what it does and why, and what a person can ask of it.

/** @import { BreathState } from "../../modules/breath/breath-state" */
import { ask, attempt } from "./api.js";
import { createChart } from "./chart.js";
import { button, element, form, input, isBusy, write } from "./dom.js";
import { faultWords, reasonWords, words } from "./words.js";

const PRESETS = { pla: { target: 55, hours: 12 }, petg_abs: { target: 60, hours: 12 } };
/** A slider that is being dragged sends this often at most. */
const SEND_MS = 400;
/** For so long after a person moved a slider, the device's value does not move it. */
const HOLD_MS = 2_000;

/** When each slider was last moved. @type {Map<string, number>} */
const moved = new Map();

/** @type {BreathState | undefined} */
let state;

/** @param {Record<string, unknown>} changes @param {string} [place] where it is said how that went */
function send(changes, place = "heater-status") {
	return attempt(element(place), async () => {
		await ask("POST", "/api/breath", changes);
		return "";
	});
}

export function startHeater() {
	const chart = createChart(element("heater-chart"));
	for (const mode of document.querySelectorAll('input[name="mode"]'))
		mode.addEventListener("change", () => void send({ mode: /** @type {HTMLInputElement} */ (mode).value }));
	button("heater-on").onclick = () => {
		if (!state) return;
		if (state.on) void send({ on: false });
		else if (state.mode === "drying") void send({ dryingRunning: true });
		else void send({ on: true });
	};
	button("heater-fan").onclick = () => void send({ fanOnly: !state?.fanOnly });
	button("fault-clear").onclick = () => void send({ clearFault: true }, "fault-status");
	slider("target", (value) => ({ target: value }));
	slider("bed-threshold", (value) => ({ bedThreshold: value }));
	slider("filter-threshold", (value) => ({ filterThreshold: value }));
	for (const name of /** @type {const} */ (["pla", "petg_abs"]))
		button(`preset-${name}`).onclick = () => {
			const { target, hours } = PRESETS[name];
			void send({ dryingPreset: name, dryingTarget: target, dryingHours: hours });
		};
	form("drying-form").onsubmit = (event) => event.preventDefault();
	form("drying-form").onchange = () => {
		if (!form("drying-form").reportValidity()) return;
		void send({
			dryingPreset: "custom",
			dryingTarget: input("drying-target").valueAsNumber,
			dryingHours: input("drying-hours").valueAsNumber,
		});
	};
	return { show, chart, redraw: () => show(state) };
}

/** @param {string} id @param {(value: number) => Record<string, unknown>} change */
function slider(id, change) {
	const field = input(id);
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let _waiting;
	field.oninput = () => {
		moved.set(id, Date.now());
		write(element(`${id}-value`), `${field.value} °C`);
		_waiting ??= setTimeout(() => {
			_waiting = undefined;
			void send(change(field.valueAsNumber));
		}, SEND_MS);
	};
}

/** @param {BreathState | undefined} next */
function show(next) {
	state = next;
	element("heater").hidden = !next;
	if (!next) return;
	write(element("chamber"), degrees(next.chamber));
	write(element("ptc"), `${degrees(next.ptc)} °C`);
	write(element("heater-target"), next.activeTarget > 0 ? `→ ${next.activeTarget} °C` : "");
	// What the fault is stands above, in its own box.
	const off = next.fault && words(next.fault.latched ? "offByFault" : "offWhileFault");
	write(element("heater-reason"), off ?? reasonWords(next));
	write(element("heater-power"), next.heating ? words("heating") : words("notHeating"));
	element("heater-power").classList.toggle("heating", next.heating);
	write(element("heater-fan-state"), next.fan ? words("fanRuns") : words("fanStands"));
	element("heater-fan-state").classList.toggle("cool", next.fan);

	const mode = /** @type {HTMLInputElement} */ (element(`mode-${next.mode}`));
	if (!mode.checked) mode.checked = true;
	const on = button("heater-on");
	write(on, next.on ? words("turnOff") : next.mode === "drying" ? words("startDrying") : words("turnOn"));
	on.classList.toggle("primary", !next.on);
	on.disabled = !next.on && next.fault !== undefined;
	const fan = button("heater-fan");
	write(fan, next.fanOnly ? words("fanOff") : words("fanOn"));
	fan.setAttribute("aria-pressed", String(next.fanOnly));

	element("auto-settings").hidden = next.mode !== "auto";
	element("target-settings").hidden = next.mode === "drying";
	element("drying-settings").hidden = next.mode !== "drying";
	set("target", next.target);
	set("bed-threshold", next.bedThreshold);
	set("filter-threshold", next.filterThreshold);
	const { drying } = next;
	for (const [name, preset] of Object.entries(PRESETS)) {
		const isChosen = preset.target === drying.target && preset.hours === drying.hours;
		button(`preset-${name}`).setAttribute("aria-pressed", String(isChosen));
	}
	if (!isBusy(form("drying-form"))) {
		input("drying-target").valueAsNumber = drying.target;
		input("drying-hours").valueAsNumber = drying.hours;
	}
	write(
		element("drying-left"),
		drying.running ? words("timeLeft", { time: clock(drying.remainingSeconds) }) : "",
	);

	const fault = element("heater-fault");
	fault.hidden = !next.fault;
	if (!next.fault) write(element("fault-status"), "");
	if (next.fault) {
		const { title, help } = faultWords(next.fault);
		write(element("fault-title"), title);
		write(element("fault-help"), help);
		button("fault-clear").hidden = !next.fault.latched;
	}
}

/** @param {string} id @param {number} value */
function set(id, value) {
	const field = input(id);
	if (Date.now() - (moved.get(id) ?? 0) < HOLD_MS) return;
	if (field.valueAsNumber !== value) field.valueAsNumber = value;
	write(element(`${id}-value`), `${value} °C`);
}

/** @param {number | undefined} value */
function degrees(value) {
	return value === undefined ? "–" : value.toFixed(1);
}

/** @param {number} seconds */
function clock(seconds) {
	const minutes = Math.ceil(seconds / 60);
	return words("hoursMinutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
