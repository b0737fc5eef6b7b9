// All words of the page: in English here, in Chinese in `words-zh.js`, in German in `words-de.js`. Texts of the markup carry their key in `data-word`.

/** @import { BreathState, ReasonDetails } from "../../modules/breath/breath-state" */
/** @import { CameraStatus } from "../../modules/printers/camera" */
/** @import { PrinterState } from "../../modules/printers/printer-state" */
/** @import { SpoolsState } from "../../modules/spools/spools-state" */

/** @type {Record<string, string>} */
const en = {
	maker: "Printer",
	maker_lan: "Anycubic, LAN mode",
	maker_broker: "Anycubic Kobra 2, by a broker",
	deviceId: "Device id, 32 digits and letters",
	brokerSettings: "Broker of Anycubic printers",
	brokerHelp:
		"The MQTT broker that Kobra 2 printers are set to use. Printers that are heard there are found by a search.",
	brokerHost: "Address (empty: none)",
	brokerPort: "Port",
	brokerSecurity: "Connection",
	broker_plain: "plain",
	brokerUser: "User name",
	brokerPassword: "Password (empty: as it is)",
	brokerPasswordAgain: "The broker's password, if it has one: it is sent to whoever has that certificate",
	brokerCa: "Certificate of its authority, PEM",
	brokerPin: "SHA-256 of its certificate, if that one is to be trusted",
	clientCertificate: "Certificate to show to it, PEM",
	clientKey: "Its private key, PEM (empty: as it is)",
	brokerSecretsRemove: "Remove password and key",
	files: "Files",
	filesOf: "Files of {name}",
	filesPlace: "Place",
	files_local: "printer's memory",
	files_usb: "USB stick",
	filesUp: "Up",
	filesReading: "Reading…",
	filesNone: "There is nothing here.",
	filePrint: "Print",
	filePrintOf: "Print {name}",
	filePrintQuestion: "Print “{name}” on {printer}? Its bed has to be empty.",
	fileDelete: "Delete",
	fileDeleteOf: "Delete {name}",
	fileDeleteQuestion: "Delete “{name}” from the printer for good?",
	close: "Close",
	title: "Culm",
	seconds: "{seconds} s",
	minutes: "{minutes} min",
	hoursMinutes: "{hours} h {minutes} min",
	connecting: "Connecting to the device…",
	live: "Live",
	lost: "Connection to the device lost. Trying again…",
	deviceFacts: "{hostname}.local · firmware {firmware} · up {uptime}",
	stateAsJson: "State as JSON",
	on: "on",
	off: "off",
	pending: "…",
	done: "Done.",
	failed: "The device could not do that.",
	unreachable: "The device does not answer.",
	cancel: "Cancel",
	save: "Save",
	search: "Search",
	searching: "Searching…",
	name: "Name",
	nothingFound: "Nothing was found.",

	heater: "Chamber heater",
	chamber: "Chamber",
	element: "Element",
	power: "Power",
	fan: "Fan",
	heating: "heating",
	notHeating: "off",
	fanRuns: "running",
	fanStands: "off",
	mode: "Mode",
	mode_auto: "Auto",
	mode_always_on: "Always on",
	mode_drying: "Drying",
	turnOn: "Turn on",
	turnOff: "Turn off",
	startDrying: "Start drying",
	fanOn: "Fan only",
	fanOff: "Fan off",
	target: "Target",
	bedThreshold: "Heats when the bed is set to at least",
	filterThreshold: "Fan filters when the bed has at least (0 = never)",
	dryingTarget: "Temperature, °C",
	dryingHours: "Duration, hours",
	preset_pla: "PLA · 55 °C · 12 h",
	preset_petg_abs: "PETG, ABS · 60 °C · 12 h",
	timeLeft: "{time} left",
	clearFault: "Clear the fault",
	offByFault: "Off until the fault is cleared",
	offWhileFault: "Off for as long as the fault lasts",
	history: "The last hours",
	now: "now",
	chartLabel: "Chamber temperature over the last {hours} hours; now {now} °C",

	link_offline: "offline",
	link_connecting: "connecting",
	link_online: "online",
	link_stale: "not answering",
	job_idle: "Idle",
	job_preparing: "Preparing",
	job_printing: "Printing",
	job_paused: "Paused",
	job_finished: "Finished",
	job_failed: "Failed",
	job_cancelled: "Cancelled",
	job_unknown: "–",
	printers: "Printers",
	noPrinters: "No printer is set up yet.",
	progress: "Progress",
	faults: "Faults",
	filament: "Filament",
	certificate: "Certificate: {name}, SHA-256 {sha256}.",
	readOnlyBadge: "read-only",
	readOnly:
		"The printer's Developer Mode is off, so it takes no commands from this device but for the light. Turn it on at the printer, with the LAN-only mode in its network settings; everything is shown in any case.",
	layers: "layer {layer} of {total}",
	left: "{left} left",
	ends: "{left} left, ends {ends}",
	nozzle: "Nozzle",
	leftNozzle: "Left nozzle",
	rightNozzle: "Right nozzle",
	bed: "Bed",
	fans: "Fans",
	fan_part: "part",
	fan_aux: "aux",
	fan_aux2: "second aux",
	fan_chamber: "chamber",
	light: "Light",
	humidity: "{percent} % humidity",
	dryingLeft: "drying, {minutes} min left",
	externalSpool: "External spool",
	empty: "empty",
	inUse: "in use",
	showCamera: "Show camera",
	hideCamera: "Hide camera",
	cameraPicture: "Picture of {name}'s camera",
	cameraConnecting: "Connecting to the camera…",
	cameraLost: "Connection lost. Trying again…",
	cameraWaiting: "Connection to the camera lost. Trying again…",
	camera_rtsps: "This printer's camera speaks RTSPS, which this device cannot show.",
	camera_none: "This printer has no camera.",

	watch_live: "connected all the time",
	watch_polled: "looked at every {every}",
	heardAgo: "heard {age} ago",
	door: "Door",
	door_open: "open",
	door_closed: "closed",
	airDuct: "Air duct",
	airDuct_cooling: "cooling",
	airDuct_heating: "heating",
	airDuct_laser: "laser",

	pause: "Pause",
	resume: "Resume",
	stop: "Stop",
	stopQuestion: "Stop what “{name}” prints? The job cannot be taken up again.",
	stopConfirm: "Stop the job",
	speed: "Speed",
	speed_1: "Silent",
	speed_2: "Standard",
	speed_3: "Sport",
	speed_4: "Ludicrous",
	light_chamber: "Light",
	light_chamber_2: "Second light",
	light_work: "Work light",
	light_heatbed: "Bed light",
	lightOn: "{light} on",
	lightOff: "{light} off",
	targets: "Temperatures and fans",
	targetLabel: "{part}, up to {max} °C (0 = off)",
	set: "Set",
	setPart: "Set: {part}",
	fanLabel: "Fan: {fan}",
	severity_fatal: "Fatal",
	severity_serious: "Serious",
	severity_common: "Warning",
	severity_info: "Notice",
	faultWiki: "{code} in the maker's wiki",
	fault_action_resume: "Resume",
	fault_action_retry: "Try again",
	fault_action_done: "Done by hand",
	fault_action_ignore: "Go on all the same",
	fault_action_stop: "Stop the job",
	fault_action_dismiss: "Dismiss",

	jobs: "What was printed",
	jobsEmpty: "No job has ended yet.",
	jobsClear: "Clear the list",
	jobsQuestion: "Delete the list of all printed jobs?",
	layersPrinted: "{layers} layers",
	result_finished: "finished",
	result_failed: "failed",
	result_cancelled: "cancelled",

	wifi: "Wi-Fi",
	ssid: "Network",
	password: "Password",
	join: "Join",
	openNetwork: "open",
	wifiJoining: "Joining. If this page stops, look for the device in that network.",
	wifiJoined: "Joined “{ssid}”.",
	wifiConnected: "In “{ssid}” as {address}, {signal} dBm.",
	wifiConnecting: "Joining “{ssid}”…",
	wifi_wrong_password: "“{ssid}” does not take the password.",
	wifi_not_found: "“{ssid}” is not in reach.",
	wifi_lost: "“{ssid}” was lost; it is being looked for.",
	wifiNone: "In no network.",
	accessPointOpen: "Its own network is “{ssid}”, at {address}.",

	addPrinter: "Add a printer",
	addPrinterHelp:
		"Address and access code stand with the network settings on the printer's screen. The printer tells its serial number itself; where it does not, it stands with the device information.",
	host: "Address",
	serialOptional: "Serial number (may be left out)",
	accessCode: "Access code",
	bind: "Connect",
	printerAsking: "Asking the printer for its serial number…",
	alreadySetUp: "That printer is set up already; change it on its card.",
	editPrinter: "Change the printer",
	newAccessCode: "New access code (empty: as it is)",
	codeForCertificate: "Access code again: whoever has this certificate gets it",
	keepLive: "Keep a connection to it before others",
	upOf: "Move {name} up",
	downOf: "Move {name} down",
	printerConnecting: "Saved. Connecting to the printer…",
	printerOnline: "Connected to {name}.",
	printerScanning: "Searching for eleven seconds…",
	printerNotFound:
		"No printer tells of itself here. In another part of the network it is not heard: give its address.",
	change: "Change",
	changeOf: "Change {name}",
	forget: "Forget",
	forgetOf: "Forget {name}",
	forgetQuestion: "Forget “{name}”? Auto mode then no longer follows it, and its access code is deleted.",
	trust: "Trust this certificate",

	settings: "Settings",
	hostname: "Name in the network (without .local)",
	language: "Language",
	autoBy: "Auto goes by",
	autoBy_bed: "the bed's temperature",
	autoBy_filament: "the filament of the print",
	filamentTargets: "Chamber by filament, °C",
	chamberOffset: "Correction of the chamber's sensor, K",
	elementOffset: "Correction of the element's sensor, K",
	deadmanMinutes: "Off when nobody is connected for, minutes; more than 120 counts for drying only",
	fanRelease: "After heating the fan runs until below, °C",
	webSocketLocked: "Programs without the password may only turn off",
	devicePassword: "Device password",
	newPassword: "New password, 8 characters or more, no spaces (empty: none)",
	devicePasswordHelp:
		"With a password, whoever changes something has to give it. Turning off never needs it.",
	restart: "Restart",
	restarting: "Restarting…",
	restarted: "The device is back.",
	factoryReset: "Factory reset",
	factoryQuestion: "Delete all settings, Wi-Fi, printers and the password?",
	factoryConfirm: "Delete everything",

	update: "Firmware update",
	updateHelp:
		"An image for this board (.bin). The device checks all of it before it starts it, and goes back to the present one if it does not work.",
	updateFile: "Image",
	updateStart: "Update",
	updateSending: "Sending…",
	updateChecking: "Checking…",
	updateRestarting: "The image is good. The device restarts with it.",
	updateDone: "The device is back, with firmware {firmware}.",
	updateLost: "The connection was lost before the update was whole. Nothing has changed.",

	log: "Log",
	logEmpty: "Nothing has happened yet.",
	again: "Read again",
	minutesAgo: "{minutes} min ago",
	passwordQuestion: "This device wants its password for that.",
	passwordWrong: "That was not it.",
	ok: "OK",

	spools: "Spools",
	spoolman_not_set_up: "No Spoolman is entered: its address is in the settings below.",
	spoolman_connecting: "Connecting to Spoolman…",
	spoolman_ready: "Connected to Spoolman {version}",
	spoolman_failed: "Spoolman cannot be reached.",
	waiting: "{grams} g on {count} spools wait for Spoolman.",
	waitingOne: "{grams} g on one spool wait for Spoolman.",
	refusedUse: "{grams} g of spool {id} are not in Spoolman: {why}",
	jobNotCounted: "{name}: what its job takes is not known, or not all of it. {why}",
	retrySpoolman: "Ask again now",
	discard: "Throw away",
	discardQuestion: "Throw away what waits? Spoolman will never be told of it.",
	spool_unknown: "not looked up yet",
	spool_reading: "the printer reads its tag",
	spool_new_tag: "a new tag: Spoolman does not know it",
	spool_not_linked: "no tag, and not linked to a spool",
	spool_missing: "the linked spool is not in Spoolman",
	spool_archived: "the linked spool is archived in Spoolman",
	spool_tag_twice: "two spools have this tag in Spoolman: take it from one of them there",
	linkedByTag: "known by its tag",
	linkedBySlot: "linked to this slot",
	jobTakes: "this job takes {grams} g more",
	warning_low: "Little is left.",
	warning_not_enough: "Not enough for this job.",
	differs: "The printer measures {percent} %, which is far from Spoolman's weight. Which one is right?",
	right_printer: "The printer",
	right_spoolman: "Spoolman",
	link: "Link…",
	linkOther: "Another spool…",
	linkSuggested: "It is spool {id}",
	create: "Create in Spoolman",
	unlink: "Unlink",
	actionOf: "{action} ({place})",
	gramsLeft: "{left} g left",
	gramsLeftOf: "{left} of {full} g left",
	leftOn: "Left: {place}",
	externalLeft: "external spool, left",
	externalRight: "external spool, right",
	whichSpool: "Which spool is in {place}?",
	searchSpools: "Name, material or vendor",
	moreSpools: "More",
	tagRead: "Tag read: {tag}, {min} to {max} °C",
	tagNotRead: "The tag was not read. {why}",
	tagPlace: "Slot",
	tagGive: "Put into this slot",
	tagDrop: "Drop",
	tagGiven: "The printer took it.",
	spoolSettings: "Spoolman and counting",
	spoolmanUrl: "Address of Spoolman (empty: none)",
	spoolmanKey: "API key (empty: as it is)",
	spoolmanKeyRemove: "Remove the key",
	spoolTagField: "Extra field with the tag",
	spoolSource: "What counts",
	spoolSource_job: "the job, by its slicer",
	spoolSource_remain: "what the printer measures",
	spoolThreshold: "Told from a change of, percent",
	spoolInterval: "At most every, seconds",
	spoolLow: "Warns below, g (0: never)",
	spoolLocation: "Location in Spoolman, such as {printer} {slot} (empty: none)",
};

/** Beside English, which the device itself speaks. @type {Record<string, Record<string, string>>} */
const tables = {};
/** Loaded by those who read them. */
const LOADERS = {
	zh: () => import("./words-zh.js").then(({ zh }) => zh),
	de: () => import("./words-de.js").then(({ de }) => de),
};

let language = "en";

/** The words for that key, with `{name}` replaced. @param {string} key @param {Record<string, string | number>} [values] */
export function words(key, values = {}) {
	const text = tables[language]?.[key] ?? en[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @type {(() => void)[]} */
const listeners = [];

/** Calls back whenever another language was chosen. @param {() => void} listener */
export function onLanguage(listener) {
	listeners.push(listener);
}

/** The one that was chosen last, while its words are on the way. */
let wanted = language;

/** Resolves once the page speaks it. @param {string} next "en", "zh" or "de" */
export async function setLanguage(next) {
	wanted = next;
	const load = next in tables ? undefined : LOADERS[/** @type {"zh" | "de"} */ (next)];
	const loaded = await load?.().catch(() => undefined);
	if (loaded) tables[next] = loaded;
	if (wanted !== next) return;
	language = next in tables ? next : "en";
	document.documentElement.lang = language;
	for (const target of document.querySelectorAll("[data-word]"))
		target.textContent = words(/** @type {HTMLElement} */ (target).dataset.word ?? "");
	for (const listener of listeners) listener();
}

/** In the chosen language by the code, where it is known; otherwise what the device says. @param {string} code @param {string} text */
export function errorWords(code, text) {
	return translated(`error_${code}`, {}, text);
}

/** Why a printer did not take a command. @param {string} code @param {string} text */
export function commandWords(code, text) {
	return translated(`command_${code}`, { text }, errorWords(code, text));
}

/** Why something about spools was not done. @param {string} code @param {string} text */
export function spoolErrorWords(code, text) {
	return translated(`spoolError_${code}`, {}, errorWords(code, text));
}

/** How Spoolman is reached. @param {SpoolsState["spoolman"]} spoolman */
export function spoolmanWords({ state, version = "", error, help = "" }) {
	// That something may have been done all the same is not about the connection.
	if (error !== undefined) return spoolErrorWords(error === "timeout" ? "unreachable" : error, help);
	return words(`spoolman_${state}`, { version });
}

/** Why a use will not be in Spoolman, and what to do. @param {string} text */
export function refusedWords(text) {
	return translated("refusedHelp", {}, text);
}

/** Why it is not known what a printer's job takes. @param {string} name @param {string} text */
export function jobNotCountedWords(name, text) {
	return words("jobNotCounted", { name, why: translated("jobFileHelp", {}, text) });
}

/**
 * Why a printer cannot be added, and the certificate for a person to compare.
 * @param {string} code @param {string} text @param {string} host @param {{ commonName: string, sha256: string }} [certificate]
 */
export function addingWords(code, text, host, certificate) {
	if (code === "already_set_up") return words("alreadySetUp");
	const why = translated(`link_${code}`, { host, serial: "" }, text);
	const shown =
		certificate && words("certificate", { name: certificate.commonName, sha256: certificate.sha256 });
	return [why, shown].filter(Boolean).join(" ");
}

/** What is wrong with the link to a printer and what to do. @param {PrinterState} printer */
export function linkWords({ linkError, linkHelp = "", host, serial }) {
	return translated(`link_${linkError}`, { host, serial }, linkHelp);
}

/**
 * How a camera is, or why it is not shown.
 * @param {{ state?: CameraStatus["state"], error?: string | undefined, help?: string | undefined }} status
 * @param {{ host: string, serial: string }} [printer]
 */
export function cameraWords({ state, error, help = "" }, { host, serial } = { host: "", serial: "" }) {
	if (error === undefined) return words(state === "waiting" ? "cameraWaiting" : "cameraConnecting");
	// What is wrong with its certificate is said as for the link.
	const key = `camera_${error}` in (tables[language] ?? {}) ? `camera_${error}` : `link_${error}`;
	return translated(key, { host, serial }, translated(`error_${error}`, {}, help));
}

/** Why it heats or does not. @param {BreathState} state */
export function reasonWords({
	reasonCode,
	reason,
	reasonDetails = {},
	activeTarget,
	target,
	bedThreshold,
	fault,
}) {
	if (reasonCode === "fault" && fault) return faultWords(fault).title;
	const { by, printer, minutes = 0, minutesLost = 0, minutesAlone, fan } = reasonDetails;
	const { bedTarget = 0, bed = 0, material = "" } = reasonDetails;
	const values = {
		bedTarget,
		bed,
		material,
		minutes,
		target: activeTarget || target,
		bedThreshold,
		printer: printer ?? translated("reason_printer", {}, ""),
		who: translated(`by_${by}`, {}, ""),
		left: timeWords(minutes),
		time: timeWords(minutes),
		lost: timeWords(minutesLost),
	};
	const text = translated(`reason_${reasonCode}${reasonVariant(reasonCode, reasonDetails)}`, values, reason);
	if (text === reason) return reason;
	if (minutesAlone !== undefined) return text + words("reason_alone", { time: timeWords(minutesAlone) });
	return fan === undefined ? text : text + words(`reason_${fan}`);
}

/** Which of a reason's sentences fits. @param {string} code @param {ReasonDetails} details */
function reasonVariant(code, { by, klipper, bedTarget, bed, material, listed, minutes, minutesLost }) {
	if (code === "off" && by !== undefined) return by === "firmware" ? "_firmware" : "_by";
	if (klipper) return "_klipper";
	if (bedTarget !== undefined) return "_target";
	if (bed !== undefined) return "_current";
	if (material !== undefined) return listed ? "_listed" : "_unlisted";
	if (code === "heating" && minutes !== undefined) return "_minutes";
	return minutesLost === undefined ? "" : "_drying";
}

/** @param {number} minutes */
function timeWords(minutes) {
	if (minutes < 60) return translated("minutesOnly", { minutes }, "");
	return words("hoursMinutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** The device says what it is and what to do in one text, and the first sentence is what it is. @param {NonNullable<BreathState["fault"]>} fault */
export function faultWords({ code, text }) {
	const end = text.indexOf(". ");
	return {
		title: translated(`fault_${code}`, {}, end < 0 ? text : text.slice(0, end)),
		help: translated(`help_${code}`, {}, end < 0 ? "" : text.slice(end + 2)),
	};
}

/** Places of the numbers that events carry. */
const MODES = ["auto", "always_on", "drying"];
const CAUSES = ["unknown", "power", "restart", "update", "watchdog", "crash", "brownout"];
const FAULTS = [
	"element_overheat",
	"chamber_overheat",
	"chamber_sensor_open",
	"chamber_sensor_short",
	"chamber_sensor_failed",
	"element_sensor_open",
	"element_sensor_short",
	"element_sensor_failed",
	"heating_too_slow",
	"cooling_while_heating",
	"sensors_swapped",
	"heater_stuck_on",
	"no_mains",
	"storage_unreadable",
	"control_failed",
];

/** @param {{ event: string, by?: string, a: number, b: number, text: string }} event */
export function eventWords({ event, by, a, b, text }) {
	const sentence = translated(
		event === "abandoned" && b > 0 ? "event_abandoned_drying" : `event_${event}`,
		{
			time: timeWords(a),
			lost: timeWords(b),
			a,
			b,
			mode: words(`mode_${MODES[a]}`),
			cause: translated(`cause_${CAUSES[a]}`, {}, ""),
			fault: translated(`fault_${FAULTS[a]}`, {}, ""),
			times: b > 1 ? words("times", { count: b }) : "",
		},
		text,
	);
	const who = translated(`by_${by}`, {}, "");
	return who && sentence !== text ? words("eventBy", { sentence, who }) : sentence;
}

/** In the chosen language what the device itself says in English. @param {string} key @param {Record<string, string | number>} values @param {string} text */
function translated(key, values, text) {
	return key in (tables[language] ?? {}) ? words(key, values) : text;
}
