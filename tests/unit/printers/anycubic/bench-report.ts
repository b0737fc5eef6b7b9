// A printer's reports and the state that is made of them, without any link.

import assert from "node:assert/strict";
import { capabilitiesOf, modelName } from "../../../../modules/printers/anycubic/models";
import {
	type AnycubicReport,
	emptyReport,
	loseSight,
} from "../../../../modules/printers/anycubic/report/anycubic-report";
import { deriveState } from "../../../../modules/printers/anycubic/report/derive-state";
import { type ReadReport, takeReport } from "../../../../modules/printers/anycubic/report/merge-report";
import { Section } from "../../../../modules/printers/anycubic/report/sections";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { PrinterStore } from "../../../../modules/printers/printer-store";
import { ManualClock } from "../../../fakes/manual-clock";

export const DEVICE_ID = "0123456789abcdef0123456789abcdef";

export interface BenchReport {
	readonly report: AnycubicReport;
	readonly clock: ManualClock;
	readonly state: PrinterState;
	/** A report with an envelope as printers send it. */
	tell(type: string, fields: Record<string, unknown>): void;
	/** Any text at all. */
	deliver(type: string, text: string): ReadReport;
	loseSight(): void;
}

export function benchReport(modelId = "20022"): BenchReport {
	const report = emptyReport();
	const clock = new ManualClock();
	const store = new PrinterStore({
		id: DEVICE_ID,
		vendor: "anycubic",
		model: modelName(modelId),
		name: "Kobra",
		serial: DEVICE_ID,
		host: "",
		watch: "live",
		link: "online",
		control: "full",
		capabilities: capabilitiesOf(modelId),
		job: { state: "unknown" },
		nozzles: [],
		bed: {},
		fans: {},
		lights: {},
		filament: { units: [], external: [] },
		faults: [],
	});
	const derive = (changed: number): void =>
		store.update(deriveState(report, { modelId, clock }, changed, store.state));
	derive(Section.all);
	const deliver = (type: string, text: string): ReadReport => {
		const read = takeReport(report, type, text, modelId);
		if (read.ok) derive(read.changed);
		return read;
	};
	return {
		report,
		clock,
		get state() {
			return store.state;
		},
		tell: (type, fields) => {
			const read = deliver(type, reportText(type, fields));
			assert.equal(read.ok, true, `${type} is read`);
		},
		deliver,
		loseSight: () => loseSight(report),
	};
}

export function reportText(type: string, fields: Record<string, unknown>): string {
	return JSON.stringify({
		type,
		action: "auto",
		msgid: "c0ffee00-0000-4000-8000-000000000001",
		state: "done",
		timestamp: 1705245340137,
		code: 200,
		msg: "",
		data: null,
		...fields,
	});
}
