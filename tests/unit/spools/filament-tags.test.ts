import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError } from "../../../modules/platform/port-error";
import type { TagReaderOptions, TagReaderPort } from "../../../modules/platform/tag-reader";
import type { CommandRequest, CommandResult } from "../../../modules/printers/command";
import type { PrinterState } from "../../../modules/printers/printer-state";
import { FilamentTags } from "../../../modules/spools/filament-tags";
import { globalTray } from "../../../modules/spools/slot-map";
import { trayPlace } from "../../../modules/spools/tray-place";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { textCodec } from "../../fakes/text-codec";
import { ndefMessage } from "./ndef-messages";

const JSON_TAG = {
	protocol: "openspool",
	version: "1.0",
	type: "PETG",
	subtype: "HF",
	color_hex: "1f8a4c",
	brand: "Bambu",
	min_temp: "230",
	max_temp: "260",
};
const TAG = {
	version: "1.0",
	type: "PETG",
	subtype: "HF",
	color: "1F8A4CFF",
	brand: "Bambu",
	nozzleMin: 230,
	nozzleMax: 260,
};
const SETTING = {
	command: "filament_setting",
	material: "PETG",
	filamentId: "GFG02",
	settingId: "",
	color: "1F8A4CFF",
	nozzleMin: 230,
	nozzleMax: 260,
};
const HELD_MS = 5 * 60_000;

class BenchReader implements TagReaderPort {
	options: TagReaderOptions | undefined;
	closed = 0;
	refusal: unknown;

	open(options: TagReaderOptions) {
		if (this.refusal) throw this.refusal;
		this.options = options;
		return { close: () => void this.closed++ };
	}

	/** A tag with that on it. */
	hold(value: unknown): void {
		const ndef = ndefMessage({ payload: typeof value === "string" ? value : JSON.stringify(value) });
		this.holdBytes(ndef);
	}

	holdBytes(ndef: Uint8Array): void {
		this.options?.onTag({ uid: "04A1B2C3D4E5F6", ndef });
	}
}

/** As a caller sees it, who does not know what was asserted before. */
function errorOf({ error }: FilamentTags): string {
	return error?.message ?? "";
}

function bench({ external = 1 } = {}) {
	const clock = new ManualClock({ startMs: 20_000 });
	const log = new MemoryLog();
	const reader = new BenchReader();
	const asked: (CommandRequest | string)[] = [];
	const printer = { result: { ok: true } as CommandResult, during: () => {}, isThere: true };
	const tags = new FilamentTags({
		clock,
		log,
		reader,
		text: textCodec,
		uptimeSeconds: () => Math.floor(clock.now() / 1000),
		printers: {
			find: (id) =>
				id === "P" && printer.isThere
					? {
							state: {
								filament: {
									units: [],
									external: [254, 255].slice(0, external).map((slot) => ({ id: slot })),
								},
							} as unknown as PrinterState,
							async command(request) {
								asked.push(request);
								printer.during();
								return printer.result;
							},
						}
					: undefined,
			async attend(id) {
				asked.push(`attend ${id}`);
				return true;
			},
		},
	});
	let changes = 0;
	tags.onChange(() => void changes++);
	tags.start();
	return { tags, reader, clock, log, asked, printer, changes: () => changes };
}

test("a tag with a place is sent there as a description of filament, and nothing is held", async () => {
	const { tags, asked, changes } = bench();
	const result = await tags.take(JSON_TAG, { printerId: "P", tray: 6 });
	assert.deepEqual(result, { ok: true, tag: TAG, sent: true });
	assert.deepEqual(asked, ["attend P", { ...SETTING, spool: { unit: 1, slot: 2 } }]);
	assert.equal(tags.held, undefined);
	assert.equal(changes(), 0);
});

test("what the printer says comes back: refused, timed out, or without a connection", async () => {
	for (const code of ["refused", "timed_out", "offline", "wrong_state", "read_only"] as const) {
		const { tags, printer } = bench();
		printer.result = { ok: false, code, message: "Not now." };
		assert.deepEqual(await tags.take(JSON_TAG, { printerId: "P", tray: 0 }), printer.result);
	}
});

test("a tag without a place is held for five minutes, and told", async () => {
	const { tags, clock, changes } = bench();
	assert.deepEqual(await tags.take(JSON_TAG), { ok: true, tag: TAG, sent: false });
	assert.deepEqual(tags.held, { ...TAG, readAtSeconds: 20 });
	assert.equal(changes(), 1);
	clock.advance(HELD_MS - 1);
	assert.ok(tags.held);
	clock.advance(1);
	assert.equal(tags.held, undefined);
	assert.equal(changes(), 2);
	assert.equal(clock.pendingTimers, 0);
});

test("the next tag takes the place of the held one, for five minutes of its own", async () => {
	const { tags, reader, clock } = bench();
	await tags.take(JSON_TAG);
	clock.advance(HELD_MS - 1_000);
	reader.hold({ ...JSON_TAG, type: "PLA", subtype: "" });
	clock.advance(HELD_MS - 1_000);
	assert.equal(tags.held?.type, "PLA");
	assert.equal(tags.held?.subtype, undefined);
	clock.advance(1_000);
	assert.equal(tags.held, undefined);
});

test("a held tag that is given to a slot is held no longer once the printer has taken it", async () => {
	const { tags, reader, asked, printer } = bench();
	reader.hold(JSON_TAG);
	printer.result = { ok: false, code: "timed_out", message: "No answer." };
	assert.equal((await tags.give("P", 254)).ok, false);
	assert.ok(tags.held);
	printer.result = { ok: true };
	assert.deepEqual(await tags.give("P", 254), { ok: true, tag: TAG, sent: true });
	assert.equal(tags.held, undefined);
	assert.deepEqual(asked[1], { ...SETTING, spool: "external" });
	const again = await tags.give("P", 254);
	assert.equal(!again.ok && again.code, "no_tag");
});

test("a tag that is read while another one is being sent stays", async () => {
	const { tags, reader, printer } = bench();
	reader.hold(JSON_TAG);
	printer.during = () => reader.hold({ ...JSON_TAG, type: "PLA" });
	assert.equal((await tags.give("P", 0)).ok, true);
	assert.equal(tags.held?.type, "PLA");
});

test("a dropped tag is gone, and dropping again does nothing", async () => {
	const { tags, changes, clock } = bench();
	await tags.take(JSON_TAG);
	assert.equal(tags.drop(), true);
	assert.equal(tags.held, undefined);
	assert.equal(tags.drop(), false);
	assert.equal(changes(), 2);
	assert.equal(clock.pendingTimers, 0);
});

test("a tag of the network that is wrong is refused by its field, and the held one stays", async () => {
	const { tags, reader, asked } = bench();
	reader.hold(JSON_TAG);
	const result = await tags.take({ ...JSON_TAG, min_temp: 230 }, { printerId: "P", tray: 0 });
	assert.deepEqual(!result.ok && [result.code, result.field], ["bad_tag", "min_temp"]);
	assert.match(result.ok ? "" : result.message, /"min_temp"/);
	assert.ok(tags.held);
	assert.deepEqual(asked, []);
});

test("a material without a profile and a printer that is not there are said", async () => {
	const { tags, asked, printer } = bench();
	const unknown = await tags.take({ ...JSON_TAG, type: "Wood" }, { printerId: "P", tray: 0 });
	assert.equal(!unknown.ok && unknown.code, "no_profile");
	assert.match(unknown.ok ? "" : unknown.message, /"Wood"/);
	const nobody = await tags.take(JSON_TAG, { printerId: "Q", tray: 0 });
	assert.equal(!nobody.ok && nobody.code, "unknown_printer");
	assert.deepEqual(asked, []);
	printer.isThere = false;
	assert.equal((await tags.take(JSON_TAG, { printerId: "P", tray: 0 })).ok, false);
});

test("what is wrong with a tag at the reader is said, until the next one or for five minutes", () => {
	const { tags, reader, clock, changes } = bench();
	const codes: unknown[] = [];
	for (const hold of [
		() => reader.holdBytes(new Uint8Array(0)),
		() => reader.holdBytes(ndefMessage({ kind: 1, type: "U", payload: "x" })),
		() => reader.hold("{"),
		() => reader.hold({ ...JSON_TAG, color_hex: "red" }),
		() => reader.options?.onError(new PortError("too_large", "2 KB")),
		() => reader.options?.onError(new PortError("protocol", "a key is wanted")),
	]) {
		hold();
		codes.push(tags.error?.code);
		assert.equal(tags.held, undefined);
	}
	assert.deepEqual(codes, ["empty", "no_json", "bad_tag", "bad_tag", "unreadable", "unreadable"]);
	assert.equal(changes(), 6);
	clock.advance(HELD_MS);
	assert.equal(tags.error, undefined);
	reader.holdBytes(new Uint8Array(0));
	reader.hold(JSON_TAG);
	assert.equal(tags.error, undefined);
	assert.ok(tags.held);
	reader.hold({ ...JSON_TAG, brand: "" });
	assert.match(errorOf(tags), /"brand"/);
	assert.equal(tags.held, undefined, "the person holds another spool now");
});

test("a reader that goes away is for the log alone, and one that cannot be had does not stop the rest", async () => {
	const { tags, reader, log, changes } = bench();
	reader.options?.onError(new PortError("unreachable", "no answer on the bus"));
	assert.equal(changes(), 0);
	assert.equal(log.texts("warn").length, 1);
	tags.close();

	const without = bench();
	without.tags.close();
	const failing = new BenchReader();
	failing.refusal = new PortError("unsupported", "no chip answers");
	const rest = new FilamentTags({
		clock: without.clock,
		log: without.log,
		text: textCodec,
		uptimeSeconds: () => 0,
		printers: { find: () => undefined, attend: async () => true },
		reader: failing,
	});
	rest.start();
	assert.match(without.log.texts("warn").join(), /no chip answers/);
	assert.equal((await rest.take(JSON_TAG)).ok, true);
	rest.close();
});

test("after the end the reader is closed, no timer is left and nothing is told", () => {
	const { tags, reader, clock, changes } = bench();
	reader.hold(JSON_TAG);
	tags.close();
	tags.close();
	assert.equal(reader.closed, 1);
	assert.equal(clock.pendingTimers, 0);
	reader.hold(JSON_TAG);
	assert.equal(changes(), 1);
	assert.equal(clock.pendingTimers, 0);
	tags.start();
	assert.equal(reader.closed, 1);
});

test("a listener that ends its calls gets no more, and does not end those of others", async () => {
	const { tags, changes } = bench();
	let own = 0;
	const stop = tags.onChange(() => void own++);
	stop();
	stop();
	await tags.take(JSON_TAG);
	assert.deepEqual([own, changes()], [0, 1]);
});

test("a slot's number names its place at the printer: units, single units, and the spools outside", () => {
	const one = { external: [{ id: 254, state: "unknown" as const }] };
	const two = { external: [...one.external, { id: 255, state: "unknown" as const }] };
	for (const [unit, slot] of [
		[0, 0],
		[3, 3],
		[16, 2],
		[128, 0],
		[135, 0],
	] as const)
		assert.deepEqual(trayPlace(globalTray(unit, slot), one), { unit, slot });
	assert.equal(trayPlace(254, one), "external");
	assert.equal(trayPlace(255, one), "external");
	assert.equal(trayPlace(254, two), "external_left");
	assert.equal(trayPlace(255, two), "external");
	assert.equal(trayPlace(254, { external: [] }), "external");
});

test("whatever is held to the reader, there is either a tag or an error, and never a throw", () => {
	const { tags, reader } = bench();
	const values = fc.oneof(fc.json(), fc.record({ protocol: fc.constant("openspool"), type: fc.string() }));
	fc.assert(
		fc.property(fc.oneof(values, fc.uint8Array({ maxLength: 60 })), (value) => {
			if (value instanceof Uint8Array) reader.holdBytes(value);
			else reader.hold(value);
			assert.equal(tags.held === undefined, tags.error !== undefined);
		}),
		{ seed: 7, numRuns: 300 },
	);
});
