// The panel's door to the firmware, over a whole firmware on Node's ports with a clock that the test owns.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parts as allParts } from "../../../modules/boards/controller_parts/parts";
import { startFirmware } from "../../../modules/firmware";
import { openPanelDevice } from "../../../modules/panel/panel-device";
import type { PanelParts } from "../../../modules/panel/panel-parts";
import type { Platform } from "../../../modules/platform/platform";
import { PortError } from "../../../modules/platform/port-error";
import { SimulatedDisplay } from "../../../modules/platform/twins/simulated-display";
import { commandTable as anycubicCommands } from "../../../modules/printers/anycubic/commands/table";
import { findCommand } from "../../../modules/printers/bambu/commands/table";
import type { CameraViewer } from "../../../modules/printers/camera";
import { type CommandRequest, failed } from "../../../modules/printers/command";
import { PrinterBookError } from "../../../modules/printers/printer-book";
import type { FileList, PrinterFiles } from "../../../modules/printers/printer-files";
import type { PrintersEvent } from "../../../modules/printers/printer-manager";
import { createJpeg } from "../../../sim/host/jpeg";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { createPlatform } from "../../../sim/host/platform";
import type { DeviceChange, PrinterCommand } from "../../../ui/panel/device";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { BenchBoard } from "../breath/breath-bench";
import { printerState } from "../breath/printer-fixture";

const SERIAL = "01P00A000000001";
const SHA = "ab".repeat(32);

interface Bench {
	/** In place of the firmware's own. */
	parts?: (parts: PanelParts) => Partial<PanelParts>;
	platform?: (platform: Platform) => Partial<Platform>;
	withHeater?: boolean;
}

async function open(t: TestContext, { parts, platform: change, withHeater = true }: Bench = {}) {
	const directory = mkdtempSync(join(tmpdir(), "culm-panel-"));
	const clock = new ManualClock({ startMs: 1_000, wallTimeMs: Date.UTC(2026, 0, 2, 3, 4) });
	const log = new MemoryLog();
	const display = new SimulatedDisplay();
	let restarts = 0;
	const platform: Platform = {
		...createPlatform({ log, clock, webPort: 0, storageDirectory: directory }),
		storage: createMemoryStorage(),
		mdns: { announce: () => ({ update() {}, close: async () => {} }) } as unknown as Platform["mdns"],
		...(withHeater && { openHeaterBoard: () => new BenchBoard(clock) }),
		display,
		restart: () => void restarts++,
	};
	const firmware = startFirmware({ ...platform, ...change?.(platform) }, allParts);
	await firmware.served;
	const own = firmware.panelParts();
	const device = openPanelDevice({ ...own, jpeg: createJpeg(), ...parts?.(own) });
	t.after(async () => {
		device.close();
		await firmware.close();
		rmSync(directory, { recursive: true, force: true });
	});
	const changes: DeviceChange[] = [];
	const stop = device.onChange((next) => void changes.push(next));
	/** The names of what was told, a string for each time. */
	const told = (): string[] => {
		clock.advance(60);
		return changes
			.splice(0)
			.map(({ printers, ...others }) =>
				[
					...[...printers].map(([id, keys]) => `${id}: ${[...keys].sort().join(" ")}`),
					...Object.entries(others).flatMap(([name, is]) => (is ? [name] : [])),
				].join(", "),
			);
	};
	clock.advance(1_000);
	await settle();
	clock.advance(1_000);
	changes.splice(0);
	return { device, firmware, clock, log, display, told, stop, restarts: () => restarts };
}

/** That part, but for what the test does in its place. */
function over<Part extends object>(part: Part, changes: Partial<Part>): Part {
	return new Proxy(part, {
		get(target, key) {
			const value = Reflect.get(Object.hasOwn(changes, key) ? changes : target, key, target);
			return typeof value === "function" ? value.bind(target) : value;
		},
	});
}

async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Printers that do what the test says. */
class FakePrinters {
	state = printerState();
	result: Awaited<ReturnType<PanelParts["printers"]["attend"]>> = true;
	readonly attended: string[] = [];
	files: PrinterFiles | undefined;
	readonly asked: CommandRequest[] = [];
	tell: (event: PrintersEvent) => void = () => {};

	find(id: string) {
		if (id !== this.state.id) return undefined;
		return {
			state: this.state,
			command: async (request: CommandRequest) => {
				this.asked.push(request);
				return { ok: true } as const;
			},
			files: this.files,
			refusal: (request: CommandRequest) =>
				request.command === "home" ? failed("wrong_state", "A job is under way.") : undefined,
		};
	}

	async attend(id: string): Promise<boolean> {
		this.attended.push(id);
		return this.result;
	}

	onChange(listener: (event: PrintersEvent) => void): () => void {
		this.tell = listener;
		return () => {
			this.tell = () => {};
		};
	}
}

test("the state is that of the HTTP interface, and what has not changed is the same object", async (t) => {
	const { device, firmware, clock } = await open(t);
	const { device: _, ...state } = device.state();
	const { device: __, ...other } = firmware.state();
	assert.deepEqual(state, other);
	assert.equal(device.state(), device.state());
	const before = device.state();
	clock.advance(1_000);
	const after = device.state();
	assert.notEqual(after, before);
	assert.equal(after.wifi, before.wifi);
	assert.equal(after.printers, before.printers);
	assert.equal(after.update, before.update);
});

test("changes are told a moment later, all at once, and never to somebody who has left", async (t) => {
	const { device, clock, told, stop } = await open(t, { withHeater: false });
	device.preferences.set({ theme: "light" });
	device.preferences.set({ brightness: 40 });
	device.remoteHeater?.setPlace({ port: 8080 });
	clock.advance(40);
	assert.deepEqual(told(), ["heater, preferences"]);
	assert.deepEqual(told(), []);
	stop();
	device.preferences.set({ theme: "dark" });
	assert.deepEqual(told(), []);
});

test("of a printer it is told what has changed; one that comes or goes changes the list", async (t) => {
	const printers = new FakePrinters();
	const { told } = await open(t, { parts: () => ({ printers }), withHeater: false });
	const { state } = printers;
	printers.tell({ type: "changed", state, changed: ["bed", "job"] });
	printers.tell({ type: "changed", state, changed: ["job", "fans"] });
	assert.deepEqual(told(), [`${SERIAL}: bed fans job`]);
	printers.tell({ type: "changed", state, changed: ["bed"] });
	printers.tell({ type: "removed", id: SERIAL });
	assert.deepEqual(told(), ["list"]);
	printers.tell({ type: "reordered" });
	assert.deepEqual(told(), ["list"]);
	printers.tell({ type: "added", state });
	assert.deepEqual(told(), ["list"]);
});

test("a listener that fails keeps nobody from being told, and the log says so", async (t) => {
	const { device, told, log } = await open(t, { withHeater: false });
	device.onChange(() => {
		throw new Error("no such screen");
	});
	let count = 0;
	device.onChange(() => void count++);
	device.preferences.set({ sounds: false });
	assert.deepEqual(told(), ["preferences"]);
	assert.equal(count, 1);
	assert.match(JSON.stringify(log.lines), /no such screen/);
});

test("Wi-Fi, jobs and updates are told when they change", async (t) => {
	const { device, firmware, told } = await open(t);
	const scanning = device.wifi.scan();
	await settle();
	assert.deepEqual(told(), ["wifi"]);
	const { clock } = firmware.panelParts();
	(clock as ManualClock).advance(10_000);
	const found = await scanning;
	assert.ok(found.ok && found.value.length > 0, JSON.stringify(found));
	told();
	assert.deepEqual(await device.jobs.clear(), { ok: true });
	assert.deepEqual(told(), ["jobs"]);
	assert.deepEqual(device.jobs.list(), []);
});

test("a command goes to a printer that is attended to, and its answer is data", async (t) => {
	const printers = new FakePrinters();
	const { device } = await open(t, { parts: () => ({ printers }) });
	assert.deepEqual(await device.printers.command(SERIAL, { command: "pause" }), { ok: true });
	assert.deepEqual(printers.attended, [SERIAL]);
	assert.deepEqual(printers.asked, [{ command: "pause" }]);
	const nobody = await device.printers.command("01P00A999999999", { command: "pause" });
	assert.equal(nobody.ok || nobody.code, "not_found");
	assert.deepEqual(device.printers.refusal(SERIAL, { command: "home" }), {
		ok: false,
		code: "wrong_state",
		message: "A job is under way.",
	});
	assert.equal(device.printers.refusal(SERIAL, { command: "pause" }), undefined);
	assert.equal(device.printers.refusal("01P00A999999999", { command: "pause" })?.code, "not_found");
	assert.equal(printers.asked.length, 1, "asking why is not asking for it");
});

test("files are listed by a printer that has them, and refused in words by others", async (t) => {
	const printers = new FakePrinters();
	const { device } = await open(t, { parts: () => ({ printers }) });
	const list = (id = SERIAL) => device.files.list(id, "usb", "/models");
	const without = await list();
	assert.ok(!without.ok && without.code === "not_supported" && /does not tell/.test(without.message));
	const nobody = await list("nobody");
	assert.equal(nobody.ok || nobody.code, "not_found");
	const asked: unknown[] = [];
	let answer: FileList = { ok: true, files: [{ name: "a.gcode", isFolder: false }] };
	printers.files = {
		list: async (...place) => {
			asked.push(place);
			return answer;
		},
	};
	assert.deepEqual(await list(), { ok: true, value: [{ name: "a.gcode", isFolder: false }] });
	assert.deepEqual(asked, [["usb", "/models"]]);
	answer = failed("refused", "There is no stick.");
	assert.deepEqual(await list(), { ok: false, code: "refused", message: "There is no stick." });
	printers.files = {
		list: async () => {
			throw new Error("no memory");
		},
	};
	const broken = await list();
	assert.ok(!broken.ok && broken.code === "not_sent" && /no memory/.test(broken.message));
});

test("an Anycubic printer is added by its address or from a broker, as the book is told", async (t) => {
	const added: unknown[] = [];
	const { device } = await open(t, {
		parts: ({ book }) => ({
			book: over(book, {
				add: async (fields) => {
					added.push(fields);
					return { slot: 0, id: "ab".repeat(16) };
				},
			}),
		}),
	});
	const lan = { vendor: "anycubic", way: "lan", host: "192.0.2.7" } as const;
	const broker = { vendor: "anycubic", way: "broker", serial: "ab".repeat(16) } as const;
	assert.deepEqual(await device.printers.add(lan), { ok: true, value: { id: "ab".repeat(16) } });
	await device.printers.add(broker);
	assert.deepEqual(added, [lan, broker]);
});

test("who is looked at is attended to again and again, until somebody else is or nobody", async (t) => {
	const printers = new FakePrinters();
	const { device, clock } = await open(t, { parts: () => ({ printers }) });
	const first = device.printers.attend("A");
	clock.advance(50_000);
	assert.deepEqual(printers.attended, ["A", "A"]);
	const second = device.printers.attend("B");
	first();
	clock.advance(100_000);
	assert.deepEqual(printers.attended, ["A", "A", "B", "B", "B"]);
	second();
	second();
	clock.advance(100_000);
	assert.equal(printers.attended.length, 5);
});

test("printers are added, changed, ordered and forgotten, and a refusal says why", async (t) => {
	const { device, told } = await open(t);
	const { printers } = device;
	const first = { host: "127.0.0.1", accessCode: "12345678", serial: SERIAL };
	const second = { host: "127.0.0.2", accessCode: "12345678", serial: "01S00A000000002", name: "Second" };
	assert.deepEqual(await printers.add(first), { ok: true, value: { id: SERIAL } });
	assert.deepEqual(await printers.add(second), { ok: true, value: { id: "01S00A000000002" } });
	assert.ok(told().some((words) => words.includes("list")));
	const again = await printers.add(first);
	assert.equal(again.ok || again.code, "already_set_up");
	const noHost = await printers.add({ ...first, host: "" });
	assert.deepEqual(noHost, { ok: false, code: "bad_field", message: '"host" is missing.' });
	assert.deepEqual(printers.entry("01S00A000000002"), {
		host: "127.0.0.2",
		serial: "01S00A000000002",
		name: "Second",
		port: 8883,
		pinnedSha256: "",
		live: false,
		vendor: "bambu",
		way: "lan",
	});
	assert.ok(!JSON.stringify(printers.entry(SERIAL)).includes("12345678"));
	assert.deepEqual(printers.edit(SERIAL, { name: "First" }), { ok: true, value: { id: SERIAL } });
	const badPort = printers.edit(SERIAL, { port: 0 });
	assert.equal(badPort.ok || badPort.code, "bad_field");
	assert.deepEqual(printers.reorder(["01S00A000000002"]), { ok: true });
	assert.deepEqual(
		device.state().printers.map(({ name }) => name),
		["Second", "First"],
	);
	assert.equal(printers.entry("nobody"), undefined);
	const nobody = printers.forget("nobody");
	assert.equal(nobody.ok || nobody.code, "not_found");
	assert.deepEqual(printers.forget(SERIAL), { ok: true });
	assert.deepEqual(
		device.state().printers.map(({ name }) => name),
		["Second"],
	);
});

test("a printer whose certificate is unknown is refused with what a person has to compare", async (t) => {
	const { device } = await open(t, {
		parts: ({ book }) => ({
			book: over(book, {
				add: async () => {
					throw new PrinterBookError("untrusted_certificate", "Its certificate is unknown.", {
						commonName: SERIAL,
						sha256: SHA,
					});
				},
			}),
		}),
	});
	assert.deepEqual(await device.printers.add({ host: "127.0.0.1", accessCode: "1" }), {
		ok: false,
		code: "untrusted_certificate",
		message: "Its certificate is unknown.",
		certificate: { commonName: SERIAL, sha256: SHA },
	});
});

test("only the certificate that was shown is trusted, and only while it is the one that is refused", async (t) => {
	const printers = new FakePrinters();
	const { device } = await open(t, { parts: () => ({ printers }) });
	await device.printers.add({ host: "127.0.0.1", accessCode: "12345678", serial: SERIAL });
	const refused = (sha256 = SHA) => {
		const done = device.printers.trust(SERIAL, sha256);
		return done.ok ? "trusted" : done.code;
	};
	assert.equal(refused(), "changed");
	printers.state = printerState({ linkCertificate: { commonName: SERIAL, sha256: SHA } });
	assert.equal(refused("cd".repeat(32)), "changed");
	assert.equal(device.printers.entry(SERIAL)?.pinnedSha256, "");
	assert.equal(refused(SHA.toUpperCase()), "trusted");
	assert.equal(device.printers.entry(SERIAL)?.pinnedSha256, SHA);
	const nobody = device.printers.trust("nobody", SHA);
	assert.equal(nobody.ok || nobody.code, "not_found");
});

test("the heater is changed as by a touch on the screen, and says what came of it", async (t) => {
	const { device, clock, firmware } = await open(t);
	const { heater } = device;
	assert.ok(heater);
	const state = heater.change({ mode: "always_on", target: 99, on: true });
	assert.deepEqual([state.mode, state.target, state.on], ["always_on", 60, true]);
	assert.equal(heater.change({ on: false }).on, false);
	assert.match(firmware.panelParts().breath?.state.reason.toLowerCase() ?? "", /on the screen/);
	assert.deepEqual(await heater.clearFault(), { ok: true });
	assert.equal(heater.history.length, 0);
	assert.ok(Number.isNaN(heater.history.chamber(0)));
	clock.advance(95_000);
	assert.equal(heater.history.length, 3);
	assert.equal(heater.history.count, 3);
	assert.ok(Math.abs(heater.history.chamber(2) - 22) < 5);
	assert.ok(Number.isNaN(heater.history.chamber(3)));
	assert.equal(heater.history.target(1), 0);
	assert.equal(heater.history.intervalSeconds * heater.history.most, 4 * 3600);
});

test("what the heater goes by is chosen by the printer's id", async (t) => {
	const { device } = await open(t);
	const { heater, printers } = device;
	assert.deepEqual(heater?.options(), { dryingPreset: "custom", autoBy: "bed", followedPrinter: "" });
	await printers.add({ host: "127.0.0.1", accessCode: "12345678", serial: SERIAL });
	await printers.add({ host: "127.0.0.2", accessCode: "12345678", serial: "01S00A000000002" });
	const chosen = { dryingPreset: "pla", autoBy: "filament", followedPrinter: "01S00A000000002" } as const;
	assert.deepEqual(heater?.setOptions(chosen), { ok: true });
	assert.deepEqual(heater?.options(), chosen);
	const nobody = heater?.setOptions({ followedPrinter: "nobody" });
	assert.equal(nobody?.ok, false);
	assert.deepEqual(heater?.options(), chosen);
});

test("a fault that is still there is not cleared, and the refusal says what to do", async (t) => {
	const { device } = await open(t, {
		parts: ({ breath }) => ({
			breath: breath && over(breath, { clearFault: async () => "still_there" as const }),
		}),
	});
	assert.deepEqual(await device.heater?.clearFault(), {
		ok: false,
		code: "fault_remains",
		message: "The fault is still there: what caused it has to end first.",
	});
});

test("each touch shows the heater that somebody is there", async (t) => {
	const { device, clock, firmware } = await open(t);
	firmware.settings.set({ "breath.deadmanMinutes": 10 });
	device.heater?.change({ mode: "always_on", target: 40, on: true });
	for (let minute = 0; minute < 30; minute++) {
		clock.advance(60_000);
		device.touched();
	}
	assert.equal(device.state().breath?.on, true);
	clock.advance(11 * 60_000);
	assert.deepEqual([device.state().breath?.on, device.state().breath?.reasonCode], [false, "abandoned"]);
});

test("without a heater of its own there is no heater, but one on the network", async (t) => {
	const { device } = await open(t, { withHeater: false });
	assert.equal(device.heater, undefined);
	assert.equal(device.state().breath, undefined);
	device.touched();
	assert.deepEqual(device.remoteHeater?.place(), { host: "", port: 80 });
	const nobody = await device.remoteHeater?.change({ on: false });
	assert.equal(nobody?.ok || nobody?.code, "unreachable");
	assert.equal(device.remoteHeater?.setPlace({ host: "not a host!" }).ok, false);
	assert.equal((await open(t)).device.remoteHeater, undefined);
});

test("preferences are checked, all or none, and stored under the settings' names", async (t) => {
	const { device, firmware } = await open(t);
	const { preferences } = device;
	const before = preferences.get();
	assert.deepEqual(before, {
		deviceName: "Culm",
		theme: "dark",
		language: "en",
		brightness: 80,
		sleepMinutes: 10,
		wakeOnPrint: true,
		sounds: true,
		utcOffsetMinutes: 0,
	});
	assert.equal(preferences.get(), before);
	assert.equal(preferences.set({ theme: "light", brightness: 101 }).ok, false);
	assert.equal(preferences.get(), before);
	assert.equal(preferences.set({ colour: "red" } as object).ok, false);
	assert.deepEqual(preferences.set({ language: "de", utcOffsetMinutes: 60, sleepMinutes: 0 }), { ok: true });
	assert.deepEqual(preferences.get(), { ...before, language: "de", utcOffsetMinutes: 60, sleepMinutes: 0 });
	assert.equal(device.clock.utcOffsetMinutes(), 60);
	assert.equal(firmware.settings.get("language"), "de");
	firmware.settings.set({ "panel.theme": "light" });
	assert.equal(preferences.get().theme, "light");
});

test("the light of the screen is set within its limits, where there is one", async (t) => {
	const { device, display } = await open(t);
	device.display.setBrightness(30.4);
	assert.equal(display.brightness, 30);
	device.display.setBrightness(1_000);
	assert.equal(display.brightness, 100);
	device.display.setBrightness(Number.NaN);
	assert.equal(display.brightness, 100);
	const dark = await open(t, { parts: () => ({ display: undefined }) });
	assert.equal(dark.device.display.isDimmable, false);
	dark.device.display.setBrightness(5);
});

test("a network is joined or refused in words", async (t) => {
	const { device, firmware } = await open(t);
	assert.deepEqual(device.wifi.join({ ssid: "Workshop", password: "filament" }), { ok: true });
	assert.equal(firmware.settings.get("wifi.ssid"), "Workshop");
	const short = device.wifi.join({ ssid: "Workshop", password: "short" });
	assert.ok(!short.ok && /8 to 63/.test(short.message));
	assert.equal(device.wifi.join({ ssid: "", password: "" }).ok, false);
	device.wifi.forget();
	assert.equal(firmware.settings.get("wifi.ssid"), "");
});

test("a search that the radio refuses is data as well", async (t) => {
	const scan = async (): Promise<never> => {
		throw new PortError("unreachable", "the radio is off");
	};
	const { device } = await open(t, {
		parts: (own) => ({ wifi: over(own.wifi, { scan }), discovery: { scan } }),
	});
	const answer = {
		ok: false,
		code: "unavailable",
		message: "The device cannot do that now: the radio is off.",
	};
	assert.deepEqual(await device.wifi.scan(), answer);
	assert.deepEqual(await device.printers.scan(), answer);
});

test("a restart comes a second later, a factory reset only when storage lets it", async (t) => {
	const first = await open(t);
	first.device.system.restart();
	first.device.system.restart();
	assert.equal(first.restarts(), 0);
	first.clock.advance(1_000);
	await settle();
	first.clock.advance(5_000);
	await settle();
	assert.equal(first.restarts(), 1);

	const second = await open(t, {
		parts: () => ({
			factoryReset: async () => {
				throw new PortError("storage", "flash refuses");
			},
		}),
	});
	assert.deepEqual(await second.device.system.factoryReset(), {
		ok: false,
		code: "not_stored",
		message: "Storage refuses: nothing was reset.",
	});
	second.clock.advance(10_000);
	await settle();
	assert.equal(second.restarts(), 0);

	const third = await open(t);
	third.device.preferences.set({ theme: "light" });
	assert.deepEqual(await third.device.system.factoryReset(), { ok: true });
	third.clock.advance(1_000);
	await settle();
	third.clock.advance(5_000);
	await settle();
	assert.equal(third.restarts(), 1);
	assert.equal(third.device.system.about.board, "simulator");
	assert.match(third.device.system.about.macAddress, /^[0-9a-f]{12}$/);
});

test("a camera is watched by one, and refused in words", async (t) => {
	let viewer: CameraViewer | undefined;
	const { device } = await open(t, {
		parts: () => ({
			cameras: {
				refusal: (id: string) => (id === SERIAL ? viewer && "taken" : "not_found"),
				watch: (id: string, next: CameraViewer) => {
					if (id !== SERIAL) return "not_found" as const;
					if (viewer) return "taken" as const;
					viewer = next;
					return () => {
						viewer = undefined;
					};
				},
			},
		}),
	});
	const pictures: number[] = [];
	const me: CameraViewer = {
		isReady: () => true,
		onPicture: (jpeg) => void pictures.push(jpeg.length),
		onStatus: () => {},
		onGone: () => {},
	};
	assert.equal(device.camera.refusal(SERIAL), undefined);
	assert.equal(device.camera.refusal("nobody")?.code, "not_found");
	const watching = device.camera.watch(SERIAL, me);
	viewer?.onPicture(new Uint8Array(3));
	assert.deepEqual(pictures, [3]);
	const taken = device.camera.watch(SERIAL, me);
	assert.ok(!taken.ok && taken.code === "taken" && /Somebody else/.test(taken.message));
	assert.ok(watching.ok);
	if (watching.ok) watching.stop();
	assert.equal(device.camera.refusal(SERIAL), undefined);
});

test("the facts are the firmware's own limits", async (t) => {
	const { device } = await open(t);
	const { facts } = device;
	assert.deepEqual(facts.languages, ["en", "zh", "de"]);
	assert.deepEqual(facts.themes, ["dark", "light"]);
	assert.deepEqual(facts.heater.target, { min: 0, max: 60 });
	assert.deepEqual(facts.heater.dryingPresets[0], { name: "pla", target: 55, hours: 12 });
	assert.deepEqual(facts.motion, { jogSteps: [1, 10], mostExtrusion: 50, extrudeFrom: 170 });
	assert.deepEqual(facts.texts.wifiPassword, { minLength: 8, maxLength: 63 });
	const codes = (
		[
			["host", "127.0.0.1"],
			["host", ""],
			["host", "no host"],
			["serial", ""],
			["serial", "abc"],
			["serial", "A".repeat(33)],
			["wifiPassword", ""],
			["wifiPassword", "short"],
			["deviceName", ""],
			["deviceName", "x".repeat(33)],
			["ssid", ""],
		] as const
	).map(([field, text]) => facts.check(field, text)?.code);
	assert.deepEqual(codes, [
		undefined,
		"missing",
		"not_well_formed",
		undefined,
		"too_short",
		"too_long",
		undefined,
		"too_short",
		"missing",
		"too_long",
		"missing",
	]);
});

test("every material can be given to a spool, and its numbers make sense", async (t) => {
	const { device } = await open(t);
	const { materials, palette, dryer, dryingHours } = device.facts.filament;
	const labels = new Set<string>();
	for (const { label, filamentId, material, nozzleMin, nozzle, nozzleMax, bed, drying } of materials) {
		labels.add(label);
		assert.match(filamentId, /^GF[A-Z]\d\d$/);
		assert.ok(material.length <= 32);
		assert.ok(nozzleMin <= nozzle && nozzle <= nozzleMax && nozzleMax <= 300, label);
		assert.ok(bed >= 0 && bed <= 110, label);
		assert.ok(!drying || (drying.target >= dryer.ams_ht.min && drying.target <= dryer.ams_ht.max), label);
		assert.ok(!drying || drying.hours <= dryingHours.max, label);
	}
	assert.equal(labels.size, materials.length);
	assert.equal(new Set(palette).size, palette.length);
	for (const color of palette) assert.match(color, /^[0-9A-F]{6}$/);
});

test("every command that a panel can name is one that printers know", () => {
	const spool = { unit: 0, slot: 1 };
	const commands: PrinterCommand[] = [
		{ command: "start", place: "usb", file: "models/vase.gcode" },
		{ command: "delete_file", place: "local", file: "vase.gcode", confirm: true },
		{ command: "pause" },
		{ command: "resume" },
		{ command: "stop", confirm: true },
		{ command: "speed", level: 2 },
		{ command: "clear_error" },
		{ command: "dismiss_dialog" },
		{ command: "ignore_error" },
		{ command: "ams_control", step: "done" },
		{ command: "nozzle_temperature", target: 220, nozzle: 0 },
		{ command: "bed_temperature", target: 60 },
		{ command: "chamber_temperature", target: 40 },
		{ command: "fan", fan: "aux", percent: 50 },
		{ command: "air_duct", mode: "cooling" },
		{ command: "home" },
		{ command: "jog", axis: "z", distance: -1 },
		{ command: "extrude", distance: 5 },
		{ command: "active_extruder", nozzle: 1 },
		{ command: "load", spool },
		{ command: "unload", confirm: true },
		{
			command: "filament_setting",
			spool: "external",
			material: "PLA",
			filamentId: "GFL99",
			color: "FF8800",
			nozzleMin: 190,
			nozzleMax: 240,
		},
		{ command: "read_tag", spool },
		{ command: "dry_start", unit: 0, material: "PLA", target: 45, hours: 12 },
		{ command: "dry_stop", unit: 0 },
		{ command: "light", mode: "on" },
	];
	for (const { command, ...fields } of commands) {
		// Of the printers that tell of their files.
		const isOfFile = command === "start" || command === "delete_file";
		const entry = isOfFile ? anycubicCommands[command] : findCommand(command);
		assert.ok(entry, command);
		const known = [...Object.keys(entry.fields), ...(entry.confirm ? ["confirm"] : [])];
		for (const field of Object.keys(fields)) assert.ok(known.includes(field), `${command}: ${field}`);
		for (const [field, kind] of Object.entries(entry.fields))
			assert.ok(kind.optional || field in fields, `${command} lacks ${field}`);
	}
});

test("after its end nothing is told, and nothing of it is left running", async (t) => {
	const { device, told, clock } = await open(t);
	device.printers.attend("A");
	device.preferences.set({ theme: "light" });
	device.close();
	device.close();
	const timers = clock.pendingTimers;
	assert.deepEqual(told(), []);
	device.preferences.set({ theme: "dark" });
	assert.deepEqual(told(), []);
	assert.ok(clock.pendingTimers <= timers);
});

/** Spools and tags that do what the test says. */
function fakeSpools() {
	const asked: unknown[] = [];
	const tellers: (() => void)[] = [];
	const listen = (listener: () => void) => {
		tellers.push(listener);
		return () => void tellers.splice(tellers.indexOf(listener), 1);
	};
	return {
		asked,
		tellers,
		spools: {
			list: async (query: unknown) => {
				asked.push(query);
				return { ok: true, spools: [{ id: 3 }], total: 1 } as const;
			},
			act: async (action: unknown) => {
				asked.push(action);
				return { ok: false, code: "in_use", message: "No. 3 is in A2." } as const;
			},
			onChange: listen,
		},
		filamentTags: {
			give: async (printerId: string, tray: number) => {
				asked.push([printerId, tray]);
				return { ok: false, code: "no_tag", message: "No tag is held." } as const;
			},
			drop: () => asked.push("drop") > 0,
			onChange: listen,
		},
	};
}

test("spools are asked for, and a refusal comes back as it is", async (t) => {
	const { asked, spools, filamentTags } = fakeSpools();
	const { device } = await open(t, { parts: () => ({ spools, filamentTags }) });
	const query = { offset: 0, limit: 20, search: "PLA" };
	assert.deepEqual(await device.spools?.list(query), { ok: true, value: { spools: [{ id: 3 }], total: 1 } });
	const action = { action: "link", printerId: SERIAL, tray: 0, spoolId: 3 } as const;
	assert.deepEqual(await device.spools?.act(action), {
		ok: false,
		code: "in_use",
		message: "No. 3 is in A2.",
	});
	assert.equal((await device.filamentTag?.give(SERIAL, 1))?.ok, false);
	device.filamentTag?.drop();
	assert.deepEqual(asked, [query, action, [SERIAL, 1], "drop"]);
});

test("a device that keeps no track of spools has no door to them", async (t) => {
	const { device } = await open(t, { parts: () => ({ spools: undefined, filamentTags: undefined }) });
	assert.deepEqual([device.spools, device.filamentTag], [undefined, undefined]);
});

test("Spoolman's key can be set and not read, and an address that is none changes nothing", async (t) => {
	const { spools, filamentTags } = fakeSpools();
	const { device, told } = await open(t, { parts: () => ({ spools, filamentTags }) });
	assert.deepEqual(device.spools?.setup(), { url: "", hasApiKey: false, source: "job", lowGrams: 50 });
	const url = "http://192.168.1.20:7912";
	assert.deepEqual(device.spools?.setSetup({ url, apiKey: "secret", source: "remain", lowGrams: 0 }), {
		ok: true,
	});
	const setup = { url, hasApiKey: true, source: "remain", lowGrams: 0 };
	assert.deepEqual(device.spools?.setup(), setup);
	assert.deepEqual(told(), ["spools"]);
	const bad = device.spools?.setSetup({ url: "not an address", lowGrams: 10 });
	assert.deepEqual(bad?.ok === false && bad.code, "bad_field");
	assert.deepEqual(device.spools?.setup(), setup);
	assert.deepEqual(device.spools?.limits.lowGrams, { min: 0, max: 1000 });
	assert.ok((device.spools?.limits.url.maxLength ?? 0) > 100);
});

test("changes of spools and of the held tag are told, until the door is closed", async (t) => {
	const { tellers, spools, filamentTags } = fakeSpools();
	const { device, told } = await open(t, { parts: () => ({ spools, filamentTags }) });
	assert.equal(tellers.length, 2);
	for (const tell of tellers) {
		tell();
		assert.deepEqual(told(), ["spools"]);
	}
	device.close();
	assert.equal(tellers.length, 0);
});
