// Debian's mosquitto as a printer's broker: TLS 1.2, one user, certificates made by the openssl command.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const SERIAL = "01S00A123456789";
/** Not a part of the serial number, so that a leak of it can be seen. */
export const ACCESS_CODE = "q7z1k9xw";
const START_LIMIT_MS = 10_000;

export interface MosquittoOptions {
	/** Of its certificate. */
	commonName?: string;
	/** Lets in only who shows a certificate of its authority, beside user and password. */
	asksClients?: boolean;
}

export class Mosquitto {
	readonly directory = mkdtempSync(join(tmpdir(), "culm-mosquitto-"));
	readonly port: number;
	#process: ChildProcess | undefined;

	/** Makes the certificates and the configuration; does not start the broker. */
	static async create(options: MosquittoOptions = {}): Promise<Mosquitto> {
		return new Mosquitto(await freePort(), options);
	}

	private constructor(port: number, { commonName = SERIAL, asksClients = false }: MosquittoOptions) {
		this.port = port;
		this.#openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=TestCA -days 30");
		this.issue("server", commonName);
		this.#run("mosquitto_passwd", ["-b", "-c", "passwords", "bblp", ACCESS_CODE]);
		const path = (name: string) => join(this.directory, name);
		// Debian's package makes mosquitto change to a user of its own when root starts it.
		writeFileSync(
			path("mosquitto.conf"),
			[
				`user ${process.getuid?.() === 0 ? "root" : (process.env.USER ?? "nobody")}`,
				`listener ${port} 127.0.0.1`,
				`certfile ${path("server.pem")}`,
				`keyfile ${path("server.key")}`,
				"tls_version tlsv1.2",
				"ciphers ECDHE-RSA-AES256-GCM-SHA384",
				`password_file ${path("passwords")}`,
				"allow_anonymous false",
				...(asksClients ? [`cafile ${path("ca.pem")}`, "require_certificate true"] : []),
			].join("\n"),
		);
	}

	get caFile(): string {
		return join(this.directory, "ca.pem");
	}

	get authority(): Uint8Array {
		return readFileSync(this.caFile);
	}

	/** A leaf with that common name and no other name, issued by the CA, in `<file>.pem` and `<file>.key`. */
	issue(file: string, commonName: string): void {
		this.#openssl(`req -newkey rsa:2048 -nodes -keyout ${file}.key -out ${file}.csr -subj /CN=${commonName}`);
		this.#openssl(
			`x509 -req -in ${file}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out ${file}.pem`,
		);
	}

	/** Resolves once it accepts connections. */
	async start(): Promise<void> {
		const broker = spawn("mosquitto", ["-c", join(this.directory, "mosquitto.conf")], { stdio: "ignore" });
		this.#process = broker;
		const giveUpAt = Date.now() + START_LIMIT_MS;
		while (!(await answers(this.port))) {
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

	/** Publishes as a printer does, with the mosquitto_pub command. */
	publish(report: unknown, serial = SERIAL): void {
		const login = ["-u", "bblp", "-P", ACCESS_CODE, "-i", `publisher-${process.pid}`];
		// The command compares the name in the certificate with the host name, and there is only the serial number.
		const tls = ["--cafile", this.caFile, "--insecure"];
		const message = ["-t", `device/${serial}/report`, "-m", JSON.stringify(report)];
		this.#run("mosquitto_pub", ["-h", "127.0.0.1", "-p", String(this.port), ...login, ...tls, ...message]);
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

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (typeof address !== "object" || address === null) throw new Error("no port is free");
	return address.port;
}

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => resolve(true));
		socket.once("error", () => setTimeout(() => resolve(false), 20));
		socket.once("connect", () => socket.destroy());
	});
}
