import assert from "node:assert/strict";
import { test } from "node:test";
import { FollowedPrinter } from "../../../modules/breath/followed-printer";
import { EventLog } from "../../../modules/event-log/event-log";
import type { LinkStatus } from "../../../modules/printers/printer-state";
import { Settings } from "../../../modules/settings/settings";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { BenchStorage } from "./breath-bench";
import { printerState } from "./printer-fixture";

const bench = () => {
	const clock = new ManualClock({ startMs: 1_000 });
	const settings = new Settings({ storage: new BenchStorage(), clock, log: new MemoryLog() });
	const events = new EventLog({ clock });
	const world: { link: LinkStatus | undefined } = { link: "online" };
	const followed = new FollowedPrinter({
		settings,
		events,
		clock,
		printer: () => (world.link === undefined ? undefined : printerState({ link: world.link })),
	});
	return {
		settings,
		followed,
		happened: () =>
			events
				.list()
				.map(({ event }) => event)
				.reverse(),
		/** A tick so much later, with such a printer. */
		tick(afterMs: number, link: LinkStatus | undefined) {
			clock.advance(afterMs);
			world.link = link;
			followed.look();
			followed.noteLink();
		},
	};
};

test("a printer that is gone for less than a minute was not lost", () => {
	const { tick, happened } = bench();
	tick(0, "online");
	tick(1_000, "offline");
	tick(59_999, "offline");
	tick(1, "stale");
	tick(1_000, "offline");
	tick(59_999, "offline");
	assert.deepEqual(happened(), ["printer_online"]);
	tick(1, "offline");
	tick(1_000, "offline");
	tick(1_000, "online");
	assert.deepEqual(happened(), ["printer_online", "printer_lost", "printer_online"]);
});

test("a printer that is forgotten is not lost: it was unbound", () => {
	const { settings, followed, tick, happened } = bench();
	settings.set({ "printer0.host": "192.168.1.20", "printer0.serial": "01P00A000000001" });
	followed.noteBinding("page");
	followed.noteBinding("page");
	tick(0, "online");
	settings.set({ "printer0.host": "" });
	followed.noteBinding("page");
	tick(120_000, undefined);
	assert.deepEqual(happened(), ["printer_bound", "printer_online", "printer_unbound"]);
});

test("a Klipper printer cannot be followed yet", () => {
	const { settings, followed } = bench();
	assert.equal(followed.look()?.name, "P1S Workshop");
	settings.set({ "breath.printerType": "klipper" });
	assert.equal(followed.isKlipper, true);
	assert.equal(followed.look(), undefined);
	assert.equal(followed.state, undefined);
});
