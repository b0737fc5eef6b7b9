// The one way to an Anycubic printer: checks a request, sends it, and tells how it ended.

import type { Clock, Timer } from "../../../platform/clock";
import type { Random } from "../../../platform/random";
import { type CommandFailure, type CommandRequest, type CommandResult, DONE, failed } from "../../command";
import { LOST, NOT_SENT, OFFLINE, TOO_MANY } from "../../commands/outcomes";
import { askGuards, type ReadRequest, readRequest } from "../../commands/request";
import type { PrinterFile } from "../../printer-files";
import type { AnycubicLink } from "../anycubic-connection";
import {
	answers,
	canAnswer,
	describeRefusal,
	isRefusal,
	type ReportOfType,
	TASK_STILL_ACTIVE,
} from "./answers";
import type { CommandContext, Message, PrinterFacts } from "./entry";
import { messageId } from "./message-id";
import { commandTable } from "./table";

export interface CommandGateOptions {
	clock: Clock;
	random: Random;
	/** Sends it, and says whether there was a connection to take it. */
	publish: AnycubicLink["publish"];
	facts(): PrinterFacts;
}

/** A report that may answer a command. */
export interface PrinterAnswer extends ReportOfType {
	/** When it is a list of files. */
	readonly files?: readonly PrinterFile[] | undefined;
}

/** How a command ended, and with what. */
export interface Outcome {
	readonly result: CommandResult;
	/** That the answer brought. */
	readonly files?: readonly PrinterFile[] | undefined;
}

/** More at a time come from a program that has run wild. */
export const MAX_WAITING = 8;
export const ANSWER_TIMEOUT_MS = 10_000;
export const RETRY_AFTER_MS = 1_500;
/** So long a printer may take to say that a job has begun. A second one sent meanwhile could lock it up. */
const BEGIN_MS = 10_000;

const TIMED_OUT = failed(
	"timed_out",
	`The printer did not answer within ${ANSWER_TIMEOUT_MS / 1000} s. It may have done it all the same: its state will show that.`,
);
const ONLY_TAKEN = failed(
	"timed_out",
	`The command has reached the printer, but within ${ANSWER_TIMEOUT_MS / 1000} s it did not say what came of it. Its state will show that.`,
);

type Request = ReadRequest<CommandContext, Message>;

/** A command that went out, or will in a moment for the second time. */
interface Waiting {
	readonly request: Request;
	message: Message;
	/** `undefined` between the first and the second time. */
	msgid: string | undefined;
	isTaken: boolean;
	isSecondTime: boolean;
	timer: Timer;
	readonly settle: (outcome: Outcome) => void;
}

export class CommandGate {
	private readonly options: CommandGateOptions;
	/** In the order in which they went out. */
	private readonly waiting = new Set<Waiting>();
	/** The printer's reports name the commands that they answer. */
	private namesCommands = false;
	/** When a job was last sent, unless it was refused, or has been seen to begin. */
	private begunAtMs: number | undefined;

	constructor(options: CommandGateOptions) {
		this.options = options;
	}

	/** Resolves when the command is answered, refused or timed out. Never rejects, whatever the request is. */
	async run(request: CommandRequest): Promise<CommandResult> {
		return (await this.ask(request)).result;
	}

	/** As {@link run}, with what the answer brought. */
	ask(request: CommandRequest): Promise<Outcome> {
		const context = this.context();
		const checked = this.check(request, context);
		if ("ok" in checked) return Promise.resolve({ result: checked });
		return new Promise((settle) => this.begin(checked, context, settle));
	}

	/** Why that would be refused at this moment; `undefined` when it would be sent. */
	refusal(request: CommandRequest): CommandFailure | undefined {
		const checked = this.check(request, this.context());
		return "ok" in checked ? checked : undefined;
	}

	/** A report, whatever it is about. */
	take(report: PrinterAnswer): void {
		const waiting = this.answeredBy(report);
		if (!waiting) return;
		const { envelope, files } = report;
		if (!isRefusal(waiting.message, envelope)) this.end(waiting, { result: DONE, files });
		else if (envelope.code === TASK_STILL_ACTIVE && !waiting.isSecondTime) this.rest(waiting);
		else this.refuse(waiting, describeRefusal(envelope));
	}

	/** The command has reached the printer; what comes of it is told by a report. */
	taken(msgid: string): void {
		for (const waiting of this.waiting) if (waiting.msgid === msgid) waiting.isTaken = true;
	}

	/** The printer shows a job under way: the one that was sent is not to be waited for any longer. */
	jobBegan(): void {
		this.begunAtMs = undefined;
	}

	/** The connection is gone: nothing that was sent on it will be answered. */
	disconnected(): void {
		for (const waiting of this.waiting) this.end(waiting, { result: LOST });
	}

	private context(): CommandContext {
		const { clock, random, facts } = this.options;
		const known = facts();
		const isBeginning = this.begunAtMs !== undefined && clock.now() - this.begunAtMs < BEGIN_MS;
		return { ...known, isCurrent: known.isCurrent && !isBeginning, random };
	}

	private check(request: CommandRequest, context: CommandContext): Request | CommandFailure {
		const read = readRequest(commandTable, request);
		if ("ok" in read) return read;
		const { link } = context.state;
		if (link !== "online" && link !== "stale") return OFFLINE;
		return askGuards(read, context) ?? (this.waiting.size >= MAX_WAITING ? TOO_MANY : read);
	}

	private begin(request: Request, context: CommandContext, settle: Waiting["settle"]): void {
		const waiting: Waiting = {
			request,
			message: request.entry.build(request.values, context),
			msgid: undefined,
			isTaken: false,
			isSecondTime: false,
			timer: { cancel: () => {} },
			settle,
		};
		this.waiting.add(waiting);
		this.send(waiting);
	}

	private send(waiting: Waiting): void {
		const { clock, random, publish } = this.options;
		const { type, action, data } = waiting.message;
		const msgid = messageId(random);
		waiting.msgid = msgid;
		waiting.timer = clock.after(ANSWER_TIMEOUT_MS, () =>
			this.end(waiting, { result: waiting.isTaken ? ONLY_TAKEN : TIMED_OUT }),
		);
		if (waiting.request.entry.beginsJob) this.begunAtMs = clock.now();
		if (!publish({ type, action, msgid, data })) this.refuse(waiting, NOT_SENT);
	}

	/** Until the printer's last job is over. */
	private rest(waiting: Waiting): void {
		waiting.isSecondTime = true;
		waiting.isTaken = false;
		waiting.msgid = undefined;
		waiting.timer.cancel();
		waiting.timer = this.options.clock.after(RETRY_AFTER_MS, () => this.sendAgain(waiting));
	}

	private sendAgain(waiting: Waiting): void {
		const { request } = waiting;
		// By now it may be doing something else.
		if (request.entry.beginsJob) this.begunAtMs = undefined;
		const context = this.context();
		const refusal = askGuards(request, context);
		if (refusal) {
			this.refuse(waiting, refusal);
			return;
		}
		waiting.message = request.entry.build(request.values, context);
		this.send(waiting);
	}

	private answeredBy(report: PrinterAnswer): Waiting | undefined {
		const { msgid } = report.envelope;
		const sent = [...this.waiting].filter((waiting) => waiting.msgid !== undefined);
		const named = sent.find((waiting) => waiting.msgid === msgid && canAnswer(waiting.message, report));
		if (named) {
			this.namesCommands = true;
			return named;
		}
		const isOfAnother = this.namesCommands && msgid !== undefined;
		return sent.find(({ message }) => {
			if (!answers(message, report)) return false;
			return !isOfAnother || (message.answer.showsState === true && !isRefusal(message, report.envelope));
		});
	}

	/** The printer has surely not carried it out. */
	private refuse(waiting: Waiting, result: CommandFailure): void {
		if (waiting.request.entry.beginsJob) this.begunAtMs = undefined;
		this.end(waiting, { result });
	}

	private end(waiting: Waiting, outcome: Outcome): void {
		if (!this.waiting.delete(waiting)) return;
		waiting.timer.cancel();
		waiting.settle(outcome);
	}
}
