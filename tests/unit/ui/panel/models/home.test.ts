// The home screen, the head and the idle screen: what a person reads of a printer.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { JobStatus, PrinterState } from "../../../../../modules/printers/printer-state";
import { homeView } from "../../../../../ui/panel/models/home";
import { idleView } from "../../../../../ui/panel/models/idle-view";
import { statusBarView } from "../../../../../ui/panel/models/status-bar";
import { LANGUAGES } from "../../../../../ui/panel/words/languages";
import { benchPrinter, readCapture } from "../../../printers/bambu/bench-printer";
import { expectedStates } from "../../../printers/bambu/captures.expected";
import { allViews } from "./all-views";
import { breathState, modelInput, NOW_MS, seen, textsIn, UPTIME_SECONDS, withPrinter } from "./model-input";

const printing: Partial<PrinterState> = {
	job: {
		state: "printing",
		name: "Benchy plate 2",
		percent: 63,
		remainingMinutes: 72,
		finishTime: new Date(NOW_MS + 72 * 60_000).toISOString(),
		layer: 129,
		totalLayers: 204,
		stage: { id: 0, name: "Printing" },
		speedLevel: 2,
	},
	nozzles: [{ current: 244.7, target: 245, active: true }],
	bed: { current: 70, target: 70 },
	chamber: { current: 41 },
	fans: { part: 80, aux: 10 },
	lights: { chamber: true },
};

test("a print is told with its percent, layer, time left and the clock time of its end", () => {
	const { job, readings, fans, lights, speed } = homeView(withPrinter(printing));
	assert.equal(job?.name, "Benchy plate 2");
	assert.deepEqual([job?.percent, job?.percentUnit, job?.progress], ["63", "%", 0.63]);
	assert.equal(job?.state, "Printing");
	assert.equal(job?.layer, "129 / 204");
	assert.equal(seen(job?.time ?? ""), "1 h 12 min left, ends 15:44");
	assert.deepEqual(
		readings.map(({ label, current, target, unit }) => [label, current, target, unit]),
		[
			["Nozzle", "245", "/ 245", "°C"],
			["Bed", "70", "/ 70", "°C"],
			["Chamber", "41", "", "°C"],
		],
	);
	assert.equal(fans, "part 80 · aux 10");
	assert.deepEqual(
		[lights[0]?.value, lights[0]?.toggle.command],
		["on", { command: "light", light: "chamber", mode: "off" }],
	);
	assert.equal(speed.label, "Speed: Standard");
});

test("the same in German and Chinese", () => {
	const german = homeView(withPrinter(printing, { language: "de" }));
	assert.equal(seen(german.job?.time ?? ""), "noch 1 h 12 min, fertig 15:44");
	assert.equal(german.job?.state, "Druckt");
	const chinese = homeView(withPrinter(printing, { language: "zh" }));
	assert.equal(seen(chinese.job?.time ?? ""), "剩余 1 小时 12 分钟，15:44 完成");
});

test("without a finish time it is counted from now; while paused it is not told", () => {
	const job = { state: "printing" as JobStatus, remainingMinutes: 30 };
	assert.equal(homeView(withPrinter({ job })).job?.finish, "15:02");
	assert.equal(homeView(withPrinter({ job: { ...job, state: "paused" } })).job?.finish, "–");
	assert.equal(homeView(withPrinter({ job }, { wallTimeMs: undefined })).job?.finish, "–");
});

test("a stage is told with the state, unless it says the state itself", () => {
	const of = (state: JobStatus, id: number, name: string, language: "en" | "zh" | "de" = "en") =>
		homeView(withPrinter({ job: { state, stage: { id, name } } }, { language })).job?.state;
	assert.equal(of("preparing", 7, "Heating the nozzle"), "Preparing: Heating the nozzle");
	assert.equal(of("preparing", 7, "Heating the nozzle", "de"), "Bereitet vor: Düse wird geheizt");
	assert.equal(of("paused", 6, "Paused: filament ran out"), "Paused: filament ran out");
	assert.equal(of("paused", 6, "Paused: filament ran out", "zh"), "已暂停：耗材用完");
});

test("a job that a person ended is cancelled, not failed", () => {
	const { job } = homeView(withPrinter({ job: { state: "failed", cancelled: true, percent: 12 } }));
	assert.deepEqual([job?.state, job?.tone], ["Cancelled", "muted"]);
});

test("pause and stop are there while a job runs, resume while it is paused, and each asks first", () => {
	const running = homeView(withPrinter(printing));
	assert.deepEqual([running.pause.label, running.pause.enabled], ["Pause", true]);
	assert.deepEqual(running.pause.command, { command: "pause" });
	assert.deepEqual(running.stop.command, { command: "stop", confirm: true });
	assert.equal(running.stop.question?.text, "“Benchy plate 2” cannot be taken up again.");
	assert.equal(running.stop.question?.isDangerous, true);
	const paused = homeView(withPrinter({ job: { state: "paused", name: "B" } }));
	assert.deepEqual([paused.pause.label, paused.pause.enabled], ["Resume", true]);
	assert.equal(paused.stop.question?.no, "Stay paused");
	const idle = homeView(withPrinter({}));
	assert.deepEqual([idle.pause.enabled, idle.stop.enabled], [false, false]);
	assert.equal(idle.stop.why, "No job is under way.");
});

test("a lost link greys what is shown and says how old it is", () => {
	const stale = homeView(withPrinter({ ...printing, link: "stale", heardAtSeconds: UPTIME_SECONDS - 200 }));
	assert.equal(stale.isOld, true);
	assert.equal(seen(stale.message), "Not answering. What is shown is 3 min old.");
	assert.equal(homeView(withPrinter(printing)).isOld, false);
	const offline = homeView(withPrinter({ ...printing, link: "offline" }));
	assert.equal(offline.pause.why, "There is no connection to the printer.");
	assert.equal(offline.lights[0]?.toggle.enabled, false);
});

test("a printer that is looked at now and then is old only after two looks have failed", () => {
	const polled = { watch: "polled" as const, lookSeconds: 60 };
	const isOld = (ago: number) =>
		homeView(withPrinter({ ...polled, heardAtSeconds: UPTIME_SECONDS - ago })).isOld;
	assert.deepEqual([isOld(100), isOld(121)], [false, true]);
	const { pause } = homeView(withPrinter({ ...printing, ...polled, link: "offline" }));
	assert.equal(pause.enabled, true);
});

test("why the link does not work is said in the panel's language", () => {
	const changes: Partial<PrinterState> = {
		link: "offline",
		linkError: "unreachable",
		linkHelp: "Nothing that speaks MQTT over TLS answers at 192.168.1.20.",
	};
	assert.equal(homeView(withPrinter(changes)).message, changes.linkHelp);
	assert.match(
		homeView(withPrinter(changes, { language: "de" })).message,
		/^Unter 192\.168\.1\.20 antwortet/,
	);
	assert.match(homeView(withPrinter(changes, { language: "zh" })).message, /^192\.168\.1\.20 没有应答/);
});

test("of several faults the worst is told, with how many more there are", () => {
	const fault = (severity: "info" | "fatal", text: string) => ({
		code: text,
		severity,
		module: "Toolhead",
		text,
		actions: [],
	});
	const view = homeView(
		withPrinter({ faults: [fault("info", "A"), fault("fatal", "B"), fault("info", "C")] }),
	);
	assert.deepEqual([view.message, view.messageTone, view.isMessageFault], ["B (and 2 more)", "danger", true]);
	const bar = statusBarView(withPrinter({ faults: [fault("info", "A")] }));
	assert.deepEqual([bar.faults, bar.faultsText, bar.faultTone], ["1", "1 fault", "muted"]);
});

test("a printer that can only be watched has its badge, and all but its light greyed with the way to the reason", () => {
	const input = withPrinter({ ...printing, control: "read_only" });
	const view = homeView(input);
	assert.equal(view.isReadOnly, true);
	assert.equal(view.pause.why, input.words.why.readOnly);
	assert.equal(view.speed.enabled, false);
	assert.equal(view.lights[0]?.toggle.enabled, true);
	assert.equal(statusBarView(input).readOnlyBadge, "read-only");
});

test("a light of which it is not known whether it is on is turned on by a touch, and can be turned off", () => {
	const [light] = homeView(withPrinter({ lights: {} })).lights;
	assert.equal(light?.value, "–");
	assert.deepEqual(light?.toggle.command, { command: "light", light: "chamber", mode: "on" });
	assert.deepEqual(light?.turnOff.command, { command: "light", light: "chamber", mode: "off" });
});

test("what the firmware would refuse is greyed with its reason", () => {
	const refuse = () => ({ ok: false, code: "refused", message: "The door is open." }) as const;
	const { pause } = homeView(withPrinter(printing, { refusal: refuse }));
	assert.deepEqual([pause.enabled, pause.why], [false, "The door is open."]);
});

test("the head tells the clock and how good the network is", () => {
	const bar = statusBarView(withPrinter({}));
	assert.deepEqual([bar.name, bar.clock, bar.wifiBars, bar.canSwitch], ["P1S Workshop", "14:32", 4, false]);
	const none = statusBarView(
		modelInput({
			wallTimeMs: undefined,
			wifi: {
				station: { status: "off" },
				accessPoint: { on: true, ssid: "Culm_1", address: "192.168.254.1" },
				scanning: false,
				networks: [],
			},
		}),
	);
	assert.deepEqual([none.name, none.clock, none.wifiBars], ["Culm", "", 0]);
});

test("the idle screen keeps percent, time left and state; without a job it is a clock", () => {
	const view = idleView(withPrinter(printing, { breath: breathState() }));
	assert.deepEqual([view.large, view.largeUnit, view.state], ["63", "%", "Printing"]);
	assert.equal(seen(view.heater), "Chamber 24 °C");
	const idle = idleView(withPrinter({}));
	assert.deepEqual([idle.large, idle.isJob, idle.state], ["14:32", false, "Idle"]);
	assert.equal(idleView(withPrinter({ link: "offline" })).state, "offline");
});

for (const [name, { serial, state: expected }] of Object.entries(expectedStates)) {
	test(`the capture ${name} can be shown on every screen in every language`, () => {
		const { printer, deliver } = benchPrinter({ serial });
		const { get_version: version, pushall } = readCapture(name);
		deliver(version);
		deliver(pushall);
		for (const language of LANGUAGES) {
			const input = modelInput({
				language,
				printers: [printer.state],
				refusal: (_id, command) => {
					const refusal = printer.refusal({ ...command });
					return refusal && { ...refusal, code: "refused" };
				},
			});
			for (const [path, text] of textsIn(allViews(input)))
				assert.doesNotMatch(text, /undefined|NaN|\bnull\b|\[object|\{\w+\}/, path);
			const home = homeView(input);
			assert.equal(home.readings.length, expected.nozzles.length + 1 + (expected.chamber ? 1 : 0));
			const isIdle = expected.job.state === "idle";
			assert.equal(home.job?.percent, isIdle ? "–" : String(expected.job.percent));
			assert.equal(home.isReadOnly, expected.control === "read_only");
		}
	});
}

test("the spool that is loaded is told by its slot and material; a dash when none is", () => {
	const unit = {
		id: 0,
		kind: "ams" as const,
		slots: [{ id: 0, state: "loaded" as const, material: "PETG" }],
	};
	const filament = { units: [unit], external: [] };
	const told = (changes: Partial<PrinterState>) => homeView(withPrinter(changes)).filament;
	assert.equal(told({ filament: { ...filament, active: { unit: 0, slot: 0 } } }), "A1 · PETG");
	assert.equal(told({ filament: { ...filament, active: "external" } }), "External spool");
	assert.equal(told({ filament }), "–");
});

test("the idle screen has the time left and the end each by itself, and nothing where they are not known", () => {
	const view = idleView(withPrinter(printing));
	assert.deepEqual([seen(view.timeLeft), view.ends], ["1 h 12 min", "ends 15:44"]);
	const unknown = idleView(withPrinter({ job: { state: "printing" } }));
	assert.deepEqual([unknown.timeLeft, unknown.ends], ["", ""]);
});
