// The heater, the printers, the networks, the settings and what else is the device's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { BreathState, ReasonCode, ReasonDetails } from "../../../../../modules/breath/breath-state";
import { FAULT_CODES, faultWords } from "../../../../../modules/breath/fault-words";
import { reasonText } from "../../../../../modules/breath/reasons";
import { aboutView } from "../../../../../ui/panel/models/about";
import {
	type AddPrinterProgress,
	addPrinterView,
	emptyForm,
} from "../../../../../ui/panel/models/add-printer";
import { cameraView } from "../../../../../ui/panel/models/camera";
import { heaterView } from "../../../../../ui/panel/models/heater";
import { heaterReason } from "../../../../../ui/panel/models/heater-reason";
import { historyView } from "../../../../../ui/panel/models/history";
import { movedBy, printerDetailsView, printersView } from "../../../../../ui/panel/models/printers";
import { readOnlyView } from "../../../../../ui/panel/models/read-only";
import { settingsView } from "../../../../../ui/panel/models/settings";
import { sparkline } from "../../../../../ui/panel/models/sparkline";
import { updateView } from "../../../../../ui/panel/models/update";
import { passwordProblem, wifiView } from "../../../../../ui/panel/models/wifi";
import { LANGUAGES, wordsIn } from "../../../../../ui/panel/words/languages";
import { printerState } from "../../../breath/printer-fixture";
import { breathState, modelInput, seen, withPrinter } from "./model-input";

const REASONS: readonly [ReasonCode, ReasonDetails?][] = [
	["off"],
	["off", { by: "websocket", fan: "runs_on" }],
	["off", { by: "firmware" }],
	["fan_only"],
	["no_printer"],
	["no_printer", { klipper: true }],
	["printer_offline", { printer: "Workshop" }],
	["bed_cold", { printer: "Workshop", fan: "filters" }],
	["bed_cold", { printer: "Workshop", bed: 43 }],
	["bed_cold", { printer: "Workshop", bedTarget: 61 }],
	["filament_cold", { printer: "Workshop" }],
	["filament_cold", { printer: "Workshop", material: "PVA", listed: false }],
	["filament_cold", { printer: "Workshop", material: "PLA", listed: true }],
	["no_job", { printer: "Workshop" }],
	["target_zero"],
	["heating", { minutes: 12, minutesAlone: 7 }],
	["heating"],
	["holding", { minutesAlone: 65 }],
	["above_target"],
	["drying", { minutes: 681 }],
	["drying_done"],
	["element_hot"],
	["abandoned", { minutes: 10, fan: "runs_on" }],
	["abandoned", { minutes: 10, minutesLost: 701 }],
	["updating", { fan: "filters" }],
	["no_reading"],
];

function because(reasonCode: ReasonCode, reasonDetails?: ReasonDetails): BreathState {
	return breathState({ reasonCode, ...(reasonDetails && { reasonDetails }) });
}

test("in English the panel says why it heats with the very words of the firmware", () => {
	for (const [code, details] of REASONS) {
		const facts = { code, target: 45, bedThreshold: 80, faultText: "" };
		assert.equal(seen(heaterReason(wordsIn("en"), because(code, details))), reasonText(facts, details));
	}
});

test("in every language no two reasons sound the same, and each tells the same numbers and names", () => {
	for (const language of LANGUAGES) {
		const told = new Set<string>();
		for (const [code, details] of REASONS) {
			const text = heaterReason(wordsIn(language), because(code, details));
			told.add(text);
			for (const value of [details?.printer, details?.material, details?.bed, details?.bedTarget])
				if (value !== undefined) assert.ok(text.includes(String(value)), `${language} ${code}: ${text}`);
		}
		assert.equal(told.size, REASONS.length);
	}
});

test("every fault of the heater has its text and its help; in English those of the firmware", () => {
	for (const code of FAULT_CODES) {
		const { text, help } = faultWords(code);
		const { fault } =
			heaterView(modelInput({ breath: breathState({ fault: { code, text, latched: true } }) })) ?? {};
		assert.deepEqual([fault?.text, fault?.help, fault?.canClear], [text, help, true]);
	}
});

test("the heater shows its temperature to a tenth, what it aims at, and turns off by one touch", () => {
	const view = heaterView(
		modelInput({ language: "de", breath: breathState({ on: true, activeTarget: 45, chamber: 41.26 }) }),
	);
	assert.deepEqual(view?.chamber, { value: "41,3", unit: "°C" });
	assert.deepEqual([view?.aim, view?.chamberTone], ["Soll 45 °C", "heat"]);
	assert.deepEqual(view?.off.changes, { on: false });
	assert.equal(heaterView(modelInput()), undefined);
});

test("with a fault the heater cannot be turned on, but off", () => {
	const fault = { code: "no_mains" as const, text: "", latched: true };
	const off = heaterView(modelInput({ breath: breathState({ fault }) }));
	assert.deepEqual([off?.start.enabled, off?.start.why], [false, "Clear the fault first."]);
	assert.equal(off?.off.enabled, true);
});

test("drying has its presets and counts down", () => {
	const drying = { running: true, target: 55, hours: 12, remainingSeconds: 12_000 };
	const view = heaterView(modelInput({ breath: breathState({ mode: "drying", on: true, drying }) }));
	assert.deepEqual(
		view?.drying.presets.map(({ label, text, isChosen }) => [label, seen(text), isChosen]),
		[
			["PLA", "55 °C · 12 h", true],
			["PETG, ABS", "60 °C · 12 h", false],
		],
	);
	assert.equal(seen(view?.drying.left ?? ""), "3 h 20 min left");
	assert.ok(Math.abs((view?.drying.progress ?? 0) - 0.722) < 0.001);
	const idle = heaterView(modelInput({ breath: breathState({ mode: "drying" }) }));
	assert.deepEqual(idle?.start.changes, { dryingRunning: true });
	assert.deepEqual([idle?.target.isShown, idle?.drying.isShown], [false, true]);
});

test("the sparkline has the last hour, its gaps, and whole tens around it", () => {
	const values = [15, Number.NaN, 23.4, 41.8];
	const history = {
		intervalSeconds: 30,
		length: values.length,
		most: 480,
		count: 4,
		chamber: (index: number) => values[index] ?? Number.NaN,
		target: (index: number) => (index > 1 ? 45 : 0),
	};
	const line = sparkline(history);
	assert.deepEqual([line.chamber, line.low, line.high], [values, 10, 50]);
	assert.deepEqual(sparkline(history, 60).chamber, [23.4, 41.8]);
	assert.deepEqual(sparkline({ ...history, length: 0 }).chamber, []);
});

test("printers are listed in their order, the shown one is marked, and they can be moved by a place", () => {
	const printers = ["a", "b"].map((id) => printerState({ id, name: id }));
	const { cards, add } = printersView(modelInput({ printers, shown: 1 }));
	assert.deepEqual(
		cards.map(({ id, isShown, canMoveUp, canMoveDown }) => [id, isShown, canMoveUp, canMoveDown]),
		[
			["a", false, false, true],
			["b", true, true, false],
		],
	);
	assert.equal(add.enabled, true);
	assert.deepEqual(movedBy(["a", "b", "c"], "b", 1), ["a", "c", "b"]);
	assert.deepEqual(movedBy(["a", "b"], "a", -1), ["a", "b"]);
});

test("ten printers are as many as there is room for", () => {
	const printers = Array.from({ length: 10 }, (_, at) => printerState({ id: `p${at}` }));
	const { add } = printersView(modelInput({ printers }));
	assert.equal(add.enabled, false);
	assert.match(add.why, /^10 printers/);
});

test("a refused certificate is shown in groups of four, to be compared", () => {
	const linkCertificate = { commonName: "01P00A000000001", sha256: "0123456789abcdef".repeat(4) };
	const details = printerDetailsView(withPrinter({ linkCertificate }), "01P00A000000001");
	assert.match(details?.certificate?.fingerprint ?? "", /^0123 4567 89AB CDEF 0123/);
	assert.equal(details?.certificate?.sha256, linkCertificate.sha256);
	assert.equal(printerDetailsView(modelInput(), "gone"), undefined);
});

const EDITING: AddPrinterProgress = { scan: "idle", found: [], phase: "editing" };

test("adding wants an address and an access code, and says beside a field what is wrong with it", () => {
	const view = (form: Partial<typeof emptyForm>) =>
		addPrinterView(modelInput(), { ...emptyForm, ...form }, EDITING);
	assert.equal(view({}).submit.why, "The address is missing.");
	assert.deepEqual(
		view({}).fields.map(({ problem }) => problem),
		["", "", "", ""],
	);
	assert.match(view({ host: "two words" }).fields[0]?.problem ?? "", /^Enter an IP address/);
	assert.equal(view({ host: "192.0.2.7" }).submit.why, "The access code is missing.");
	assert.equal(view({ host: "192.0.2.7", accessCode: "12345678" }).submit.enabled, true);
	assert.equal(view({ host: "192.0.2.7", accessCode: "12345678", serial: "1!" }).submit.enabled, false);
});

test("a printer that is found can be chosen unless it is set up already", () => {
	const found = [
		{ vendor: "bambu", serial: "01P00A000000001", host: "192.0.2.7", name: "Workshop", model: "P1S" },
		{ vendor: "bambu", serial: "01P00A000000009", host: "192.0.2.8", name: "Garage", model: "P1S" },
		AT_BROKER,
	] as const;
	const view = addPrinterView(withPrinter({}), emptyForm, { ...EDITING, scan: "done", found });
	assert.deepEqual(
		view.found.map(({ name, note, enabled }) => [name, note, enabled]),
		[
			["Workshop", "P1S · 192.0.2.7 · set up already", false],
			["Garage", "P1S · 192.0.2.8", true],
		],
	);
	const none = addPrinterView(modelInput(), emptyForm, { ...EDITING, scan: "done" });
	assert.match(none.scan.text, /^No printer tells of itself/);
});

const AT_BROKER = {
	vendor: "anycubic",
	way: "broker",
	serial: "ab".repeat(16),
	host: "192.0.2.5",
	name: "Kobra 2 Max abab",
	model: "Kobra 2 Max",
} as const;

test("a printer in its LAN mode wants an address alone, one at a broker nothing, and each says where it stands", () => {
	const of = (kind: "lan" | "broker", host = "") =>
		addPrinterView(modelInput(), { ...emptyForm, host }, { ...EDITING, kind });
	assert.deepEqual(
		of("lan").fields.map(({ id }) => id),
		["host", "name"],
	);
	assert.equal(of("lan").submit.why, "The address is missing.");
	assert.equal(of("lan", "192.0.2.7").submit.enabled, true);
	assert.match(of("lan").hint, /Settings, Network/);
	assert.match(of("broker").hint, /http:\/\/192\.0\.2\.40/);
	assert.equal(of("broker").submit.enabled, true);
	const asking = addPrinterView(modelInput(), emptyForm, { ...EDITING, kind: "lan", phase: "asking" });
	assert.equal(asking.message, "Asking the printer who it is…");
});

test("those at the broker are found there alone, without an address that is not theirs", () => {
	const bambu = {
		vendor: "bambu",
		serial: "01P00A000000009",
		host: "192.0.2.8",
		name: "Garage",
		model: "P1S",
	};
	const found = [bambu, AT_BROKER] as AddPrinterProgress["found"];
	const of = (kind: "lan" | "broker" | "bambu") =>
		addPrinterView(modelInput(), emptyForm, { ...EDITING, kind, scan: "done", found });
	assert.deepEqual(
		of("broker").found.map(({ name, note }) => [name, note]),
		[["Kobra 2 Max abab", "Kobra 2 Max"]],
	);
	assert.deepEqual(
		of("bambu").found.map(({ name }) => name),
		["Garage"],
	);
	const none = addPrinterView(modelInput(), emptyForm, {
		...EDITING,
		kind: "broker",
		scan: "done",
		found: [bambu] as AddPrinterProgress["found"],
	});
	assert.match(none.scan.text, /^No printer tells of itself there.*http:/);
});

test("a certificate that a printer has made itself is explained as what it is", () => {
	const certificate = { commonName: "gkapi", sha256: "ab".repeat(32) };
	const refusal = { ok: false, code: "untrusted_certificate", message: "Compare it.", certificate } as const;
	const view = addPrinterView(modelInput({ language: "de" }), emptyForm, {
		...EDITING,
		kind: "lan",
		refusal,
	});
	assert.match(view.message, /selbst gemacht/);
	assert.equal(view.certificate?.sha256, certificate.sha256);
});

test("once it is saved, its link says whether what was entered is right", () => {
	const saved: AddPrinterProgress = { ...EDITING, phase: "saved", savedId: "01P00A000000001" };
	const online = addPrinterView(withPrinter({}), emptyForm, saved);
	assert.deepEqual([online.message, online.isConnected], ["Connected to P1S Workshop.", true]);
	const wrong = addPrinterView(
		withPrinter({ link: "offline", linkError: "wrong_access_code" }, { language: "de" }),
		emptyForm,
		saved,
	);
	assert.match(wrong.message, /^Der Drucker lehnt den Zugangscode ab/);
	assert.equal(wrong.isMessageBad, true);
});

test("why a printer was not added is said in the panel's language", () => {
	const refusal = { ok: false, code: "no_free_slot", message: "10 printers are set up already." } as const;
	assert.equal(addPrinterView(modelInput(), emptyForm, { ...EDITING, refusal }).message, refusal.message);
	const chinese = addPrinterView(modelInput({ language: "zh" }), emptyForm, { ...EDITING, refusal });
	assert.match(chinese.message, /^此设备无法再添加打印机/);
});

test("a camera that cannot be shown says why; one that can is offered", () => {
	const of = (camera: "jpeg" | "rtsps" | "none") =>
		cameraView(withPrinter({ capabilities: { ...printerState().capabilities, camera } }), { isGone: false });
	assert.deepEqual([of("jpeg").canWatch, of("jpeg").text], [true, ""]);
	assert.match(of("rtsps").text, /RTSPS/);
	assert.equal(of("none").canWatch, false);
	const cameraRefusal = { ok: false, code: "taken", message: "" } as const;
	assert.match(cameraView(withPrinter({}, { cameraRefusal }), { isGone: false }).text, /^Somebody else/);
	const lost = cameraView(withPrinter({}, { language: "de" }), {
		isGone: false,
		status: { state: "waiting", error: "camera_off", help: "Turn it on." },
		pictureAgeSeconds: 12,
	});
	assert.match(lost.text, /^Der Drucker antwortet, bietet aber keine Kamera an/);
	assert.deepEqual([lost.isLive, seen(lost.pictureAge)], [false, "Bild von vor 12 s"]);
});

test("a job of the history tells when it ended, how long it took and what it used", () => {
	const { jobs } = historyView(modelInput(), [
		{
			printerId: "1",
			printerName: "P1S Workshop",
			name: "Benchy",
			result: "cancelled",
			endedAt: "2026-11-20T13:32:00.000Z",
			seconds: 4_330,
			layers: 12,
			filament: [{ slot: "external", material: "PLA", color: "FF0000FF", percent: 3 }],
		},
	]);
	assert.equal(seen(jobs[0]?.facts ?? ""), "yesterday 14:32 · took 1 h 12 min · P1S Workshop · 12 layers");
	assert.deepEqual([jobs[0]?.result, jobs[0]?.tone], ["Cancelled", "muted"]);
	assert.equal(seen(jobs[0]?.filament[0]?.text ?? ""), "External spool PLA 3%");
});

test("what stops a printer from taking commands is explained with both switches, in order", () => {
	for (const [language, lan, developer] of [
		["en", "LAN-only mode", "Developer mode"],
		["de", "LAN-only mode", "Developer mode"],
		["zh", "仅局域网模式", "开发者模式"],
	] as const) {
		const { steps, isOver } = readOnlyView(withPrinter({ control: "read_only" }, { language }));
		assert.equal(steps.length, 4);
		assert.ok(steps[1]?.includes(lan) && steps[2]?.includes(developer));
		assert.equal(isOver, false);
	}
	assert.match(readOnlyView(withPrinter({})).steps[0] ?? "", /WLAN/);
});

test("networks are told with their strength; the joined one is marked", () => {
	const networks = [
		{ ssid: "Home", rssiDbm: -52, secure: true },
		{ ssid: "Cafe", rssiDbm: -85, secure: false },
	];
	const station = { status: "connected", ssid: "Home", address: "192.0.2.40", rssiDbm: -52 } as const;
	const accessPoint = { on: false, ssid: "Culm_1", address: "192.168.254.1" };
	const view = wifiView(modelInput({ wifi: { station, accessPoint, scanning: false, networks } }));
	assert.equal(view.state, "In “Home” as 192.0.2.40");
	assert.deepEqual(
		view.networks.map(({ ssid, bars, signal, note }) => [ssid, bars, signal, note]),
		[
			["Home", 4, "strong", "joined"],
			["Cafe", 1, "very weak", "open"],
		],
	);
	const wrong = { status: "disconnected", ssid: "Home", reason: "wrong_password" } as const;
	const failed = wifiView(
		modelInput({ wifi: { station: wrong, accessPoint, scanning: true, networks: [] } }),
	);
	assert.deepEqual(
		[failed.state, failed.stateTone, failed.emptyText],
		["“Home” does not take the password.", "warn", ""],
	);
});

test("joining wants a password of eight characters where the network has one", () => {
	const why = (password: string, mayBeOpen = false) => passwordProblem(modelInput(), password, mayBeOpen);
	assert.match(why(""), /at least 8 characters; so far there are 0/);
	assert.match(why("short"), /so far there are 5/);
	assert.equal(why("long enough"), "");
	assert.equal(why("", true), "");
	assert.match(why("x".repeat(64)), /at most 63/);
});

test("settings tell what is chosen, and what a touch would change", () => {
	const view = settingsView(modelInput());
	assert.deepEqual(
		view.language.options.map(({ label, isChosen }) => [label, isChosen]),
		[
			["English", true],
			["中文", false],
			["Deutsch", false],
		],
	);
	assert.deepEqual(view.sounds.changes, { sounds: true });
	assert.deepEqual(
		[seen(view.sleep.text), view.sleep.options.some(({ isChosen }) => isChosen)],
		["10 min", true],
	);
	assert.equal(view.timeZone.text, "UTC+1 · 14:32");
	assert.equal(view.factoryReset.question.isDangerous, true);
});

test("an update is told as it goes, and where it can be sent", () => {
	assert.match(updateView(modelInput()).text, /^Open http:\/\/192\.0\.2\.40 in a browser/);
	const receiving = updateView(
		modelInput({
			language: "de",
			update: { phase: "receiving", receivedBytes: 524_288, totalBytes: 2_097_152 },
		}),
	);
	assert.deepEqual([seen(receiving.text), receiving.progress], ["Empfängt: 0,5 MB von 2,0 MB", 0.25]);
	const failed = updateView(modelInput({ update: { phase: "failed", message: "Wrong board." } }));
	assert.deepEqual([failed.text, failed.tone, failed.isBusy], ["Wrong board.", "danger", false]);
});

test("About tells the versions and addresses that a person is asked for", () => {
	const { rows, url } = aboutView(modelInput());
	const values = rows.map(({ value }) => value);
	for (const value of ["0.1.0", "moddable_six", "192.0.2.40", "a0:b1:c2:d3:e4:f5"])
		assert.ok(values.includes(value));
	assert.equal(url, "http://192.0.2.40");
});
