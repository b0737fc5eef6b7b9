// A job's file is read from a printer's file server, and whatever goes wrong is said in words, once, and in time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FtpsJobFiles } from "../../../../../modules/printers/bambu/job-file/job-file-reader";
import type { JobFileQuery, JobFileResult } from "../../../../../modules/printers/job-files";
import { FakeTls, type FakeTlsStream } from "../../../../fakes/fake-tls";
import { ManualClock } from "../../../../fakes/manual-clock";
import { MemoryLog } from "../../../../fakes/memory-log";
import { textCodec } from "../../../../fakes/text-codec";
import { ascii, storedBlock, zipArchive } from "../../../../fakes/zip-archive";

const ACCESS_CODE = "k3yc0de9";
const QUERY: JobFileQuery = {
	host: "192.0.2.7",
	serial: "01P00A000000001",
	accessCode: ACCESS_CODE,
	pinnedSha256: "",
	file: "/data/Metadata/plate_1.gcode",
	title: "cube",
};
const MOST_TURNS = 500;

function infoOf(...plates: readonly number[]): string {
	const all = plates.map(
		(index) =>
			`<plate><metadata key="index" value="${index}"/><filament id="2" used_g="${index}.5" type="PLA"/></plate>`,
	);
	return `<config>${all.join("")}</config>`;
}

function archiveOf(info: string, codeBytes = 300): Uint8Array {
	return zipArchive([
		{ name: "Metadata/plate_1.gcode", bytes: new Uint8Array(codeBytes), length: "descriptor" },
		{
			name: "Metadata/slice_info.config",
			bytes: storedBlock(ascii(info)),
			method: 8,
			length: "descriptor",
		},
	]);
}

type Answer = string | undefined;

/** A printer's file server, with the answers of a case in place of its own. */
class Bench {
	readonly clock = new ManualClock({ wallTimeMs: Date.UTC(2026, 1, 10) });
	readonly log = new MemoryLog();
	readonly tls = new FakeTls();
	readonly commands: string[] = [];
	readonly files = new Map<string, Uint8Array>();
	answers: (command: string) => Answer = () => undefined;
	/** Of a listing. */
	listing = "";
	readonly reader: FtpsJobFiles;
	#served = 0;
	#read = 0;
	#from = 0;

	constructor() {
		this.reader = new FtpsJobFiles({
			tls: this.tls,
			clock: this.clock,
			log: this.log,
			text: textCodec,
			// What was stored only is enough here.
			inflate: (compressed) => compressed.slice(5),
			authorities: [Uint8Array.of(1)],
		});
	}

	async read(query: Partial<JobFileQuery> = {}): Promise<JobFileResult> {
		return this.until(this.reader.read({ ...QUERY, ...query }));
	}

	/** Serves until the result is there; time passes when nothing else happens. */
	async until(result: Promise<JobFileResult>): Promise<JobFileResult> {
		let found: JobFileResult | undefined;
		void result.then((value) => {
			found = value;
		});
		for (let turn = 0; turn < MOST_TURNS; turn++) {
			for (let i = 0; i < 20; i++) await Promise.resolve();
			if (found) return found;
			if (!this.serve()) this.clock.advance(1000);
		}
		throw new Error("it does not come to an end");
	}

	get control(): FakeTlsStream | undefined {
		return this.tls.streams[this.#served - 1];
	}

	say(stream: FakeTlsStream, text: string): void {
		stream.deliver(textCodec.encode(text.endsWith("\n") ? text : `${text}\r\n`), 3);
	}

	/** False when there is nothing to do. */
	private serve(): boolean {
		const next = this.tls.streams[this.#served];
		const before = this.control;
		if (next !== undefined && (before === undefined || before.isClosed)) {
			this.#served = this.tls.streams.length;
			this.#read = 0;
			const answer = this.answers("CONNECT") ?? "220 ready";
			if (answer.startsWith("fail ")) next.fail(answer.slice(5) as "unreachable");
			else {
				next.accept();
				if (answer !== "") this.say(next, answer);
			}
			return true;
		}
		if (before === undefined) return false;
		const line = textCodec.decode(Uint8Array.from(before.written.slice(this.#read)));
		const end = line.indexOf("\r\n");
		if (end < 0 || before.isClosed) return false;
		this.#read += textCodec.encode(line.slice(0, end + 2)).length;
		this.answer(before, line.slice(0, end));
		return true;
	}

	private answer(control: FakeTlsStream, command: string): void {
		this.commands.push(command);
		const answer = this.answers(command);
		const [verb = ""] = command.split(" ");
		const rest = command.slice(verb.length + 1);
		const data = this.tls.streams[this.#served];
		if (verb === "RETR" || verb === "LIST") this.#served += 1;
		if (answer !== undefined) {
			if (answer !== "") this.say(control, answer);
			if (answer.startsWith("150")) data?.accept();
		} else if (verb === "USER") this.say(control, "331 password");
		else if (verb === "PASS") this.say(control, rest === ACCESS_CODE ? "230 hello" : "530 no");
		else if (verb === "SIZE") {
			const file = this.files.get(rest);
			this.say(control, file ? `213 ${file.length}` : "550 none");
		} else if (verb === "REST") {
			this.#from = Number(rest);
			this.say(control, "350 go on");
		} else if (verb === "PASV") this.say(control, "227 (10,9,8,7,195,80)");
		else if (verb === "RETR" || verb === "LIST") {
			const bytes = verb === "LIST" ? textCodec.encode(this.listing) : this.files.get(rest);
			if (bytes === undefined || data === undefined) this.say(control, "550 none");
			else {
				this.say(control, "150 here it comes");
				data.accept();
				data.deliver(bytes.slice(this.#from), 100);
				this.#from = 0;
				data.fail("closed_by_peer");
				this.say(control, "226 done");
			}
		} else this.say(control, verb === "MDTM" ? "502 what" : "200 fine");
		if (verb === "RETR" || verb === "LIST") {
			// The control connection stays the one that is served.
			this.tls.streams.splice(this.#served - 1, 1);
			this.#served -= 1;
		}
	}
}

const codeOf = (result: JobFileResult): string => (result.ok ? "ok" : result.code);

test("what the job takes of each filament is read, after signing in as printers want it", async () => {
	const bench = new Bench();
	bench.files.set("/cache/cube.3mf", archiveOf(infoOf(1)));
	assert.deepEqual(await bench.read(), { ok: true, filaments: [{ index: 2, grams: 1.5, material: "PLA" }] });
	assert.deepEqual(bench.commands.slice(0, 5), [
		"USER bblp",
		`PASS ${ACCESS_CODE}`,
		"TYPE I",
		"PBSZ 0",
		"PROT P",
	]);
	assert.ok(!bench.log.texts().join().includes(ACCESS_CODE));
	const [control] = bench.tls.streams;
	assert.equal(control?.options.port, 990);
	assert.deepEqual(control?.options.trust, { authorities: [Uint8Array.of(1)], commonName: QUERY.serial });
	assert.ok(bench.tls.streams.every(({ isClosed }) => isClosed));
	assert.equal(bench.clock.pendingTimers, 0);
});

test("a server that repeats the access code does not bring it into the log or into a message", async () => {
	for (const answer of ["500 Unknown command: PASS", "421-Go away", "What is PASS"]) {
		const bench = new Bench();
		bench.answers = (command) =>
			command.startsWith("PASS") ? `${answer} ${ACCESS_CODE}\r\n421 no` : undefined;
		const result = await bench.read();
		assert.ok(!result.ok);
		const texts = bench.log.texts().join();
		assert.notEqual(texts, "");
		assert.ok(!`${texts} ${result.message}`.includes(ACCESS_CODE), texts);
	}
});

test("the second connection goes to the printer itself, with the keys of the first one", async () => {
	const bench = new Bench();
	bench.files.set("/cube.3mf", archiveOf(infoOf(1)));
	const seen: FakeTlsStream[] = [];
	const { connect } = bench.tls;
	bench.tls.connect = (options) => {
		const stream = connect.call(bench.tls, options);
		seen.push(stream as FakeTlsStream);
		return stream;
	};
	await bench.read({ pinnedSha256: "ab".repeat(32), port: 2990 });
	assert.equal(seen.length, 2);
	assert.equal(seen[0]?.options.port, 2990);
	assert.equal(seen[1]?.options.host, QUERY.host, "not the address that the server names");
	assert.equal(seen[1]?.options.port, 50_000);
	assert.equal(seen[1]?.options.resume, seen[0]);
	assert.deepEqual(seen[1]?.options.trust, seen[0]?.options.trust);
	assert.equal(seen[1]?.options.trust.pinnedSha256, "ab".repeat(32));
});

test("of a large file the end is asked for first, and all of it where the server begins at the beginning only", async () => {
	for (const restarts of [true, false]) {
		const bench = new Bench();
		const archive = archiveOf(infoOf(1), 200_000);
		bench.files.set("/cube.3mf", archive);
		bench.answers = (command) => (!restarts && command.startsWith("REST") ? "502 what" : undefined);
		assert.equal(codeOf(await bench.read()), "ok");
		assert.ok(bench.commands.includes(`REST ${archive.length - 32 * 1024}`));
		assert.equal(bench.commands.filter((command) => command.startsWith("RETR")).length, 1);
	}
});

test("the plate that is printed counts, and another file's plate does not", async () => {
	const bench = new Bench();
	bench.files.set("/cube.3mf", archiveOf(infoOf(2, 3)));
	const file = "/data/Metadata/plate_3.gcode";
	assert.deepEqual(await bench.read({ file }), {
		ok: true,
		filaments: [{ index: 2, grams: 3.5, material: "PLA" }],
	});
	assert.equal(codeOf(await bench.read({ file, plate: 2 })), "ok");
	const other = await bench.read({ file, plate: 1 });
	assert.equal(codeOf(other), "no_use");
	const unclear = await bench.read({ file: "cube.3mf" });
	assert.ok(!unclear.ok && unclear.message.includes("several plates"));
	bench.files.set("/cube.3mf", archiveOf(infoOf()));
	assert.equal(codeOf(await bench.read()), "no_use");
	bench.files.set("/cube.3mf", zipArchive([{ name: "3D/3dmodel.model", bytes: ascii("<model/>") }]));
	assert.equal(codeOf(await bench.read()), "no_use");
	bench.files.set("/cube.3mf", archiveOf("<config><plate>"));
	assert.equal(codeOf(await bench.read()), "no_use");
});

test("the newest file is taken when the printer says neither file nor title, and for no other job", async () => {
	const bench = new Bench();
	bench.files.set("/b.3mf", archiveOf(infoOf(1)));
	const line = (day: string, name: string) => `-rw-r--r-- 1 0 0 1234 ${day} 10:00 ${name}\r\n`;
	bench.listing = line("Feb 01", "a.3mf") + line("Feb 02", "b.3mf") + line("Jan 02", "c.3mf");
	assert.equal(codeOf(await bench.read({ title: "" })), "ok");
	assert.ok(bench.commands.includes("RETR /b.3mf"));
	assert.equal(codeOf(await bench.read({ title: "cube" })), "not_found");
});

test("what keeps the file from being read is told from each other", async () => {
	const answers: readonly [string, (command: string) => Answer][] = [
		["unreachable", (command) => (command === "CONNECT" ? "fail unreachable" : undefined)],
		["unreachable", (command) => (command === "CONNECT" ? "fail refused" : undefined)],
		["refused", (command) => (command === "CONNECT" ? "fail untrusted" : undefined)],
		["refused", (command) => (command === "CONNECT" ? "fail wrong_name" : undefined)],
		["refused", (command) => (command === "CONNECT" ? "fail certificate_changed" : undefined)],
		["refused", (command) => (command.startsWith("PASS") ? "530 Login incorrect." : undefined)],
		["unreachable", (command) => (command === "CONNECT" ? "421 too many" : undefined)],
		["no_use", (command) => (command === "CONNECT" ? "HTTP/1.1 400 Bad Request" : undefined)],
		["no_use", (command) => (command === "PROT P" ? "536 never" : undefined)],
		["no_use", (command) => (command === "PASV" || command === "EPSV" ? "502 what" : undefined)],
		["unreachable", (command) => (command.startsWith("RETR") ? "425 cannot open" : undefined)],
		["not_found", (command) => (command.startsWith("SIZE") ? "550 none" : undefined)],
		// Silence.
		["unreachable", (command) => (command === "CONNECT" ? "" : undefined)],
		["unreachable", (command) => (command.startsWith("USER") ? "" : undefined)],
		["unreachable", (command) => (command.startsWith("SIZE") ? "" : undefined)],
		["unreachable", (command) => (command.startsWith("RETR") ? "" : undefined)],
		["unreachable", (command) => (command.startsWith("RETR") ? "150 but nothing comes" : undefined)],
	];
	for (const [index, [code, answer]] of answers.entries()) {
		const bench = new Bench();
		bench.files.set("/cube.3mf", archiveOf(infoOf(1)));
		bench.answers = answer;
		const result = await bench.read();
		assert.equal(codeOf(result), code, `case ${index}`);
		assert.ok(!result.ok && result.message.length > 20);
		assert.ok(bench.tls.streams.every(({ isClosed }) => isClosed));
		assert.equal(bench.clock.pendingTimers, 0, `case ${index}: timers`);
	}
});

test("a server that says more than it is asked is not listened to for ever", async () => {
	const bench = new Bench();
	bench.answers = (command) =>
		command === "USER bblp" ? "331 password\r\n200 and\r\n".repeat(50) : undefined;
	assert.equal(codeOf(await bench.read()), "no_use");
});

test("an access code with a line break is no command", async () => {
	const bench = new Bench();
	assert.equal(codeOf(await bench.read({ accessCode: "a\r\nDELE /cube.3mf" })), "no_use");
	assert.deepEqual(bench.commands, ["USER bblp"]);
});

test("reads wait for their turn, and too many of them are refused", async () => {
	const bench = new Bench();
	bench.files.set("/cube.3mf", archiveOf(infoOf(1)));
	const results = Array.from({ length: 12 }, () => bench.reader.read(QUERY));
	assert.equal(bench.tls.streams.length <= 1, true);
	const codes: string[] = [];
	for (const result of results) codes.push(codeOf(await bench.until(result)));
	assert.deepEqual(codes, [...Array<string>(10).fill("ok"), "busy", "busy"]);
});

test("closing ends what is under way and what waits, and nothing is read any more", async () => {
	const bench = new Bench();
	bench.answers = (command) => (command.startsWith("SIZE") ? "" : undefined);
	const first = bench.reader.read(QUERY);
	const second = bench.reader.read(QUERY);
	bench.clock.after(2000, () => bench.reader.close());
	assert.equal(codeOf(await bench.until(first)), "unreachable");
	assert.equal(codeOf(await bench.until(second)), "unreachable");
	bench.reader.close();
	const streams = bench.tls.streams.length;
	assert.equal(codeOf(await bench.read()), "unreachable");
	assert.equal(bench.tls.streams.length, streams);
	assert.equal(bench.clock.pendingTimers, 0);
});
