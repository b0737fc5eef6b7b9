// A gate to a printer of which everything can be said, for tests that give it commands and look at what goes out.

import assert from "node:assert/strict";
import type { AnycubicCommand } from "../../../../../modules/printers/anycubic/anycubic-connection";
import type { PrinterFacts } from "../../../../../modules/printers/anycubic/commands/entry";
import { CommandGate, type Outcome } from "../../../../../modules/printers/anycubic/commands/gate";
import { type Envelope, readAck, writeCommand } from "../../../../../modules/printers/anycubic/envelope";
import { capabilitiesOf, modelName } from "../../../../../modules/printers/anycubic/models";
import { readFileReport } from "../../../../../modules/printers/anycubic/report/file-list";
import type { CommandFailure, CommandRequest, CommandResult } from "../../../../../modules/printers/command";
import type { FilamentUnit, JobState, PrinterState } from "../../../../../modules/printers/printer-state";
import { ManualClock } from "../../../../fakes/manual-clock";

export const KOBRA_2_PLUS = "20022";
export const KOBRA_3 = "20024";
export const KOBRA_S1 = "20025";
export const KOBRA_X = "20030";

export const TASK_ID = "492102245";

export interface CommandBenchOptions {
	modelId?: string;
	/** By the model, if left out. */
	way?: "lan" | "broker";
	job?: JobState;
	link?: PrinterState["link"];
	firmware?: string;
	units?: FilamentUnit[];
	isBusy?: boolean;
	isCurrent?: boolean;
	taskId?: string | undefined;
	lightKinds?: readonly number[];
}

export const idle: CommandBenchOptions = { job: { state: "idle" }, isBusy: false, taskId: undefined };
export const printing: CommandBenchOptions = {
	job: { state: "printing", name: "Boat" },
	isBusy: true,
	taskId: TASK_ID,
};
export const paused: CommandBenchOptions = { ...printing, job: { state: "paused", name: "Boat" } };
export const levelling: CommandBenchOptions = { ...idle, isBusy: true };

/** Red in the first slot, something unnamed in the second, nothing in the third. */
export const ace = (id: number): FilamentUnit => ({
	id,
	kind: "ace",
	slots: [
		{ id: 0, state: "loaded", material: "PLA", color: "FF0000FF" },
		{ id: 1, state: "unknown" },
		{ id: 2, state: "empty" },
		{ id: 3, state: "loaded", material: "PETG", color: "0080FFFF" },
	],
});

export type ReportFields = Partial<Envelope>;

export function commandBench(options: CommandBenchOptions = {}) {
	const modelId = options.modelId ?? KOBRA_2_PLUS;
	const clock = new ManualClock();
	const published: AnycubicCommand[] = [];
	let facts = factsOf({ ...idle, ...options, modelId });
	let isConnected = true;
	let drawn = 0;
	const gate = new CommandGate({
		clock,
		// Never twice the same, as far as a test goes.
		random: () => ((drawn++ * 7919) % 65_536) / 65_536,
		publish: (command) => {
			if (isConnected) published.push(command);
			return isConnected;
		},
		facts: () => facts,
	});
	let read = 0;

	const bench = {
		gate,
		clock,
		/** From now on that is known of the printer. */
		becomes: (change: CommandBenchOptions): void => {
			facts = factsOf({ ...idle, ...options, ...change, modelId });
		},
		disconnect: (): void => {
			isConnected = false;
		},
		/** What went out since the last call. */
		sent: (): AnycubicCommand[] => {
			const since = published.slice(read);
			read = published.length;
			return since;
		},
		/** Gives a command that goes out. */
		give: (request: CommandRequest) => {
			const ending = gate.ask(request);
			const [command = assert.fail(`${request.command} is not sent`)] = bench.sent();
			return { ending, command, msgid: command.msgid };
		},
		/** A report comes. */
		report: (type: string, fields: ReportFields): void =>
			gate.take({ type, envelope: { action: "", code: 200, data: {}, ...fields } }),
		/** One of files, as text. */
		reportFiles: (type: string, message: object): void => {
			const file = readFileReport(JSON.stringify(message));
			if (typeof file === "string") assert.fail(file);
			gate.take({ type, envelope: file.envelope, files: file.files });
		},
		/** A message on the topic that only says that a command has arrived. */
		respond: (text: string): void => {
			const msgid = readAck(text);
			if (msgid !== undefined) gate.taken(msgid);
		},
		/** What a command looks like on the wire, with names and times that can be compared. */
		wire: (command: AnycubicCommand): string => {
			assert.equal(isUuid(command.msgid), true, command.msgid);
			return writeCommand({ ...command, msgid: "M" }, 1).replace(',"msgid":"M","timestamp":1', "");
		},
		/** Gives a command that has to be refused before it is sent. */
		refused: async (request: CommandRequest): Promise<CommandFailure> => {
			const before = gate.refusal(request);
			const result = await gate.run(request);
			assert.deepEqual(bench.sent(), [], "nothing goes out");
			assert.ok(!result.ok, `${request.command} is not refused`);
			assert.deepEqual(before, result, "it is said beforehand");
			assert.ok(result.message.length > 10);
			return result;
		},
	};
	return bench;
}

/** What has come of it by now: `undefined` while it waits. */
export async function outcome(ending: Promise<Outcome>): Promise<CommandResult | undefined> {
	let ended: CommandResult | undefined;
	void ending.then(({ result }) => {
		ended = result;
	});
	for (let turns = 0; turns < 10; turns++) await Promise.resolve();
	return ended;
}

export function isUuid(id: string): boolean {
	return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id);
}

function factsOf(options: CommandBenchOptions & { modelId: string }): PrinterFacts {
	const {
		modelId,
		job = { state: "idle" },
		link = "online",
		firmware,
		units = [],
		lightKinds = [],
	} = options;
	const isKobra2 = modelId === KOBRA_2_PLUS;
	const capabilities = capabilitiesOf(modelId);
	return {
		state: {
			id: "1",
			vendor: "anycubic",
			model: modelName(modelId),
			name: "Kobra",
			serial: "1",
			host: "192.0.2.9",
			...(firmware !== undefined && { firmware }),
			watch: "live",
			link,
			control: "full",
			capabilities,
			job,
			nozzles: [],
			bed: {},
			fans: {},
			lights: {},
			filament: { units, external: [] },
			faults: [],
		},
		capabilities,
		way: options.way ?? (isKobra2 ? "broker" : "lan"),
		modelId,
		lightKinds,
		isCurrent: options.isCurrent ?? true,
		isBusy: options.isBusy ?? false,
		taskId: options.taskId,
	};
}
