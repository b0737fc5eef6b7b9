// Moddable's simulator, mcsim, and xsbug-log, which hears what the app in it says.

import {
	createWriteStream,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	type WriteStream,
	writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import type { Picture } from "../../tests/golden/node/picture";
import { deviceScreen, readFrame } from "./frame-buffer";
import { hasCommand, Program } from "./programs";
import { type Sdk, SdkMissing } from "./sdk";

export interface SimulatorOptions {
	sdk: Sdk;
	/** What `buildApp` made. */
	app: string;
	/** Where the app keeps its files, in `culm-simulator/`, and where the logs go. */
	directory: string;
	/** On a screen, a session bus and a configuration of its own that nobody sees. */
	headless: boolean;
	/** The device that it shows, in place of one of the SDK's. */
	device?: SimulatedDevice | undefined;
	/** Each line of the app's trace. */
	onLine?(line: string): void;
}

export interface SimulatedDevice {
	/** A folder with one module, in the form of the SDK's `build/simulators`. */
	folder: string;
	/** Of its screen, in pixels: the window is made large enough for it. */
	width: number;
	height: number;
}

/** What the simulator has around the device: menu, headings, edges. */
const WINDOW_EDGES = { width: 48, height: 160 };

/** What xsbug-log puts around a line of trace when it is not at a terminal. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9]*[A-Za-z]`, "g");
const PREFIX = /^(\(xsdb\) )*(\[Thread \d+\] )?/;
const READY_LIMIT_MS = 20_000;
/** How the simulator's files of configuration begin. */
const SIGNATURE = "tech.moddable.mcsim";
/** As Xvfb names the file with its frame buffer. */
const FRAME_BUFFER = "Xvfb_screen0";

export class Simulator {
	/** Resolves when the simulator is gone, or its app has stopped for good; says why. */
	readonly over: Promise<string>;
	readonly #programs: Program[] = [];
	readonly #log: WriteStream;
	readonly #onLine: ((line: string) => void) | undefined;
	#tellOver: (why: string) => void = () => {};
	readonly #device: SimulatedDevice | undefined;
	readonly #frameBuffer: string | undefined;
	#partial = "";
	#ended: Promise<void> | undefined;

	/** Throws {@link SdkMissing} when a program is not there that it takes. */
	static async start(options: SimulatorOptions): Promise<Simulator> {
		const simulator = new Simulator(options);
		try {
			await simulator.#start(options);
			return simulator;
		} catch (error) {
			await simulator.end();
			throw error;
		}
	}

	private constructor({ directory, onLine, headless, device }: SimulatorOptions) {
		mkdirSync(directory, { recursive: true });
		this.#device = device;
		this.#frameBuffer = headless ? join(resolve(directory), "run", FRAME_BUFFER) : undefined;
		this.#log = createWriteStream(join(directory, "trace.log"));
		this.#onLine = onLine;
		this.over = new Promise((resolve) => {
			this.#tellOver = resolve;
		});
	}

	/** What the device's screen shows. Of a device that was given, without a screen. */
	picture(): Picture {
		if (this.#device === undefined || this.#frameBuffer === undefined)
			return fail("pictures are taken of a device that was given, without a screen");
		const { width, height } = this.#device;
		return deviceScreen(readFrame(readFileSync(this.#frameBuffer)), width, height);
	}

	/** Resolves when nothing of it runs any more. May be called any number of times. */
	end(): Promise<void> {
		this.#ended ??= this.#end();
		return this.#ended;
	}

	async #end(): Promise<void> {
		this.#tellOver("it was ended");
		// The last to start is the first to end.
		for (const program of this.#programs.splice(0).reverse()) await program.end();
		this.#log.end();
	}

	async #start({ sdk, app, headless, directory, device }: SimulatorOptions): Promise<void> {
		const simulator = findSimulator(sdk);
		if (headless) checkHeadless(sdk);
		const port = String(await freePort());
		const own = resolve(directory);
		const environment: NodeJS.ProcessEnv = {
			...sdk.environment,
			XSBUG_HOST: "127.0.0.1",
			XSBUG_PORT: port,
			XSBUG_LOG_PORT: port,
			XSBUG_PROJECT: own,
		};
		await this.#startTrace(sdk, environment);
		if (headless) Object.assign(environment, await this.#startScreen(own, environment));
		if (device !== undefined) Object.assign(environment, prepareWindow(join(own, "config"), device));

		const devices = device === undefined ? [] : [resolve(device.folder)];
		const started = [simulator, ...devices, resolve(app)];
		const [command = "", ...args] = headless ? ["dbus-run-session", "--", ...started] : started;
		const program = this.#run(command, args, {
			environment,
			directory: own,
			onOutput: (text) => this.#log.write(text),
		});
		void program.ended.then((code) => this.#tellOver(`mcsim ended with exit code ${code}`));
	}

	async #startTrace(sdk: Sdk, environment: NodeJS.ProcessEnv): Promise<void> {
		let ready: () => void = () => {};
		const listening = new Promise<void>((resolve) => {
			ready = resolve;
		});
		const program = this.#run(process.execPath, [xsbugLogPath(sdk)], {
			environment,
			onOutput: (text) => {
				if (text.includes("listening")) ready();
				this.#hear(text);
			},
		});
		await Promise.race([listening, limit("xsbug-log"), program.ended.then(() => fail("xsbug-log ended"))]);
	}

	/** Environment of a screen and a configuration that only this simulator has. */
	async #startScreen(own: string, environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
		const config = join(own, "config");
		const run = join(own, "run");
		for (const folder of [config, run]) {
			rmSync(folder, { recursive: true, force: true });
			mkdirSync(folder, { recursive: true, mode: 0o700 });
		}
		const screen = this.#run(
			"Xvfb",
			["-displayfd", "3", "-screen", "0", "1280x1024x24", "-fbdir", run, "-nolisten", "tcp"],
			{
				environment,
			},
		);
		const display = await Promise.race([screen.firstLine(), limit("Xvfb")]);
		if (display === undefined) return fail("Xvfb ended");
		return {
			DISPLAY: `:${display}`,
			XDG_CONFIG_HOME: config,
			XDG_RUNTIME_DIR: run,
			NO_AT_BRIDGE: "1",
			GDK_BACKEND: "x11",
			GSETTINGS_BACKEND: "memory",
		};
	}

	#run(...args: ConstructorParameters<typeof Program>): Program {
		const program = new Program(...args);
		this.#programs.push(program);
		return program;
	}

	#hear(text: string): void {
		const lines = (this.#partial + text).split("\n");
		this.#partial = lines.pop() ?? "";
		for (const raw of lines) {
			const line = raw.replace(ESCAPES, "").replace(PREFIX, "");
			this.#log.write(`${line}\n`);
			this.#onLine?.(line);
			if (line.startsWith("XS abort:")) this.#tellOver(line);
		}
	}
}

/**
 * A configuration of its own: the simulator would remember the device for other apps. On macOS it is kept elsewhere, and
 * the window has to be drawn larger by hand.
 */
function prepareWindow(config: string, { width, height }: SimulatedDevice): NodeJS.ProcessEnv {
	mkdirSync(config, { recursive: true, mode: 0o700 });
	const window = { width: width + WINDOW_EDGES.width, height: height + WINDOW_EDGES.height };
	const lines = ["[window]", `width=${window.width}`, `height=${window.height}`];
	writeFileSync(join(config, `${SIGNATURE}.ini`), `${lines.join("\n")}\n`);
	// The controls beside the device are closed.
	writeFileSync(join(config, `${SIGNATURE}.main.json`), JSON.stringify({ controlsStatus: false }));
	return { XDG_CONFIG_HOME: config };
}

/** Throws {@link SdkMissing}. */
export function xsbugLogPath(sdk: Sdk): string {
	const tool = join(sdk.root, "tools/xsbug-log");
	if (!existsSync(join(tool, "node_modules")))
		throw new SdkMissing(`xsbug-log is not ready: run "npm install" in ${tool}.`);
	return join(tool, "xsbug-log.js");
}

/** The simulator's program. Throws {@link SdkMissing}. */
export function findSimulator(sdk: Sdk): string {
	const path = simulatorPath(sdk);
	if (!existsSync(path)) throw new SdkMissing(`The SDK's simulator is not built: there is no ${path}.`);
	return path;
}

function simulatorPath({ root }: Sdk): string {
	return process.platform === "darwin"
		? join(root, "build/bin/mac/release/mcsim.app/Contents/MacOS/mcsim")
		: join(root, "build/bin/lin/release/mcsim");
}

function checkHeadless(sdk: Sdk): void {
	const missing = ["Xvfb", "dbus-run-session"].filter((command) => !hasCommand(command, sdk.environment));
	if (missing.length > 0)
		throw new SdkMissing(
			`Without a screen the simulator takes ${missing.join(" and ")} (Debian: xvfb, dbus).`,
		);
}

export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject).listen(0, "127.0.0.1", resolve);
	});
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address !== null ? address.port : fail("no port is free");
}

function limit(what: string): Promise<never> {
	return new Promise((_resolve, reject) => {
		setTimeout(() => reject(new Error(`${what} does not start`)), READY_LIMIT_MS).unref();
	});
}

function fail(why: string): never {
	throw new Error(why);
}
