// What the panel may take of a board's memory and stack while somebody walks through it, connected to a virtual printer.

import Debug from "debug";
import Instrumentation from "instrumentation";
import { openPanel } from "panel/panel";
import { panelRoots } from "panel/screens/roots";
import { openPanelDevice } from "panel-device/panel-device";
import { createJpeg } from "platform/xs/picture/jpeg";
import { FrameHost } from "tests/xs/golden/frame-screen";
import type { Control } from "tests/xs/harness/control";
import { waysToScreens } from "tests/xs/panel/screens";
import type { Firmware } from "../../../modules/firmware";
import type { Platform } from "../../../modules/platform/platform";
import type { VirtualPrinterPeer } from "../firmware/peers";

export interface PanelCase {
	readonly name: string;
	/** Resolves with a note for the report; rejects when the promise is not kept. */
	run(): Promise<string>;
}

export interface PanelCasesOptions {
	readonly firmware: Firmware;
	readonly platform: Platform;
	readonly control: Control;
}

const SIZES = Object.freeze({
	large: Object.freeze({ width: 800, height: 480 }),
	small: Object.freeze({ width: 320, height: 240 }),
});
const ONLINE_LIMIT_MS = 30_000;
/** On each screen: what it asks for has come, and what it is led in by is over. */
const STAY_MS = 700;
/** As often as the depth of the stack is looked at. */
const LOOK_MS = 50;
/** What is made once: glyphs, regular expressions, keys. */
const WARM_UP_WALKS = 2;
const WALKS = 3;
/** For what comes and goes at its own pace: the firmware's histories go on. */
const ALLOWED_GROWTH_BYTES = 8192;
/** Of the simulator. */
const SLOT_BYTES = 32;

/** What is in use. */
interface Heap {
	readonly slots: number;
	readonly chunks: number;
}

export function createPanelCases({ firmware, platform, control }: PanelCasesOptions): PanelCase[] {
	const { clock } = platform;
	const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

	let frameBytes = 0;

	return (["small", "large"] as const).map((size) => ({
		name: `walks through every screen of the ${size} panel again and again, in memory that does not grow`,
		run: () => withPrinter((printerId, virtual) => walk(size, printerId, virtual)),
	}));

	async function walk(
		size: keyof typeof SIZES,
		printerId: string,
		virtual: VirtualPrinterPeer,
	): Promise<string> {
		const without = await heap();
		const { width, height } = SIZES[size];
		const screen = new FrameHost().openScreen(width, height);
		// A board's screen has its pixels elsewhere.
		frameBytes = screen.frame.byteLength;
		const device = openPanelDevice({ ...firmware.panelParts(), jpeg: createJpeg() });
		const roots = panelRoots();
		const panel = openPanel({ device, width, height, roots });
		const ways = waysToScreens(panel, roots, printerId);
		let deepest = { slots: 0, name: "" };
		let fullest = { slots: 0, chunks: 0, name: "" };

		const home: Heap[] = [];
		for (let count = 0; count <= WARM_UP_WALKS + WALKS; count++) {
			for (const [name, go] of ways) {
				go();
				for (let stayed = 0; stayed < STAY_MS; stayed += LOOK_MS) {
					await pause(LOOK_MS);
					const slots = get("XS Stack Used") / SLOT_BYTES;
					if (slots > deepest.slots) deepest = { slots, name };
				}
				const { slots, chunks } = look();
				if (slots + chunks > fullest.slots + fullest.chunks) fullest = { slots, chunks, name };
				trace(
					`${size} ${name}: slots ${slots}, chunks ${chunks}, lists ${get("Piu Command List Used")} ${get("Poco Display List Used")}\n`,
				);
			}
			panel.navigator.home();
			home.push(await heap());
			if ((await virtual.viewers()) > 0) throw new Error("the camera is watched while home is shown");
		}
		panel.close();
		device.close();
		screen.close();

		const [first, last] = [home[WARM_UP_WALKS], home.at(-1)];
		if (first === undefined || last === undefined) throw new Error("there was no walk");
		const grown = last.slots + last.chunks - first.slots - first.chunks;
		const note = `${ways.length} screens, ${WALKS} times; ${words(without)} without the panel, ${words(first)} → ${words(last)} on home; most on ${fullest.name}, ${words(fullest)}; deepest stack ${deepest.slots} slots on ${deepest.name}`;
		if (grown > ALLOWED_GROWTH_BYTES) throw new Error(note);
		return note;
	}

	async function withPrinter(
		use: (id: string, virtual: VirtualPrinterPeer) => Promise<string>,
	): Promise<string> {
		const remote = await control.open("virtual printer");
		const virtual = remote as unknown as VirtualPrinterPeer;
		try {
			firmware.settings.set({
				"printer0.host": virtual.host ?? "127.0.0.1",
				"printer0.port": virtual.port,
				"printer0.serial": virtual.serial,
				"printer0.accessCode": virtual.accessCode,
			});
			const giveUpAt = clock.now() + ONLINE_LIMIT_MS;
			while (firmware.printers.states[0]?.link !== "online") {
				if (clock.now() > giveUpAt) throw new Error("the virtual printer is not online");
				await pause(50);
			}
			await virtual.startJob();
			return await use(firmware.printers.states[0]?.id ?? "", virtual);
		} finally {
			firmware.settings.set({ "printer0.serial": "" });
			await control.close(remote);
		}
	}

	/** When the garbage is gone. */
	function look(): Heap {
		Debug.gc();
		return { slots: get("XS Slot Heap Used"), chunks: get("XS Chunk Heap Used") - frameBytes };
	}

	/** At the calmest of a few moments. */
	async function heap(): Promise<Heap> {
		await pause(1500);
		let calmest = look();
		for (let count = 0; count < 5; count++) {
			await pause(200);
			const now = look();
			if (now.slots + now.chunks < calmest.slots + calmest.chunks) calmest = now;
		}
		return calmest;
	}
}

function get(name: Parameters<typeof Instrumentation.map>[0]): number {
	return Instrumentation.get(Instrumentation.map(name)) ?? 0;
}

function words({ slots, chunks }: Heap): string {
	return `slots ${slots} and chunks ${chunks} bytes`;
}
