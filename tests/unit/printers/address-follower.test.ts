import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { AddressFollower, type AnnouncedPrinter } from "../../../modules/printers/address-follower";
import { BambuDiscovery } from "../../../modules/printers/bambu/discovery";
import type { PrintersListener } from "../../../modules/printers/printer-manager";
import type { PrinterState } from "../../../modules/printers/printer-state";
import { SpareLink } from "../../../modules/printers/spare-link";
import { Settings } from "../../../modules/settings/settings";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { textCodec } from "../../fakes/text-codec";
import { benchPrinter } from "./bambu/bench-printer";

const SERIAL = "01P00A000000001";
const OLD = "192.0.2.20";
const NEW = "192.0.2.77";

function bench() {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const settings = new Settings({ storage: createMemoryStorage(), clock, log });
	settings.set({ "printer0.host": OLD, "printer0.serial": SERIAL, "printer0.accessCode": "12345678" });
	let listener: PrintersListener = () => {};
	const printers = {
		states: [{ ...benchPrinter({ serial: SERIAL }).printer.state, host: OLD }] as PrinterState[],
		onChange(next: PrintersListener) {
			listener = next;
			return () => {
				listener = () => {};
			};
		},
	};
	const show = (link: PrinterState["link"], linkError?: PrinterState["linkError"]): void => {
		const [{ linkError: _, ...before }] = printers.states as [PrinterState];
		const state = { ...before, link, host: settings.get("printer0.host"), ...(linkError && { linkError }) };
		printers.states = [state];
		listener({ type: "changed", state, changed: ["link", "linkError"] });
	};
	let announce: ((printer: AnnouncedPrinter) => void) | undefined;
	/** Where the printer really is. */
	const world = { host: NEW, asked: [] as string[] };
	const spare = new SpareLink();
	const follower = new AddressFollower({
		clock,
		log,
		settings,
		printers,
		spare,
		listen(onAnnounced) {
			announce = onAnnounced;
			return () => {
				announce = undefined;
			};
		},
		async isThere({ host, accessCode }, serial) {
			assert.deepEqual([serial, accessCode], [SERIAL, "12345678"]);
			world.asked.push(host);
			return host === world.host;
		},
	});
	follower.start();
	const hear = async (host: string, serial = SERIAL): Promise<void> => {
		announce?.({ serial, host });
		await new Promise((resolve) => setImmediate(resolve));
	};
	return {
		clock,
		log,
		settings,
		spare,
		follower,
		world,
		show,
		hear,
		isListening: () => announce !== undefined,
	};
}

test("a printer that is not reached is followed to where it has proved to be", async () => {
	const { show, hear, settings, isListening, log } = bench();
	assert.equal(isListening(), false, "it may yet be reached");
	show("offline", "unreachable");
	assert.equal(isListening(), true);
	await hear(NEW, SERIAL.toLowerCase());
	assert.equal(settings.get("printer0.host"), NEW);
	assert.match(log.texts("info").join(), /no longer at 192\.0\.2\.20; it is at 192\.0\.2\.77/);
	show("online");
	assert.equal(isListening(), false, "nobody is listened to without need");
});

test("an announcement, true or not, does not touch a printer that is reached", async () => {
	for (const [link, error] of [
		["online", undefined],
		["stale", undefined],
		["connecting", undefined],
		["offline", undefined],
		["offline", "wrong_access_code"],
		["connecting", "wrong_access_code"],
	] as const) {
		const { show, hear, settings, world, isListening } = bench();
		// Another printer is not reached, so that announcements are heard.
		show("offline", "unreachable");
		show(link, error);
		assert.equal(isListening(), false);
		await hear(NEW);
		assert.deepEqual(world.asked, []);
		assert.equal(settings.get("printer0.host"), OLD);
	}
});

test("a false announcement changes nothing, and the true one still counts", async () => {
	const { show, hear, settings, world, clock } = bench();
	show("offline", "wrong_serial");
	await hear("192.0.2.66");
	await hear("192.0.2.66");
	assert.equal(settings.get("printer0.host"), OLD);
	assert.deepEqual(world.asked, ["192.0.2.66"], "it is not asked again and again");
	await hear(NEW);
	assert.equal(settings.get("printer0.host"), NEW);
	const later = bench();
	later.show("offline", "unreachable");
	later.world.host = "nowhere yet";
	await later.hear(NEW);
	later.world.host = NEW;
	later.clock.advance(60_001);
	await later.hear(NEW);
	assert.equal(later.settings.get("printer0.host"), NEW, "an address is tried again after a minute");
	void clock;
});

test("nobody is asked who is not set up, who is where he was, or while somebody else has the spare link", async () => {
	const { show, hear, world, spare } = bench();
	show("offline", "unreachable");
	await hear(OLD);
	await hear(NEW, "01P00A999999999");
	let end = (): void => {};
	const others = spare.run(() => new Promise<void>((resolve) => (end = resolve)));
	await hear(NEW);
	assert.deepEqual(world.asked, []);
	end();
	await others;
	await hear(NEW);
	assert.deepEqual(world.asked, [NEW]);
});

test("a printer that is reached again, or forgotten, while it is asked elsewhere stays as it is", async () => {
	const { show, hear, settings, spare } = bench();
	show("offline", "unreachable");
	let end = (): void => {};
	const run = spare.run.bind(spare);
	spare.run = async (job) => {
		const result = await run(job);
		await new Promise<void>((resolve) => (end = resolve));
		return result;
	};
	await hear(NEW);
	show("online");
	end();
	await new Promise((resolve) => setImmediate(resolve));
	assert.equal(settings.get("printer0.host"), OLD);
});

test("closing ends listening, and what is found afterwards changes nothing", async () => {
	const { show, follower, isListening } = bench();
	show("offline", "unreachable");
	follower.close();
	follower.close();
	assert.equal(isListening(), false);
	show("offline", "unreachable");
	assert.equal(isListening(), false);
});

test("whatever is announced, by whomever, only a proved address is stored, and few are asked", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(
				fc.record({
					serial: fc.oneof(fc.constant(SERIAL), fc.stringMatching(/^[0-9A-Z]{4,24}$/)),
					host: fc.oneof(fc.constant(NEW), fc.ipV4()),
				}),
				{ maxLength: 40 },
			),
			async (announcements) => {
				const { show, hear, settings, world } = bench();
				show("offline", "unreachable");
				for (const { host, serial } of announcements) {
					await hear(host, serial);
					assert.ok([OLD, NEW].includes(settings.get("printer0.host")));
				}
				assert.ok(world.asked.filter((host) => host !== NEW).length <= 8);
			},
		),
		{ numRuns: 100 },
	);
});

test("hostile datagrams on the listener's ports reach nobody but as a serial number and an address", async () => {
	const clock = new ManualClock();
	let deliver: (bytes: Uint8Array) => void = () => {};
	const udp = {
		async open({ port, onMessage }: { port: number; onMessage: (bytes: Uint8Array, from: never) => void }) {
			deliver = (bytes) => onMessage(bytes, undefined as never);
			return { port, send() {}, close() {} };
		},
	};
	const discovery = new BambuDiscovery({ udp, text: textCodec, clock, log: new MemoryLog() });
	const heard: AnnouncedPrinter[] = [];
	discovery.listen((printer) => heard.push(printer));
	await new Promise((resolve) => setImmediate(resolve));
	const line = fc.oneof(
		fc.constantFrom(
			"USN: 01P00A000000001",
			"USN: uuid:x",
			"Location: 192.0.2.9",
			"Location: http://1.2.3.4.5/",
		),
		fc
			.tuple(fc.constantFrom("USN", "Location", "DevModel.bambu.com", "NT"), fc.string())
			.map(([a, b]) => `${a}: ${b}`),
		fc.string(),
	);
	const datagram = fc
		.tuple(
			fc.constantFrom("NOTIFY * HTTP/1.1", "HTTP/1.1 200 OK", "M-SEARCH * HTTP/1.1"),
			fc.array(line, { maxLength: 90 }),
		)
		.map(([first, lines]) => textCodec.encode([first, ...lines].join("\r\n")));
	fc.assert(
		fc.property(fc.oneof(datagram, fc.uint8Array({ maxLength: 4_000 })), (bytes) => deliver(bytes)),
		{ numRuns: 2_000 },
	);
	for (const { serial, host } of heard) {
		assert.match(serial, /^[0-9A-Za-z]{4,24}$/);
		assert.match(host, /^\d{1,3}(\.\d{1,3}){3}$/);
	}
	discovery.close();
	assert.equal(clock.pendingTimers, 0);
});
