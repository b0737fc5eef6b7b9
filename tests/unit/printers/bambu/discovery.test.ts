import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError } from "../../../../modules/platform/port-error";
import type { UdpOptions, UdpPort, UdpSocket } from "../../../../modules/platform/udp";
import { BambuDiscovery, MAX_PRINTERS } from "../../../../modules/printers/bambu/discovery";
import { readAnnouncement, searchRequest } from "../../../../modules/printers/bambu/ssdp";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { textCodec } from "../../../fakes/text-codec";

/** A UDP port whose network is the test. */
class FakeUdp implements UdpPort {
	readonly opened: UdpOptions[] = [];
	readonly sent: { from: number; address: string; port: number; text: string }[] = [];
	readonly closed: number[] = [];
	readonly taken = new Set<number>();
	joinsGroups = true;

	async open(options: UdpOptions): Promise<UdpSocket> {
		if (this.taken.has(options.port)) throw new PortError("address_in_use", "test: taken");
		if (options.groups && !this.joinsGroups) throw new PortError("unsupported", "test: no groups");
		this.opened.push(options);
		return {
			port: options.port,
			send: (bytes, address, port) =>
				void this.sent.push({ from: options.port, address, port, text: textCodec.decode(bytes) }),
			close: () => void this.closed.push(options.port),
		};
	}

	announce(text: string | Uint8Array, port = 2021): void {
		const bytes = typeof text === "string" ? textCodec.encode(text) : text;
		for (const options of this.opened.filter((socket) => socket.port === port))
			options.onMessage(bytes, { address: "192.0.2.30", port: 1900 });
	}
}

function announcement(changes: Record<string, string | undefined> = {}, end = "\r\n"): string {
	const headers: Record<string, string | undefined> = {
		Host: "239.255.255.250:1990",
		Server: "UPnP/1.0",
		Location: "192.0.2.30",
		NT: "urn:bambulab-com:device:3dprinter:1",
		NTS: "ssdp:alive",
		USN: "22E8BJ000000000",
		"Cache-Control": "max-age=1800",
		"DevModel.bambu.com": "N7",
		"DevName.bambu.com": "My printer",
		"DevConnect.bambu.com": "cloud",
		...changes,
	};
	const lines = Object.entries(headers).flatMap(([name, value]) =>
		value === undefined ? [] : [`${name}: ${value}`],
	);
	return ["NOTIFY * HTTP/1.1", ...lines, "", ""].join(end);
}

function bench() {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const udp = new FakeUdp();
	return { clock, log, udp, discovery: new BambuDiscovery({ udp, text: textCodec, clock, log }) };
}

async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

const mine = { serial: "22E8BJ000000000", host: "192.0.2.30", name: "My printer", model: "P2S" };

test("an announcement says serial number, address, name, and the model as people call it", () => {
	assert.deepEqual(readAnnouncement(announcement()), mine);
	assert.deepEqual(readAnnouncement(announcement({}, "\n")), mine);
	assert.deepEqual(
		readAnnouncement(announcement().replace(/^[^:\r\n]+:/gm, (name) => name.toUpperCase())),
		mine,
	);
	assert.deepEqual(readAnnouncement(announcement({ Location: "http://192.0.2.30:80/" })), mine);
	assert.deepEqual(readAnnouncement(announcement({ USN: "uuid:22E8BJ000000000::urn:x" })), mine);
	const answer = announcement({ NT: undefined, ST: "urn:bambulab-com:device:3dprinter:1", NTS: undefined });
	assert.deepEqual(readAnnouncement(answer.replace("NOTIFY * HTTP/1.1", "HTTP/1.1 200 OK")), mine);
	assert.equal(readAnnouncement(announcement({ "DevName.bambu.com": "Küche 🧵" }))?.name, "Küche 🧵");
});

test("serial number and address are enough; the code of a model is never shown", () => {
	const bare = `NOTIFY * HTTP/1.1\r\nUSN: 01P00A000000123\r\nLocation: 192.0.2.31\r\n\r\n`;
	assert.deepEqual(readAnnouncement(bare), {
		serial: "01P00A000000123",
		host: "192.0.2.31",
		name: "P1S 0123",
		model: "P1S",
	});
	const model = (USN: string, code: string) =>
		readAnnouncement(announcement({ USN, "DevModel.bambu.com": code }))?.model;
	assert.equal(model("99X00A000000123", "N2S"), "A1");
	assert.equal(model("99X00A000000123", "3DPrinter-X1-Carbon"), "X1C");
	assert.equal(model("99X00A000000123", "O1E"), "H2D Pro");
	assert.equal(model("99X00A000000123", "Z9"), "Bambu Lab printer");
	assert.equal(model("99X00A000000123", "constructor"), "Bambu Lab printer");
	assert.equal(model("01S00A000000123", "N2S"), "P1P", "the serial number counts first");
});

test("what is no printer's announcement is none", () => {
	for (const text of [
		"",
		"M-SEARCH * HTTP/1.1\r\nUSN: 22E8BJ000000000\r\nLocation: 192.0.2.30\r\n\r\n",
		searchRequest(2021),
		announcement({ NT: "upnp:rootdevice" }),
		announcement({ NTS: "ssdp:byebye" }),
		announcement({ USN: undefined }),
		announcement({ Location: undefined }),
		announcement({ USN: "no serial!" }),
		announcement({ USN: "abc" }),
		announcement({ Location: "http://printer.example/" }),
		announcement({ Location: "192.0.2.256" }),
		announcement({ Location: "239.255.255.250" }),
		announcement({ Location: "0.0.0.0" }),
		announcement({ Location: "1.2.3" }),
		announcement({ "X-Long": "x".repeat(2_048) }),
		"HTTP/1.1 404 Not Found\r\nUSN: 22E8BJ000000000\r\nLocation: 192.0.2.30\r\n\r\n",
	])
		assert.equal(readAnnouncement(text), undefined, text.slice(0, 100));
});

test("a datagram of nothing but lines is given up before its lines fill a small device's memory", () => {
	const whole = announcement();
	const filled = (filling: string, count: number) =>
		readAnnouncement(whole.replace("\r\n", `\r\n${filling.repeat(count)}`));
	for (const filling of ["\n", "\r\n", "a:\n", "a\n", ":\n"]) {
		assert.equal(filled(filling, 100), undefined, JSON.stringify(filling));
		assert.deepEqual(filled(filling, 20), mine, JSON.stringify(filling));
	}
});

test("of a header that comes twice the first one counts, and none is taken for another", () => {
	assert.deepEqual(readAnnouncement(announcement().replace(/$/, "USN: 01P00A000000123\r\n")), mine);
	assert.deepEqual(readAnnouncement(announcement({ constructor: "x", __proto__: "x", Usn2: "x" })), mine);
	assert.deepEqual(readAnnouncement(announcement().replace("USN:", "\r\n no colon here \r\nUSN:")), mine);
	assert.equal(readAnnouncement("NOTIFY * HTTP/1.1"), undefined);
	assert.equal(readAnnouncement("NOTIFY * HTTP/1.1\nUSN: 01P00A000000123"), undefined);
});

test("a name is cleaned and cut, and made up when there is none", () => {
	const name = (text: string) => readAnnouncement(announcement({ "DevName.bambu.com": text }))?.name;
	assert.equal(name("a\u0007b\u007fc\ufffd"), "abc");
	assert.equal(name("x".repeat(100))?.length, 32);
	assert.equal(name(`${"x".repeat(31)}🧵`), "x".repeat(31));
	assert.equal(name("   "), "P2S 0000");
});

test("a scan listens on both ports, asks on both, and tells each printer once", async () => {
	const { clock, udp, discovery } = bench();
	const scan = discovery.scan(11_000);
	await settle();
	assert.deepEqual(
		udp.opened.map(({ port, groups }) => [port, groups]),
		[
			[2021, ["239.255.255.250"]],
			[1990, ["239.255.255.250"]],
		],
	);
	assert.ok(
		udp.sent.every(({ text }) => text.startsWith("M-SEARCH * HTTP/1.1\r\n") && text.endsWith("\r\n\r\n")),
	);
	assert.deepEqual(new Set(udp.sent.map(({ port }) => port)), new Set([2021, 1990]));
	udp.announce(announcement());
	udp.announce(announcement({ "DevName.bambu.com": "Renamed" }), 1990);
	udp.announce(announcement({ USN: "01P00A000000123", "DevName.bambu.com": "A first" }));
	udp.announce("nonsense");
	clock.advance(10_999);
	assert.deepEqual(udp.closed, []);
	clock.advance(1);
	assert.deepEqual(
		(await scan).map(({ serial, name }) => [serial, name]),
		[
			["01P00A000000123", "A first"],
			["22E8BJ000000000", "Renamed"],
		],
	);
	assert.deepEqual(udp.closed, [2021, 1990]);
	assert.equal(clock.pendingTimers, 0);
	assert.ok(udp.sent.length >= 8, "it asks again, since datagrams get lost");
});

test("two scans at a time are one, and the next one begins with nothing", async () => {
	const { clock, udp, discovery } = bench();
	const scans = [discovery.scan(5_000), discovery.scan(5_000)];
	await settle();
	udp.announce(announcement());
	clock.advance(5_000);
	assert.deepEqual(await Promise.all(scans), [[mine], [mine]]);
	assert.equal(udp.opened.length, 2);
	const next = discovery.scan(5_000);
	await settle();
	clock.advance(5_000);
	assert.deepEqual(await next, []);
});

test("a host without groups, or with one port taken, still finds what is sent to everybody", async () => {
	const { clock, udp, log, discovery } = bench();
	udp.joinsGroups = false;
	udp.taken.add(2021);
	const scan = discovery.scan(1_000);
	await settle();
	udp.announce(announcement(), 1990);
	clock.advance(1_000);
	assert.deepEqual(await scan, [mine]);
	assert.match(log.texts("warn").join(), /2021/);
});

test("with both ports taken the scan says why it cannot be", async () => {
	const { udp, clock, discovery } = bench();
	udp.taken.add(2021).add(1990);
	await assert.rejects(
		discovery.scan(1_000),
		(error) => error instanceof PortError && error.code === "address_in_use",
	);
	assert.equal(clock.pendingTimers, 0);
	udp.taken.clear();
	const again = discovery.scan(1_000);
	await settle();
	clock.advance(1_000);
	assert.deepEqual(await again, []);
});

test("of two announcements of one printer the newer one counts, and the older one for what that leaves out", async () => {
	const { clock, udp, discovery } = bench();
	const scan = discovery.scan(1_000);
	await settle();
	const whole = announcement({
		USN: "99X00A000000123",
		"DevModel.bambu.com": "N2S",
		"DevName.bambu.com": "Attic",
	});
	udp.announce(whole);
	udp.announce("NOTIFY * HTTP/1.1\r\nUSN: 99x00a000000123\r\nLocation: 192.0.2.44\r\n\r\n", 1990);
	clock.advance(1_000);
	assert.deepEqual(await scan, [
		{ serial: "99x00a000000123", host: "192.0.2.44", name: "Attic", model: "A1" },
	]);
});

test("who listens hears each announcement on both ports and asks nobody; the ports are open only as long", async () => {
	const { udp, discovery, clock } = bench();
	const heard: string[] = [];
	const stop = discovery.listen(({ serial, host }) => heard.push(`${serial} ${host}`));
	await settle();
	assert.deepEqual(
		udp.opened.map(({ port }) => port),
		[2021, 1990],
	);
	udp.announce(announcement());
	udp.announce(announcement({ Location: "192.0.2.31" }), 1990);
	udp.announce("nonsense");
	assert.deepEqual(heard, ["22E8BJ000000000 192.0.2.30", "22E8BJ000000000 192.0.2.31"]);
	assert.deepEqual(udp.sent, []);
	stop();
	assert.deepEqual(udp.closed, [2021, 1990]);
	assert.equal(clock.pendingTimers, 0);
	udp.announce(announcement());
	assert.equal(heard.length, 2);
});

test("a scan and a listener share the ports, and neither takes them from the other", async () => {
	const { udp, discovery, clock } = bench();
	let heard = 0;
	const stop = discovery.listen(() => heard++);
	await settle();
	const scan = discovery.scan(1_000);
	await settle();
	assert.equal(udp.opened.length, 2);
	udp.announce(announcement());
	clock.advance(1_000);
	assert.deepEqual(await scan, [mine]);
	assert.deepEqual([heard, udp.closed.length], [1, 0]);
	const again = discovery.scan(1_000);
	await settle();
	stop();
	assert.equal(udp.closed.length, 0);
	clock.advance(1_000);
	await again;
	assert.equal(udp.closed.length, 2);
});

test("who stops listening while the ports are being opened leaves none open", async () => {
	const { udp, discovery } = bench();
	discovery.listen(() => assert.fail("nobody listens"))();
	await settle();
	assert.equal(udp.closed.length, udp.opened.length);
});

test("ports that are taken, or lost, are tried again from time to time, and that is said once", async () => {
	const { udp, discovery, clock, log } = bench();
	udp.taken.add(2021).add(1990);
	let heard = 0;
	discovery.listen(() => heard++);
	for (let minute = 0; minute < 5; minute++) {
		await settle();
		clock.advance(60_000);
	}
	assert.equal(log.texts("warn").length, 2);
	udp.taken.clear();
	clock.advance(60_000);
	await settle();
	udp.announce(announcement());
	assert.equal(heard, 1);
	for (const { onClosed } of udp.opened) onClosed(new PortError("unreachable", "test: the network is gone"));
	clock.advance(60_000);
	await settle();
	assert.equal(udp.opened.length, 4);
	discovery.close();
	assert.equal(clock.pendingTimers, 0);
});

test("closing ends a scan with what it has found, at any time", async () => {
	const { udp, clock, discovery } = bench();
	const scan = discovery.scan(60_000);
	await settle();
	udp.announce(announcement());
	discovery.close();
	discovery.close();
	assert.deepEqual(await scan, [mine]);
	assert.equal(clock.pendingTimers, 0);
	assert.deepEqual(await discovery.scan(1_000), []);
	const early = bench();
	const begun = early.discovery.scan(60_000);
	early.discovery.close();
	assert.deepEqual(await begun, []);
	assert.deepEqual(early.udp.closed.length, early.udp.opened.length);
});

test("a network full of announcements fills no more than the list", async () => {
	const { udp, clock, discovery } = bench();
	const scan = discovery.scan(1_000);
	await settle();
	for (let index = 0; index < 1_000; index++) udp.announce(announcement({ USN: `01P00A${index + 1_000}` }));
	clock.advance(1_000);
	assert.equal((await scan).length, MAX_PRINTERS);
});

test("hostile datagrams are survived, and what comes of them is a printer's address and serial number", async () => {
	const { udp, clock, discovery } = bench();
	const scan = discovery.scan(1_000);
	await settle();
	const whole = textCodec.encode(announcement());
	const mutated = fc
		.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 })
		.map((changes) => {
			const bytes = whole.slice();
			for (const [at, value] of changes) bytes[at] = value;
			return bytes;
		});
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array({ maxLength: 3_000 }), mutated), (bytes) => udp.announce(bytes)),
		{ numRuns: 1_000 },
	);
	clock.advance(1_000);
	for (const { serial, host, name } of await scan) {
		assert.match(serial, /^[0-9A-Za-z]{4,24}$/);
		assert.match(host, /^\d+\.\d+\.\d+\.\d+$/);
		assert.ok(name.length > 0 && name.length <= 32);
	}
});
