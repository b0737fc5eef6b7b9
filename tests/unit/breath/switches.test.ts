import assert from "node:assert/strict";
import { test } from "node:test";
import { Switches } from "../../../modules/breath/switches";
import { WishedSettings } from "../../../modules/breath/wished-settings";
import { EventLog } from "../../../modules/event-log/event-log";
import { Settings } from "../../../modules/settings/settings";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { BenchStorage } from "./breath-bench";

const bench = (mode: "always_on" | "drying" = "always_on") => {
	const clock = new ManualClock({ startMs: 1_000 });
	const storage = new BenchStorage();
	storage.values.set("panda_breath/work_mode", mode);
	const settings = new Settings({ storage, clock, log: new MemoryLog() });
	const events = new EventLog({ clock });
	const switches = new Switches({ wished: new WishedSettings(settings, events), events, clock });
	const happened = () =>
		events
			.list()
			.map(({ event }) => event)
			.reverse();
	return { clock, switches, happened };
};

test("the mode and the fan alone end each other", () => {
	const { switches, happened } = bench();
	switches.turnFanOn("page");
	switches.turnFanOn("page");
	assert.deepEqual([switches.on, switches.fanOnly], [false, true]);
	switches.turnOn("page");
	assert.deepEqual([switches.on, switches.fanOnly], [true, false]);
	switches.turnFanOn("button");
	assert.deepEqual([switches.on, switches.fanOnly], [false, true]);
	assert.deepEqual(happened(), ["fan_on", "fan_off", "turned_on", "turned_off", "fan_on"]);
});

test("turning off what is off leaves no event and the reason as it was", () => {
	const { switches, happened } = bench();
	assert.equal(switches.ending.by, undefined);
	switches.turnOff("page");
	assert.equal(switches.ending.by, undefined);
	switches.turnOn("page");
	switches.abandon(10);
	switches.turnOff("button");
	assert.deepEqual(switches.ending, { code: "abandoned", by: "firmware", minutesAlone: 10, minutesLost: 0 });
	assert.deepEqual(happened(), ["turned_on", "abandoned"]);
});

test("a drying cycle counts down from its start, and what it still had is told when it ends early", () => {
	const { clock, switches, happened } = bench("drying");
	assert.equal(switches.isDrying, false);
	switches.turnOn("page");
	const seconds = switches.dryingSecondsLeft;
	clock.advance(90_000);
	assert.equal(switches.isDrying, true);
	assert.equal(switches.dryingSecondsLeft, seconds - 90);
	switches.abandon(5);
	assert.equal(switches.isDrying, false);
	assert.equal(switches.ending.minutesLost, Math.ceil(seconds / 60 - 1.5));
	switches.turnOn("page");
	switches.finishDrying();
	assert.deepEqual(switches.ending, {
		code: "drying_done",
		by: "firmware",
		minutesAlone: 0,
		minutesLost: 0,
	});
	assert.deepEqual(happened(), ["drying_started", "abandoned", "drying_started", "drying_done"]);
});

test("a fault ends heat for good, and leaves the fan that runs alone", () => {
	const { switches } = bench();
	switches.turnOn("page");
	switches.takeFault("no_mains");
	assert.deepEqual([switches.on, switches.fault], [false, "no_mains"]);
	switches.takeFault(undefined);
	assert.deepEqual([switches.on, switches.fault], [false, undefined]);
	switches.turnFanOn("page");
	switches.takeFault("no_mains");
	assert.equal(switches.fanOnly, true);
});
