import assert from "node:assert/strict";
import { test } from "node:test";
import { PortError } from "../../../../modules/platform/port-error";
import type { UdpOptions, UdpPort } from "../../../../modules/platform/udp";
import { readAnnouncement, searchRequest } from "../../../../modules/printers/bambu/ssdp";
import { announceIntervalMs, PrinterAnnouncer } from "../../../../sim/printers/bambu/announcer";
import { printerModel } from "../../../../sim/printers/bambu/models";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { textCodec } from "../../../fakes/text-codec";

/** A UDP port whose network is the test. */
function bench({ failure }: { failure?: PortError } = {}) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const sent: { text: string; address: string; port: number }[] = [];
	const world = { isShown: true, closed: 0, opened: undefined as UdpOptions | undefined };
	const udp: UdpPort = {
		async open(options) {
			if (failure) throw failure;
			world.opened = options;
			return {
				port: options.port,
				send: (bytes, address, port) => void sent.push({ text: textCodec.decode(bytes), address, port }),
				close: () => void world.closed++,
			};
		},
	};
	const announcer = new PrinterAnnouncer({
		udp,
		clock,
		log,
		printer: {
			model: printerModel("P2S"),
			serial: "22E00A000000001",
			name: "Virtual P2S",
			host: "127.0.0.2",
		},
		isShown: () => world.isShown,
	});
	const ask = (text: string | Uint8Array): void =>
		world.opened?.onMessage(typeof text === "string" ? textCodec.encode(text) : text, {
			address: "127.0.0.1",
			port: 2021,
		});
	return { announcer, clock, log, sent, world, ask };
}

const found = { serial: "22E00A000000001", host: "127.0.0.2", name: "Virtual P2S", model: "P2S" };

test("it tells the group of itself at once and every five seconds, on one port and the other in turn", async () => {
	const { announcer, clock, sent, world } = bench();
	assert.equal(await announcer.start(), "A search finds it.");
	assert.deepEqual(world.opened?.groups, ["239.255.255.250"]);
	clock.advance(3 * announceIntervalMs);
	assert.deepEqual(
		sent.map(({ address, port }) => `${address}:${port}`),
		["239.255.255.250:2021", "239.255.255.250:1990", "239.255.255.250:2021", "239.255.255.250:1990"],
	);
	for (const { text } of sent) assert.deepEqual(readAnnouncement(text), found);
});

test("a search for printers, or for everything, is answered to whoever asked", async () => {
	const { announcer, sent, ask } = bench();
	await announcer.start();
	sent.length = 0;
	ask(searchRequest(1990));
	ask("M-SEARCH * HTTP/1.1\nst: ssdp:all\n\n");
	assert.deepEqual(
		sent.map(({ text, address, port }) => [readAnnouncement(text), address, port]),
		[
			[found, "127.0.0.1", 2021],
			[found, "127.0.0.1", 2021],
		],
	);
});

test("what is no search for a printer stays without an answer", async () => {
	const { announcer, sent, ask } = bench();
	await announcer.start();
	const [announcement] = sent.splice(0);
	ask(announcement?.text ?? "");
	ask("");
	ask("M-SEARCH * HTTP/1.1\r\nST: urn:schemas-upnp-org:device:basic:1\r\n\r\n");
	ask("M-SEARCH * HTTP/1.1\r\n\r\n");
	ask(Uint8Array.of(0xff, 0xfe, 0));
	ask(`${searchRequest(1990)}${"x".repeat(4_000)}`);
	assert.deepEqual(sent, []);
});

test("a hidden printer is silent until it is shown again", async () => {
	const { announcer, clock, sent, world, ask } = bench();
	world.isShown = false;
	await announcer.start();
	ask(searchRequest(1990));
	clock.advance(announceIntervalMs);
	assert.deepEqual(sent, []);
	world.isShown = true;
	clock.advance(announceIntervalMs);
	assert.equal(sent.length, 1);
});

test("where another program keeps the port it says so, and nothing else fails", async () => {
	const failure = new PortError(
		"address_in_use",
		"UDP port 1990: another program already listens on that port",
	);
	const { announcer, log, sent } = bench({ failure });
	const help = "A search does not find it: UDP port 1990: another program already listens on that port.";
	assert.equal(await announcer.start(), help);
	assert.ok(log.texts("warn").some((text) => text.includes(help)));
	announcer.close();
	assert.deepEqual(sent, []);
});

test("nothing is sent after it was closed, also when that came before the port was open", async () => {
	const { announcer, clock, sent, world } = bench();
	const starting = announcer.start();
	announcer.close();
	announcer.close();
	await starting;
	clock.advance(3 * announceIntervalMs);
	assert.equal(world.closed, 1);
	assert.deepEqual(sent, []);
});
