// Debian's mosquitto as the broker of Kobra 2 printers: one plain port with a password, one with TLS and client certificates.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./mosquitto";

export const USER = "kobra";
/** Not a part of anything else, so that a leak of it can be seen. */
export const PASSWORD = "q7z1k9xw";
const START_LIMIT_MS = 10_000;

export class KobraBroker {
	readonly directory = mkdtempSync(join(tmpdir(), "culm-kobra-broker-"));
	readonly port: number;
	readonly tlsPort: number;
	#process: ChildProcess | undefined;

	/** Makes the certificates and the configuration; does not start the broker. */
	static async create(): Promise<KobraBroker> {
		return new KobraBroker(await freePort(), await freePort());
	}

	private constructor(port: number, tlsPort: number) {
		this.port = port;
		this.tlsPort = tlsPort;
		this.#openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=TestCA -days 30");
		for (const name of ["server", "client"]) {
			this.#openssl(`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`);
			this.#openssl(
				`x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out ${name}.pem`,
			);
		}
		this.#run("mosquitto_passwd", ["-b", "-c", "passwords", USER, PASSWORD]);
		// Debian's package makes mosquitto change to a user of its own when root starts it.
		const user = process.getuid?.() === 0 ? "root" : (process.env.USER ?? "nobody");
		const lines = [
			`user ${user}`,
			"per_listener_settings true",
			`listener ${port} 127.0.0.1`,
			`password_file ${this.file("passwords")}`,
			"allow_anonymous false",
			`listener ${tlsPort} 127.0.0.1`,
			`cafile ${this.file("ca.pem")}`,
			`certfile ${this.file("server.pem")}`,
			`keyfile ${this.file("server.key")}`,
			"require_certificate true",
			"allow_anonymous true",
		];
		writeFileSync(this.file("mosquitto.conf"), lines.join("\n"));
	}

	/** With user and password. */
	get url(): string {
		return `mqtt://${USER}:${PASSWORD}@127.0.0.1:${this.port}`;
	}

	get tlsUrl(): string {
		return `mqtts://127.0.0.1:${this.tlsPort}`;
	}

	/** `ca.pem`, `client.pem` and `client.key` are for clients. */
	file(name: string): string {
		return join(this.directory, name);
	}

	read(name: string): string {
		return readFileSync(this.file(name), "utf8");
	}

	/** Resolves once it accepts connections on both ports. */
	async start(): Promise<void> {
		const broker = spawn("mosquitto", ["-c", this.file("mosquitto.conf")], { stdio: "ignore" });
		this.#process = broker;
		const giveUpAt = Date.now() + START_LIMIT_MS;
		while (!(await answers(this.port)) || !(await answers(this.tlsPort))) {
			if (broker.exitCode !== null || Date.now() > giveUpAt) throw new Error("mosquitto does not start");
		}
	}

	/** Kills it: no goodbye to any client. Resolves once it is gone. */
	async kill(): Promise<void> {
		const broker = this.#process;
		this.#process = undefined;
		if (!broker || broker.exitCode !== null) return;
		broker.kill("SIGKILL");
		await once(broker, "exit");
	}

	async remove(): Promise<void> {
		await this.kill();
		rmSync(this.directory, { recursive: true, force: true });
	}

	#openssl(args: string): void {
		this.#run("openssl", args.split(" "));
	}

	#run(command: string, args: string[]): void {
		execFileSync(command, args, { cwd: this.directory, stdio: ["ignore", "ignore", "pipe"] });
	}
}

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => {
			socket.destroy();
			resolve(true);
		});
		socket.once("error", () => setTimeout(() => resolve(false), 20));
	});
}
