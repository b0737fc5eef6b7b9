// A printer that has no connection of its own is looked at now and then: what stays known of it in between.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type BenchPrinter, benchPrinter } from "./bench-printer";

const settle = () => new Promise((resolve) => setImmediate(resolve));

const full = {
	print: {
		command: "push_status",
		msg: 0,
		gcode_state: "RUNNING",
		mc_percent: 12,
		bed_temper: 60,
		bed_target_temper: 65,
		nozzle_temper: 210,
		nozzle_target_temper: 220,
	},
};
const versions = {
	info: { command: "get_version", module: [{ name: "ota", sw_ver: "01.08.02.00", sn: "x" }] },
};

/** Connects and subscribes for a look. */
function begin({ printer, mqtt }: BenchPrinter): Promise<void> {
	const look = printer.look();
	mqtt.last.accept();
	mqtt.last.grant();
	return look;
}

test("a look ends a second after the full report, with what was asked for along with it, and says goodbye", async () => {
	const bench = benchPrinter();
	const look = begin(bench);
	bench.mqtt.last.deliver(full);
	bench.clock.advance(500);
	bench.mqtt.last.deliver(versions);
	assert.equal(bench.mqtt.last.disconnected, false);
	bench.clock.advance(500);
	await look;
	assert.equal(bench.mqtt.last.disconnected, true);
	const { firmware, bed, link } = bench.printer.state;
	assert.deepEqual([firmware, bed, link], ["01.08.02.00", { current: 60, target: 65 }, "online"]);
	assert.equal(bench.clock.pendingTimers, 0);
});

test("what one look has found stays until the next one knows everything: a part is not taken for all there is", async () => {
	const bench = benchPrinter();
	const first = begin(bench);
	bench.mqtt.last.deliver(versions);
	bench.mqtt.last.deliver(full);
	bench.clock.advance(1_000);
	await first;
	const second = begin(bench);
	bench.mqtt.last.deliver({ print: { command: "push_status", msg: 1, bed_temper: 61 } });
	assert.deepEqual(bench.printer.state.bed, { current: 60, target: 65 });
	assert.equal(bench.printer.state.link, "online");
	bench.mqtt.last.deliver({ print: { ...full.print, bed_temper: 62 } });
	assert.deepEqual(bench.printer.state.bed, { current: 62, target: 65 });
	bench.mqtt.last.deliver({ print: { command: "push_status", msg: 1, bed_temper: 63 } });
	assert.deepEqual(bench.printer.state.bed, { current: 63, target: 65 });
	assert.equal(bench.printer.state.firmware, "01.08.02.00");
	bench.clock.advance(1_000);
	await second;
});

test("a printer that never says when it tells everything is looked at all the same", async () => {
	const bench = benchPrinter();
	const { msg: _, ...old } = full.print;
	for (const percent of [12, 13]) {
		const look = begin(bench);
		bench.mqtt.last.deliver({ print: { ...old, mc_percent: percent } });
		bench.clock.advance(20_000);
		await look;
		assert.equal(bench.printer.state.job.percent, percent);
		assert.equal(bench.mqtt.last.disconnected, true);
	}
});

test("half a message that a look ended in is not continued by the next one", async () => {
	const bench = benchPrinter();
	const bytes = new TextEncoder().encode(JSON.stringify(full));
	const first = begin(bench);
	bench.mqtt.last.options.onMessage("t", bytes.subarray(0, 40), bytes.length - 40);
	bench.clock.advance(20_000);
	await first;
	const second = begin(bench);
	bench.mqtt.last.deliver(full);
	bench.clock.advance(1_000);
	await second;
	assert.equal(bench.printer.state.job.percent, 12);
	assert.deepEqual(
		bench.log.texts("warn").filter((text) => text.includes("JSON")),
		[],
	);
});

test("a look that fails ends at once, and the next one shows that again and no other state in between", async () => {
	const bench = benchPrinter();
	const first = bench.printer.look();
	bench.mqtt.last.fail("refused");
	await first;
	assert.deepEqual([bench.printer.state.link, bench.printer.state.linkError], ["offline", "unreachable"]);
	const links: string[] = [];
	bench.printer.onChange(({ link }) => links.push(link));
	const second = bench.printer.look();
	bench.mqtt.last.fail("refused");
	await second;
	assert.ok(!links.includes("online"));
	assert.equal(bench.clock.pendingTimers, 0);
});

test("a printer that is closed while it is looked at ends the look", async () => {
	const bench = benchPrinter();
	const look = begin(bench);
	await bench.printer.close();
	await look;
	await settle();
	assert.equal(bench.mqtt.last.disconnected, true);
	assert.equal(bench.clock.pendingTimers, 0);
});
