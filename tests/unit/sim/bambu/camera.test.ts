// The pictures of the virtual printer's camera are JPEGs of what it prints, and only for who introduces itself well.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { afterEach, test } from "node:test";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { drawScene } from "../../../../sim/printers/bambu/camera-scene";
import { CameraServer, frameIntervalMs } from "../../../../sim/printers/bambu/camera-server";
import { openCertificates } from "../../../../sim/printers/bambu/certificates";
import { encodeMosaic, type Mosaic } from "../../../../sim/printers/bambu/mosaic-jpeg";
import { VirtualBambuPrinter } from "../../../../sim/printers/bambu/virtual-printer";
import { ManualClock } from "../../../fakes/manual-clock";

const serial = "01P00A000000001";
const accessCode = "k3yc0de9";
const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** The segments of a JPEG by their markers, and what follows the last one's header up to the end of the image. */
function segments(jpeg: Uint8Array): { found: [marker: number, content: number[]][]; scan: number[] } {
	assert.deepEqual([...jpeg.subarray(0, 2), ...jpeg.subarray(-2)], [0xff, 0xd8, 0xff, 0xd9]);
	const found: [number, number[]][] = [];
	let at = 2;
	for (let marker = 0; marker !== 0xda; ) {
		assert.equal(jpeg[at], 0xff);
		marker = jpeg[at + 1] ?? 0;
		const length = (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
		found.push([marker, [...jpeg.subarray(at + 4, at + 2 + length)]]);
		at += 2 + length;
	}
	return { found, scan: [...jpeg.subarray(at, -2)] };
}

/** Reads the means back, with the tables that the image itself brings. */
function decode(jpeg: Uint8Array): Mosaic {
	const { found, scan } = segments(jpeg);
	const of = (marker: number) => found.filter(([is]) => is === marker).map(([, content]) => content);
	const [frame = []] = of(0xc0);
	const [, top = 0, low = 0, left = 0, right = 0] = frame;
	const [quantizers = []] = of(0xdb);
	const codes = (content: readonly number[]) => {
		const table = new Map<string, number>();
		let code = 0;
		let next = 17;
		for (let bits = 1; bits <= 16; bits++, code <<= 1)
			for (let count = content[bits] ?? 0; count > 0; count--, code++)
				table.set(code.toString(2).padStart(bits, "0"), content[next++] ?? 0);
		return table;
	};
	const [dc, ac] = of(0xc4).map(codes);
	assert.ok(dc && ac);
	let bits = "";
	for (const [index, byte] of scan.entries()) {
		if (byte === 0 && scan[index - 1] === 0xff) continue;
		assert.ok(byte !== 0xff || scan[index + 1] === 0, "no marker within the picture");
		bits += byte.toString(2).padStart(8, "0");
	}
	let at = 0;
	const symbol = (table: Map<string, number>): number => {
		for (let length = 1; length <= 16; length++) {
			const value = table.get(bits.slice(at, at + length));
			if (value === undefined) continue;
			at += length;
			return value;
		}
		return assert.fail("a code that is in no table");
	};
	const width = (left * 256 + right) / 8;
	const height = (top * 256 + low) / 8;
	const colors = new Uint8Array(width * height * 3);
	const last = [0, 0, 0];
	for (let tile = 0; tile < width * height; tile++) {
		for (let component = 0; component < 3; component++) {
			const length = symbol(dc);
			const value = length === 0 ? 0 : Number.parseInt(bits.slice(at, at + length), 2);
			at += length;
			const isNegative = length > 0 && value < 2 ** (length - 1);
			last[component] = (last[component] ?? 0) + (isNegative ? value - 2 ** length + 1 : value);
			assert.equal(symbol(ac), 0, "the end of the block");
		}
		const [y, blue, red] = last.map((mean) => (mean * (quantizers[1] ?? 0)) / 8);
		const luma = (y ?? 0) + 128;
		const rgb = [
			luma + 1.402 * (red ?? 0),
			luma - 0.344 * (blue ?? 0) - 0.714 * (red ?? 0),
			luma + 1.772 * (blue ?? 0),
		];
		colors.set(
			rgb.map((value) => Math.max(0, Math.min(255, Math.round(value)))),
			tile * 3,
		);
	}
	assert.match(bits.slice(at), /^1{0,7}$/, "nothing but filling is left");
	return { width, height, colors };
}

test("a mosaic becomes a JPEG of its size and colours", () => {
	const colors = Uint8Array.from(
		[
			[0, 0, 0],
			[255, 255, 255],
			[255, 0, 0],
			[0, 255, 0],
			[0, 0, 255],
			[18, 52, 86],
		].flat(),
	);
	const decoded = decode(encodeMosaic({ width: 3, height: 2, colors }));
	assert.deepEqual([decoded.width, decoded.height], [3, 2]);
	for (const [index, value] of colors.entries())
		assert.ok(Math.abs(value - (decoded.colors[index] ?? 0)) <= 3, `${index}: ${decoded.colors[index]}`);
});

test("the scene has the size of real pictures, grows with the print, and is darker without the light", () => {
	const scene = { percent: 0, isPrinting: true, isLit: true, color: "FF8800FF", elapsedMs: 0 };
	const orange = ({ colors }: Mosaic) => {
		let tiles = 0;
		for (let at = 0; at < colors.length; at += 3)
			if ((colors[at] ?? 0) > 200 && (colors[at + 2] ?? 0) < 10) tiles++;
		return tiles;
	};
	const light = ({ colors }: Mosaic) => colors.reduce((sum, value) => sum + value, 0);
	const start = drawScene(scene);
	assert.deepEqual([start.width * 8, start.height * 8], [1280, 720]);
	assert.equal(orange(start), 0);
	assert.ok(orange(drawScene({ ...scene, percent: 80 })) > orange(drawScene({ ...scene, percent: 20 })));
	assert.ok(light(drawScene({ ...scene, isLit: false })) < light(start) / 2);
	const stands = { ...scene, isPrinting: false };
	assert.notDeepEqual(drawScene(stands), drawScene({ ...stands, elapsedMs: 1_000 }), "it moves in any case");
	decode(encodeMosaic(drawScene({ ...scene, percent: 100, color: "" })));
});

async function start() {
	const clock = new ManualClock();
	const certificates = await openCertificates({ serial, wallTimeMs: Date.now() });
	const printer = new VirtualBambuPrinter({ clock, serial, accessCode });
	const camera = new CameraServer({ printer, certificates, clock });
	const { port } = await camera.listen({ port: 0 });
	cleanups.push(() => camera.close());
	const connect = async (): Promise<TLSSocket> => {
		const socket = connectTls({
			host: "127.0.0.1",
			port,
			ca: certificates.authorities.map((der) => new X509Certificate(der).toString()),
			servername: serial,
			checkServerIdentity: () => undefined,
		});
		cleanups.push(() => socket.destroy());
		await once(socket, "secureConnect");
		return socket;
	};
	return { camera, clock, connect };
}

function introduction({ user = "bblp", code = accessCode, kind = 0x3000 } = {}): Buffer {
	const packet = Buffer.alloc(80);
	packet.writeUInt32LE(0x40, 0);
	packet.writeUInt32LE(kind, 4);
	packet.write(user, 16);
	packet.write(code, 48);
	return packet;
}

test("a viewer that introduces itself gets a picture at once, and one a second", async () => {
	const { camera, clock, connect } = await start();
	const socket = await connect();
	let received = Buffer.alloc(0);
	socket.on("data", (bytes: Buffer) => {
		received = Buffer.concat([received, bytes]);
	});
	const next = async (): Promise<Uint8Array> => {
		const giveUpAt = Date.now() + 10_000;
		while (received.length < 16 || received.length < 16 + received.readUInt32LE(0)) {
			assert.ok(Date.now() < giveUpAt, "no picture came");
			await new Promise((resolve) => setImmediate(resolve));
		}
		assert.deepEqual(
			[received.readUInt32LE(4), received.readUInt32LE(8), received.readUInt32LE(12)],
			[0, 1, 0],
		);
		const end = 16 + received.readUInt32LE(0);
		const picture = received.subarray(16, end);
		received = received.subarray(end);
		return picture;
	};
	// In pieces, as a slow network brings it.
	socket.write(introduction().subarray(0, 50));
	socket.write(introduction().subarray(50));
	decode(await next());
	assert.equal(camera.viewers, 1);
	assert.equal(received.length, 0);
	clock.advance(frameIntervalMs);
	decode(await next());
	socket.end();
	await once(socket, "close");
	assert.equal(camera.viewers, 0);
});

test("a viewer that does not is left without a picture", async () => {
	const { camera, connect } = await start();
	for (const wrong of [{ user: "root" }, { code: "wr0ngc0d" }, { code: "" }, { kind: 0x3001 }]) {
		const socket = await connect();
		let received = 0;
		socket.on("data", (bytes) => {
			received += bytes.length;
		});
		socket.write(introduction(wrong));
		await once(socket, "close");
		assert.deepEqual([received, camera.viewers], [0, 0]);
	}
});
