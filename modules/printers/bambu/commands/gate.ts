// The one way to a printer: checks a request, sends it, and tells how it ended.

import type { Clock } from "../../../platform/clock";
import type { Log } from "../../../platform/log";
import {
	type CommandFailure,
	type CommandRefusal,
	type CommandRequest,
	type CommandResult,
	DONE,
	failed,
} from "../../command";
import { LOST, NOT_SENT, OFFLINE, TOO_MANY } from "../../commands/outcomes";
import { askGuards, readRequest } from "../../commands/request";
import type { ControlStatus } from "../../printer-state";
import type { PrintReport } from "../report-schema";
import { type Ack, AckRing, describeRefusal, SIGNED_SECTION } from "./acks";
import { ControlLatch } from "./control-latch";
import type { CommandContext, Message } from "./entry";
import { commandTable, findCommand } from "./table";

export interface CommandGateOptions {
	clock: Clock;
	log: Log;
	/** For the log. */
	serial: string;
	/** The sequence id under which it went out; `undefined` when there is no connection. */
	send(section: string, body: object): string | undefined;
	context(): CommandContext;
	/** Whether the printer takes commands has changed. */
	onControl(status: ControlStatus): void;
}

/** So long a printer may take to say that a job has begun. A second one sent meanwhile would end the first. */
const BEGIN_MS = 10_000;
/** How a command ended that the printer has surely not carried out. */
const NOT_DONE: readonly CommandRefusal[] = Object.freeze(["refused", "read_only", "not_sent"]);

const READ_ONLY = failed("read_only", "The printer can only be watched: its Developer Mode is off.");
/** Said once; whoever asks again knows it. */
const READ_ONLY_AND_WHY = failed(
	"read_only",
	"The printer takes no commands from other devices: its Developer Mode is off. On the printer's screen, in the settings of the network, switch LAN Only on, then Developer Mode; then enter the access code here anew if it has changed. The maker's cloud and app stop working meanwhile. Watching the printer and switching its light work as before.",
);

export class CommandGate {
	private readonly options: CommandGateOptions;
	private readonly acks: AckRing;
	private readonly latch = new ControlLatch();
	private hasToldWhy = false;
	/** When a job was last sent, unless it was refused, or has been seen to begin. */
	private begunAtMs: number | undefined;

	constructor(options: CommandGateOptions) {
		this.options = options;
		this.acks = new AckRing(options.clock);
	}

	get control(): ControlStatus {
		return this.latch.status;
	}

	/** Resolves when the command is answered, refused or timed out. Never rejects, whatever the request is. */
	async run(request: CommandRequest): Promise<CommandResult> {
		const messages = this.check(request, this.context());
		if ("ok" in messages) return messages;
		const beginsJob = findCommand(request.command)?.beginsJob === true;
		if (beginsJob) this.begunAtMs = this.options.clock.now();
		const outcomes = messages.map((message) => this.send(message));
		for (const outcome of await Promise.all(outcomes)) {
			if (outcome.ok) continue;
			if (beginsJob && NOT_DONE.includes(outcome.code)) this.begunAtMs = undefined;
			return outcome;
		}
		return DONE;
	}

	/** Why that would be refused at this moment; `undefined` when it would be sent. */
	refusal(request: CommandRequest): CommandFailure | undefined {
		const hadToldWhy = this.hasToldWhy;
		const messages = this.check(request, this.context());
		// Whoever gives the command has not been told by this.
		this.hasToldWhy = hadToldWhy;
		return "ok" in messages ? messages : undefined;
	}

	/** An answer to a command, ours or another client's. */
	take(section: string, ack: Ack): void {
		const taken = this.acks.take(section, ack);
		if (!taken) return;
		const { answer, finish } = taken;
		if (answer === "unsigned") {
			this.change(() => this.latch.refused());
			finish(this.readOnly());
		} else if (answer === "accepted") {
			if (section === SIGNED_SECTION) this.change(() => this.latch.succeeded());
			finish(DONE);
		} else {
			finish(describeRefusal(ack));
		}
	}

	/** What the printer reports of itself; returns what to show. */
	report(reported: ControlStatus, print: PrintReport): ControlStatus {
		const before = this.control;
		this.latch.report(reported, print);
		this.follow(before);
		// Some firmware refuses by a fault alone.
		if (this.control === "read_only") this.acks.release(SIGNED_SECTION, () => this.readOnly());
		return this.control;
	}

	/** The printer says that its job is under way. */
	jobBegan(): void {
		this.begunAtMs = undefined;
	}

	/** The connection is gone: nothing that was sent on it will be answered. */
	disconnected(): void {
		this.acks.endAll(LOST);
		this.change(() => this.latch.reconnected());
	}

	private context(): CommandContext {
		const context = this.options.context();
		const isBeginning = this.begunAtMs !== undefined && this.options.clock.now() - this.begunAtMs < BEGIN_MS;
		return isBeginning ? { ...context, isCurrent: false } : context;
	}

	private check(request: CommandRequest, context: CommandContext): readonly Message[] | CommandFailure {
		const read = readRequest(commandTable, request);
		if ("ok" in read) return read;
		const { link } = context.state;
		if (link !== "online" && link !== "stale") return OFFLINE;
		if (this.control === "read_only" && !read.entry.inReadOnly) return this.readOnly();
		return askGuards(read, context) ?? (this.acks.isFull ? TOO_MANY : read.entry.build(read.values, context));
	}

	private async send({ section, body, acked }: Message): Promise<CommandResult> {
		const sequenceId = this.options.send(section, body);
		if (sequenceId === undefined) return NOT_SENT;
		const sent = { section, command: body.command, sequenceId };
		if (acked) return this.acks.wait(sent);
		this.acks.watch(sent);
		return DONE;
	}

	private readOnly(): CommandFailure {
		if (this.hasToldWhy) return READ_ONLY;
		this.hasToldWhy = true;
		return READ_ONLY_AND_WHY;
	}

	private change(change: () => void): void {
		const before = this.control;
		change();
		this.follow(before);
		if (this.control !== before) this.options.onControl(this.control);
	}

	private follow(before: ControlStatus): void {
		const { control } = this;
		if (control === before) return;
		if (control === "read_only") {
			this.options.log.warn(`printer ${this.options.serial}: takes no commands, its Developer Mode is off`);
		} else {
			this.hasToldWhy = false;
		}
	}
}
