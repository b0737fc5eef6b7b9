// What the firmware on XS has to do with real brokers, a virtual printer and a browser's requests.

import { MAX_CLIENTS } from "breath/protocol/clients";
import Debug from "debug";
import Instrumentation from "instrumentation";
import type { Control } from "tests/xs/harness/control";
import { MAX_CLIENTS as MAX_PAGES } from "web/live-feed";
import type { Firmware } from "../../../modules/firmware";
import type { Platform } from "../../../modules/platform/platform";
import type { LinkError, PrinterState } from "../../../modules/printers/printer-state";
import type { SettingsChanges } from "../../../modules/settings/settings";
import type { BrokerPeer, DevicePeer, NodeFirmwarePeer, PrinterTarget, VirtualPrinterPeer } from "./peers";

export interface FirmwareCase {
	name: string;
	/** Resolves with a note for the report; rejects when the promise is not kept. */
	run(): Promise<string | undefined>;
}

export interface FirmwareCasesOptions {
	firmware: Firmware;
	platform: Platform;
	control: Control;
}

const ONLINE_LIMIT_MS = 30_000;
/** For what comes and goes at its own pace. A connection takes several times as much, and none of them may stay. */
const ALLOWED_GROWTH_BYTES = 4096;
const WARM_UP_ROUNDS = 10;
/** As many as there is room for beside the pages and clients. */
const HESITANT_CLIENTS = 3;
/** 150 slots of the simulator, which are half as long on an ESP32: the smallest board has 128 KB for all of XS. */
const ALLOWED_SLOT_BYTES = 150 * 32;

/** What is in use. */
interface Heap {
	slots: number;
	chunks: number;
	timers: number;
	sockets: number;
}

export function createFirmwareCases({ firmware, platform, control }: FirmwareCasesOptions): FirmwareCase[] {
	const { clock } = platform;

	const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
	async function until(
		what: string,
		isSo: () => boolean | Promise<boolean>,
		limitMs = ONLINE_LIMIT_MS,
		describe = () => JSON.stringify(firmware.state()),
	): Promise<void> {
		const giveUpAt = clock.now() + limitMs;
		while (!(await isSo())) {
			if (clock.now() > giveUpAt) throw new Error(`never ${what}: ${describe()}`);
			await pause(20);
		}
	}
	const printer = (serial: string): PrinterState | undefined =>
		firmware.printers.states.find((state) => state.serial === serial);

	/** Puts a printer into the first slot and takes it out again. */
	async function withPrinter<Result>(
		{ host = "127.0.0.1", port, serial, accessCode }: PrinterTarget,
		use: () => Promise<Result>,
	): Promise<Result> {
		const set = (changes: SettingsChanges): void => firmware.settings.set(changes);
		set({
			"printer0.host": host,
			"printer0.port": port,
			"printer0.serial": serial,
			"printer0.accessCode": accessCode,
		});
		try {
			return await use();
		} finally {
			set({ "printer0.host": "", "printer0.serial": "" });
			await until("forgotten", () => firmware.printers.states.length === 0);
		}
	}

	async function withPeers<Peers, Result>(
		kind: string,
		use: (peers: Peers) => Promise<Result>,
	): Promise<Result> {
		const peers = await control.open(kind);
		try {
			return await use(peers as unknown as Peers);
		} finally {
			await control.close(peers);
		}
	}

	/** Online needs a report, and a report needs a subscriber. */
	async function goOnline(broker: BrokerPeer): Promise<void> {
		await until("online", async () => {
			if (printer(broker.serial)?.link === "online") return true;
			await broker.publish({ print: { command: "push_status", msg: 1, bed_temper: 21 } });
			return printer(broker.serial)?.link === "online";
		});
	}

	const refused = (
		name: string,
		error: LinkError,
		change: (broker: BrokerPeer) => { serial?: string; accessCode?: string },
		kind = "mosquitto",
	): FirmwareCase => ({
		name: `${name}: ${error}`,
		run: () =>
			withPeers(kind, async (broker: BrokerPeer) => {
				const target = {
					port: broker.port,
					serial: broker.serial,
					accessCode: broker.accessCode,
					...change(broker),
				};
				return withPrinter(target, async () => {
					await until(error, () => printer(target.serial)?.linkError === error);
					return undefined;
				});
			}),
	});

	return [
		{
			name: "serves its page and its state to curl",
			run: () =>
				withPeers("device", async (device: DevicePeer) => {
					const { device: info, printers } = JSON.parse(await device.get("/api/state"));
					if (info.name !== "Culm" || printers.length !== 0) throw new Error(JSON.stringify(info));
					for (const path of ["/", "/page.js", "/page.css", "/tokens.css"])
						if ((await device.get(path)).length < 100) throw new Error(`${path} is empty`);
					return undefined;
				}),
		},
		{
			name: "is online with mosquitto over TLS, whose leaf has the serial number as its only name",
			run: () =>
				withPeers("mosquitto", (broker: BrokerPeer) =>
					withPrinter(broker, async () => {
						const startedAt = clock.now();
						await goOnline(broker);
						return `after ${Math.round(clock.now() - startedAt)} ms`;
					}),
				),
		},
		refused("refuses a certificate with another name", "wrong_serial", () => ({ serial: "01S00A999999999" })),
		refused("refuses a certificate of an unknown authority", "untrusted_certificate", () => ({}), "stranger"),
		refused("tells that the access code is wrong", "wrong_access_code", () => ({ accessCode: "wr0ngc0d" })),
		{
			name: "follows a recorded print from start to end, and says of it what the firmware on Node says",
			run: () =>
				withPeers("mosquitto", (broker: BrokerPeer) =>
					withPrinter(broker, async () => {
						await goOnline(broker);
						return withPeers("node firmware", async (node: NodeFirmwarePeer) => {
							await node.watch();
							const states: string[] = [];
							const stop = firmware.printers.onChange((event) => {
								if (event.type !== "changed" || event.state.job.state === states.at(-1)) return;
								states.push(event.state.job.state);
							});
							const reports = await broker.replay();
							// The recording begins with the end of the print before.
							const isOver = async (): Promise<boolean> =>
								states.includes("printing") && (await broker.isOver(printer(broker.serial)?.job));
							await until("the end of the print", isOver, 60_000);
							await withPeers("device", async (device: DevicePeer) => {
								let own = "";
								let nodes = "";
								const isSame = async (): Promise<boolean> => {
									own = JSON.stringify(JSON.parse(await device.get("/api/state")).printers);
									nodes = await node.printers();
									return own === nodes;
								};
								// What the broker has sent is not yet what they have taken in.
								await until("as on Node", isSame, 10_000, () => `XS: ${own}, Node: ${nodes}`);
							});
							stop();
							return `${reports} reports, job ${states.join(" → ")}`;
						});
					}),
				),
		},
		{
			name: "sees a job of the virtual printer through, from preparing to finished",
			run: () =>
				withPeers("virtual printer", (virtual: VirtualPrinterPeer) =>
					withPrinter(virtual, async () => {
						const states: string[] = [];
						const stop = firmware.printers.onChange((event) => {
							if (event.type !== "changed" || event.state.job.state === states.at(-1)) return;
							states.push(event.state.job.state);
						});
						await until("online", () => printer(virtual.serial)?.link === "online");
						await virtual.startJob();
						await until("finished", () => printer(virtual.serial)?.job.state === "finished", 120_000);
						stop();
						return `job ${states.join(" → ")}`;
					}),
				),
		},
		{
			name: "shows the camera of the virtual printer, and leaves nothing behind when nobody looks",
			run: () =>
				withPeers("virtual printer", (virtual: VirtualPrinterPeer) =>
					withPrinter(virtual, () =>
						withPeers("device", async (device: DevicePeer) => {
							const path = `/api/printers/${virtual.serial}/camera`;
							let watching: Heap | undefined;
							const round = async (): Promise<void> => {
								const seen = await device.pictures(path);
								await device.open(path, 1);
								await until("three pictures", async () => (await device.pictures(path)) >= seen + 3);
								watching = await heap();
								await device.leave(path);
								await until("the camera is off", async () => (await virtual.viewers()) === 0);
							};
							await round();
							const before = await heap();
							await round();
							await round();
							const after = await heap();
							const grown = after.slots + after.chunks - before.slots - before.chunks;
							const note = `while it is watched slots ${watching?.slots}, chunks ${watching?.chunks} bytes; slots ${before.slots} → ${after.slots}, chunks ${before.chunks} → ${after.chunks}, sockets ${before.sockets} → ${after.sockets}`;
							if (grown > ALLOWED_GROWTH_BYTES || after.sockets > before.sockets) throw new Error(note);
							return note;
						}),
					),
				),
		},
		{
			name: "feeds as many pages and Panda Breath clients as it serves, all at once and in little memory",
			run: () =>
				withPeers("mosquitto", async (broker: BrokerPeer) => {
					const idle = await heap();
					return withPrinter(broker, async () => {
						await goOnline(broker);
						return withPeers("device", async (device: DevicePeer) => {
							const alone = await heap();
							await device.open("/api/live", MAX_PAGES);
							const withPages = await heap();
							await device.open("/ws", MAX_CLIENTS);
							await broker.publish({ print: { command: "push_status", msg: 1, bed_temper: 77 } });
							await until(
								"everybody has it",
								async () =>
									(await device.haveReceived("/api/live", '"current":77')) === MAX_PAGES &&
									(await device.haveReceived("/ws", "cal_warehouse_temp")) === MAX_CLIENTS,
								15_000,
							);
							const withAll = await heap();
							await device.hesitate(HESITANT_CLIENTS);
							const withHesitant = await heap();
							const each = (from: Heap, to: Heap, count: number): string =>
								`${Math.round((to.slots - from.slots) / count)} bytes of slots and ${Math.round((to.chunks - from.chunks) / count)} of chunks`;
							const note = [
								`a printer takes ${each(idle, alone, 1)}`,
								`a page ${each(alone, withPages, MAX_PAGES)}`,
								`a client ${each(withPages, withAll, MAX_CLIENTS)}`,
								`an unfinished request ${each(withAll, withHesitant, HESITANT_CLIENTS)}`,
							].join(", ");
							const isDear = (from: Heap, to: Heap, count: number): boolean =>
								(to.slots - from.slots) / count > ALLOWED_SLOT_BYTES;
							if (isDear(alone, withPages, MAX_PAGES) || isDear(withPages, withAll, MAX_CLIENTS))
								throw new Error(note);
							return note;
						});
					});
				}),
		},
		{
			name: "leaves nothing behind when connections are killed and restored",
			run: () =>
				withPeers("mosquitto", (broker: BrokerPeer) =>
					withPrinter(broker, async () => {
						/** Resolves with how long it took from the broker's return to the first report. */
						const round = async (): Promise<number> => {
							await broker.kill();
							await until("lost", () => printer(broker.serial)?.link !== "online");
							await broker.restart();
							const restartedAt = clock.now();
							await goOnline(broker);
							return clock.now() - restartedAt;
						};
						await goOnline(broker);
						for (let count = 0; count < WARM_UP_ROUNDS; count++) await round();
						const before = await heap();
						let sumMs = 0;
						let longestMs = 0;
						for (let count = 0; count < control.rounds; count++) {
							const tookMs = await round();
							sumMs += tookMs;
							longestMs = Math.max(longestMs, tookMs);
						}
						const after = await heap();
						const grown = after.slots + after.chunks - before.slots - before.chunks;
						const times = `${Math.round(sumMs / control.rounds)} ms each, at most ${Math.round(longestMs)}`;
						const note = `${control.rounds} connections, ${times}; slots ${before.slots} → ${after.slots}, chunks ${before.chunks} → ${after.chunks} bytes, timers ${before.timers} → ${after.timers}, sockets ${before.sockets} → ${after.sockets}`;
						if (
							grown > ALLOWED_GROWTH_BYTES ||
							after.timers > before.timers ||
							after.sockets > before.sockets
						)
							throw new Error(note);
						return note;
					}),
				),
		},
	];

	/** What is in use when the garbage is gone, at the calmest of a few moments. */
	async function heap(): Promise<Heap> {
		// What is to be closed a moment later, such as a connection that waits for its peer to hang up.
		await pause(3000);
		let calmest = look();
		for (let count = 0; count < 5; count++) {
			await pause(300);
			const now = look();
			if (now.slots + now.chunks < calmest.slots + calmest.chunks) calmest = now;
		}
		return calmest;
	}

	function look(): Heap {
		Debug.gc();
		const get = (name: Parameters<typeof Instrumentation.map>[0]): number =>
			Instrumentation.get(Instrumentation.map(name)) ?? 0;
		return {
			slots: get("XS Slot Heap Used"),
			chunks: get("XS Chunk Heap Used"),
			timers: get("Timers"),
			sockets: get("Network Sockets"),
		};
	}
}
