// Every command over real sockets and real TLS to the virtual printer: taken, refused when it wants signatures, refused
// before it is sent, and not answered. The clocks are the test's; only the network takes its own time.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { BambuPrinter } from "../../modules/printers/bambu/bambu-printer";
import { commandTable } from "../../modules/printers/bambu/commands/table";
import type { CommandRefusal, CommandRequest, CommandResult } from "../../modules/printers/command";
import type { PrinterState } from "../../modules/printers/printer-state";
import { createMqttClient } from "../../sim/host/mqtt-client";
import { createTls } from "../../sim/host/tls-stream";
import { PrinterBroker } from "../../sim/printers/bambu/broker";
import { openCertificates } from "../../sim/printers/bambu/certificates";
import type { PrinterModelName } from "../../sim/printers/bambu/models";
import { VirtualBambuPrinter } from "../../sim/printers/bambu/virtual-printer";
import { ManualClock } from "../fakes/manual-clock";
import { MemoryLog } from "../fakes/memory-log";
import { textCodec } from "../fakes/text-codec";

const ACCESS_CODE = "k3yc0de9";
const LIMIT_MS = 10_000;
/** Between two reports of the virtual printer. */
const REPORT_MS = 2_000;
const ACK_MS = 10_000;

async function startPair(t: TestContext, model: PrinterModelName) {
	const world = new ManualClock();
	const clock = new ManualClock();
	const log = new MemoryLog();
	const virtual = new VirtualBambuPrinter({
		clock: world,
		model,
		accessCode: ACCESS_CODE,
		random: () => 0.5,
	});
	const { serial } = virtual;
	const certificates = await openCertificates({ serial, wallTimeMs: Date.now() });
	const broker = new PrinterBroker({ printer: virtual, certificates });
	const { port } = await broker.listen({ port: 0 });
	virtual.start();
	const printer = new BambuPrinter({
		clock,
		log,
		random: () => 0.5,
		text: textCodec,
		spoolDetails: true,
		openCommands: allParts.openCommands,
		faultText: allParts.faultText,
		mqtt: createMqttClient(),
		tls: createTls(),
		cameraFrameBytes: 0,
		authorities: certificates.authorities,
		clientId: "culm-e2e-commands",
		name: "",
		host: "127.0.0.1",
		port,
		serial,
		accessCode: ACCESS_CODE,
		pinnedSha256: "",
	});
	t.after(async () => {
		await printer.close();
		await broker.close();
		virtual.close();
	});
	printer.start();

	/** Resolves when the state is so. */
	const reaches = (what: string, isSo: (state: PrinterState) => boolean): Promise<void> =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				if (!isSo(printer.state)) return;
				clearTimeout(limit);
				stop();
				resolve();
			};
			const stop = printer.onChange(look);
			const limit = setTimeout(() => {
				stop();
				reject(
					new Error(`never ${what}: ${JSON.stringify([printer.state, virtual.snapshot().lastCommands])}`),
				);
			}, LIMIT_MS);
			look();
		});
	/** What the virtual printer has been asked for, without what the link asks by itself. */
	const received = (): number =>
		virtual.snapshot().lastCommands.filter(({ section }) => section !== "info" && section !== "pushing")
			.length;
	await reaches("online", ({ link, job }) => link === "online" && job.state !== "unknown");
	return { printer, virtual, world, clock, reaches, received };
}

type Pair = Awaited<ReturnType<typeof startPair>>;

interface Step {
	request: CommandRequest;
	/** What has to be so before, as a person would see to it at the printer. */
	before?: (pair: Pair) => void;
	/** Simulated time until the effect shows. */
	afterMs?: number;
	/** How the effect shows; without it the printer does not report it. */
	effect?: (state: PrinterState) => boolean;
}

const fault = ({ virtual }: Pair): void => void virtual.insertFault("0300_8015");
const noFault = ({ faults }: PrinterState): boolean => faults.every(({ code }) => code !== "0300_8015");
const job =
	(...states: PrinterState["job"]["state"][]) =>
	(state: PrinterState): boolean =>
		states.includes(state.job.state);
const slot = ({ filament }: PrinterState, unit: number, id: number) =>
	filament.units.find((one) => one.id === unit)?.slots.find((one) => one.id === id);

/** In an order in which each of them may be given after the one before. */
function stepsFor(model: "P1S" | "H2D"): Step[] {
	const isH2d = model === "H2D";
	/** A unit whose last slot has a spool without a tag. */
	const unit = isH2d ? 1 : 0;
	const only = (steps: Step[]): Step[] => (isH2d ? steps : []);
	return [
		{ request: { command: "light", mode: "off" }, effect: ({ lights }) => lights.chamber === false },
		{ request: { command: "light", mode: "on" }, effect: ({ lights }) => lights.chamber === true },
		...only([
			{
				request: { command: "light", light: "chamber_2", mode: "off" },
				effect: ({ lights }) => lights.chamber_2 === false,
			},
			{
				request: { command: "chamber_temperature", target: 45 },
				effect: ({ chamber }) => chamber?.target === 45,
			},
			{ request: { command: "air_duct", mode: "heating" }, effect: ({ airDuct }) => airDuct === "heating" },
		]),
		{ request: { command: "bed_temperature", target: 60 }, effect: ({ bed }) => bed.target === 60 },
		{ request: { command: "fan", fan: "aux", percent: 60 }, effect: ({ fans }) => fans.aux === 60 },
		{ request: { command: "home" } },
		{ request: { command: "jog", axis: "z", distance: -10 } },
		{
			request: { command: "nozzle_temperature", target: 240 },
			afterMs: 120_000,
			effect: ({ nozzles: [first] }) => first?.target === 240 && (first.current ?? 0) > 230,
		},
		{ request: { command: "extrude", distance: 10 } },
		{ request: { command: "gcode", lines: "M106 P1 S255" }, effect: ({ fans }) => fans.part === 100 },
		...only([
			{
				request: { command: "active_extruder", nozzle: 1 },
				effect: ({ nozzles }) => nozzles[1]?.active === true,
			},
			{
				request: { command: "active_extruder", nozzle: 0 },
				effect: ({ nozzles }) => nozzles[0]?.active === true,
			},
		]),
		{
			request: { command: "load", spool: { unit, slot: 3 } },
			afterMs: 180_000,
			effect: ({ filament: { active } }) =>
				typeof active === "object" && active.unit === unit && active.slot === 3,
		},
		{
			request: { command: "unload", confirm: true },
			afterMs: 180_000,
			effect: ({ filament: { active } }) => active === undefined,
		},
		{
			request: {
				command: "filament_setting",
				spool: { unit, slot: 3 },
				material: "PETG",
				filamentId: "GFG99",
				color: "00FF00",
				nozzleMin: 220,
				nozzleMax: 260,
			},
			effect: (state) =>
				slot(state, unit, 3)?.color === "00FF00FF" && slot(state, unit, 3)?.nozzleMax === 260,
		},
		{ request: { command: "read_tag", spool: { unit, slot: 1 } } },
		...only([
			{
				request: { command: "dry_start", unit: 0, material: "PLA", target: 50, hours: 8 },
				effect: ({ filament }) => (filament.units[0]?.dryingMinutes ?? 0) > 470,
			},
			{
				request: { command: "dry_stop", unit: 0 },
				effect: ({ filament }) => filament.units[0]?.dryingMinutes === 0,
			},
		]),
		{ request: { command: "pressure_advance", spool: { unit, slot: 3 }, profile: -1, filamentId: "GFG99" } },
		{ request: { command: "ams_options", readAtStart: true } },
		{ request: { command: "print_option", option: "auto_recovery", on: false } },
		{ request: { command: "clear_error" }, before: fault, effect: noFault },
		{ request: { command: "dismiss_dialog" }, before: fault, effect: noFault },
		{ request: { command: "ignore_error" }, before: fault, effect: noFault },
		{
			request: { command: "calibration", steps: ["bed_level", "vibration"] },
			effect: job("preparing", "printing"),
		},
		{ request: { command: "stop", confirm: true }, effect: job("failed") },
		{
			request: { command: "start", file: "Boat.gcode.3mf", spools: [{ unit, slot: 3 }] },
			afterMs: 60_000,
			effect: job("preparing", "printing"),
		},
		{ request: { command: "speed", level: 3 }, effect: (state) => state.job.speedLevel === 3 },
		{ request: { command: "skip_objects", objects: [38, 41] } },
		{ request: { command: "pause" }, effect: job("paused") },
		{ request: { command: "resume" }, effect: job("preparing", "printing") },
		{ request: { command: "pause" }, effect: job("paused") },
		{ request: { command: "ams_control", step: "resume" }, effect: job("preparing", "printing") },
		{ request: { command: "stop", confirm: true }, effect: job("failed") },
	];
}

/** Waits until the printer has heard of what is so now at the virtual one. */
async function prepare(pair: Pair, { before }: Step): Promise<void> {
	if (!before) return;
	before(pair);
	pair.world.advance(REPORT_MS);
	await pair.reaches("fault", (state) => !noFault(state));
}

async function expectEffect(pair: Pair, { request, afterMs = REPORT_MS, effect }: Step): Promise<void> {
	const { printer, world, reaches } = pair;
	world.advance(afterMs);
	if (effect) await reaches(`${request.command} with an effect`, effect);
	// The answer comes after the report.
	else assert.deepEqual(await printer.command({ command: "light", mode: "on" }), { ok: true });
}

/** Resolves once the command has arrived, whether or not it is answered. */
async function give({ printer, virtual }: Pair, request: CommandRequest) {
	const [before] = virtual.snapshot().lastCommands;
	const ending = printer.command(request);
	const giveUpAt = Date.now() + LIMIT_MS;
	while (virtual.snapshot().lastCommands[0] === before) {
		assert.ok(Date.now() < giveUpAt, `${request.command} never arrives`);
		await new Promise((resolve) => setImmediate(resolve));
	}
	return { ending };
}

function codeOf(result: CommandResult): CommandRefusal | "done" {
	return result.ok ? "done" : result.code;
}

/** Commands that printers do not answer are done when they are sent. */
const UNANSWERED = ["clear_error", "dismiss_dialog", "ignore_error"];

for (const model of ["P1S", "H2D"] as const) {
	test(`a ${model} takes every command and does it`, async (t) => {
		const pair = await startPair(t, model);
		for (const step of stepsFor(model)) {
			await prepare(pair, step);
			const { ending } = await give(pair, step.request);
			assert.deepEqual(await ending, { ok: true }, JSON.stringify(step.request));
			const [last] = pair.virtual.snapshot().lastCommands;
			assert.match(`${last?.command} ${last?.result}`, /success$/i);
			await expectEffect(pair, step);
		}
	});

	test(`a ${model} that does not answer lets every command time out, and what it did shows afterwards`, async (t) => {
		const pair = await startPair(t, model);
		const { virtual, clock, world, reaches, received } = pair;
		for (const step of stepsFor(model)) {
			await prepare(pair, step);
			virtual.switches.set("silent", true);
			const { ending } = await give(pair, step.request);
			clock.advance(ACK_MS);
			const expected = UNANSWERED.includes(step.request.command) ? "done" : "timed_out";
			assert.equal(codeOf(await ending), expected, step.request.command);
			virtual.switches.set("silent", false);
			await expectEffect(pair, step);
			world.advance(REPORT_MS);
			await reaches("online", ({ link }) => link === "online");
		}
		assert.ok(received() > 0);
	});
}

test("all commands are among those", () => {
	const given = new Set(stepsFor("H2D").map(({ request }) => request.command));
	assert.deepEqual(
		Object.keys(commandTable).filter((name) => !given.has(name)),
		[],
	);
});

test("a P1S that wants signatures refuses every command but the light's, and takes them when it does no longer", async (t) => {
	const pair = await startPair(t, "P1S");
	const { printer, virtual, world, reaches } = pair;
	for (const step of stepsFor("P1S")) {
		const { command } = step.request;
		await prepare(pair, step);
		virtual.switches.set("secured", true);
		const result = await printer.command(step.request);
		if (command === "light") {
			assert.deepEqual(result, { ok: true });
			assert.equal(printer.state.control, "unknown", "the light proves nothing");
			virtual.switches.set("secured", false);
			continue;
		}
		assert.equal(codeOf(result), UNANSWERED.includes(command) ? "done" : "read_only", command);
		await reaches("read-only", ({ control }) => control === "read_only");
		if (!result.ok)
			assert.match(result.message, /LAN Only.*Developer Mode/, "told anew each time that it is news");
		const count = virtual.snapshot().lastCommands[0];
		assert.equal(codeOf(await printer.command(step.request)), "read_only");
		assert.deepEqual(await printer.command({ command: "light", mode: "on" }), { ok: true });
		assert.notEqual(virtual.snapshot().lastCommands[0]?.command, count?.command, "only the light goes out");
		world.advance(REPORT_MS);
		await reaches("with the fault", ({ faults }) =>
			faults.some(({ code }) => code === "HMS_0500_0500_0001_0007"),
		);
		virtual.switches.set("secured", false);
		world.advance(REPORT_MS);
		await reaches("free again", ({ control }) => control === "unknown");
		const again = await (await give(pair, step.request)).ending;
		assert.deepEqual(again, { ok: true }, `${command}: ${JSON.stringify(again)}`);
		await expectEffect(pair, step);
	}
});

test("a P2S says itself that it wants signatures: nothing but the light's command goes out", async (t) => {
	const { printer, virtual, world, reaches, received } = await startPair(t, "P2S");
	virtual.switches.set("secured", true);
	world.advance(REPORT_MS);
	await reaches("read-only", ({ control }) => control === "read_only");
	for (const command of ["home", "pause", "bed_temperature"])
		assert.equal(
			codeOf(await printer.command({ command, ...(command === "bed_temperature" && { target: 50 }) })),
			"read_only",
		);
	assert.equal(received(), 0);
	assert.deepEqual(await printer.command({ command: "light", mode: "off" }), { ok: true });
	assert.equal(received(), 1);
	virtual.switches.set("secured", false);
	world.advance(REPORT_MS);
	await reaches("free", ({ control }) => control === "full");
	assert.deepEqual(await printer.command({ command: "home" }), { ok: true });
});

test("what a guard refuses never reaches the printer, and the reason is the right one", async (t) => {
	const { printer, virtual, world, reaches, received } = await startPair(t, "P1S");
	const refuses = async (code: CommandRefusal, command: string, fields: object = {}): Promise<void> => {
		const result = await printer.command({ command, ...fields });
		assert.equal(codeOf(result), code, command);
		assert.equal(received(), 0, command);
	};
	await refuses("wrong_state", "pause");
	await refuses("wrong_state", "resume");
	await refuses("too_cold", "extrude", { distance: 10 });
	await refuses("not_homed", "jog", { axis: "z", distance: -1 });
	await refuses("out_of_range", "nozzle_temperature", { target: 301 });
	await refuses("out_of_range", "bed_temperature", { target: 101 });
	await refuses("not_supported", "chamber_temperature", { target: 40 });
	await refuses("not_supported", "dry_start", { unit: 0, material: "PLA", target: 50, hours: 1 });
	await refuses("not_confirmed", "unload");
	await refuses("unknown_command", "explode");
	await refuses("bad_field", "speed", { level: "fast" });
	virtual.removeSpool(0, 1);
	virtual.startJob();
	world.advance(60_000);
	await reaches("at work", ({ job: { state } }) => state === "preparing" || state === "printing");
	await reaches("without a spool", (state) => slot(state, 0, 1)?.state === "empty");
	await refuses("not_confirmed", "stop");
	for (const command of ["home", "calibration", "start", "load", "read_tag"])
		await refuses("wrong_state", command, {
			...(command === "calibration" && { steps: ["bed_level"] }),
			...(command === "start" && { file: "Boat.gcode.3mf" }),
			...((command === "load" || command === "read_tag") && { spool: { unit: 0, slot: 0 } }),
		});
	await refuses("wrong_state", "load", { spool: { unit: 0, slot: 1 } });
	await refuses("wrong_state", "jog", { axis: "x", distance: 10 });
	assert.deepEqual(await printer.command({ command: "bed_temperature", target: 55 }), { ok: true });
});

test("a refusal of the printer's own is told with its reason", async (t) => {
	const { printer } = await startPair(t, "P1S");
	const result = await printer.command({
		command: "pressure_advance",
		spool: "external",
		profile: 77,
		filamentId: "GFL99",
	});
	assert.ok(!result.ok);
	assert.equal(result.code, "refused");
	assert.match(result.message, /Not find/);
});
