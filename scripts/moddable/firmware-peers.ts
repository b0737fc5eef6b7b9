// What the firmware's cases in the simulator ask for of this process: brokers, a virtual printer, curl, pages.

import { execFile, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { type Firmware, startFirmware } from "../../modules/firmware";
import { CAMERA_PORT } from "../../modules/printers/bambu/camera/camera-stream";
import { createClock } from "../../sim/host/clock";
import { createPlatform } from "../../sim/host/platform";
import { PrinterBroker } from "../../sim/printers/bambu/broker";
import { CameraServer } from "../../sim/printers/bambu/camera-server";
import { openCertificates, type PrinterCertificates } from "../../sim/printers/bambu/certificates";
import { VirtualBambuPrinter } from "../../sim/printers/bambu/virtual-printer";
import { ACCESS_CODE, Mosquitto, SERIAL } from "../../tests/integration/mosquitto";
import type {
	BrokerPeer,
	DevicePeer,
	NodeFirmwarePeer,
	VirtualPrinterPeer,
} from "../../tests/xs/firmware/peers";
import { freePort } from "./simulator";

const CAPTURE = "tests/fixtures/bambu/a1-print.jsonl";
const VIRTUAL_SERIAL = "01P00A000000001";
/** How much faster than real time the virtual printer prints. */
const SPEED = 60;
const LIMIT_MS = 20_000;

const silent = { info() {}, warn() {}, error() {} };

/** Everything that has to be there before the simulator starts. */
export class FirmwarePeers {
	readonly webPort: number;
	readonly #mosquitto: Mosquitto;
	readonly #stranger: Mosquitto;
	readonly #certificates: PrinterCertificates;
	readonly #onExit = (): void => this.#abandon();

	static async create(): Promise<FirmwarePeers> {
		return new FirmwarePeers(
			await freePort(),
			await Mosquitto.create(),
			await Mosquitto.create(),
			await openCertificates({ serial: VIRTUAL_SERIAL, wallTimeMs: Date.now() }),
		);
	}

	private constructor(
		webPort: number,
		mosquitto: Mosquitto,
		stranger: Mosquitto,
		certificates: PrinterCertificates,
	) {
		this.webPort = webPort;
		this.#mosquitto = mosquitto;
		this.#stranger = stranger;
		this.#certificates = certificates;
		process.once("exit", this.#onExit);
	}

	/** What the simulator is told to trust: not the stranger's. */
	get authorities(): Uint8Array[] {
		return [derOf(this.#mosquitto), ...this.#certificates.authorities];
	}

	async open(kind: string): Promise<object> {
		switch (kind) {
			case "mosquitto":
				return RunningMosquitto.start(this.#mosquitto);
			case "stranger":
				return RunningMosquitto.start(this.#stranger);
			case "virtual printer":
				return RunningVirtualPrinter.start(this.#certificates);
			case "node firmware":
				return new NodeFirmware(this.#mosquitto);
			case "device":
				return new Visitor(this.webPort);
			default:
				throw new Error(`there are no peers "${kind}"`);
		}
	}

	async close(): Promise<void> {
		process.off("exit", this.#onExit);
		await this.#mosquitto.remove();
		await this.#stranger.remove();
	}

	/** For Ctrl-C: nothing can be waited for any more. */
	#abandon(): void {
		for (const mosquitto of [this.#mosquitto, this.#stranger]) {
			void mosquitto.kill();
			rmSync(mosquitto.directory, { recursive: true, force: true });
		}
	}
}

function derOf(mosquitto: Mosquitto): Uint8Array {
	return new Uint8Array(new X509Certificate(mosquitto.authority).raw);
}

class RunningMosquitto implements BrokerPeer {
	readonly port: number;
	readonly serial = SERIAL;
	readonly accessCode = ACCESS_CODE;
	readonly #mosquitto: Mosquitto;

	static async start(mosquitto: Mosquitto): Promise<RunningMosquitto> {
		await mosquitto.start();
		return new RunningMosquitto(mosquitto);
	}

	private constructor(mosquitto: Mosquitto) {
		this.#mosquitto = mosquitto;
		this.port = mosquitto.port;
	}

	async publish(report: object): Promise<void> {
		this.#mosquitto.publish(report);
	}

	async replay(): Promise<number> {
		const reports = recordedReports();
		const { port, caFile } = this.#mosquitto;
		// One message a line. The command compares the certificate's name with the host's, and there is none.
		const publisher = spawn(
			"mosquitto_pub",
			[
				...["-h", "127.0.0.1", "-p", String(port), "--cafile", caFile, "--insecure"],
				...["-u", "bblp", "-P", ACCESS_CODE, "-t", `device/${SERIAL}/report`, "-l"],
			],
			{ stdio: ["pipe", "ignore", "inherit"] },
		);
		publisher.stdin.end(reports.map((report) => `${JSON.stringify(report)}\n`).join(""));
		await once(publisher, "exit");
		return reports.length;
	}

	async isOver(job: { state: string; percent?: number } | undefined): Promise<boolean> {
		return job?.state === "finished" && job.percent === 100;
	}

	kill(): Promise<void> {
		return this.#mosquitto.kill();
	}

	restart(): Promise<void> {
		return this.#mosquitto.start();
	}

	close(): Promise<void> {
		return this.#mosquitto.kill();
	}
}

function recordedReports(): object[] {
	const lines = readFileSync(CAPTURE, "utf8").split("\n");
	return lines.flatMap((line) => (line === "" ? [] : [JSON.parse(line).report]));
}

interface VirtualPrinterParts {
	printer: VirtualBambuPrinter;
	broker: PrinterBroker;
	camera: CameraServer;
	host: string;
	port: number;
}

class RunningVirtualPrinter implements VirtualPrinterPeer {
	readonly host: string;
	readonly port: number;
	readonly serial = VIRTUAL_SERIAL;
	readonly accessCode = ACCESS_CODE;
	readonly #printer: VirtualBambuPrinter;
	readonly #broker: PrinterBroker;
	readonly #camera: CameraServer;

	static async start(certificates: PrinterCertificates): Promise<RunningVirtualPrinter> {
		const printer = new VirtualBambuPrinter({
			clock: createClock({ speed: SPEED }),
			serial: VIRTUAL_SERIAL,
			accessCode: ACCESS_CODE,
		});
		const broker = new PrinterBroker({ printer, certificates });
		const camera = new CameraServer({ printer, certificates, clock: createClock() });
		// Cameras have one port only: on an address of its own this one is in nobody's way.
		const host = `127.${[1, 2, 3].map(() => 1 + Math.floor(Math.random() * 254)).join(".")}`;
		await camera.listen({ port: CAMERA_PORT, address: host });
		const { port } = await broker.listen({ port: 0, address: host });
		printer.start();
		return new RunningVirtualPrinter({ printer, broker, camera, host, port });
	}

	private constructor({ printer, broker, camera, host, port }: VirtualPrinterParts) {
		this.#printer = printer;
		this.#broker = broker;
		this.#camera = camera;
		this.host = host;
		this.port = port;
	}

	async viewers(): Promise<number> {
		return this.#camera.viewers;
	}

	async startJob(): Promise<void> {
		this.#printer.startJob({ name: "Benchy" });
	}

	async close(): Promise<void> {
		await this.#camera.close();
		await this.#broker.close();
		this.#printer.close();
	}
}

class NodeFirmware implements NodeFirmwarePeer {
	readonly #mosquitto: Mosquitto;
	#firmware: Firmware | undefined;

	constructor(mosquitto: Mosquitto) {
		this.#mosquitto = mosquitto;
	}

	async watch(): Promise<void> {
		const platform = await createPlatform({
			log: silent,
			webPort: 0,
			extraAuthorities: [derOf(this.#mosquitto)],
		});
		const firmware = startFirmware(platform, allParts);
		this.#firmware = firmware;
		firmware.settings.set({
			"printer0.host": "127.0.0.1",
			"printer0.port": this.#mosquitto.port,
			"printer0.serial": SERIAL,
			"printer0.accessCode": ACCESS_CODE,
		});
		const giveUpAt = Date.now() + LIMIT_MS;
		while (firmware.printers.states[0]?.link !== "online") {
			if (Date.now() > giveUpAt) throw new Error("the firmware on Node is not online");
			this.#mosquitto.publish({ print: { command: "push_status", msg: 1, bed_temper: 21 } });
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	async printers(): Promise<string> {
		return JSON.stringify(this.#firmware?.state().printers);
	}

	async close(): Promise<void> {
		await this.#firmware?.close();
	}
}

class Visitor implements DevicePeer {
	readonly #host: string;
	readonly #opened: { path: string; socket: WebSocket; received: string; pictures: number }[] = [];
	readonly #hesitant: Socket[] = [];

	constructor(webPort: number) {
		this.#host = `127.0.0.1:${webPort}`;
	}

	async get(path: string): Promise<string> {
		const { stdout } = await promisify(execFile)("curl", ["-sS", "--fail", `http://${this.#host}${path}`]);
		return stdout;
	}

	async open(path: string, howMany: number): Promise<void> {
		for (let count = 0; count < howMany; count++) {
			const socket = new WebSocket(`ws://${this.#host}${path}`);
			const opened = { path, socket, received: "", pictures: 0 };
			this.#opened.push(opened);
			socket.on("message", (data: Buffer, isBinary) => {
				if (!isBinary) opened.received += data.toString();
				else if (data.readUInt16BE(0) === 0xffd8 && data.readUInt16BE(data.length - 2) === 0xffd9)
					opened.pictures += 1;
			});
			await once(socket, "open");
		}
	}

	async hesitate(howMany: number): Promise<void> {
		const { hostname, port } = new URL(`http://${this.#host}`);
		for (let count = 0; count < howMany; count++) {
			const socket = connect(Number(port), hostname);
			this.#hesitant.push(socket);
			// The server hangs up on them sooner or later.
			socket.on("error", () => {});
			await once(socket, "connect");
			socket.write(`GET /api/state HTTP/1.1\r\nHost: ${this.#host}\r\nAccept: */*\r\n`);
		}
	}

	async haveReceived(path: string, text: string): Promise<number> {
		return this.#opened.filter((opened) => opened.path === path && opened.received.includes(text)).length;
	}

	async pictures(path: string): Promise<number> {
		return this.#opened.reduce((sum, opened) => sum + (opened.path === path ? opened.pictures : 0), 0);
	}

	async leave(path: string): Promise<void> {
		for (const opened of this.#opened) if (opened.path === path) opened.socket.close();
	}

	async close(): Promise<void> {
		for (const { socket } of this.#opened) socket.terminate();
		for (const socket of this.#hesitant) socket.destroy();
	}
}
