// Looks at the printers that have no connection of their own: one after the other, each at its interval.

import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { Printer } from "./printer";
import type { SpareLink } from "./spare-link";

/** When the spare link was not to be had. */
const RETRY_MS = 5_000;

interface Polled {
	printer: Printer;
	dueAtMs: number;
}

export interface PollRoundOptions {
	clock: Clock;
	log: Log;
	spare: SpareLink;
	/** A look at that printer has ended, whatever came of it. */
	onLooked(printer: Printer): void;
}

export class PollRound {
	private readonly options: PollRoundOptions;
	private polled: readonly Polled[] = [];
	private timer: Timer | undefined;
	private isLooking = false;
	private closed = false;

	constructor(options: PollRoundOptions) {
		this.options = options;
	}

	/** Looks at these from now on; one that was never heard is looked at at once. One that is left out is left alone. */
	set(printers: readonly Printer[]): void {
		const nowMs = this.options.clock.now();
		const before = this.polled;
		this.polled = printers.map(
			(printer) =>
				before.find((one) => one.printer === printer) ?? { printer, dueAtMs: firstLookAtMs(printer, nowMs) },
		);
		this.schedule();
	}

	/** Looks at that one next, if it is one of them. */
	hurry(printer: Printer): void {
		const polled = this.polled.find((one) => one.printer === printer);
		if (polled) polled.dueAtMs = this.options.clock.now();
		this.schedule();
	}

	/** May be called any number of times. A look that is under way ends with its printer. */
	close(): void {
		this.closed = true;
		this.polled = [];
		this.timer?.cancel();
		this.timer = undefined;
	}

	private schedule(delayMs = 0): void {
		this.timer?.cancel();
		this.timer = undefined;
		if (this.isLooking || this.closed || this.polled.length === 0) return;
		const nowMs = this.options.clock.now();
		let dueAtMs = Number.POSITIVE_INFINITY;
		for (const polled of this.polled) dueAtMs = Math.min(dueAtMs, polled.dueAtMs);
		this.timer = this.options.clock.after(Math.max(delayMs, dueAtMs - nowMs), () => {
			this.timer = undefined;
			void this.lookAtNext();
		});
	}

	private async lookAtNext(): Promise<void> {
		const { clock, log, spare, onLooked } = this.options;
		const next = this.polled.reduce<Polled | undefined>(
			(first, polled) => (first && first.dueAtMs <= polled.dueAtMs ? first : polled),
			undefined,
		);
		if (!next || next.dueAtMs > clock.now()) {
			this.schedule();
			return;
		}
		this.isLooking = true;
		let wasTurn = false;
		try {
			await spare.run(async () => {
				wasTurn = true;
				// It may have been given a connection, or forgotten, while others had theirs.
				if (!this.polled.includes(next)) return;
				next.dueAtMs = clock.now() + next.printer.lookIntervalMs;
				await next.printer.look();
			});
		} catch (error) {
			log.error(
				`printer ${next.printer.state.id}: ${error instanceof Error ? error.message : String(error)}`,
			);
		}
		this.isLooking = false;
		if (this.closed) return;
		if (wasTurn && this.polled.includes(next)) onLooked(next.printer);
		this.schedule(wasTurn ? 0 : RETRY_MS);
	}
}

/** One that had a connection until now is known well enough. */
function firstLookAtMs({ heardAtMs, lookIntervalMs }: Printer, nowMs: number): number {
	return heardAtMs === undefined ? nowMs : Math.max(nowMs, heardAtMs + lookIntervalMs);
}
