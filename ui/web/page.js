// The device's page: keeps the state that the live feed sends, and draws what changed of it.

/** @import { DeviceInfo, DeviceState } from "../../modules/device-state" */
/** @import { FilamentSlot, PrinterState, Temperature } from "../../modules/printers/printer-state" */
/** @import { Snapshot, Update } from "../../modules/web/live-feed" */

const RETRY_MS = 2_000;
/** A push comes each second. Without one for this long, the connection is dead even if nobody said so. */
const SILENCE_MS = 5_000;

/** @type {Map<string, PrinterState>} */
const printers = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/** @param {string} id */
function element(id) {
	const found = document.getElementById(id);
	if (!found) throw new Error(`the page has no #${id}`);
	return found;
}

const list = element("printers");
const template = /** @type {HTMLTemplateElement} */ (element("printer-card"));

function connect() {
	const socket = new WebSocket(`ws://${location.host}/ws`);
	socket.onmessage = ({ data }) => {
		listenFor(socket);
		take(JSON.parse(data));
	};
	socket.onclose = () => {
		clearTimeout(silence);
		say("Connection to the device lost. Trying again…", true);
		setTimeout(connect, RETRY_MS);
	};
	listenFor(socket);
}

/** @param {WebSocket} socket */
function listenFor(socket) {
	clearTimeout(silence);
	silence = setTimeout(() => socket.close(), SILENCE_MS);
}

/** @param {Snapshot | Update} frame */
function take(frame) {
	if ("snapshot" in frame) {
		printers.clear();
		list.replaceChildren();
		for (const printer of frame.snapshot.printers) show(printer);
		showDevice(frame.snapshot.device);
	} else if ("update" in frame) {
		for (const id of frame.update.removed) remove(id);
		for (const printer of frame.update.printers) show(printer);
		showDevice(frame.update.device);
	}
	element("no-printers").hidden = printers.size > 0;
	say("Live", false);
}

/** @param {string} words @param {boolean} lost */
function say(words, lost) {
	const feed = element("feed");
	if (feed.textContent !== words) feed.textContent = words;
	feed.classList.toggle("lost", lost);
	list.classList.toggle("old", lost);
}

/** @param {DeviceInfo} device */
function showDevice({ name, firmware, hostname, uptimeSeconds }) {
	element("device-name").textContent = name;
	document.title = name;
	const minutes = Math.floor(uptimeSeconds / 60);
	const uptime = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
	element("device-facts").textContent = `${hostname}.local · firmware ${firmware} · up ${uptime}`;
}

/** @param {string} id */
function remove(id) {
	printers.delete(id);
	document.getElementById(`printer-${id}`)?.remove();
}

/** @param {PrinterState} printer */
function show(printer) {
	printers.set(printer.id, printer);
	let card = document.getElementById(`printer-${printer.id}`);
	if (!card) {
		const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
		card = /** @type {HTMLElement} */ (copy.firstElementChild);
		card.id = `printer-${printer.id}`;
		list.append(card);
	}
	draw(card, printer);
}

const linkWords = { offline: "offline", connecting: "connecting", online: "online", stale: "not answering" };
const jobWords = {
	idle: "Idle",
	preparing: "Preparing",
	printing: "Printing",
	paused: "Paused",
	finished: "Finished",
	failed: "Failed",
	unknown: "–",
};

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
	write("link", linkWords[printer.link]);
	field("link").className = `link ${printer.link}`;
	write("help", [printer.linkHelp, certificate(printer), readOnly(printer)].filter(Boolean).join(" "));
	field("help").hidden = field("help").textContent === "";

	write("percent", number(job.percent));
	write(
		"job-state",
		job.stage && job.stage.id !== 0 ? `${jobWords[job.state]}: ${job.stage.name}` : jobWords[job.state],
	);
	write("job-name", job.name ?? "");
	write("time", timeLeft(printer));
	const progress = /** @type {HTMLProgressElement} */ (card.querySelector("progress"));
	progress.value = job.percent ?? 0;

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
	return shown && `Certificate: ${shown.commonName}, SHA-256 ${shown.sha256}.`;
}

/** @param {PrinterState} printer */
function readOnly({ control }) {
	return control === "read_only" && "Read-only: the printer's Developer Mode is off.";
}

/** @param {PrinterState} printer */
function timeLeft({ job }) {
	const layers = job.layer !== undefined ? `layer ${job.layer} of ${number(job.totalLayers)}` : "";
	const underWay = job.state === "preparing" || job.state === "printing" || job.state === "paused";
	if (!underWay || job.remainingMinutes === undefined) return layers;
	const end = new Date(Date.now() + job.remainingMinutes * 60_000);
	const ends = end.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
	const hours = Math.floor(job.remainingMinutes / 60);
	const left = hours > 0 ? `${hours} h ${job.remainingMinutes % 60} min` : `${job.remainingMinutes} min`;
	return [`${left} left, ends ${ends}`, layers].filter(Boolean).join(" · ");
}

/** @param {PrinterState} printer */
function facts({ nozzles, bed, chamber, fans, lights }) {
	const rows = nozzles.map((nozzle, index) =>
		fact(
			nozzles.length > 1 ? `${index === 0 ? "Right" : "Left"} nozzle` : "Nozzle",
			degrees(nozzle),
			heats(nozzle),
		),
	);
	if (nozzles.length === 0) rows.push(fact("Nozzle", "–"));
	rows.push(fact("Bed", degrees(bed), heats(bed)));
	if (chamber) rows.push(fact("Chamber", degrees(chamber), heats(chamber)));
	const speeds = Object.entries(fans).map(([name, percent]) => `${name} ${percent} %`);
	rows.push(fact("Fans", speeds.join(", ") || "–"));
	if (lights.chamber !== undefined) rows.push(fact("Light", lights.chamber ? "on" : "off"));
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
		const humidity = unit.humidityPercent !== undefined ? `${unit.humidityPercent} % humidity` : "";
		const drying = unit.dryingMinutes ? `drying, ${unit.dryingMinutes} min left` : "";
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
		row.append(node("b", "", "External spool"));
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
	const what = slot.state === "empty" ? "empty" : (slot.name ?? slot.material ?? "?");
	const left = slot.remainPercent !== undefined ? ` ${slot.remainPercent} %` : "";
	row.append(`${label} ${what}${left}${inUse ? ", in use" : ""}`.trim());
	return row;
}

/** A disc of that colour. An SVG attribute, since the page's policy allows no styles in its markup. @param {string} rgba */
function dot(rgba) {
	const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	svg.setAttribute("viewBox", "0 0 16 16");
	svg.setAttribute("aria-hidden", "true");
	const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
	for (const [name, value] of [
		["cx", "8"],
		["cy", "8"],
		["r", "7"],
		["fill", `#${rgba}`],
	])
		circle.setAttribute(/** @type {string} */ (name), /** @type {string} */ (value));
	svg.append(circle);
	return svg;
}

/** @param {number | undefined} value */
function number(value) {
	return value === undefined ? "–" : String(Math.round(value));
}

/** @param {string} tag @param {string} [className] @param {string} [text] */
function node(tag, className = "", text = "") {
	const created = document.createElement(tag);
	if (className) created.className = className;
	if (text) created.textContent = text;
	return created;
}

connect();
