// What a Kobra has told, so that it tells what has changed and nothing twice.

import { sameJson } from "../bambu/json";
import { isBusy, type Machine } from "./machine";
import type { JobPhase } from "./print-job";
import {
	dryingReport,
	fanReport,
	lightReport,
	printReport,
	type Report,
	slotReport,
	statusReport,
	temperatureReport,
	updateReport,
} from "./report";

export class Spoken {
	#phase: JobPhase | undefined;
	#taskId = "";
	readonly #last = new Map<string, Report>();

	constructor(machine: Machine) {
		this.phases(machine);
		this.changes(machine);
	}

	/** A job that entered another phase, and a printer that became busy or free: no such moment is left out. */
	phases(machine: Machine): readonly Report[] {
		const { job, update } = machine;
		const reports: Report[] = [];
		const becameBusy = isBusy(machine) ? this.#changed("status", statusReport(machine)) : undefined;
		if (becameBusy) reports.push(becameBusy);
		if (job && (job.phase !== this.#phase || job.taskId !== this.#taskId)) {
			const report = printReport(machine, job);
			this.#last.set("print", report);
			reports.push(report);
			if (job.phase === "finished" && machine.model.way === "broker")
				reports.push({ type: "print", action: "start", state: "done", data: { taskid: job.taskId } });
			this.#phase = job.phase;
			this.#taskId = job.taskId;
		}
		const updating = updateReport(machine);
		if (update && updating && updating.state !== this.#last.get("ota")?.state) {
			this.#last.set("ota", updating);
			reports.push(updating);
		}
		if (update === undefined) this.#last.delete("ota");
		const becameFree = this.#changed("status", statusReport(machine));
		if (becameFree) reports.push(becameFree);
		return reports;
	}

	/** All the rest that is told by itself. */
	changes(machine: Machine): readonly Report[] {
		const { job, box, model } = machine;
		const updating = updateReport(machine);
		const reports = [
			this.#changed("tempature", temperatureReport(machine)),
			this.#changed("fan", fanReport(machine)),
			model.way === "lan" ? this.#changed("light", lightReport(machine)) : undefined,
			job ? this.#changed("print", printReport(machine, job)) : undefined,
			updating && this.#changed("ota", updating),
			...(box ? this.#boxChanges(machine) : []),
		];
		return reports.filter((report) => report !== undefined);
	}

	/** Already told, as an answer. */
	hasSaid(report: Report): void {
		this.#last.set(report.type, report);
	}

	/** Only what is loaded, and how the drying goes: a box does not tell of what is used up. */
	#boxChanges({ box }: Machine): readonly (Report | undefined)[] {
		if (box === undefined) return [];
		const loaded: Report = { type: "multiColorBox", action: "", state: "", data: box.loadedSlot };
		const isOther = this.#changed("loaded", loaded) !== undefined && box.loadedSlot >= 0;
		const minutes = Math.ceil((box.drying?.remainingMs ?? 0) / 60_000);
		const drying: Report = { type: "multiColorBox", action: "", state: "", data: minutes };
		const driesOn = this.#changed("drying", drying) !== undefined;
		return [isOther ? slotReport(box, box.loadedSlot) : undefined, driesOn ? dryingReport(box) : undefined];
	}

	#changed(key: string, report: Report): Report | undefined {
		const before = this.#last.get(key);
		if (before && before.state === report.state && sameJson(before.data, report.data)) return undefined;
		this.#last.set(key, report);
		return report;
	}
}
