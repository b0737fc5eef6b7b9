// When the panel sleeps, and what wakes it.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { BreathState } from "../../../../../modules/breath/breath-state";
import type { DeviceState } from "../../../../../modules/device-state";
import type { JobStatus, PrinterState } from "../../../../../modules/printers/printer-state";
import {
	ASLEEP_BRIGHTNESS,
	brightnessOf,
	type Idle,
	sleepsAtMs,
	startIdle,
	stateChanged,
	timePassed,
	touchBegan,
	touchEnded,
} from "../../../../../ui/panel/models/idle";
import { printerState } from "../../../breath/printer-fixture";

const CHOSEN = { brightness: 80, sleepMinutes: 10, wakeOnPrint: true };
const MINUTE = 60_000;

function device(printers: PrinterState[], fault?: NonNullable<BreathState["fault"]>): DeviceState {
	return {
		device: { name: "Culm", firmware: "0.1.0", hostname: "culm", uptimeSeconds: 1 },
		printers,
		wifi: {
			station: { status: "off" },
			accessPoint: { on: false, ssid: "", address: "" },
			scanning: false,
			networks: [],
		},
		update: { phase: "idle" },
		...(fault && { breath: { fault } as BreathState }),
	};
}
const printing = (state: JobStatus, changes: Partial<PrinterState> = {}): DeviceState =>
	device([printerState({ job: { state }, ...changes })]);

function asleep(state: DeviceState): Idle {
	const idle = timePassed(startIdle(0, state), CHOSEN, 10 * MINUTE);
	assert.equal(idle.isAsleep, true);
	return idle;
}

test("it sleeps after the set time without a touch, and not before", () => {
	const idle = startIdle(0, device([]));
	assert.equal(sleepsAtMs(idle, CHOSEN), 10 * MINUTE);
	assert.equal(timePassed(idle, CHOSEN, 10 * MINUTE - 1), idle);
	const sleeping = timePassed(idle, CHOSEN, 10 * MINUTE);
	assert.equal(sleeping.isAsleep, true);
	assert.equal(sleepsAtMs(sleeping, CHOSEN), undefined);
});

test("asleep it is dim, and never brighter than awake", () => {
	assert.equal(brightnessOf({ isAsleep: false }, CHOSEN), 80);
	assert.equal(brightnessOf({ isAsleep: true }, CHOSEN), ASLEEP_BRIGHTNESS);
	assert.equal(brightnessOf({ isAsleep: true }, { ...CHOSEN, brightness: 5 }), 5);
});

test("with 0 minutes it never sleeps, and wakes when that is chosen", () => {
	const never = { ...CHOSEN, sleepMinutes: 0 };
	const idle = startIdle(0, device([]));
	assert.equal(sleepsAtMs(idle, never), undefined);
	assert.equal(timePassed(idle, never, 1_000 * MINUTE), idle);
	assert.equal(timePassed(asleep(device([])), never, 11 * MINUTE).isAsleep, false);
});

test("a touch keeps it awake; the one that wakes it presses nothing", () => {
	let idle = startIdle(0, device([]));
	const first = touchBegan(idle, 9 * MINUTE);
	assert.equal(first.isSwallowed, false);
	assert.equal(timePassed(first.idle, CHOSEN, 19 * MINUTE - 1).isAsleep, false, "under a finger");
	const gone = timePassed(first.idle, CHOSEN, 19 * MINUTE);
	assert.deepEqual([gone.isAsleep, gone.isTouched], [true, false], "nobody was told that it was lifted");
	idle = touchEnded(first.idle, 12 * MINUTE);
	assert.equal(timePassed(idle, CHOSEN, 22 * MINUTE - 1).isAsleep, false);
	idle = timePassed(idle, CHOSEN, 22 * MINUTE);
	assert.equal(idle.isAsleep, true);
	const waking = touchBegan(idle, 30 * MINUTE);
	assert.deepEqual([waking.isSwallowed, waking.idle.isAsleep], [true, false]);
	assert.equal(touchBegan(waking.idle, 30 * MINUTE).isSwallowed, false);
});

test("a print that begins or ends wakes it for a minute", () => {
	const ways = [
		["idle", "preparing"],
		["printing", "finished"],
		["printing", "failed"],
		["paused", "idle"],
	] as const;
	for (const [before, after] of ways) {
		const woken = stateChanged(asleep(printing(before)), printing(after), CHOSEN, 20 * MINUTE);
		assert.equal(woken.isAsleep, false, `${before} to ${after}`);
		assert.equal(sleepsAtMs(woken, CHOSEN), 21 * MINUTE);
		assert.equal(timePassed(woken, CHOSEN, 21 * MINUTE).isAsleep, true);
	}
	for (const [before, after] of [
		["preparing", "printing"],
		["printing", "paused"],
		["finished", "idle"],
	] as const)
		assert.equal(stateChanged(asleep(printing(before)), printing(after), CHOSEN, 20 * MINUTE).isAsleep, true);
});

test("a new fault of a printer or of the heater wakes it, an old one and a notice do not", () => {
	const fault = (code: string, severity: "serious" | "info" = "serious") => ({
		code,
		severity,
		module: "Toolhead",
		text: "Something.",
		actions: [],
	});
	const with1 = printing("printing", { faults: [fault("0300_8004")] });
	assert.equal(stateChanged(asleep(printing("printing")), with1, CHOSEN, 20 * MINUTE).isAsleep, false);
	assert.equal(stateChanged(asleep(with1), with1, CHOSEN, 20 * MINUTE).isAsleep, true);
	assert.equal(stateChanged(asleep(with1), printing("printing"), CHOSEN, 20 * MINUTE).isAsleep, true, "gone");
	const notice = printing("printing", { faults: [fault("0500_0001", "info")] });
	assert.equal(stateChanged(asleep(printing("printing")), notice, CHOSEN, 20 * MINUTE).isAsleep, true);
	const hot = device([], { code: "element_overheat", text: "Too hot.", latched: true });
	assert.equal(stateChanged(asleep(device([])), hot, CHOSEN, 20 * MINUTE).isAsleep, false);
});

test("with waking turned off only a touch wakes, and what happened meanwhile wakes nobody later", () => {
	const quiet = { ...CHOSEN, wakeOnPrint: false };
	const idle = stateChanged(asleep(printing("idle")), printing("printing"), quiet, 20 * MINUTE);
	assert.equal(idle.isAsleep, true);
	assert.equal(stateChanged(idle, printing("printing"), CHOSEN, 21 * MINUTE).isAsleep, true);
	assert.equal(stateChanged(idle, printing("finished"), CHOSEN, 21 * MINUTE).isAsleep, false);
});

test("a printer that is lost and found with the same job wakes nobody; with another one it does", () => {
	const lost = printing("unknown", { link: "offline" });
	const idle = stateChanged(asleep(printing("printing")), lost, CHOSEN, 20 * MINUTE);
	assert.equal(idle.isAsleep, true);
	assert.equal(stateChanged(idle, printing("printing"), CHOSEN, 21 * MINUTE).isAsleep, true);
	assert.equal(stateChanged(idle, printing("finished"), CHOSEN, 21 * MINUTE).isAsleep, false);
});

test("a printer that is heard for the first time, added or forgotten wakes nobody", () => {
	const second = printerState({ id: "01S00A000000002", job: { state: "printing" } });
	const idle = asleep(printing("printing"));
	const both = stateChanged(idle, device([...printing("printing").printers, second]), CHOSEN, 20 * MINUTE);
	assert.equal(both.isAsleep, true);
	assert.equal(stateChanged(both, device([]), CHOSEN, 21 * MINUTE).isAsleep, true);
});

test("what changes nothing is the same object, so that nothing is drawn for it", () => {
	const idle = startIdle(0, printing("printing"));
	assert.equal(stateChanged(idle, printing("printing"), CHOSEN, 1), idle);
	assert.equal(timePassed(idle, CHOSEN, 1), idle);
});

test("whatever happens, it is asleep only after the set time, and never with 0 minutes", () => {
	const step = fc.record({
		what: fc.constantFrom("touch", "lift", "state", "time"),
		job: fc.constantFrom<JobStatus>("idle", "printing", "paused", "finished", "unknown"),
		waitMs: fc.integer({ min: 0, max: 4 * MINUTE }),
		sleepMinutes: fc.constantFrom(0, 1, 5),
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
			let now = 0;
			let idle = startIdle(0);
			for (const { what, job, waitMs, sleepMinutes } of steps) {
				const chosen = { ...CHOSEN, sleepMinutes };
				const dueAtMs = sleepsAtMs(idle, chosen);
				now += waitMs;
				const before = idle;
				if (what === "touch") idle = touchBegan(idle, now).idle;
				else if (what === "lift") idle = touchEnded(idle, now);
				else if (what === "state") idle = stateChanged(idle, printing(job), chosen, now);
				else idle = timePassed(idle, chosen, now);
				if (what === "touch") assert.equal(idle.isAsleep, false);
				if (!before.isAsleep && idle.isAsleep) assert.ok(dueAtMs !== undefined && now >= dueAtMs);
				if (what === "time" && sleepMinutes === 0) assert.equal(idle.isAsleep, false);
				if (idle.isAsleep) assert.equal(idle.isTouched && what === "time", false);
			}
		}),
	);
});
