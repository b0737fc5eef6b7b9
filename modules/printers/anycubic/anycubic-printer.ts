// An Anycubic printer: what its link delivers becomes its report, and its report becomes the printer's state.

import type { Clock, Timer } from "../../platform/clock";
import type { Log } from "../../platform/log";
import type { Random } from "../../platform/random";
import type { CommandFailure, CommandRequest, CommandResult } from "../command";
import { isUnderWay } from "../job-status";
import type { LinkReport } from "../link-report";
import type { Printer, PrinterTarget, Watched } from "../printer";
import type { PrinterFiles } from "../printer-files";
import type { PrinterState } from "../printer-state";
import { type PrinterStateListener, PrinterStore } from "../printer-store";
import { RefusalLog } from "../refusal-log";
import type { AnycubicAddress, AnycubicLink, AnycubicLinkEvents } from "./anycubic-connection";
import type { PrinterFacts, Way } from "./commands/entry";
import { AnycubicFiles } from "./commands/files";
import { CommandGate } from "./commands/gate";
import { type Envelope, type EnvelopeRefusal, readAck } from "./envelope";
import { capabilitiesOf, modelName } from "./models";
import { emptyReport, loseSight } from "./report/anycubic-report";
import { deriveState } from "./report/derive-state";
import { readFileReport } from "./report/file-list";
import { isJobUnderWay } from "./report/merge-job";
import { takeReport } from "./report/merge-report";
import { Section, type Sections } from "./report/sections";

/** A handshake takes a few seconds, and a silent printer is told from a dead one after 10 s more. */
export const LOOK_LIMIT_MS = 20_000;
/** Between the first thing that tells what the printer does and the goodbye: the other answers are on their way. */
export const LOOK_SETTLE_MS = 2_000;
export const LOOK_INTERVAL_MS = 60_000;
/** Everything is asked for as soon as there is a connection, and answered within a second or two. */
export const CATCH_UP_MS = 5_000;

const OFF_HELP = "The printer is off or has lost its network.";
/** Reports that tell what the printer does. */
const TELLING: readonly string[] = Object.freeze(["status", "info", "print"]);
const FILE_TYPES: readonly string[] = Object.freeze(["file", "file_list"]);
const LAST_WILL = "lastWill";

/** The way to the printer. One that goes by a broker has no target of its own, and is not retargeted. */
export interface AnycubicPrinterLink extends AnycubicLink {
	retarget?(target: PrinterTarget): void;
}

export interface AnycubicPrinterOptions extends AnycubicAddress {
	/** As a person named it; "" makes a name from model and device id. */
	name: string;
	/** Of the printer, or of the broker that it is found at. */
	host: string;
	way: Way;
	clock: Clock;
	random: Random;
	log: Log;
	/** Called once. Nothing is connected before `start`. */
	link(events: AnycubicLinkEvents): AnycubicPrinterLink;
}

export class AnycubicPrinter implements Printer {
	readonly files: PrinterFiles;
	private readonly options: AnycubicPrinterOptions;
	private readonly store: PrinterStore;
	private readonly link: AnycubicPrinterLink;
	private readonly refusals: RefusalLog;
	private readonly gate: CommandGate;
	private readonly report = emptyReport();
	private modelId: string;
	private name: string;
	/** As the link itself said last. */
	private linked: LinkReport = { status: "offline" };
	#heardAtMs: number | undefined;
	/** On this connection the printer has said what it does. */
	private isTold = false;
	/** Since this job is known, or this connection is there, its settings were asked for. */
	private hasAskedSettings = false;
	/** While commands wait for the printer to say what it does. */
	private catchingUp: { readonly ended: Promise<void>; end(): void } | undefined;
	/** The connection stays. */
	private isLive = false;
	/** While one is under way. */
	#look: { timer: Timer; resolve(): void } | undefined;

	constructor(options: AnycubicPrinterOptions) {
		const { clock, random, log, deviceId } = options;
		this.options = options;
		this.name = options.name;
		this.modelId = options.modelId;
		this.store = new PrinterStore(this.initialState());
		this.refusals = new RefusalLog({ log, printer: deviceId });
		this.link = options.link({
			onStatus: (report) => this.takeStatus(report),
			onReport: (type, text) => this.take(type, text),
			onResponse: (text) => {
				const msgid = readAck(text);
				if (msgid !== undefined) this.gate.taken(msgid);
			},
			onModel: (modelId) => this.takeModel(modelId),
		});
		this.gate = new CommandGate({
			clock,
			random,
			publish: (command) => this.link.publish(command),
			facts: () => this.facts(),
		});
		this.files = new AnycubicFiles({ ask: (request) => this.gate.ask(request) });
	}

	get state(): PrinterState {
		return this.store.state;
	}

	get heardAtMs(): number | undefined {
		return this.#heardAtMs;
	}

	get lookIntervalMs(): number {
		return LOOK_INTERVAL_MS;
	}

	async command(request: CommandRequest): Promise<CommandResult> {
		const waits = this.caughtUp();
		if (waits) await waits;
		return this.gate.run(request);
	}

	refusal(request: CommandRequest): CommandFailure | undefined {
		return this.gate.refusal(request);
	}

	start(): void {
		this.isLive = true;
		this.endLook();
		this.link.start();
	}

	async look(): Promise<void> {
		this.endLook();
		const { clock } = this.options;
		await new Promise<void>((resolve) => {
			this.#look = { resolve, timer: clock.after(LOOK_LIMIT_MS, () => this.endLook()) };
			this.link.start();
		});
		// Meanwhile it may have been given a connection that stays.
		if (!this.isLive) await this.disconnect();
	}

	async pause(): Promise<void> {
		this.isLive = false;
		this.endLook();
		await this.disconnect();
	}

	show(watched: Watched): void {
		this.store.update(watched);
	}

	retarget(target: PrinterTarget): void {
		if (!this.link.retarget) {
			this.store.update({ host: target.host });
			return;
		}
		this.store.update({
			host: target.host,
			linkError: undefined,
			linkHelp: undefined,
			linkCertificate: undefined,
		});
		this.loseConnection();
		this.link.retarget(target);
	}

	onChange(listener: PrinterStateListener): () => void {
		return this.store.onChange(listener);
	}

	rename(name: string): void {
		this.name = name;
		this.store.update({ name: this.nameFor(this.state.model) });
	}

	close(): Promise<void> {
		return this.pause();
	}

	private async disconnect(): Promise<void> {
		this.loseConnection();
		this.linked = { status: "offline" };
		await this.link.close();
	}

	private loseConnection(): void {
		// Of the connection that is gone; the next one does not begin with it.
		delete this.report.isOnline;
		this.loseTouch();
	}

	/** What was sent is not answered any more, and what happens is not heard. */
	private loseTouch(): void {
		this.gate.disconnected();
		loseSight(this.report);
		this.isTold = false;
		this.hasAskedSettings = false;
		this.catchingUp?.end();
	}

	/** Resolves when it is known what the printer does, or nothing more is to be expected; `undefined` when it is so now. */
	private caughtUp(): Promise<void> | undefined {
		const { link } = this.state;
		const isConnected = (this.isLive || this.#look) && (link === "online" || link === "stale");
		if (this.isTold || !isConnected) return undefined;
		if (this.catchingUp) return this.catchingUp.ended;
		let resolve = (): void => {};
		const ended = new Promise<void>((done) => {
			resolve = done;
		});
		const end = (): void => {
			timer.cancel();
			this.catchingUp = undefined;
			resolve();
		};
		const timer = this.options.clock.after(CATCH_UP_MS, end);
		this.catchingUp = { ended, end };
		return ended;
	}

	private endLook(): void {
		const look = this.#look;
		this.#look = undefined;
		look?.timer.cancel();
		look?.resolve();
	}

	private initialState(): PrinterState {
		const { deviceId, modelId, host } = this.options;
		const model = modelName(modelId);
		return {
			id: deviceId,
			vendor: "anycubic",
			model,
			name: this.nameFor(model),
			serial: deviceId,
			host,
			watch: "live",
			link: "offline",
			control: "unknown",
			capabilities: capabilitiesOf(modelId),
			job: { state: "unknown" },
			nozzles: [],
			bed: {},
			fans: {},
			lights: {},
			filament: { units: [], external: [] },
			faults: [],
		};
	}

	private nameFor(model: string): string {
		return this.name || `${model} ${this.options.deviceId.slice(-4)}`;
	}

	private facts(): PrinterFacts {
		const report = this.report;
		const state = this.state;
		return {
			state,
			capabilities: state.capabilities,
			way: this.options.way,
			modelId: this.modelId,
			lightKinds: [...report.lights.keys()],
			isCurrent: this.isTold && !report.isBehind,
			isBusy: report.isBusy === true,
			taskId: isJobUnderWay(report) ? report.job?.taskId : undefined,
		};
	}

	private takeModel(modelId: string): void {
		if (modelId === this.modelId) return;
		this.modelId = modelId;
		const model = modelName(modelId);
		this.store.update({ model, name: this.nameFor(model), capabilities: capabilitiesOf(modelId) });
	}

	private take(type: string, text: string): void {
		if (FILE_TYPES.includes(type)) {
			const list = readFileReport(text);
			if (typeof list === "string") this.refuse(list);
			else this.heard(type, list.envelope, Section.none, list.files);
			return;
		}
		const read = takeReport(this.report, type, text, this.modelId);
		if (read.ok) this.heard(type, read.envelope, read.changed);
		else this.refuse(read.refusal);
	}

	private heard(
		type: string,
		envelope: Envelope,
		changed: Sections,
		files?: NonNullable<Parameters<CommandGate["take"]>[0]["files"]>,
	): void {
		// A last will is the broker's.
		if (type !== LAST_WILL || this.report.isOnline) this.#heardAtMs = this.options.clock.now();
		if (changed & Section.online) this.takeOnline();
		if (TELLING.includes(type)) this.told();
		this.derive(changed);
		this.gate.take({ type, envelope, files });
		this.askSettings();
	}

	/** Commands that are sent come back, as do those of others; that is nothing to be said. */
	private refuse(refusal: EnvelopeRefusal): void {
		if (refusal !== "echo") this.refusals.count(refusal);
	}

	private derive(changed: Sections): void {
		if (changed === Section.none) return;
		const options = { modelId: this.modelId, clock: this.options.clock };
		const patch = deriveState(this.report, options, changed, this.state);
		if (patch.job && isUnderWay(patch.job.state)) this.gate.jobBegan();
		this.store.update(patch);
	}

	/** Everything was asked for along with it. */
	private told(): void {
		if (this.isTold) return;
		this.isTold = true;
		if (this.#look) {
			this.#look.timer.cancel();
			this.#look.timer = this.options.clock.after(LOOK_SETTLE_MS, () => this.endLook());
		}
		this.catchingUp?.end();
	}

	/** At a broker nothing else tells the speed, and what an unchanged printer heats to. An idle one does not answer. */
	private askSettings(): void {
		const isPrinting = isUnderWay(this.state.job.state);
		if (!isPrinting) this.hasAskedSettings = false;
		if (!isPrinting || this.hasAskedSettings || this.options.way !== "broker" || !this.isTold) return;
		this.hasAskedSettings = true;
		void this.gate.run({ command: "query_settings" });
	}

	private takeStatus(report: LinkReport): void {
		this.linked = report;
		const { heardAtSeconds, linkError } = this.state;
		if (report.status === "offline" || report.status === "connecting") this.loseConnection();
		// Between two looks the link is as the last one found it, also while the next one is under way.
		const isKnown = heardAtSeconds !== undefined || linkError !== undefined;
		const isTrying = report.status === "connecting" && report.error === undefined;
		if (this.isLive || !isTrying || !isKnown) this.showLink();
	}

	/** Whoever keeps the printer's place at the broker tells that it is gone, or that it is back. */
	private takeOnline(): void {
		if (this.report.isOnline === false) this.loseTouch();
		this.showLink();
	}

	private showLink(): void {
		const { status, error, help, certificate } = this.linked;
		const isReached = status === "online" || status === "stale";
		if (isReached && this.report.isOnline === false) {
			this.store.update({
				link: "offline",
				linkError: "unreachable",
				linkHelp: OFF_HELP,
				linkCertificate: undefined,
			});
		} else {
			this.store.update({
				link: status,
				linkError: error,
				linkHelp: help,
				linkCertificate: certificate,
				...(isReached && { control: "full" }),
			});
		}
		if (this.state.link === "offline") this.endLook();
	}
}
