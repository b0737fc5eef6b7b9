// Debian's vsftpd as a printer's file server: TLS from the first byte, one user, and files for nobody who does not go on
// with the keys of his first connection.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import {
	chmodSync,
	closeSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "./mosquitto";

const START_LIMIT_MS = 10_000;
/** "nobody" on Debian. */
const USER_ID = 65_534;

export interface VsftpdOptions {
	serial: string;
	accessCode: string;
	/** Further lines of its configuration. */
	settings?: readonly string[];
}

export class Vsftpd {
	readonly port: number;
	readonly #directory = mkdtempSync(join(tmpdir(), "culm-vsftpd-"));
	#process: ChildProcess | undefined;

	/** Makes the certificates, the user and the configuration; does not start the server. */
	static async create(options: VsftpdOptions): Promise<Vsftpd> {
		return new Vsftpd(await freePort(), options);
	}

	private constructor(port: number, { serial, accessCode, settings = [] }: VsftpdOptions) {
		this.port = port;
		chmodSync(this.#directory, 0o755);
		for (const folder of ["files/cache", "files/model", "empty"])
			mkdirSync(this.#path(folder), { recursive: true });
		this.#openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=TestCA -days 30");
		this.#openssl(`req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=${serial}`);
		this.#openssl(
			"x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out server.pem",
		);
		const hash = execFileSync("openssl", ["passwd", "-6", accessCode], { encoding: "utf8" }).trim();
		const user = (name: string, id: number, home: string) => `${name}:x:${id}:${id}::${home}:/bin/sh\n`;
		const users =
			user("root", 0, "/") + user("nobody", USER_ID, "/") + user("bblp", USER_ID, this.#path("files"));
		writeFileSync(this.#path("passwd"), users);
		writeFileSync(this.#path("shadow"), `bblp:${hash}:19000:0:99999:7:::\n`);
		writeFileSync(this.#path("pam"), "auth required pam_unix.so\naccount required pam_permit.so\n");
		const configuration = [
			"listen=YES",
			"listen_address=127.0.0.1",
			`listen_port=${port}`,
			"background=NO",
			"anonymous_enable=NO",
			"local_enable=YES",
			"chroot_local_user=YES",
			"allow_writeable_chroot=YES",
			"ssl_enable=YES",
			"implicit_ssl=YES",
			"require_ssl_reuse=YES",
			"ssl_tlsv1=YES",
			"ssl_ciphers=ECDHE-RSA-AES256-GCM-SHA384",
			`rsa_cert_file=${this.#path("server.pem")}`,
			`rsa_private_key_file=${this.#path("server.key")}`,
			`secure_chroot_dir=${this.#path("empty")}`,
			"port_enable=NO",
			"seccomp_sandbox=NO",
			"xferlog_enable=NO",
			"delay_failed_login=0",
			"pam_service_name=vsftpd",
			...settings,
		];
		writeFileSync(this.#path("vsftpd.conf"), `${configuration.join("\n")}\n`);
	}

	/** Who issued its certificate. */
	get authority(): Uint8Array {
		return new X509Certificate(readFileSync(this.#path("ca.pem"))).raw;
	}

	/** `path`: "/cache/cube.3mf". `modified` is now when left out. */
	put(path: string, bytes: Uint8Array, modified?: Date): void {
		const file = this.#path(`files${path}`);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, bytes);
		if (modified) utimesSync(file, modified, modified);
	}

	remove(path: string): void {
		rmSync(this.#path(`files${path}`), { force: true });
	}

	/** Resolves once it accepts connections. */
	async start(): Promise<void> {
		// vsftpd takes its users from the system. It gets a system of its own that has the printer's only.
		const mounts = [
			["passwd", "/etc/passwd"],
			["shadow", "/etc/shadow"],
			["pam", "/etc/pam.d/vsftpd"],
		].map(([own = "", place = ""]) => `mount --bind '${this.#path(own)}' ${place}`);
		const script = `${mounts.join(" && ")} && exec /usr/sbin/vsftpd '${this.#path("vsftpd.conf")}'`;
		const isRoot = process.getuid?.() === 0;
		const [command = "", ...args] = [
			...(isRoot ? [] : ["sudo", "-n"]),
			"unshare",
			"--mount",
			"sh",
			"-c",
			script,
		];
		// It says what is wrong on its input, as a server that is started for each connection does.
		const log = openSync(this.#path("log"), "w+");
		const server = spawn(command, args, { stdio: [log, log, log] });
		this.#process = server;
		server.on("error", () => {});
		closeSync(log);
		const giveUpAt = Date.now() + START_LIMIT_MS;
		while (!(await answers(this.port))) {
			if (server.exitCode === null && server.pid !== undefined && Date.now() < giveUpAt) continue;
			throw new Error(
				`vsftpd does not start; it takes Debian's package vsftpd, and root or sudo without a password: ${readFileSync(this.#path("log"), "utf8")}`,
			);
		}
	}

	/** Resolves once it is gone, and its files with it. */
	async stop(): Promise<void> {
		const server = this.#process;
		this.#process = undefined;
		if (server && server.exitCode === null && server.pid !== undefined) {
			if (process.getuid?.() === 0) server.kill("SIGTERM");
			else execFileSync("sudo", ["-n", "kill", String(server.pid)]);
			await once(server, "exit");
		}
		rmSync(this.#directory, { recursive: true, force: true });
	}

	#path(name: string): string {
		return join(this.#directory, name);
	}

	#openssl(args: string): void {
		execFileSync("openssl", args.split(" "), { cwd: this.#directory, stdio: ["ignore", "ignore", "pipe"] });
	}
}

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => resolve(true));
		socket.once("error", () => setTimeout(() => resolve(false), 20));
		socket.once("connect", () => socket.destroy());
	});
}
