// Writes what waits to Spoolman, one spool after the other. What is sent was stored before; see `outbox.ts`.

import type { EventLog } from "../event-log/event-log";
import type { Ledger } from "./ledger";
import { begin, end, forget, nextSpool, outcome, postpone, type Sending } from "./outbox";
import type { SpoolDetails } from "./spoolman/spool-details";
import type { SpoolmanError } from "./spoolman/spoolman-error";
import { type SpoolmanLink, toSpoolmanError } from "./spoolman-link";
import type { RefusedUse } from "./spools-state";

/** g; less is not worth a word. */
const WORTH_A_WORD_G = 0.1;

export interface DeliveryOptions {
	ledger: Ledger;
	link: SpoolmanLink;
	events: Pick<EventLog, "add">;
	/** Spoolman has just said this of a spool. */
	onSpool(spool: SpoolDetails): void;
	/** Spoolman has no such spool any longer. */
	onGone(spoolId: number): void;
	/** What was used will not be in Spoolman. */
	onRefused(use: RefusedUse): void;
}

export class Delivery {
	private readonly options: DeliveryOptions;

	constructor(options: DeliveryOptions) {
		this.options = options;
	}

	get hasWork(): boolean {
		const { outbox } = this.options.ledger;
		return outbox.sending !== undefined || nextSpool(outbox) !== undefined;
	}

	/**
	 * One write, or as much of it as can be done. Rejects when Spoolman cannot be asked at the moment: it is tried again
	 * later. Never two at a time.
	 */
	async step(): Promise<void> {
		const { ledger } = this.options;
		const { sending } = ledger.outbox;
		if (sending) return this.settle(sending);
		const spoolId = nextSpool(ledger.outbox);
		if (spoolId === undefined) return;
		const spool = await this.get(spoolId).catch((error: unknown) => {
			// One spool that Spoolman stumbles over is not to keep all others waiting.
			if (!isAway(toSpoolmanError(error))) ledger.setOutbox(postpone(ledger.outbox, spoolId));
			throw error;
		});
		if (!spool) {
			const grams = ledger.outbox.waiting.find((one) => one.spoolId === spoolId)?.useG ?? 0;
			ledger.setOutbox(forget(ledger.outbox, spoolId));
			this.gone(spoolId, grams);
			return;
		}
		const { outbox, notCountedG } = begin(ledger.outbox, spool);
		ledger.setOutbox(outbox);
		if (notCountedG >= WORTH_A_WORD_G) {
			const message = "Less was left on it in Spoolman than was used. Weigh it, and correct it there.";
			this.notCounted(spoolId, notCountedG, message);
		}
		if (outbox.sending) await this.send(outbox.sending);
	}

	/** Whether that write has arrived nobody knows, after a restart or without an answer: what Spoolman has tells it. */
	private async settle(sending: Sending): Promise<void> {
		const { ledger } = this.options;
		const spool = await this.get(sending.spoolId);
		if (!isUnderWay(ledger, sending)) return;
		if (!spool) {
			ledger.setOutbox(end(ledger.outbox));
			this.gone(sending.spoolId, gramsOf(sending));
			return;
		}
		const found = outcome(sending, spool);
		if (found === "repeat") return this.send(sending);
		ledger.setOutbox(end(ledger.outbox));
		if (found === "unclear") {
			const message = "Somebody changed its weight in Spoolman meanwhile. Check it there.";
			this.notCounted(sending.spoolId, gramsOf(sending), message);
		}
	}

	private async send(sending: Sending): Promise<void> {
		const { ledger, link, events, onSpool, onRefused } = this.options;
		// While storage refuses it stays under way, and is looked at again.
		if (!(await ledger.stored()) || !isUnderWay(ledger, sending)) return;
		const { spoolId, afterG } = sending;
		try {
			const isFirstUse = sending.isFirstUse === true;
			const spool = await link.ask((client) => client.setUsed(spoolId, afterG, { isFirstUse }));
			if (isUnderWay(ledger, sending)) ledger.setOutbox(end(ledger.outbox));
			onSpool(spool);
		} catch (cause) {
			const error = toSpoolmanError(cause);
			if (!isFinal(error)) throw error;
			if (isUnderWay(ledger, sending)) ledger.setOutbox(end(ledger.outbox));
			if (error.code === "not_found") return this.gone(spoolId, gramsOf(sending));
			events.add("spool_write_refused", "firmware", spoolId, error.status ?? 0);
			onRefused({ spoolId, grams: gramsOf(sending), message: error.message });
		}
	}

	private async get(spoolId: number): Promise<SpoolDetails | undefined> {
		const { link, onSpool } = this.options;
		try {
			const spool = await link.ask((client) => client.get(spoolId));
			onSpool(spool);
			return spool;
		} catch (error) {
			if (toSpoolmanError(error).code === "not_found") return undefined;
			throw error;
		}
	}

	private gone(spoolId: number, grams: number): void {
		const { onGone, onRefused, events } = this.options;
		onGone(spoolId);
		events.add("spool_write_refused", "firmware", spoolId, 404);
		const message = "Spoolman has no such spool any longer. Link the slot to another one.";
		onRefused({ spoolId, grams, message });
	}

	private notCounted(spoolId: number, grams: number, message: string): void {
		const { events, onRefused } = this.options;
		events.add("spool_not_counted", "firmware", spoolId, grams);
		onRefused({ spoolId, grams, message });
	}
}

/** It is not about the one spool: nobody answers, or does not let us in. */
function isAway({ code }: SpoolmanError): boolean {
	return code === "unreachable" || code === "timeout" || code === "refused";
}

/** It will not be taken later either. Who is not let in, or asks the wrong server, can be helped. */
function isFinal({ code }: SpoolmanError): boolean {
	return code === "not_found" || code === "invalid";
}

function isUnderWay({ outbox }: Ledger, { spoolId, beforeG, afterG }: Sending): boolean {
	const { sending } = outbox;
	return sending?.spoolId === spoolId && sending.beforeG === beforeG && sending.afterG === afterG;
}

function gramsOf({ beforeG, afterG }: Sending): number {
	return Math.max(0, afterG - beforeG);
}
