// What a job takes, read from the file server that printers have: Debian's vsftpd, which nobody here wrote.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import type { TlsPort } from "../../modules/platform/tls-stream";
import { FtpsJobFiles } from "../../modules/printers/bambu/job-file/job-file-reader";
import type { JobFileQuery } from "../../modules/printers/job-files";
import { createClock } from "../../sim/host/clock";
import { inflate } from "../../sim/host/inflate";
import { createTextCodec } from "../../sim/host/text-codec";
import { createTls } from "../../sim/host/tls-stream";
import { MemoryLog } from "../fakes/memory-log";
import { type ZipEntry, zipArchive } from "../fakes/zip-archive";
import { ACCESS_CODE, SERIAL } from "./mosquitto";
import { Vsftpd } from "./vsftpd";

let server: Vsftpd;

before(async () => {
	server = await Vsftpd.create({ serial: SERIAL, accessCode: ACCESS_CODE });
	await server.start();
});
after(() => server.stop());

const log = new MemoryLog();

function open(tls: TlsPort = createTls()): FtpsJobFiles {
	return new FtpsJobFiles({
		tls,
		clock: createClock(),
		log,
		inflate,
		text: createTextCodec(),
		authorities: [server.authority],
	});
}

function queryOf(query: Partial<JobFileQuery> = {}): JobFileQuery {
	const { port } = server;
	const job = { file: "", title: "cube" };
	return {
		host: "127.0.0.1",
		port,
		serial: SERIAL,
		accessCode: ACCESS_CODE,
		pinnedSha256: "",
		...job,
		...query,
	};
}

/** As large as one says, with what the slicer wrote before the code for the printer or behind it. */
function archive(
	grams: number,
	{ codeBytes = 1000, isLast = true, length = "descriptor" as ZipEntry["length"] } = {},
) {
	const text = `<?xml version="1.0"?><config><plate><metadata key="index" value="1"/><filament id="1" type="PLA" color="#FFFFFF" used_m="1.5" used_g="${grams}"/></plate></config>`;
	const info: ZipEntry = {
		name: "Metadata/slice_info.config",
		method: 8,
		bytes: deflateRawSync(text),
		...(length && { length }),
	};
	const code: ZipEntry = {
		name: "Metadata/plate_1.gcode",
		bytes: noise(codeBytes),
		...(length && { length }),
	};
	return zipArchive(isLast ? [code, info] : [info, code]);
}

function noise(length: number): Uint8Array {
	let state = 12345;
	return Uint8Array.from({ length }, () => {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		return state >>> 16;
	});
}

const uses = (grams: number) => ({
	ok: true,
	filaments: [{ index: 1, grams, lengthMm: 1500, material: "PLA", color: "FFFFFF" }],
});

test("what a job takes is read where LAN prints, prints from the cloud and prints from the card lie", async () => {
	for (const [index, folder] of ["", "/cache", "/model"].entries()) {
		const path = `${folder}/cube.gcode.3mf`;
		server.put(path, archive(index + 0.25));
		assert.deepEqual(await open().read(queryOf()), uses(index + 0.25));
		server.remove(path);
	}
});

test("of a large file only the end comes, and of one with the wanted part in front little more than that", async () => {
	for (const isLast of [true, false]) {
		server.put("/cube.3mf", archive(7.5, { codeBytes: 2_000_000, isLast }));
		let receivedBytes = 0;
		const port = createTls();
		const connect: TlsPort["connect"] = (options) =>
			port.connect({
				...options,
				onData(bytes) {
					receivedBytes += bytes.length;
					options.onData(bytes);
				},
			});
		assert.deepEqual(await open({ connect }).read(queryOf()), uses(7.5));
		assert.ok(receivedBytes < 300_000, `${receivedBytes} bytes came`);
	}
	server.remove("/cube.3mf");
});

test("this server gives no file to who does not go on with the keys of the first connection", async () => {
	server.put("/cube.3mf", archive(8));
	const port = createTls();
	const forgetful: TlsPort = { connect: (options) => port.connect({ ...options, resume: undefined }) };
	const result = await open(forgetful).read(queryOf());
	assert.equal(result.ok, false);
	assert.match(log.texts().at(-1) ?? "", /522/);
	server.remove("/cube.3mf");
});

test("of two files of one name the newer counts", async () => {
	server.put("/cube.gcode.3mf", archive(1), new Date("2026-01-01T10:00:00Z"));
	server.put("/cache/cube.3mf", archive(2), new Date("2026-01-02T10:00:00Z"));
	assert.deepEqual(await open().read(queryOf()), uses(2));
	server.put("/cube.gcode.3mf", archive(3), new Date("2026-01-03T10:00:00Z"));
	assert.deepEqual(await open().read(queryOf()), uses(3));
	server.remove("/cube.gcode.3mf");
	server.remove("/cache/cube.3mf");
});

test("a name that was written a little differently is found in the folder", async () => {
	server.put("/cache/Big_Box (v2).gcode.3mf", archive(4));
	assert.deepEqual(await open().read(queryOf({ title: "big box: v2" })), uses(4));
	const other = await open().read(queryOf({ title: "another" }));
	assert.equal(other.ok ? "" : other.code, "not_found");
	assert.deepEqual(await open().read(queryOf({ title: "" })), uses(4));
	server.remove("/cache/Big_Box (v2).gcode.3mf");
});

test("names with letters of any language are found", async () => {
	server.put("/Würfel 立方体.gcode.3mf", archive(5));
	assert.deepEqual(await open().read(queryOf({ title: "Würfel 立方体" })), uses(5));
	server.remove("/Würfel 立方体.gcode.3mf");
});

test("a wrong access code and a wrong certificate are refused, and the access code is in no line of the log", async () => {
	const wrong = await open().read(queryOf({ accessCode: "wr0ngc0d" }));
	assert.equal(wrong.ok ? "" : wrong.code, "refused");
	const stranger = await open().read(queryOf({ serial: "01S00A999999999" }));
	assert.equal(stranger.ok ? "" : stranger.code, "refused");
	assert.ok(!log.texts().join().includes("wr0ngc0d"));
});

test("files that are read at the same time wait for each other", async () => {
	server.put("/cube.gcode.3mf", archive(6));
	const files = open();
	const results = await Promise.all([1, 2, 3].map(() => files.read(queryOf())));
	assert.deepEqual(results, [uses(6), uses(6), uses(6)]);
	server.remove("/cube.gcode.3mf");
});
