// A printer that knows what a virtual one reports, for tests that give it commands and look at what goes out.

import assert from "node:assert/strict";
import type { CommandRequest, CommandResult } from "../../../../../modules/printers/command";
import { defaultFilaments } from "../../../../../sim/printers/bambu/job-commands";
import type { JsonObject } from "../../../../../sim/printers/bambu/json";
import { createMachine, type Machine } from "../../../../../sim/printers/bambu/machine";
import { advance, pausePrintJob, startPrintJob } from "../../../../../sim/printers/bambu/machine-run";
import { type PrinterModelName, printerModel } from "../../../../../sim/printers/bambu/models";
import { planPrint } from "../../../../../sim/printers/bambu/print-job";
import { fullReport, versionReport } from "../../../../../sim/printers/bambu/report";
import { benchPrinter } from "../bench-printer";

/** One message to the printer, as text; its sequence id is replaced by "S". */
export type SentText = string;

export interface CommandBenchOptions {
	model?: PrinterModelName;
	/** Of a model that cannot be simulated; the report is that of `model`. */
	serial?: string;
	machine?: (machine: Machine) => Machine;
	/** Laid over what the printer reports; `undefined` takes a field away. */
	report?: JsonObject | ((report: JsonObject) => JsonObject);
}

export function commandBench(options: CommandBenchOptions = {}) {
	const { model = "P1S", machine: change = (same) => same, report = {} } = options;
	const machine = change(createMachine({ model: printerModel(model) }));
	const bench = benchPrinter({ serial: options.serial ?? machine.serial });
	const full = fullReport(machine);
	const shown = typeof report === "function" ? report(full) : { ...full, ...report };
	bench.deliver({ info: { command: "get_version", ...versionReport(machine) } });
	bench.deliver({ print: { ...shown, command: "push_status", msg: 0 } });
	const { mqtt } = bench;
	let read = mqtt.last.published.length;

	/** What was published since the last call. */
	const published = (): { section: string; body: JsonObject }[] => {
		const messages = mqtt.last.published.slice(read).map(({ payload }) => {
			const [[section, body] = ["", {}]] = Object.entries(JSON.parse(payload) as Record<string, JsonObject>);
			return { section, body };
		});
		read = mqtt.last.published.length;
		return messages;
	};

	/** Gives the command and answers all that goes out for it with success. */
	const run = async (request: CommandRequest): Promise<{ result: CommandResult; sent: SentText[] }> => {
		const ending = bench.printer.command(request);
		const messages = published();
		for (const { section, body } of messages) bench.deliver(ack(section, body));
		const result = await ending;
		return {
			result,
			sent: messages.map(({ section, body }) => {
				assert.match(String(body.sequence_id), /^[1-9][0-9]{5,9}$/);
				return JSON.stringify({ [section]: { ...body, sequence_id: "S" } });
			}),
		};
	};

	/** Gives a command that has to be refused before it is sent. */
	const refused = async (request: CommandRequest) => {
		const { result, sent } = await run(request);
		assert.deepEqual(sent, [], "nothing goes out");
		assert.ok(!result.ok, `${request.command} is not refused`);
		assert.ok(result.message.length > 10);
		return result;
	};

	return { ...bench, machine, published, run, refused };
}

export function ack(section: string, body: JsonObject, fields: JsonObject = {}): JsonObject {
	return { [section]: { ...body, result: "success", reason: "", ...fields } };
}

export function printing(machine: Machine): Machine {
	const plan = planPrint({ name: "Boat", filaments: defaultFilaments(machine) });
	return advance(startPrintJob(machine, plan), 8 * 60_000);
}

export const paused = (machine: Machine): Machine => pausePrintJob(printing(machine));

export const homed = (machine: Machine): Machine => ({ ...machine, homed: true });

export const hot = (machine: Machine): Machine => ({
	...machine,
	nozzles: machine.nozzles.map((nozzle) => ({ ...nozzle, currentC: 215.4, targetC: 220 })),
});
