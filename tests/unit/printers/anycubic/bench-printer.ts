// An AnycubicPrinter on a link and a clock that are the test's.

import type {
	AnycubicCommand,
	AnycubicLinkEvents,
} from "../../../../modules/printers/anycubic/anycubic-connection";
import {
	AnycubicPrinter,
	type AnycubicPrinterLink,
} from "../../../../modules/printers/anycubic/anycubic-printer";
import type { LinkReport } from "../../../../modules/printers/link-report";
import type { PrinterTarget } from "../../../../modules/printers/printer";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { DEVICE_ID, reportText } from "./bench-report";

export interface BenchOptions {
	modelId?: string;
	way?: "lan" | "broker";
	name?: string;
}

export class FakeLink implements AnycubicPrinterLink {
	readonly events: AnycubicLinkEvents;
	readonly published: AnycubicCommand[] = [];
	readonly targets: PrinterTarget[] = [];
	isStarted = false;
	/** There is a connection to take commands. */
	isOpen = false;
	retarget?: (target: PrinterTarget) => void;

	constructor(events: AnycubicLinkEvents, way: "lan" | "broker") {
		this.events = events;
		if (way === "lan") this.retarget = (target) => this.targets.push(target);
	}

	start(): void {
		this.isStarted = true;
	}

	publish(command: AnycubicCommand): boolean {
		if (this.isOpen) this.published.push(command);
		return this.isOpen;
	}

	async close(): Promise<void> {
		this.isStarted = false;
		this.isOpen = false;
	}
}

export function benchPrinter({ modelId = "20022", way = "broker", name = "" }: BenchOptions = {}) {
	const clock = new ManualClock({ wallTimeMs: 1_700_000_000_000 });
	const log = new MemoryLog();
	const made: FakeLink[] = [];
	let drawn = 0;
	const printer = new AnycubicPrinter({
		modelId,
		deviceId: DEVICE_ID,
		name,
		host: "192.0.2.9",
		way,
		clock,
		random: () => ((drawn++ * 7919) % 65_536) / 65_536,
		log,
		link: (events) => {
			const link = new FakeLink(events, way);
			made.push(link);
			return link;
		},
	});
	const [link] = made;
	if (!link) throw new Error("the printer has made no link");
	const bench = {
		printer,
		link,
		clock,
		log,
		status: (report: LinkReport): void => {
			link.isOpen = report.status === "online" || report.status === "stale";
			link.events.onStatus(report);
		},
		tell: (type: string, fields: Record<string, unknown> = {}): void =>
			link.events.onReport(type, reportText(type, fields)),
		/** Started, connected, and told that the printer does nothing. */
		goOnline: (): void => {
			printer.start();
			bench.status({ status: "connecting" });
			bench.status({ status: "online" });
			bench.tell("status", { action: "workReport", state: "free" });
		},
		job: (state: string, data: object = {}, more: object = {}): void =>
			bench.tell("print", {
				action: "start",
				state,
				data: { taskid: "471", filename: "boat.gcode", progress: 5, ...data },
				...more,
			}),
		/** What went out since the last call, as `type/action`. */
		sent: (): string[] => bench.sentCommands().map(({ type, action }) => `${type}/${action}`),
		sentCommands: (): AnycubicCommand[] => link.published.splice(0),
	};
	return bench;
}

export type BenchPrinter = ReturnType<typeof benchPrinter>;

/** Lets what was promised come true. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
