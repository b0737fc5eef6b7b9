// The commands that a printer has yet to answer, and what its answers mean.

import type { Clock, Timer } from "../../../platform/clock";
import { type CommandResult, failed } from "../../command";

/** More at a time come from a program that has run wild. */
export const MAX_OUTSTANDING = 16;
export const ACK_TIMEOUT_MS = 10_000;

/** The section whose commands have to be signed on a printer that wants signatures. */
export const SIGNED_SECTION = "print";

/** `err_code` of a command that was not signed, or whose signature was not taken. */
const FIRST_UNSIGNED = 84033543;
const LAST_UNSIGNED = 84033548;
/** `errno` of the units for filament. */
const CHAMBER_TOO_HOT = -2;
const UNIT_TOO_HOT = -4;
/** Of a printer's own words. */
const MAX_REASON_CHARACTERS = 80;

/** What may be in a section that answers a command. */
export interface Ack {
	readonly command?: unknown;
	readonly sequence_id?: unknown;
	readonly result?: unknown;
	readonly reason?: unknown;
	readonly err_code?: unknown;
	readonly errno?: unknown;
}

/** A command that went out. */
export interface Sent {
	readonly section: string;
	readonly command: string;
	readonly sequenceId: string;
}

interface Outstanding extends Sent {
	readonly dueMs: number;
	/** `undefined`: nobody waits, it is only of interest whether it is refused. */
	readonly settle: ((outcome: CommandResult) => void) | undefined;
}

export type Answer = "accepted" | "refused" | "unsigned";

export class AckRing {
	private readonly clock: Clock;
	private outstanding: readonly Outstanding[] = [];
	private timer: Timer | undefined;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/** Whether another command may go out. Those that nobody waits for make room. */
	get isFull(): boolean {
		return this.outstanding.filter(({ settle }) => settle).length >= MAX_OUTSTANDING;
	}

	/** Resolves when the answer comes, or in its stead after {@link ACK_TIMEOUT_MS}. */
	wait(sent: Sent): Promise<CommandResult> {
		return new Promise((settle) => this.add(sent, settle));
	}

	/** For a command that may be answered and is done already. */
	watch(sent: Sent): void {
		this.add(sent, undefined);
	}

	/** What that answer says of a command of ours; `undefined` for one of somebody else's, or one too late. */
	take(section: string, ack: Ack): { answer: Answer; finish(outcome: CommandResult): void } | undefined {
		const { sequence_id: id } = ack;
		// A printer may send anything, and not everything can be made a text of.
		if (typeof id !== "string" && typeof id !== "number") return undefined;
		const found = this.outstanding.find(
			(sent) => sent.sequenceId === String(id) && sent.command === ack.command && sent.section === section,
		);
		if (!found) return undefined;
		this.remove(found);
		return { answer: readAnswer(section, ack), finish: (outcome) => found.settle?.(outcome) };
	}

	/** Nothing more will be answered. */
	endAll(outcome: CommandResult): void {
		for (const sent of this.outstanding) {
			this.remove(sent);
			sent.settle?.(outcome);
		}
	}

	/** Nobody waits any more for the commands of that section; their answers are still of interest. */
	release(section: string, outcome: () => CommandResult): void {
		for (const sent of this.outstanding) {
			if (sent.section !== section || !sent.settle) continue;
			this.outstanding = this.outstanding.map((other) =>
				other === sent ? { ...sent, settle: undefined } : other,
			);
			sent.settle(outcome());
		}
	}

	private add(sent: Sent, settle: Outstanding["settle"]): void {
		const kept = this.outstanding.length < MAX_OUTSTANDING ? this.outstanding : this.withoutOldestWatched();
		this.outstanding = [...kept, { ...sent, settle, dueMs: this.clock.now() + ACK_TIMEOUT_MS }];
		this.schedule();
	}

	private withoutOldestWatched(): readonly Outstanding[] {
		const oldest = this.outstanding.find(({ settle }) => !settle);
		return this.outstanding.filter((sent) => sent !== oldest);
	}

	private remove(sent: Outstanding): void {
		this.outstanding = this.outstanding.filter((other) => other !== sent);
		if (this.outstanding.length === 0) {
			this.timer?.cancel();
			this.timer = undefined;
		}
	}

	/** All wait for the same time, so the first is due first. */
	private schedule(): void {
		const [first] = this.outstanding;
		if (!first || this.timer) return;
		this.timer = this.clock.after(Math.max(0, first.dueMs - this.clock.now()), () => {
			this.timer = undefined;
			this.expire();
			this.schedule();
		});
	}

	private expire(): void {
		const nowMs = this.clock.now();
		for (const sent of this.outstanding) {
			if (sent.dueMs > nowMs) continue;
			this.remove(sent);
			sent.settle?.(TIMED_OUT);
		}
	}
}

const TIMED_OUT = failed(
	"timed_out",
	`The printer did not answer within ${ACK_TIMEOUT_MS / 1000} s. It may have done it all the same: its state will show that.`,
);

/** Cameras say 0 for success, some commands nothing at all. */
function readAnswer(section: string, { result, err_code }: Ack): Answer {
	if (typeof err_code === "number" && err_code >= FIRST_UNSIGNED && err_code <= LAST_UNSIGNED)
		return "unsigned";
	// Some firmware that takes no unsigned commands says so by saying nothing.
	if (result === "") return section === SIGNED_SECTION ? "unsigned" : "refused";
	if (result === undefined || result === null || result === 0) return "accepted";
	return typeof result === "string" && result.toLowerCase() === "success" ? "accepted" : "refused";
}

/** In words, for a person; `ack` of a command that was refused for another reason than its signature. */
export function describeRefusal({ reason, errno, err_code }: Ack): CommandResult {
	if (errno === CHAMBER_TOO_HOT)
		return failed("refused", "The printer refused: its chamber is too hot. Let it cool down first.");
	if (errno === UNIT_TOO_HOT)
		return failed("refused", "The printer refused: the filament unit is too hot. Let it cool down first.");
	const code = typeof err_code === "number" && err_code !== 0 ? ` (${err_code})` : "";
	const words =
		typeof reason === "string" && reason !== ""
			? `The printer refused${code}: ${reason.slice(0, MAX_REASON_CHARACTERS)}`
			: `The printer refused${code} and did not say why.`;
	return failed("refused", words);
}
