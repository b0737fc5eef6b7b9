// The file server of the virtual printer speaks FTP as printers do, and has the file of the job.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { constants, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect as connectTcp, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, before, test } from "node:test";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { strFromU8, unzipSync } from "fflate";
import { openCertificates, type PrinterCertificates } from "../../../../sim/printers/bambu/certificates";
import { PrinterFileServer } from "../../../../sim/printers/bambu/file-server";
import { idleLimitMs } from "../../../../sim/printers/bambu/ftp-session";
import { VirtualBambuPrinter } from "../../../../sim/printers/bambu/virtual-printer";
import { ManualClock } from "../../../fakes/manual-clock";
import { eventually, soon } from "./broker-client";

const serial = "01P00A000000001";
const accessCode = "k3yc0de9";
const HOST = "127.0.0.1";
const cleanups: (() => Promise<unknown> | unknown)[] = [];
let certificates: PrinterCertificates;
before(async () => {
	certificates = await openCertificates({ serial, wallTimeMs: Date.now() });
});
afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function start({ folder = "" as "" | "cache" } = {}) {
	const clock = new ManualClock();
	const printer = new VirtualBambuPrinter({ clock, serial, accessCode });
	const server = new PrinterFileServer({ printer, certificates, clock, folder });
	const { port } = await server.listen({ port: 0 });
	cleanups.push(
		() => printer.close(),
		() => server.close(),
	);
	assert.ok(printer.startJobOfKind("interleaved"));
	return { clock, printer, server, port };
}

function authorities(): string[] {
	return certificates.authorities.map((der) => new X509Certificate(der).toString());
}

/** An FTP client as small as it can be. */
class Client {
	readonly #control: TLSSocket;
	#text = "";

	constructor(control: TLSSocket) {
		this.#control = control;
		control.setEncoding("utf8");
		control.on("data", (text: string) => {
			this.#text += text;
		});
		control.on("error", () => {});
		cleanups.push(() => control.destroy());
	}

	static async open(port: number, secureOptions = 0): Promise<Client> {
		const control = connectTls({
			secureOptions,
			host: HOST,
			port,
			ca: authorities(),
			checkServerIdentity: () => undefined,
		});
		const client = new Client(control);
		await soon(once(control, "secureConnect"), "handshake");
		assert.equal(control.getPeerCertificate().subject.CN, serial);
		assert.match(await client.reply(), /^220 /);
		return client;
	}

	static async login(port: number, secureOptions = 0): Promise<Client> {
		const client = await Client.open(port, secureOptions);
		assert.match(await client.ask("USER bblp"), /^331 /);
		assert.match(await client.ask(`PASS ${accessCode}`), /^230 /);
		assert.match(await client.ask("PBSZ 0"), /^200 /);
		assert.match(await client.ask("PROT P"), /^200 /);
		assert.match(await client.ask("TYPE I"), /^200 /);
		return client;
	}

	async reply(): Promise<string> {
		await eventually(() => this.#text.includes("\r\n"), "an answer");
		const end = this.#text.indexOf("\r\n");
		const line = this.#text.slice(0, end);
		this.#text = this.#text.slice(end + 2);
		return line;
	}

	ask(command: string): Promise<string> {
		this.#control.write(`${command}\r\n`);
		return this.reply();
	}

	/** The data connection, before its handshake. */
	async passive(): Promise<Socket> {
		const answer = await this.ask("PASV");
		const [, high, low] = /^227 .*\(0,0,0,0,(\d+),(\d+)\)$/.exec(answer) ?? assert.fail(answer);
		const socket = connectTcp({ host: HOST, port: Number(high) * 256 + Number(low) });
		socket.on("error", () => {});
		cleanups.push(() => socket.destroy());
		await soon(once(socket, "connect"), "data connection");
		return socket;
	}

	async retrieve(
		name: string,
		{ resume = false, command = "RETR", secureOptions = 0 } = {},
	): Promise<{ bytes: Buffer; end: string }> {
		const socket = await this.passive();
		const begin = await this.ask(`${command} ${name}`);
		assert.match(begin, /^150 /);
		const session = resume ? this.#control.getSession() : undefined;
		const data = connectTls({
			secureOptions,
			socket,
			ca: authorities(),
			checkServerIdentity: () => undefined,
			...(session && { session }),
		});
		const chunks: Buffer[] = [];
		data.on("data", (chunk: Buffer) => chunks.push(chunk));
		data.on("error", () => {});
		await soon(once(data, "close"), "the file");
		return { bytes: Buffer.concat(chunks), end: await this.reply() };
	}
}

const NAME = "Interleaved rings.gcode.3mf";

test("the file of the job is a zip with some hundred KB of G-code, and the grams of each filament of the plate", async () => {
	const { port, printer } = await start();
	const client = await Client.login(port);
	const size = await client.ask(`SIZE /${NAME}`);
	const { bytes, end } = await client.retrieve(`/${NAME}`);
	assert.match(end, /^226 /);
	assert.equal(size, `213 ${bytes.length}`);
	const files = unzipSync(new Uint8Array(bytes));
	assert.deepEqual(Object.keys(files), [
		"[Content_Types].xml",
		"Metadata/plate_1.gcode",
		"Metadata/plate_1.gcode.md5",
		"Metadata/slice_info.config",
	]);
	assert.ok((files["Metadata/plate_1.gcode"]?.length ?? 0) > 300_000);
	const info = strFromU8(files["Metadata/slice_info.config"] ?? assert.fail());
	const used = [...info.matchAll(/<filament id="(\d)" .* color="#([0-9A-F]{6})" .* used_g="([\d.]+)"/g)];
	assert.deepEqual(
		used.map(([, id, color, grams]) => [id, color, grams]),
		[
			["1", "FFFFFF", "24.50"],
			["2", "C12E1F", "8.25"],
			["3", "0A2CA5", "13.75"],
			["4", "F7D959", "3.50"],
		],
	);
	assert.match(info, /key="index" value="1"/);
	assert.match(info, /key="weight" value="50.00"/);
	assert.match(await client.ask("QUIT"), /^221 /);
	assert.equal(printer.jobFile?.name, NAME);
});

test("what printers do not know is refused, and nothing is told without the access code", async () => {
	const { port } = await start();
	const stranger = await Client.open(port);
	assert.match(await stranger.ask("PASV"), /^530 /);
	assert.match(await stranger.ask("USER bblp"), /^331 /);
	assert.match(await stranger.ask("PASS 12345678"), /^530 /);
	assert.match(await stranger.ask(`SIZE /${NAME}`), /^530 /);
	const client = await Client.login(port);
	for (const command of ["REST 100", "MLSD", "EPSV"]) assert.match(await client.ask(command), /^502 /);
	assert.match(await client.ask("SIZE /other.3mf"), /^550 /);
	assert.match(await client.ask("RETR /other.3mf"), /^425 /);
	await client.passive();
	assert.match(await client.ask("RETR /other.3mf"), /^550 /);
	assert.match(await client.ask("PROT C"), /^536 /);
	assert.match(await client.ask(`RETR /${NAME}`), /^522 /);
});

test("the file is in the folder for the cloud's files when it is told to be", async () => {
	const { port } = await start({ folder: "cache" });
	const client = await Client.login(port);
	assert.match(await client.ask(`SIZE /${NAME}`), /^550 /);
	assert.match(await client.ask("CWD /cache"), /^250 /);
	assert.match(await client.ask(`SIZE ${NAME}`), /^213 \d+$/);
});

for (const [what, secureOptions] of [
	["a ticket", 0],
	["the session's id", constants.SSL_OP_NO_TICKET],
] as const)
	test(`a server that wants the session to be resumed sends the file only on such a connection, by ${what}`, async () => {
		const { port, printer } = await start();
		printer.switches.set("filesResume", true);
		const client = await Client.login(port, secureOptions);
		const refused = await client.retrieve(`/${NAME}`, { secureOptions });
		assert.match(refused.end, /^522 /);
		assert.equal(refused.bytes.length, 0);
		const { bytes, end } = await client.retrieve(`/${NAME}`, { resume: true, secureOptions });
		assert.match(end, /^226 /);
		assert.ok(bytes.length > 50_000);
	});

test("a folder is listed that is named, and otherwise the one that was entered", async () => {
	const { port } = await start({ folder: "cache" });
	const client = await Client.login(port);
	const list = async (argument: string): Promise<string> =>
		(await client.retrieve(argument, { command: "LIST" })).bytes.toString();
	assert.match(await list("/cache"), new RegExp(`\\d ${NAME}\r\n$`));
	assert.match(await list("-a cache"), new RegExp(`\\d ${NAME}\r\n$`));
	for (const root of ["/", ""]) assert.match(await list(root), /^d[^\r]* cache\r\n$/);
	assert.equal(await list("/model"), "");
	assert.match(await client.ask("CWD /cache"), /^250 /);
	assert.match(await list(""), new RegExp(NAME));
	assert.match(await list("/"), /^d[^\r]* cache\r\n$/);
});

test("a client that says nothing is sent away, and one that closes leaves nothing behind", async () => {
	const { port, clock, server } = await start();
	const client = await Client.login(port);
	clock.advance(idleLimitMs);
	assert.match(await client.reply(), /^421 /);
	await eventually(() => server.clients === 0, "gone");
	assert.equal(clock.pendingTimers, 0);
});

test("without a file server nobody gets in", async () => {
	const { port, printer } = await start();
	printer.switches.set("filesOff", true);
	const socket = connectTls({ host: HOST, port, ca: authorities(), checkServerIdentity: () => undefined });
	await soon(
		new Promise<void>((resolve) => {
			socket.once("error", () => resolve());
		}),
		"refusal",
	);
});

const curl = promisify(execFile);
const hasCurl = await curl("curl", ["--version"]).then(
	({ stdout }) => stdout.includes("ftps"),
	() => false,
);

test("curl fetches the file", { skip: !hasCurl }, async () => {
	const { port, printer } = await start();
	const folder = await mkdtemp(join(tmpdir(), "culm-files-"));
	cleanups.push(() => rm(folder, { recursive: true }));
	const ca = join(folder, "ca.pem");
	const out = join(folder, "file.3mf");
	await writeFile(ca, authorities().join("\n"));
	const place = `ftps://${serial}:${port}/${encodeURIComponent(NAME)}`;
	const trust = ["--cacert", ca, "--connect-to", `${serial}:${port}:${HOST}:${port}`];
	const options = ["--silent", "--show-error", "--ftp-skip-pasv-ip", "--disable-epsv", "--max-time", "20"];
	const login = ["--user", `bblp:${accessCode}`];
	await curl("curl", [...options, ...trust, ...login, "--output", out, place]);
	assert.deepEqual(await readFile(out), Buffer.from(printer.jobFile?.read() ?? []));
});
