// The printers' cards.

/** @import { FilamentSlot, PrinterState, Temperature } from "../../modules/printers/printer-state" */
import { ask, attempt } from "./api.js";
import { button, element, node, svg } from "./dom.js";
import { linkWords, words } from "./words.js";

const list = element("printers");
const template = /** @type {HTMLTemplateElement} */ (element("printer-card"));
/** @type {Map<string, PrinterState>} */
const shown = new Map();

export function clearPrinters() {
	shown.clear();
	list.replaceChildren();
}

export function countPrinters() {
	return shown.size;
}

/** @param {(printer: PrinterState) => void} onChange Somebody wants to give a printer's data anew. */
export function startPrinters(onChange) {
	list.onclick = ({ target }) => {
		const pressed = /** @type {HTMLElement} */ (target).closest("button");
		const card = pressed?.closest("article");
		const printer = card && shown.get(card.id.slice("printer-".length));
		if (!pressed || !printer) return;
		const status = /** @type {HTMLElement} */ (card.querySelector('[data-field="status"]'));
		const what = pressed.dataset.field;
		if (what === "change") onChange(printer);
		else if (what === "trust") void attempt(status, () => trust(printer));
		else if (what === "forget") askToForget(printer, status);
	};
}

/** @param {PrinterState} printer */
async function trust({ serial, linkCertificate }) {
	await savePrinter({ serial, pinnedSha256: linkCertificate?.sha256 });
	return "";
}

/** @param {PrinterState} printer @param {HTMLElement} status */
function askToForget({ id, name }, status) {
	const dialog = /** @type {HTMLDialogElement} */ (element("forget-dialog"));
	element("forget-question").textContent = words("forgetQuestion", { name });
	button("forget-cancel").onclick = () => dialog.close();
	button("forget-confirm").onclick = () => {
		dialog.close();
		void attempt(status, async () => {
			await ask("DELETE", `/api/printers/${encodeURIComponent(id)}`);
			return "";
		});
	};
	dialog.showModal();
}

/**
 * Adds a printer; changes it where one with that serial number is set up already.
 * @param {{ serial: string, host?: string, accessCode?: string, pinnedSha256?: string | undefined }} printer
 */
export async function savePrinter(printer) {
	const settings = await ask("GET", "/api/settings");
	const isIt = (/** @type {[string, unknown]} */ [key, value]) =>
		/^printer\d+\.serial$/.test(key) && String(value).toUpperCase() === printer.serial.toUpperCase();
	const [key] = Object.entries(settings).find(isIt) ?? [];
	const slot = key && Number.parseInt(key.slice("printer".length), 10);
	return ask("POST", "/api/printers", slot === undefined ? printer : { ...printer, slot });
}

/** In the language of now. */
export function redrawPrinters() {
	for (const printer of shown.values()) showPrinter(printer);
}

/** @param {string} id */
export function removePrinter(id) {
	shown.delete(id);
	document.getElementById(`printer-${id}`)?.remove();
}

/** @param {PrinterState} printer */
export function showPrinter(printer) {
	shown.set(printer.id, printer);
	let card = document.getElementById(`printer-${printer.id}`);
	if (!card) {
		const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
		card = /** @type {HTMLElement} */ (copy.firstElementChild);
		card.id = `printer-${printer.id}`;
		list.append(card);
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
	write("help", [linkWords(printer), certificate(printer), readOnly(printer)].filter(Boolean).join(" "));
	field("help").hidden = field("help").textContent === "";
	field("trust").hidden = !printer.linkCertificate;
	for (const name of ["trust", "change", "forget"]) write(name, words(name));
	for (const name of ["change", "forget"])
		field(name).setAttribute("aria-label", words(`${name}Of`, { name: printer.name }));

	write("percent", number(job.percent));
	write(
		"job-state",
		job.stage && job.stage.id !== 0
			? `${words(`job_${job.state}`)}: ${job.stage.name}`
			: words(`job_${job.state}`),
	);
	write("job-name", job.name ?? "");
	write("time", timeLeft(printer));
	const progress = /** @type {HTMLProgressElement} */ (card.querySelector("progress"));
	progress.value = job.percent ?? 0;
	progress.setAttribute("aria-label", words("progress"));
	field("units").setAttribute("aria-label", words("filament"));
	field("faults").setAttribute("aria-label", words("faults"));

	field("facts").replaceChildren(...facts(printer));
	field("units").replaceChildren(...units(printer));
	field("faults").replaceChildren(
		...printer.faults.map((fault) => {
			const item = node("li", fault.severity);
			item.append(node("span", "", fault.text));
			if (fault.url) {
				const link = /** @type {HTMLAnchorElement} */ (node("a", "", fault.code));
				link.href = fault.url;
				link.rel = "noreferrer";
				item.append(" ", link);
			}
			return item;
		}),
	);
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
	const end = new Date(Date.now() + job.remainingMinutes * 60_000);
	const ends = end.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
	const hours = Math.floor(job.remainingMinutes / 60);
	const left = words(hours > 0 ? "hoursMinutes" : "minutes", { hours, minutes: job.remainingMinutes % 60 });
	return [words("ends", { left, ends }), layers].filter(Boolean).join(" · ");
}

/** @param {PrinterState} printer */
function facts({ nozzles, bed, chamber, fans, lights }) {
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
	if (slot.color) row.append(dot(slot.color));
	const what = slot.state === "empty" ? words("empty") : (slot.name ?? slot.material ?? "?");
	const left = slot.remainPercent !== undefined ? ` ${slot.remainPercent} %` : "";
	row.append(`${label} ${what}${left}${inUse ? `, ${words("inUse")}` : ""}`.trim());
	return row;
}

/** A disc of that colour. An SVG attribute, since the page's policy allows no styles in its markup. @param {string} rgba */
function dot(rgba) {
	const disc = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
	disc.append(svg("circle", { cx: 8, cy: 8, r: 7, fill: `#${rgba}` }));
	return disc;
}

/** @param {number | undefined} value */
function number(value) {
	return value === undefined ? "–" : String(Math.round(value));
}
