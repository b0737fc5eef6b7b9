// What is not known is a dash on every screen, whatever is missing.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { capabilitiesOf } from "../../../../../modules/printers/bambu/capabilities";
import type { PrinterState } from "../../../../../modules/printers/printer-state";
import { LANGUAGES } from "../../../../../ui/panel/words/languages";
import { printerState } from "../../../breath/printer-fixture";
import { allViews } from "./all-views";
import { breathState, type InputOptions, modelInput, textsIn } from "./model-input";

const number = fc.oneof(
	fc.integer({ min: -50, max: 400 }),
	fc.double({ noNaN: true }),
	fc.constant(Number.NaN),
);
/** Any of them may be missing. */
function some<T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
	return fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const temperature = some<{ current: number; target: number }>({ current: number, target: number });
const slot = fc
	.record({
		id: fc.integer({ min: 0, max: 3 }),
		state: fc.constantFrom("empty" as const, "unknown" as const, "loaded" as const),
	})
	.chain((base) =>
		some({
			material: fc.constantFrom("PLA", "", "PETG"),
			name: fc.constantFrom("PLA Basic", ""),
			color: fc.constantFrom("FF0000FF", "zz", "", "00000000"),
			remainPercent: number,
			spoolUuid: fc.constant("A".repeat(32)),
			nozzleMin: number,
			nozzleMax: number,
			spoolId: fc.integer(),
		}).map((more) => ({ ...more, ...base })),
	);
const unit = fc
	.record({
		id: fc.constantFrom(0, 1, 128),
		kind: fc.constantFrom(
			"ams" as const,
			"ams_lite" as const,
			"ams_2_pro" as const,
			"ams_ht" as const,
			"ace" as const,
		),
		slots: fc.array(slot, { maxLength: 4 }),
	})
	.chain((base) =>
		some({
			nozzle: fc.constantFrom(0 as const, 1 as const),
			humidityPercent: number,
			humidityLevel: number,
			temperature: number,
			dryingMinutes: number,
		}).map((more) => ({ ...more, ...base })),
	);
const job = fc
	.record({
		state: fc.constantFrom(
			"idle" as const,
			"preparing" as const,
			"printing" as const,
			"paused" as const,
			"finished" as const,
			"failed" as const,
			"unknown" as const,
		),
	})
	.chain((base) =>
		some({
			cancelled: fc.constant(true as const),
			name: fc.constantFrom("Benchy", ""),
			percent: number,
			remainingMinutes: number,
			finishTime: fc.constantFrom("2026-11-21T14:44:00.000Z", "soon"),
			layer: number,
			totalLayers: number,
			stage: fc.record({ id: fc.integer({ min: -1, max: 90 }), name: fc.constantFrom("Homing", "") }),
			speedLevel: fc.constantFrom(1 as const, 4 as const),
		}).map((more) => ({ ...more, ...base })),
	);
const certain = fc.record({
	model: fc.constantFrom("P1S", "A1", "H2D", "X1C", ""),
	link: fc.constantFrom("offline" as const, "connecting" as const, "online" as const, "stale" as const),
	watch: fc.constantFrom("live" as const, "polled" as const),
	control: fc.constantFrom("full" as const, "read_only" as const, "unknown" as const),
	job,
	nozzles: fc.array(
		temperature.map((one) => ({ ...one, active: true })),
		{ maxLength: 2 },
	),
	bed: temperature,
	fans: some({ part: number, aux: number, aux2: number, chamber: number }),
	lights: some({ chamber: fc.boolean(), work: fc.boolean() }),
	filament: fc.record({
		units: fc.array(unit, { maxLength: 3 }),
		external: fc.array(slot, { maxLength: 2 }),
	}),
	faults: fc.array(
		fc.record({
			code: fc.constantFrom("0300_400C", "HMS_0C00_0300_0003_0007"),
			severity: fc.constantFrom("fatal" as const, "serious" as const, "common" as const, "info" as const),
			module: fc.constantFrom("Toolhead", "AMS B, slot 2", "Something new"),
			text: fc.constantFrom("It is stuck.", ""),
			actions: fc.subarray(["resume", "retry", "done", "ignore", "stop", "dismiss"] as const),
		}),
		{ maxLength: 3 },
	),
});
const optional = some({
	firmware: fc.constant("01.08.02.00"),
	lookSeconds: number,
	heardAtSeconds: number,
	linkError: fc.constantFrom("unreachable" as const, "wrong_serial" as const, "certificate_changed" as const),
	linkHelp: fc.constantFrom("Look at it.", ""),
	linkCertificate: fc.constant({ commonName: "", sha256: "ab".repeat(32) }),
	chamber: temperature,
	airDuct: fc.constantFrom("cooling" as const, "laser" as const),
	door: fc.constantFrom("open" as const, "closed" as const),
});
const printers = fc.array(fc.tuple(certain, optional), { maxLength: 2 }).map((list) =>
	list.map(([state, more], place) =>
		printerState({
			...(state as Partial<PrinterState>),
			...(more as Partial<PrinterState>),
			id: `printer${place}`,
			capabilities: capabilitiesOf(state.model, {}),
		}),
	),
);
const breath = some({
	chamber: number,
	ptc: number,
	activeTarget: fc.integer({ min: 0, max: 60 }),
	reasonCode: fc.constantFrom(
		"off" as const,
		"fault" as const,
		"bed_cold" as const,
		"filament_cold" as const,
		"heating" as const,
		"drying" as const,
		"abandoned" as const,
		"printer_offline" as const,
	),
	reasonDetails: some({
		by: fc.constantFrom("page" as const, "firmware" as const),
		printer: fc.constant("P1S"),
		bedTarget: number,
		bed: number,
		material: fc.constant("PVA"),
		minutes: number,
		minutesLost: number,
		minutesAlone: number,
		fan: fc.constantFrom("runs_on" as const, "filters" as const),
	}),
	fault: fc.constant({ code: "no_mains" as const, text: "", latched: true }),
});

test("a state of which any part is missing never throws, and never shows what is no text for people", () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...LANGUAGES),
			printers,
			fc.option(breath, { nil: undefined }),
			fc.option(fc.constant(Date.UTC(2026, 10, 21)), { nil: undefined }),
			(language, list, heater, wallTimeMs) => {
				const options: InputOptions = { language, printers: list, wallTimeMs };
				if (heater) options.breath = breathState(heater as Parameters<typeof breathState>[0]);
				for (const [path, text] of textsIn(allViews(modelInput(options))))
					assert.doesNotMatch(text, /undefined|NaN|\bnull\b|Infinity|\[object|\{\w+\}/, path);
			},
		),
		{ numRuns: 400 },
	);
});

test("of a printer of which nothing is known, every number is a dash", () => {
	for (const language of LANGUAGES) {
		const input = modelInput({
			language,
			printers: [printerState({ job: { state: "unknown" }, bed: {}, link: "connecting" })],
		});
		const views = allViews(input) as {
			home: import("../../../../../ui/panel/models/home").HomeView;
			temperatures: import("../../../../../ui/panel/models/temperatures").TemperaturesView;
		};
		const { job, readings, fans } = views.home;
		for (const text of [job?.percent, job?.layer, job?.timeLeft, job?.finish, job?.state, fans])
			assert.equal(text, "–");
		assert.deepEqual(
			readings.map(({ current, target, unit }) => [current, target, unit]),
			readings.map(() => ["–", "", ""]),
		);
		assert.ok(readings.length >= 2);
		for (const row of views.temperatures.rows) assert.equal(row.targetText, "–");
		for (const fan of views.temperatures.fans) assert.deepEqual([fan.value, fan.isKnown], ["–", false]);
	}
});

test("a device without printers says what to do on every screen", () => {
	for (const language of LANGUAGES) {
		const input = modelInput({ language });
		const { home } = allViews(input) as { home: import("../../../../../ui/panel/models/home").HomeView };
		assert.equal(home.isEmpty, true);
		assert.equal(home.title, input.words.home.noPrinterTitle);
		assert.equal(home.stop.why, input.words.why.noPrinter);
	}
});
