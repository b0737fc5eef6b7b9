// One client of the virtual printer's file server: FTP's commands, as far as printers know them.

import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { finished } from "node:stream/promises";
import { createSecureContext, TLSSocket, type TlsOptions, type Server as TlsServer } from "node:tls";
import type { Clock, Timer } from "../../../modules/platform/clock";
import type { JobFile } from "./job-archive";

export interface FtpSessionOptions {
	/** Open, and past its handshake. */
	readonly control: TLSSocket;
	readonly clock: Clock;
	/** Where data connections are listened for. */
	readonly address: string;
	/** "" or "cache": where the job's file is. */
	readonly folder: string;
	readonly accessCode: string;
	/** A data connection has to resume the TLS session of this one. */
	sessionReuse(): boolean;
	file(): JobFile | undefined;
	identity(): TlsOptions;
	/** Knows the sessions that were begun. */
	readonly tlsServer: TlsServer;
	/** The contents of a file; made once for each. */
	contents(file: JobFile): Uint8Array;
}

export const idleLimitMs = 5 * 60_000;
/** Until a client connects for the data it asked for. */
const DATA_LIMIT_MS = 20_000;
const LONGEST_LINE = 512;
const USER = "bblp";
/** What printers answer in place of their own address. */
const WRONG_ADDRESS = "0,0,0,0";

const FOLDERS: readonly string[] = ["/", "/cache"];

/** Known, and refused as printers do. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
	"REST",
	"MLSD",
	"MLST",
	"MDTM",
	"EPSV",
	"EPRT",
	"PORT",
	"AUTH",
]);
/** May be said before the access code. */
const BEFORE_LOGIN: ReadonlySet<string> = new Set(["USER", "PASS", "QUIT", "NOOP", "FEAT", "SYST"]);

export class FtpSession {
	readonly #options: FtpSessionOptions;
	#line = "";
	#isUserKnown = false;
	#isLoggedIn = false;
	#isPrivate = false;
	#folder = "/";
	#passive: Server | undefined;
	#data: Socket | undefined;
	#idle: Timer | undefined;
	/** Commands are answered one after the other. */
	#queue: Promise<void> = Promise.resolve();

	constructor(options: FtpSessionOptions) {
		this.#options = options;
		const { control } = options;
		control.setEncoding("utf8");
		control.on("data", (text: string) => this.#take(text));
		control.once("close", () => this.close());
		this.#say(220, "Virtual printer");
		this.#wait();
	}

	/** May be called any number of times. */
	close(): void {
		this.#idle?.cancel();
		this.#passive?.close();
		this.#data?.destroy();
		this.#options.control.destroy();
	}

	#take(text: string): void {
		this.#line += text;
		const lines = this.#line.split("\n");
		this.#line = lines.pop() ?? "";
		if (this.#line.length > LONGEST_LINE) this.close();
		for (const line of lines) this.#queue = this.#queue.then(() => this.#answer(line.replace(/\r$/, "")));
	}

	async #answer(line: string): Promise<void> {
		this.#wait();
		const space = line.indexOf(" ");
		const command = (space === -1 ? line : line.slice(0, space)).toUpperCase();
		const argument = space === -1 ? "" : line.slice(space + 1);
		try {
			if (!this.#isLoggedIn && !BEFORE_LOGIN.has(command)) this.#say(530, "Please login with USER and PASS");
			else await this.#run(command, argument);
		} catch {
			// The client is gone, or has not come for its data.
			this.#say(426, "Connection closed");
		}
	}

	#wait(): void {
		this.#idle?.cancel();
		this.#idle = this.#options.clock.after(idleLimitMs, () => {
			this.#say(421, "Timeout");
			this.#options.control.end();
		});
	}

	async #run(command: string, argument: string): Promise<void> {
		if (UNSUPPORTED.has(command)) {
			this.#say(502, "Command not implemented");
			return;
		}
		switch (command) {
			case "USER":
				this.#isUserKnown = argument === USER;
				this.#say(331, "Please specify the password");
				break;
			case "PASS":
				this.#isLoggedIn = this.#isUserKnown && argument === this.#options.accessCode;
				if (this.#isLoggedIn) this.#say(230, "Login successful");
				else this.#say(530, "Login incorrect");
				break;
			case "PBSZ":
				this.#say(200, "PBSZ set to 0");
				break;
			case "PROT":
				this.#isPrivate = argument.toUpperCase() === "P";
				if (this.#isPrivate) this.#say(200, "PROT now Private");
				else this.#say(536, "Only P is supported");
				break;
			case "TYPE":
				this.#say(200, "Switching mode");
				break;
			case "NOOP":
				this.#say(200, "NOOP ok");
				break;
			case "FEAT":
				this.#options.control.write("211-Features:\r\n PASV\r\n PBSZ\r\n PROT\r\n SIZE\r\n211 End\r\n");
				break;
			case "SYST":
				this.#say(215, "UNIX Type: L8");
				break;
			case "PWD":
				this.#say(257, `"${this.#folder}"`);
				break;
			case "CWD":
				this.#enter(argument);
				break;
			case "SIZE":
				this.#tellSize(argument);
				break;
			case "PASV":
				await this.#openPassive();
				break;
			case "RETR":
				await this.#retrieve(argument);
				break;
			case "NLST":
			case "LIST":
				await this.#list(argument, command === "LIST");
				break;
			case "QUIT":
				this.#say(221, "Goodbye");
				this.#options.control.end();
				break;
			default:
				this.#say(500, "Unknown command");
		}
	}

	#say(code: number, text: string): void {
		const { control } = this.#options;
		if (!control.destroyed && control.writable) control.write(`${code} ${text}\r\n`);
	}

	#path(argument: string): string {
		const path = argument.startsWith("/") ? argument : `${this.#folder}/${argument}`;
		return `/${path
			.split("/")
			.filter((part) => part !== "" && part !== ".")
			.join("/")}`;
	}

	#enter(argument: string): void {
		const path = this.#path(argument);
		if (!FOLDERS.includes(path)) {
			this.#say(550, "Failed to change directory");
			return;
		}
		this.#folder = path;
		this.#say(250, "Directory changed");
	}

	#find(argument: string): JobFile | undefined {
		const file = this.#options.file();
		const { folder } = this.#options;
		return file && this.#path(argument) === this.#path(`/${folder}/${file.name}`) ? file : undefined;
	}

	#tellSize(argument: string): void {
		const file = this.#find(argument);
		if (file) this.#say(213, String(this.#options.contents(file).length));
		else this.#say(550, "Could not get file size");
	}

	async #openPassive(): Promise<void> {
		this.#passive?.close();
		this.#data?.destroy();
		this.#data = undefined;
		// What the client says before the answer 150 has to wait.
		const server = createServer({ pauseOnConnect: true }, (socket) => {
			socket.on("error", () => socket.destroy());
			// One connection for each PASV.
			server.close();
			this.#data = socket;
			server.emit("arrived");
		});
		server.on("error", () => server.close());
		server.listen(0, this.#options.address);
		await once(server, "listening");
		this.#passive = server;
		const { port } = server.address() as AddressInfo;
		this.#say(227, `Entering Passive Mode (${WRONG_ADDRESS},${port >> 8},${port & 0xff})`);
	}

	async #retrieve(argument: string): Promise<void> {
		const file = this.#find(argument);
		if (!this.#isReadyForData()) return;
		if (!file) {
			this.#say(550, "Failed to open file");
			return;
		}
		const contents = this.#options.contents(file);
		await this.#send(
			contents,
			`Opening BINARY mode data connection for ${argument} (${contents.length} bytes)`,
		);
	}

	async #list(argument: string, isLong: boolean): Promise<void> {
		if (!this.#isReadyForData()) return;
		// As `ls` has them.
		const words = argument.split(" ").filter((word) => word !== "" && !word.startsWith("-"));
		const listed = this.#path(words.join(" "));
		const file = this.#options.file();
		const isHere = file && listed === this.#path(`/${this.#options.folder}`);
		const size = file ? this.#options.contents(file).length : 0;
		const line = isLong ? `-rw-rw-rw- 1 0 0 ${size} Jan 01 00:00 ${file?.name}` : file?.name;
		const folder = isLong ? "drwxrwxrwx 1 0 0 0 Jan 01 00:00 cache" : "cache";
		const lines = [...(listed === "/" ? [folder] : []), ...(isHere ? [line] : [])];
		await this.#send(
			Buffer.from(lines.map((one) => `${one}\r\n`).join("")),
			"Here comes the directory listing",
		);
	}

	#isReadyForData(): boolean {
		if (!this.#isPrivate) this.#say(522, "Data connections must be encrypted");
		else if (!this.#passive) this.#say(425, "Use PASV first");
		else return true;
		return false;
	}

	/** TLS begins on the data connection only after the answer 150. */
	async #send(bytes: Uint8Array, text: string): Promise<void> {
		const passive = this.#passive;
		this.#passive = undefined;
		if (!passive) return;
		const limit = AbortSignal.timeout(DATA_LIMIT_MS);
		if (!this.#data) await once(passive, "arrived", { signal: limit });
		const raw = this.#data;
		this.#data = undefined;
		if (!raw) return;
		this.#say(150, text);
		const { sessionReuse, identity, tlsServer: server } = this.#options;
		const options = identity();
		const secureContext = createSecureContext(options);
		const data = new TLSSocket(raw, { ...options, isServer: true, secureContext, server });
		data.on("error", () => data.destroy());
		try {
			await once(data, "secure", { signal: limit });
			if (sessionReuse() && !data.isSessionReused()) {
				data.end();
				this.#say(522, "SSL connection failed: session reuse required");
				return;
			}
			data.end(bytes);
			await finished(data, { readable: false });
			this.#say(226, "Transfer complete");
		} catch (error) {
			data.destroy();
			throw error;
		}
	}
}
