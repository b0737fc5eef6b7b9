// The virtual printer without its sockets: takes requests as text, gives reports as text, lives by a clock.

import type { Clock, Timer } from "../../../modules/platform/clock";
import type { Random } from "../../../modules/platform/random";
import type { Capture } from "./capture";
import { type CommandResult, commandTable, refuse, refuseUnsigned, runCommand } from "./commands";
import { readFaultCode } from "./fault-code";
import { type JobFile, jobFile } from "./job-archive";
import { defaultFilaments } from "./job-commands";
import { type JobKind, jobOptions, startEcho } from "./job-kinds";
import { isJsonObject, type JsonObject, parseJson } from "./json";
import {
	createMachine,
	hasSlot,
	type Machine,
	unverifiedCommand,
	withHms,
	withoutHms,
	withSpool,
} from "./machine";
import {
	advance,
	pausePrintJob,
	resumePrintJob,
	startPrintJob,
	stopPrintJob,
	withPrintError,
} from "./machine-run";
import { type PrinterModelName, printerModel } from "./models";
import { isActive, isUnderWay, type PrintOptions, planPrint } from "./print-job";
import { Replay } from "./replay";
import { fullReport } from "./report";
import { reportDelta } from "./report-delta";
import { externalUnit, type Spool, taggedSpool } from "./spools";
import { type PrinterStatus, statusOf } from "./status";
import { type PrinterSwitch, type PrinterSwitches, Switchboard } from "./switches";
import { withNewSpoolRead } from "./tag-reads";

export interface VirtualBambuPrinterOptions {
	readonly clock: Clock;
	readonly model?: PrinterModelName;
	readonly serial?: string;
	readonly accessCode?: string;
	readonly name?: string;
	/** Played instead of simulating a printer. Commands are then refused, save those that only ask. */
	readonly replay?: Capture;
	/** For the Wi-Fi signal. */
	readonly random?: Random;
}

/** `report` is the message, `text` the same as it goes over the wire. */
export type ReportListener = (report: JsonObject, text: string) => void;

export interface CommandRecord {
	/** Of the printer's clock. */
	readonly atMs: number;
	readonly section: string;
	readonly command: string;
	/** `result` of the ack; "" when there was none. */
	readonly result: string;
	readonly reason: string;
}

export interface PrinterSnapshot extends PrinterStatus {
	readonly model: string;
	readonly serial: string;
	readonly name: string;
	readonly replaying: boolean;
	readonly switches: PrinterSwitches;
	/** Client ids of those connected. */
	readonly clients: readonly string[];
	/** The newest first. */
	readonly lastCommands: readonly CommandRecord[];
}

/** Between two reports of changes. */
export const reportIntervalMs = 2000;
/** How late a printer under load answers. */
export const slowAnswerMs = 8000;
const keptCommands = 20;
/** Below are the numbers of a slicer's commands. */
const slicerSequence = 20_000;

export class VirtualBambuPrinter {
	readonly switches = new Switchboard();

	readonly #clock: Clock;
	readonly #random: Random;
	readonly #replay: Replay | undefined;
	readonly #version: JsonObject | undefined;
	readonly #capturedWithMsg: boolean;
	readonly #listeners = new Set<ReportListener>();
	#machine: Machine;
	/** Up to when the machine has been moved on. */
	#movedToMs: number;
	/** The report as clients know it, if they have read everything. */
	#sent: JsonObject;
	#sequence = 0;
	#streaming = true;
	#timer: Timer | undefined;
	/** What a slow printer has still to say, oldest first. */
	#late: { readonly report: JsonObject; readonly timer: Timer }[] = [];
	#clients: readonly string[] = [];
	#commands: readonly CommandRecord[] = [];
	#closed = false;

	constructor({
		clock,
		random = Math.random,
		model = "P1S",
		replay,
		...identity
	}: VirtualBambuPrinterOptions) {
		this.#clock = clock;
		this.#random = random;
		this.#machine = createMachine({
			...identity,
			model: printerModel(model),
			startedAtMs: clock.wallTime() ?? 0,
		});
		this.#movedToMs = clock.now();
		this.#version = replay?.version;
		this.#capturedWithMsg = replay?.firstFull.msg !== undefined;
		this.#replay =
			replay === undefined
				? undefined
				: new Replay({
						clock,
						capture: replay,
						onMessage: (report) => this.#stream(report),
						onEnd: () => this.#startTicking(),
					});
		this.#sent = fullReport(this.#machine);
		this.switches.onChange((name, on) => this.#onSwitch(name, on));
	}

	get serial(): string {
		return this.#machine.serial;
	}

	get accessCode(): string {
		return this.#machine.accessCode;
	}

	get clock(): Clock {
		return this.#clock;
	}

	/** Power-on: reports begin. Does nothing the second time. */
	start(): void {
		if (this.#closed || this.#timer !== undefined) return;
		this.#moveOn();
		if (this.#replay === undefined) this.#startTicking();
		else this.#replay.start();
	}

	/** Power-off. May be called any number of times; no listener is called afterwards. */
	close(): void {
		this.#closed = true;
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#replay?.close();
		this.#forgetLate();
		this.#listeners.clear();
	}

	/** Calls back with each message of the printer; the returned function ends that. */
	onReport(listener: ReportListener): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** A message on the request topic. What is not JSON, or names nothing the printer has, is ignored. */
	handleRequest(text: string): void {
		const request = parseJson(text);
		if (this.#closed || !isJsonObject(request)) return;
		for (const [section, fields] of Object.entries(request)) {
			if (isJsonObject(fields)) this.#handle(section, fields);
		}
	}

	/** Whoever keeps the connections tells who is there. */
	setClients(clientIds: readonly string[]): void {
		this.#clients = clientIds;
	}

	snapshot(): PrinterSnapshot {
		const { model, serial, name } = this.#machine;
		return {
			...statusOf(this.#report()),
			model: model.name,
			serial,
			name,
			replaying: this.#replay !== undefined,
			switches: this.switches.values,
			clients: this.#clients,
			lastCommands: this.#commands,
		};
	}

	/** Starts a print as a slicer does. False when a job is under way already. */
	startJob(options: Partial<PrintOptions> = {}): boolean {
		const isStarted = this.#change((machine) => {
			if (isActive(machine.job)) return machine;
			const plan = planPrint({ name: "Benchmark boat", filaments: defaultFilaments(machine), ...options });
			return startPrintJob(machine, plan);
		});
		const { plan } = this.#machine.job;
		// What the cloud sends goes to the printer alone.
		if (isStarted && plan?.source === "local")
			this.#send({ print: startEcho(plan, String(slicerSequence + this.#machine.jobNumber)) });
		return isStarted;
	}

	/** The same with a job of that kind. */
	startJobOfKind(kind: JobKind): boolean {
		return this.startJob(jobOptions(this.#machine, kind));
	}

	/** The file of the last job; `undefined` when there was none, or none with a file. */
	get jobFile(): JobFile | undefined {
		if (this.#replay !== undefined) return undefined;
		this.#moveOn();
		return jobFile(this.#machine);
	}

	/** False when there is nothing to pause. */
	pause(): boolean {
		return this.#change((machine) => (isUnderWay(machine.job) ? pausePrintJob(machine) : machine));
	}

	/** False when nothing is paused. */
	resume(): boolean {
		return this.#change(resumePrintJob);
	}

	/** False when no job is under way. */
	stop(): boolean {
		return this.#change(stopPrintJob);
	}

	/**
	 * "0300_8004" becomes the print error and pauses a job under way; "HMS_0C00_0300_0003_0007" joins the
	 * list of faults. False when the code is neither.
	 */
	insertFault(code: string): boolean {
		const fault = readFaultCode(code);
		if (fault === undefined) return false;
		return this.#change((machine) =>
			fault.kind === "hms" ? withHms(machine, fault.entry) : withPrintError(machine, fault.code, fault.stage),
		);
	}

	/** A job that a fault has paused stays paused. False when there is none. */
	clearFaults(): boolean {
		return this.#change((machine) =>
			machine.printError === 0 && machine.hms.length === 0 ? machine : { ...machine, printError: 0, hms: [] },
		);
	}

	/**
	 * Unit 255 is the external spool, its slot the nozzle. The tag of one in a unit is then read. False when there is no
	 * such slot.
	 */
	loadSpool(unit: number, slot: number, spool: Spool = taggedSpool(0x1000 + unit * 4 + slot)): boolean {
		const address = { unit, slot };
		return this.#change((machine) =>
			hasSlot(machine, address) ? withNewSpoolRead(withSpool(machine, address, spool), address) : machine,
		);
	}

	/** False when the slot is empty already or not there. */
	removeSpool(unit: number, slot: number): boolean {
		const spoolOf = (machine: Machine): Spool | undefined =>
			unit === externalUnit
				? machine.external[slot]
				: machine.units.find(({ id }) => id === unit)?.slots[slot];
		return this.#change((machine) =>
			spoolOf(machine) === undefined ? machine : withSpool(machine, { unit, slot }, undefined),
		);
	}

	#handle(section: string, fields: JsonObject): void {
		this.#moveOn();
		const { machine, ack, push } = this.#run(section, fields);
		this.#machine = machine;
		this.#record(section, fields, ack);
		if (ack !== undefined) this.#send({ [section]: ack });
		if (push === "all") this.#sendFull();
		if (push !== undefined && push !== "all") this.#streaming = push === "start";
	}

	#run(section: string, fields: JsonObject): CommandResult {
		if (this.#replay === undefined || section === "pushing" || !Object.hasOwn(commandTable, section)) {
			return runCommand(this.#machine, section, fields);
		}
		if (section === "info") {
			const { ack, ...result } = runCommand(this.#machine, section, fields);
			return { ...result, ack: this.#capturedVersion(ack) };
		}
		const table = commandTable[section];
		const unsigned = typeof fields.command === "string" && table?.[fields.command]?.unsigned === true;
		return this.#machine.secured && !unsigned
			? refuseUnsigned(this.#machine, fields)
			: refuse(this.#machine, fields, "this virtual printer only plays a capture");
	}

	#capturedVersion(ack: JsonObject | undefined): JsonObject | undefined {
		if (this.#version === undefined || ack?.module === undefined) return ack;
		return { ...this.#version, command: "get_version", sequence_id: ack.sequence_id ?? "0" };
	}

	#record(section: string, fields: JsonObject, ack: JsonObject | undefined): void {
		const { result = "", reason } = ack ?? {};
		const record: CommandRecord = {
			atMs: this.#clock.now(),
			section,
			command: typeof fields.command === "string" ? fields.command : "",
			result: String(result),
			reason: typeof reason === "string" ? reason : "",
		};
		this.#commands = [record, ...this.#commands].slice(0, keptCommands);
	}

	/** True when the machine is another one afterwards. A printer that plays a capture never is. */
	#change(change: (machine: Machine) => Machine): boolean {
		if (this.#closed || this.#replay !== undefined) return false;
		this.#moveOn();
		const before = this.#machine;
		this.#machine = change(before);
		return this.#machine !== before;
	}

	#moveOn(): void {
		const nowMs = this.#clock.now();
		this.#machine = advance(this.#machine, nowMs - this.#movedToMs);
		this.#movedToMs = nowMs;
	}

	#startTicking(): void {
		this.#timer = this.#clock.every(reportIntervalMs, () => this.#onTick());
	}

	#onTick(): void {
		this.#moveOn();
		this.#wanderWifi();
		if (this.#replay === undefined) {
			this.#streamChanges();
			return;
		}
		// The capture is over: all that still changes is the signal.
		const changes = { wifi_signal: `${this.#machine.wifiDbm}dBm` };
		this.#replay.merge(changes);
		this.#stream({
			print: { ...changes, command: "push_status", msg: 1, sequence_id: this.#nextSequence() },
		});
	}

	/** Between good and bad, and never still, so that no report of changes is empty. */
	#wanderWifi(): void {
		const step = Math.floor(this.#random() * 3) + 1;
		const dbm = this.#machine.wifiDbm + (this.#random() < 0.5 ? -step : step);
		const wifiDbm = dbm > -40 || dbm < -75 ? -50 - step : dbm;
		this.#machine = { ...this.#machine, wifiDbm };
	}

	#streamChanges(): void {
		if (!this.#streaming || this.switches.values.silent) return;
		const report = fullReport(this.#machine);
		const changes = reportDelta(this.#sent, report);
		this.#sent = report;
		this.#send({
			print: { ...changes, command: "push_status", msg: 1, sequence_id: this.#nextSequence() },
		});
	}

	/** A message that goes out by itself, and not as an answer. */
	#stream(report: JsonObject): void {
		const { print } = report;
		if (isJsonObject(print) && typeof print.sequence_id === "string") {
			this.#sequence = Math.max(this.#sequence, Number(print.sequence_id) || 0);
		}
		if (this.#streaming) this.#send(report);
	}

	#sendFull(): void {
		const report = this.#report();
		this.#sent = report;
		const { msg: _, ...unnumbered } = report;
		const msg = this.#replay === undefined || this.#capturedWithMsg ? { msg: 0 } : {};
		this.#send({
			print: { ...unnumbered, command: "push_status", ...msg, sequence_id: this.#nextSequence() },
		});
	}

	#report(): JsonObject {
		if (this.#replay !== undefined) return this.#replay.report;
		if (!this.#closed) this.#moveOn();
		return fullReport(this.#machine);
	}

	#nextSequence(): string {
		this.#sequence += 1;
		return String(this.#sequence);
	}

	#send(report: JsonObject): void {
		const { silent, slow } = this.switches.values;
		if (this.#closed || silent) return;
		if (!slow) {
			this.#publish(report);
			return;
		}
		const timer = this.#clock.after(slowAnswerMs, () => {
			this.#late.shift();
			this.#publish(report);
		});
		this.#late.push({ report, timer });
	}

	#publish(report: JsonObject): void {
		// Printers with the longer reports write them with four spaces of indentation.
		const text = JSON.stringify(report, null, this.#machine.model.dialect === "extended" ? 4 : undefined);
		for (const listener of [...this.#listeners]) listener(report, text);
	}

	#onSwitch(name: PrinterSwitch, on: boolean): void {
		if (name === "slow" && !on) {
			const late = this.#late;
			this.#forgetLate();
			for (const { report } of late) this.#publish(report);
		}
		if (name === "silent" && on && this.#late.length > 0) {
			this.#forgetLate();
			// Clients will never hear of these changes otherwise.
			this.#sent = {};
		}
		if (name === "secured") {
			const machine = { ...this.#machine, secured: on };
			this.#machine = on ? machine : withoutHms(machine, unverifiedCommand);
		}
	}

	#forgetLate(): void {
		for (const { timer } of this.#late) timer.cancel();
		this.#late = [];
	}
}
