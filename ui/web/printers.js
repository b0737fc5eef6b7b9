// The printers' cards.

/** @import { FilamentSlot, PrinterState, Temperature } from "../../modules/printers/printer-state" */
import { ask, attempt } from "./api.js";
import { drawCamera, forgetCamera, toggleCamera } from "./camera.js";
import { colorDot, element, node } from "./dom.js";
import { drawControls } from "./printer-controls.js";
import { changePrinter, editPrinter } from "./printer-edit.js";
import { drawFaults } from "./printer-faults.js";
import { showFiles } from "./printer-files.js";
import { confirmed } from "./question.js";
import { linkWords, words } from "./words.js";

const list = element("printers");
const template = /** @type {HTMLTemplateElement} */ (element("printer-card"));
const ID_PREFIX = "printer-";
/** @type {Map<string, PrinterState>} */
const shown = new Map();
/** Of the device. */
let uptimeSeconds = 0;

export function clearPrinters() {
	shown.clear();
	list.replaceChildren();
}

export function countPrinters() {
	return shown.size;
}

export function startPrinters() {
	list.onclick = ({ target }) => {
		const pressed = /** @type {HTMLElement} */ (target).closest("button");
		const card = pressed?.closest("article");
		const printer = card && shown.get(card.id.slice(ID_PREFIX.length));
		if (!pressed || !printer) return;
		const status = /** @type {HTMLElement} */ (card.querySelector('[data-field="status"]'));
		const what = pressed.dataset.field;
		if (what === "change") void editPrinter(printer, status);
		else if (what === "trust") void editPrinter(printer, status, printer.linkCertificate?.sha256);
		else if (what === "camera-toggle") toggleCamera(printer);
		else if (what === "files") showFiles(printer);
		else if (what === "forget") void forget(printer, status);
		else if (what === "up" || what === "down") void attempt(status, () => move(printer, what));
	};
}

/** @param {PrinterState} printer @param {HTMLElement} status */
async function forget({ id, name }, status) {
	if (!(await confirmed(words("forgetQuestion", { name }), words("forget")))) return;
	await attempt(status, async () => {
		await ask("DELETE", `/api/printers/${encodeURIComponent(id)}`);
		return "";
	});
}

/** The feed brings the new order to every page. @param {PrinterState} printer @param {"up" | "down"} way */
async function move({ id }, way) {
	const ids = cards().map(idOf);
	const at = ids.indexOf(id);
	ids.splice(at, 1);
	ids.splice(way === "up" ? Math.max(0, at - 1) : at + 1, 0, id);
	await ask("POST", "/api/printers/order", { printers: ids });
	return "";
}

/** @param {readonly string[]} ids */
export function orderPrinters(ids) {
	const wanted = ids.flatMap((id) => document.getElementById(ID_PREFIX + id) ?? []);
	if (wanted.every((card, place) => list.children[place] === card)) return;
	const focused = /** @type {HTMLElement | null} */ (document.activeElement);
	list.append(...wanted);
	// What is moved loses the focus.
	focused?.focus();
	drawPlaces();
}

/** Which cards can go up, and which down. */
function drawPlaces() {
	const all = cards();
	all.forEach((card, place) => {
		const [up, down] = ["up", "down"].map(
			(way) => /** @type {HTMLButtonElement} */ (card.querySelector(`[data-field="${way}"]`)),
		);
		if (!up || !down) return;
		up.hidden = down.hidden = all.length < 2;
		const focused = document.activeElement;
		up.disabled = place === 0;
		down.disabled = place === all.length - 1;
		if (focused === up && up.disabled) down.focus();
		if (focused === down && down.disabled) up.focus();
	});
}

function cards() {
	return /** @type {HTMLElement[]} */ ([...list.children]);
}

/** @param {HTMLElement} card */
function idOf(card) {
	return card.id.slice(ID_PREFIX.length);
}

/** What is shown of some printers grows old. @param {number} seconds The device's uptime. */
export function agePrinters(seconds) {
	uptimeSeconds = seconds;
	for (const printer of shown.values()) {
		const card = document.getElementById(ID_PREFIX + printer.id);
		const target = card?.querySelector('[data-field="watch"]');
		if (target) writeWatch(/** @type {HTMLElement} */ (target), printer);
	}
}

/** @param {HTMLElement} target @param {PrinterState} printer */
function writeWatch(target, { watch, lookSeconds, heardAtSeconds }) {
	const age = heardAtSeconds === undefined ? undefined : Math.max(0, uptimeSeconds - heardAtSeconds);
	const heard = age === undefined ? "" : words("heardAgo", { age: duration(age) });
	const how =
		watch === "live" ? words("watch_live") : words("watch_polled", { every: duration(lookSeconds ?? 0) });
	const text = [how, heard].filter(Boolean).join(" · ");
	if (target.textContent !== text) target.textContent = text;
}

/** @param {number} seconds */
function duration(seconds) {
	const minutes = Math.floor(seconds / 60);
	if (minutes === 0) return words("seconds", { seconds });
	const hours = Math.floor(minutes / 60);
	return words(hours > 0 ? "hoursMinutes" : "minutes", { hours, minutes: minutes % 60 });
}

/**
 * Adds a printer; changes it where one with that serial number is set up already.
 * @param {{ vendor?: string, way?: string, deviceId?: string, serial?: string, host?: string, accessCode?: string, pinnedSha256?: string }} printer
 */
export function savePrinter(printer) {
	// One of another maker that is set up already is not changed by adding it again.
	if (printer.vendor !== undefined) return ask("POST", "/api/printers", printer);
	const known = [...shown.values()].find(
		({ serial }) => serial.toUpperCase() === printer.serial?.toUpperCase(),
	);
	if (!known) return ask("POST", "/api/printers", printer);
	const { serial: _, ...changes } = printer;
	return changePrinter(known.id, changes);
}

/** In the language of now. */
export function redrawPrinters() {
	for (const printer of shown.values()) showPrinter(printer);
}

/** @param {string} id */
export function removePrinter(id) {
	shown.delete(id);
	forgetCamera(id);
	document.getElementById(ID_PREFIX + id)?.remove();
	drawPlaces();
}

/** @param {PrinterState} printer */
export function showPrinter(printer) {
	shown.set(printer.id, printer);
	let card = document.getElementById(ID_PREFIX + printer.id);
	if (!card) {
		const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
		card = /** @type {HTMLElement} */ (copy.firstElementChild);
		card.id = ID_PREFIX + printer.id;
		list.append(card);
		drawPlaces();
	}
	draw(card, printer);
}

/** @param {HTMLElement} card @param {PrinterState} printer */
function draw(card, printer) {
	/** @param {string} name */
	const field = (name) => /** @type {HTMLElement} */ (card.querySelector(`[data-field="${name}"]`));
	/** @param {string} name @param {string} text */
	const write = (name, text) => {
		const target = field(name);
		if (target.textContent !== text) target.textContent = text;
	};
	const { job } = printer;

	card.classList.toggle("old", printer.link !== "online");
	write("name", printer.name);
	write("link", words(`link_${printer.link}`));
	field("link").className = `link ${printer.link}`;
	write("read-only", words("readOnlyBadge"));
	field("read-only").hidden = printer.control !== "read_only";
	writeWatch(field("watch"), printer);
	write("help", [linkWords(printer), certificate(printer), readOnly(printer)].filter(Boolean).join(" "));
	field("help").hidden = field("help").textContent === "";
	field("trust").hidden = !printer.linkCertificate;
	field("files").hidden = printer.capabilities.filesIn.length === 0;
	for (const name of ["trust", "files", "change", "forget"]) write(name, words(name));
	write("up", "↑");
	write("down", "↓");
	for (const name of ["files", "change", "forget", "up", "down"])
		field(name).setAttribute("aria-label", words(`${name}Of`, { name: printer.name }));

	write("percent", number(job.percent));
	write("job-state", stateWords(printer));
	write("job-name", job.name ?? "");
	write("time", timeLeft(printer));
	const progress = /** @type {HTMLProgressElement} */ (card.querySelector("progress"));
	progress.value = job.percent ?? 0;
	progress.setAttribute("aria-label", words("progress"));
	field("units").setAttribute("aria-label", words("filament"));

	drawFaults(field("faults"), field("fault-status"), printer);
	drawControls(card, printer);
	drawCamera(card, printer);
	field("facts").replaceChildren(...facts(printer));
	field("units").replaceChildren(...units(printer));
}

/** @param {PrinterState} printer */
function stateWords({ job: { state, stage, cancelled } }) {
	const text = words(state === "failed" && cancelled ? "job_cancelled" : `job_${state}`);
	if (!stage || stage.id === 0) return text;
	// "Paused: filament ran out" says it already.
	return stage.name.startsWith(text) ? stage.name : `${text}: ${stage.name}`;
}

/** @param {PrinterState} printer */
function certificate({ linkCertificate: shown }) {
	return shown && words("certificate", { name: shown.commonName, sha256: shown.sha256 });
}

/** @param {PrinterState} printer */
function readOnly({ control }) {
	return control === "read_only" && words("readOnly");
}

/** @param {PrinterState} printer */
function timeLeft({ job }) {
	const layers =
		job.layer !== undefined ? words("layers", { layer: job.layer, total: number(job.totalLayers) }) : "";
	const underWay = job.state === "preparing" || job.state === "printing" || job.state === "paused";
	if (!underWay || job.remainingMinutes === undefined) return layers;
	const hours = Math.floor(job.remainingMinutes / 60);
	const left = words(hours > 0 ? "hoursMinutes" : "minutes", { hours, minutes: job.remainingMinutes % 60 });
	return [job.state === "paused" ? words("left", { left }) : words("ends", { left, ends: ends(job) }), layers]
		.filter(Boolean)
		.join(" · ");
}

/** By this computer's clock as long as the device does not know the time. @param {PrinterState["job"]} job */
function ends({ finishTime, remainingMinutes = 0 }) {
	const end = finishTime ? new Date(finishTime) : new Date(Date.now() + remainingMinutes * 60_000);
	const isToday = end.toDateString() === new Date().toDateString();
	return end.toLocaleString([], {
		hour: "2-digit",
		minute: "2-digit",
		...(!isToday && { weekday: "short" }),
	});
}

/** @param {PrinterState} printer */
function facts({ nozzles, bed, chamber, fans, lights, door, airDuct }) {
	const rows = nozzles.map((nozzle, index) =>
		fact(
			nozzles.length > 1 ? words(index === 0 ? "rightNozzle" : "leftNozzle") : words("nozzle"),
			degrees(nozzle),
			heats(nozzle),
		),
	);
	if (nozzles.length === 0) rows.push(fact(words("nozzle"), "–"));
	rows.push(fact(words("bed"), degrees(bed), heats(bed)));
	if (chamber) rows.push(fact(words("chamber"), degrees(chamber), heats(chamber)));
	const speeds = Object.entries(fans).map(([name, percent]) => `${words(`fan_${name}`)} ${percent}\u00a0%`);
	rows.push(fact(words("fans"), speeds.join(", ") || "–"));
	if (lights.chamber !== undefined) rows.push(fact(words("light"), words(lights.chamber ? "on" : "off")));
	if (door) rows.push(fact(words("door"), words(`door_${door}`)));
	if (airDuct) rows.push(fact(words("airDuct"), words(`airDuct_${airDuct}`)));
	return rows;
}

/** @param {string} label @param {string} value @param {boolean} [hot] */
function fact(label, value, hot = false) {
	const row = node("div");
	row.append(node("dt", "", label), node("dd", hot ? "heating" : "", value));
	return row;
}

/** @param {Temperature} temperature */
function degrees({ current, target }) {
	if (current === undefined && target === undefined) return "–";
	return target ? `${number(current)} / ${number(target)} °C` : `${number(current)} °C`;
}

/** @param {Temperature} temperature */
function heats({ current, target }) {
	return current !== undefined && target !== undefined && target > current + 1;
}

/** @param {PrinterState} printer */
function units({ filament }) {
	const { active } = filament;
	const rows = filament.units.map((unit, index) => {
		const row = node("li");
		const humidity =
			unit.humidityPercent !== undefined ? words("humidity", { percent: unit.humidityPercent }) : "";
		const drying = unit.dryingMinutes ? words("dryingLeft", { minutes: unit.dryingMinutes }) : "";
		const warmth = unit.temperature !== undefined ? `${unit.temperature} °C` : "";
		const title = node("b", "", `${unitWords[unit.kind]} ${index + 1} `);
		title.append(node("small", "", [humidity, warmth, drying].filter(Boolean).join(", ")));
		row.append(title);
		for (const slot of unit.slots) {
			const inUse = typeof active === "object" && active.unit === unit.id && active.slot === slot.id;
			row.append(spool(slot, String(slot.id + 1), inUse));
		}
		return row;
	});
	if (filament.external.length > 0) {
		const row = node("li");
		row.append(node("b", "", words("externalSpool")));
		for (const slot of filament.external) row.append(spool(slot, "", active === "external"));
		rows.push(row);
	}
	return rows;
}

const unitWords = {
	ams: "AMS",
	ams_lite: "AMS Lite",
	ams_2_pro: "AMS 2 Pro",
	ams_ht: "AMS HT",
	ace: "ACE",
};

/** @param {FilamentSlot} slot @param {string} label @param {boolean} inUse */
function spool(slot, label, inUse) {
	const row = node("span", inUse ? "slot active" : "slot");
	if (slot.color) row.append(colorDot(slot.color));
	const what = slot.state === "empty" ? words("empty") : (slot.name ?? slot.material ?? "?");
	const left = slot.remainPercent !== undefined ? ` ${slot.remainPercent} %` : "";
	row.append(`${label} ${what}${left}${inUse ? `, ${words("inUse")}` : ""}`.trim());
	return row;
}

/** @param {number | undefined} value */
function number(value) {
	return value === undefined ? "–" : String(Math.round(value));
}
