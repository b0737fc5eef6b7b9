// The virtual Kobra without its sockets: takes commands as text, gives reports as text, lives by a clock.

import { randomUUID } from "node:crypto";
import type { Clock, Timer } from "../../../modules/platform/clock";
import { PortError } from "../../../modules/platform/port-error";
import type { CommandOutcome } from "./command";
import { findCommand, isHeard, readCommand } from "./commands";
import { createMachine, isBusy, type Machine, withSwitches } from "./machine";
import { advance, withJob } from "./machine-run";
import { defaultModelIds, findKobraModel, type KobraModel } from "./models";
import {
	isActive,
	type JobOptions,
	type JobPhase,
	jobLayer,
	jobPercent,
	jobUsedMm,
	pauseJob,
	resumeJob,
	startJob,
	stopJob,
} from "./print-job";
import {
	fanReport,
	lastWillReport,
	printReport,
	type Report,
	reportText,
	statusReport,
	temperatureReport,
	versionReport,
	wireText,
} from "./report";
import { Spoken } from "./spoken";
import { type KobraSwitch, KobraSwitchboard, type KobraSwitches } from "./switches";
import { type KobraAddress, readCommandTopic, reportTopic, responseTopic } from "./topics";

export interface VirtualKobraOptions {
	readonly clock: Clock;
	/** Id or name; "20022" unless given. */
	readonly model?: string;
	/** 32 hex digits. */
	readonly deviceId?: string;
	readonly name?: string;
}

/** A message of the printer, as it goes to its broker. */
export type KobraListener = (topic: string, text: string) => void;

export interface CommandRecord {
	/** Of the printer's clock. */
	readonly atMs: number;
	readonly type: string;
	readonly action: string;
	/** The last part of the topic: "print" or "print/start". */
	readonly topic: string;
	/** Why the printer did not do it; "" when it did. */
	readonly ignored: string;
}

export interface KobraSnapshot {
	readonly model: string;
	readonly modelId: string;
	readonly deviceId: string;
	readonly name: string;
	readonly firmware: string;
	readonly isBusy: boolean;
	readonly isConnected: boolean;
	readonly job:
		| {
				readonly taskId: string;
				readonly fileName: string;
				readonly phase: JobPhase;
				readonly percent: number;
				readonly layer: number;
				readonly totalLayers: number;
				readonly usedMm: number;
		  }
		| undefined;
	readonly nozzle: { readonly current: number; readonly target: number };
	readonly bed: { readonly current: number; readonly target: number };
	readonly switches: KobraSwitches;
	/** The newest first. */
	readonly lastCommands: readonly CommandRecord[];
}

/** Between two looks at what has changed. */
export const reportIntervalMs = 1000;
/** How long a printer hangs that was told to start while it was busy. */
export const lockUpMs = 20_000;
const keptCommands = 20;
const longestCommand = 64 * 1024;
/** Numbers, as all tasks have. */
const FIRST_LOCAL_TASK = 700_000;

export class VirtualKobra {
	readonly switches = new KobraSwitchboard();
	readonly model: KobraModel;
	readonly address: KobraAddress;

	readonly #clock: Clock;
	readonly #listeners = new Set<KobraListener>();
	readonly #spoken: Spoken;
	#machine: Machine;
	/** Up to when the machine has been moved on. */
	#movedToMs: number;
	#lockedUntilMs = Number.NEGATIVE_INFINITY;
	#hangs = false;
	#timer: Timer | undefined;
	#commands: readonly CommandRecord[] = [];
	#jobsStarted = 0;
	#place = "127.0.0.1";
	#isConnected = false;
	#closed = false;

	/** Throws `invalid` for a model or id that there cannot be. */
	constructor({ clock, model = defaultModelIds.broker, deviceId, name }: VirtualKobraOptions) {
		const found = findKobraModel(model);
		if (found === undefined) throw new PortError("invalid", `there is no Kobra model "${model}"`);
		const id = (deviceId ?? exampleDeviceId(found)).toLowerCase();
		if (!/^[0-9a-f]{32}$/.test(id))
			throw new PortError("invalid", `"${deviceId}" is no device id: 32 hexadecimal digits`);
		this.#clock = clock;
		this.model = found;
		this.address = { modelId: found.id, deviceId: id };
		this.#machine = createMachine({
			model: found,
			deviceId: id,
			nowMs: clock.wallTime() ?? 0,
			...(name !== undefined && { name }),
		});
		this.#movedToMs = clock.now();
		this.#spoken = new Spoken(this.#machine);
		this.switches.onChange((changed) => this.#onSwitch(changed));
	}

	get clock(): Clock {
		return this.#clock;
	}

	get name(): string {
		return this.#machine.name;
	}

	/** Power-on: reports begin. Does nothing the second time. */
	start(): void {
		if (this.#closed || this.#timer !== undefined) return;
		this.#timer = this.#clock.every(reportIntervalMs, () => this.#tick());
	}

	/** Power-off. May be called any number of times; no listener is called afterwards. */
	close(): void {
		this.#closed = true;
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#listeners.clear();
	}

	/** Calls back with each message of the printer; the returned function ends that. */
	onMessage(listener: KobraListener): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** Whoever keeps the connection tells of it, and where the printer is in its network. */
	setConnected(isConnected: boolean, place = this.#place): void {
		this.#isConnected = isConnected;
		this.#place = place;
	}

	/** What a printer says first when it has reached its broker. */
	announce(): void {
		this.#moveOn();
		const machine = this.#machine;
		const { job } = machine;
		for (const report of [
			lastWillReport("online"),
			statusReport(machine),
			versionReport(machine),
			temperatureReport(machine),
			fanReport(machine),
		])
			this.#say(report);
		if (isActive(job)) this.#say(printReport(machine, job));
	}

	/** What the broker says when the printer has vanished, and the printer when it leaves. */
	lastWill(): { readonly topic: string; readonly text: string } {
		const report = lastWillReport("offline");
		return {
			topic: reportTopic(this.address, report.type),
			text: reportText(report, randomUUID(), this.#timestamp()),
		};
	}

	/** A message at the printer's broker. What is no command for this printer is ignored. */
	handleMessage(topic: string, text: string): void {
		const parsed = readCommandTopic(topic, this.address);
		if (parsed === undefined || this.#closed || this.#isLocked() || text.length > longestCommand) return;
		const message = readCommand(text);
		if (message === undefined || !isHeard(this.#machine, parsed, message)) return;
		this.#moveOn();
		const { type, action, msgid } = message;
		if (msgid !== "") this.#send(responseTopic(this.address), wireText({ msgid }));
		if (`${type}/${action}` === "print/start" && this.#locksUp()) return;
		const run = findCommand(this.#machine, message);
		const outcome: CommandOutcome = run
			? run(this.#machine, message, { place: this.#place, nowMs: this.#wallTimeMs() })
			: { machine: this.#machine, ignored: "there is no such command" };
		this.#machine = outcome.machine;
		this.#record({
			type,
			action,
			topic: parsed.action === undefined ? parsed.type : `${parsed.type}/${parsed.action}`,
			ignored: outcome.ignored ?? "",
		});
		for (const report of outcome.answers ?? []) {
			if (report.type === "ota" && report.action === "update") this.#spoken.hasSaid(report);
			this.#say(report, msgid);
		}
		for (const report of this.#spoken.phases(this.#machine)) this.#say(report, msgid);
	}

	/** Starts a print as somebody at the printer does. False when it is busy. */
	startJob(options: Partial<JobOptions> = {}): boolean {
		const count = this.#jobsStarted + 1;
		const started = this.#change((machine) => {
			if (isBusy(machine)) return machine;
			const job = startJob({
				taskId: this.model.way === "lan" ? String(this.#wallTimeMs()) : "0",
				localTask: String(FIRST_LOCAL_TASK + count),
				fileName: "benchmark_boat.gcode",
				calibrates: this.model.way === "lan",
				...options,
			});
			return withJob(machine, job);
		});
		if (started) this.#jobsStarted = count;
		return started;
	}

	/** False when there is nothing to pause. */
	pause(): boolean {
		return this.#change((machine) => (machine.job ? withJob(machine, pauseJob(machine.job)) : machine));
	}

	/** False when nothing is paused. */
	resume(): boolean {
		return this.#change((machine) => (machine.job ? withJob(machine, resumeJob(machine.job)) : machine));
	}

	/** False when no job is under way. */
	stop(): boolean {
		return this.#change((machine) => (machine.job ? withJob(machine, stopJob(machine.job)) : machine));
	}

	snapshot(): KobraSnapshot {
		if (!this.#closed) this.#moveOn();
		const { model, name, firmware, job, nozzle, bed, switches } = this.#machine;
		return {
			model: model.name,
			...this.address,
			name,
			firmware,
			isBusy: isBusy(this.#machine),
			isConnected: this.#isConnected,
			job: job && {
				taskId: job.taskId,
				fileName: job.fileName,
				phase: job.phase,
				percent: jobPercent(job),
				layer: jobLayer(job),
				totalLayers: job.totalLayers,
				usedMm: jobUsedMm(job),
			},
			nozzle: { current: nozzle.currentC, target: nozzle.targetC },
			bed: { current: bed.currentC, target: bed.targetC },
			switches,
			lastCommands: this.#commands,
		};
	}

	#tick(): void {
		this.#moveOn();
		if (this.#isLocked()) return;
		if (this.#hangs) {
			this.#hangs = false;
			// What happened meanwhile was not said.
			this.announce();
		}
		for (const report of this.#spoken.changes(this.#machine)) this.#say(report);
	}

	#moveOn(): void {
		const nowMs = this.#clock.now();
		this.#machine = advance(this.#machine, nowMs - this.#movedToMs, (machine) => {
			for (const report of this.#spoken.phases(machine)) this.#say(report);
		});
		this.#movedToMs = nowMs;
	}

	/** True when the job is another one afterwards. */
	#change(change: (machine: Machine) => Machine): boolean {
		if (this.#closed) return false;
		this.#moveOn();
		const before = this.#machine;
		this.#machine = change(before);
		for (const report of this.#spoken.phases(this.#machine)) this.#say(report);
		return this.#machine.job !== before.job;
	}

	#onSwitch(name: KobraSwitch): void {
		if (this.#closed) return;
		this.#moveOn();
		this.#machine = withSwitches(this.#machine, this.switches.values);
		for (const report of this.#spoken.phases(this.#machine)) this.#say(report);
		// Who joins a silent printer knows nothing of it.
		if (name === "silent" && !this.switches.values.silent) this.announce();
	}

	/** A start while busy makes such a printer hang. */
	#locksUp(): boolean {
		if (!this.switches.values.locksUp || !isBusy(this.#machine)) return false;
		this.#lockedUntilMs = this.#clock.now() + lockUpMs;
		this.#hangs = true;
		return true;
	}

	#isLocked(): boolean {
		return this.#clock.now() < this.#lockedUntilMs;
	}

	#record(record: Omit<CommandRecord, "atMs">): void {
		this.#commands = [{ atMs: this.#clock.now(), ...record }, ...this.#commands].slice(0, keptCommands);
	}

	#say(report: Report, msgid = ""): void {
		const topic = reportTopic(this.address, report.type);
		const isNamed = msgid !== "" && !this.switches.values.unnamedAnswers;
		this.#send(topic, reportText(report, isNamed ? msgid : randomUUID(), this.#timestamp()));
	}

	#send(topic: string, text: string): void {
		if (this.#closed || this.switches.values.silent || this.#isLocked()) return;
		for (const listener of [...this.#listeners]) listener(topic, text);
	}

	/** Printers that are reached in the LAN count from power-on. */
	#timestamp(): number {
		return this.model.way === "lan" ? Math.floor(this.#clock.now()) : this.#wallTimeMs();
	}

	#wallTimeMs(): number {
		return Math.floor(this.#clock.wallTime() ?? this.#clock.now());
	}
}

/** Of virtual printers of that model; `count` tells several apart. */
export function exampleDeviceId({ id }: Pick<KobraModel, "id">, count = 1): string {
	return `${id}c0ffee`.padEnd(30, "0") + count.toString(16).padStart(2, "0");
}
