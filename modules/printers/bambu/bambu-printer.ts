// A Bambu Lab printer: what its link delivers becomes its report, and its report becomes the printer's state.

import type { Timer } from "../../platform/clock";
import type { TextCodec } from "../../platform/text-codec";
import type { TlsPort } from "../../platform/tls-stream";
import type { Camera } from "../camera";
import type { PrinterCapabilities } from "../capabilities";
import type { CommandFailure, CommandRequest, CommandResult } from "../command";
import type { JobFiles } from "../job-files";
import { isUnderWay } from "../job-status";
import type { Printer, PrinterTarget, Watched } from "../printer";
import type { JobState, PrinterState } from "../printer-state";
import { type PrinterStateListener, type PrinterStatePatch, PrinterStore } from "../printer-store";
import { RefusalLog } from "../refusal-log";
import type { CameraStream, CameraStreamOptions } from "./camera/camera-stream";
import { capabilitiesOf } from "./capabilities";
import type { CommandGateOptions } from "./commands/gate";
import type { FaultText } from "./derive/faults";
import { NO_JOB_KEY, stepJobKey } from "./derive/job-key";
import { deriveState } from "./derive/state";
import type { JobFilamentOptions, JobFilaments } from "./job-file/job-filament";
import { type BambuConnection, BambuLink, type LinkReport } from "./link";
import { FULL_REPORT_INTERVAL_MS } from "./link-machine";
import { MessageReader } from "./message-reader";
import { modelOf } from "./models";
import { Section } from "./report-fields";
import { mergeReport, type ReportChanges } from "./report-merge";
import { type BambuReport, type ReportSchema, reportSchema, shortReportSchema } from "./report-schema";
import { type PrinterCommands, watchOnly } from "./watch-only";

/** The slowest handshakes take 5 s, and a silent printer is told from a dead one after 10 s more. */
const LOOK_LIMIT_MS = 20_000;
/** Between the full report and the goodbye. */
const LOOK_SETTLE_MS = 1_000;
/** These give a full report at any time without a stutter. */
const QUICK_MODELS: readonly string[] = Object.freeze([
	"X1C",
	"X1",
	"X1E",
	"P2S",
	"X2D",
	"H2S",
	"H2D",
	"H2D Pro",
	"H2C",
]);
const QUICK_LOOK_INTERVAL_MS = 60_000;
/** A full report is asked for as soon as there is a connection, and comes within a second or two. */
const CATCH_UP_MS = 5_000;
/** What decides which slots a job's filaments come from. */
const OF_JOB_FILAMENT = Section.job | Section.jobName | Section.anyFilament | Section.nozzles;

/** What a board may be built without. */
export interface BambuParts {
	/** Left out: it is not given commands, only watched. */
	openCommands?: ((options: CommandGateOptions) => PrinterCommands) | undefined;
	/** Left out: there is no room for its pictures. */
	openCamera?: ((options: CameraStreamOptions) => CameraStream) | undefined;
	/** Left out: it is not asked what jobs take of which spool. */
	openJobFilaments?: ((options: JobFilamentOptions) => JobFilaments) | undefined;
	/** Left out: faults are told by module and code. */
	faultText?: FaultText | undefined;
}

export interface BambuPrinterOptions extends BambuConnection, BambuParts {
	/** As a person named it; "" makes a name from model and serial number. */
	name: string;
	text: TextCodec;
	/** Whether more is kept of spools and their units than the material, and anything of air ducts. */
	spoolDetails: boolean;
	/** For the camera. */
	tls: TlsPort;
	/** See `Platform.cameraFrameBytes`. */
	cameraFrameBytes: number;
	/** Where the camera is, if not where printers have it. */
	cameraPort?: number | undefined;
	/** For what jobs take of which spool. */
	jobFiles?: JobFiles | undefined;
	/** See `Platform.printerFilesPort`. */
	filesPort?: ((host: string) => number | undefined) | undefined;
}

export class BambuPrinter implements Printer {
	private readonly options: BambuPrinterOptions;
	private readonly schema: ReportSchema;
	private readonly store: PrinterStore;
	private readonly link: BambuLink;
	private readonly reader: MessageReader;
	private readonly refusals: RefusalLog;
	private readonly commands: PrinterCommands;
	/** Where there is room for spools' details. */
	private readonly jobFilaments: JobFilaments | undefined;
	private jobKey = NO_JOB_KEY;
	private report: BambuReport = {};
	/** Of {@link report} nothing is left but the versions: the next one that counts names everything. */
	private isForgotten = false;
	/** A report that names everything is part of {@link report}. */
	private isComplete = false;
	/** The connection is a new one, and no report that names everything has come on it: jobs may have begun unheard. */
	private isBehind = false;
	/** While commands wait for that report. */
	private catchingUp: { readonly ended: Promise<void>; end(): void } | undefined;
	/** Where it is now. */
	private target: PrinterTarget;
	/** From the first time that somebody wants to see it. */
	#camera: CameraStream | undefined;
	private name: string;
	/** The connection stays. */
	private isLive = false;
	/** While one is under way. */
	#look: { timer: Timer; resolve(): void } | undefined;

	constructor(options: BambuPrinterOptions) {
		this.options = options;
		this.name = options.name;
		this.target = options;
		this.schema = options.spoolDetails ? reportSchema : shortReportSchema;
		this.store = new PrinterStore(this.initialState());
		this.refusals = new RefusalLog({ log: options.log, printer: options.serial });
		this.reader = new MessageReader({
			text: options.text,
			schema: this.schema,
			onMessage: (message) => this.take(message),
			onRefused: (code) => this.refusals.count(code),
		});
		// Field by field: a copy of all that a platform has is a kilobyte for each printer.
		const { clock, random, log, mqtt, authorities, clientId, serial } = options;
		const { host, port, accessCode, pinnedSha256 } = options;
		this.link = new BambuLink({
			clock,
			random,
			log,
			mqtt,
			authorities,
			clientId,
			serial,
			host,
			port,
			accessCode,
			pinnedSha256,
			onStatus: (report) => this.showLink(report),
			onMessage: (bytes, remaining) => this.reader.take(bytes, remaining),
		});
		const { openCommands, openJobFilaments } = options;
		const gate = openCommands?.({
			clock,
			log,
			serial,
			send: (section, body) => this.send(section, body),
			context: () => ({
				state: this.state,
				print: this.report.print ?? {},
				capabilities: this.state.capabilities,
				isCurrent: !this.isBehind,
			}),
			onControl: (control) => this.store.update({ control }),
		});
		this.commands = gate ?? watchOnly;
		const { jobFiles, spoolDetails, filesPort } = options;
		if (jobFiles && spoolDetails)
			this.jobFilaments = openJobFilaments?.({
				clock,
				jobFiles,
				serial,
				target: () => this.target,
				port: (host) => filesPort?.(host),
				onChange: () => this.store.update({ job: this.withFilament(this.state.job) }),
			});
	}

	get state(): PrinterState {
		return this.store.state;
	}

	command(request: CommandRequest): Promise<CommandResult> {
		const { link } = this.state;
		const isConnected = (this.isLive || this.#look) && (link === "online" || link === "stale");
		if (!this.isBehind || !isConnected) return this.commands.run(request);
		return this.catchUp().then(() => this.commands.run(request));
	}

	refusal(request: CommandRequest): CommandFailure | undefined {
		return this.commands.refusal(request);
	}

	get camera(): Camera | undefined {
		if (this.state.capabilities.camera !== "jpeg") return undefined;
		const { cameraFrameBytes, cameraPort, openCamera } = this.options;
		this.#camera ??= openCamera?.({
			...this.options,
			target: () => this.target,
			roomBytes: cameraFrameBytes,
			port: cameraPort,
		});
		return this.#camera;
	}

	get heardAtMs(): number | undefined {
		return this.link.heardAtMs;
	}

	get lookIntervalMs(): number {
		return QUICK_MODELS.includes(this.state.model) ? QUICK_LOOK_INTERVAL_MS : FULL_REPORT_INTERVAL_MS;
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
		this.target = target;
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

	async close(): Promise<void> {
		this.jobFilaments?.close();
		await Promise.all([this.#camera?.close(), this.pause()]);
	}

	private async disconnect(): Promise<void> {
		this.loseConnection();
		this.forgetReport();
		await this.link.close();
	}

	private loseConnection(): void {
		// Half a message from a connection that is gone must not be continued by the next one.
		this.reader.reset();
		this.commands.disconnected();
		// Others never say that a report names everything.
		if (this.isComplete) this.isBehind = true;
		this.catchingUp?.end();
	}

	/** Resolves when it is known what the printer is doing, or nothing more is to be expected. */
	private catchUp(): Promise<void> {
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

	/**
	 * What follows from a report stays known without it. Only a printer that says when a report names everything is
	 * understood without the one before.
	 */
	private forgetReport(): void {
		if (!this.isComplete) return;
		const { info } = this.report;
		this.report = info ? { info } : {};
		this.isForgotten = true;
		this.isComplete = false;
	}

	private endLook(): void {
		const look = this.#look;
		this.#look = undefined;
		look?.timer.cancel();
		look?.resolve();
	}

	private initialState(): PrinterState {
		const { serial, host } = this.options;
		const model = modelOf(serial);
		return {
			id: serial,
			vendor: "bambu",
			model,
			name: this.nameFor(model),
			serial,
			host,
			watch: "live",
			link: "offline",
			control: this.options.openCommands ? "unknown" : "none",
			capabilities: this.shownCapabilities(capabilitiesOf(model, {})),
			job: { state: "unknown" },
			nozzles: [],
			bed: {},
			fans: {},
			lights: {},
			filament: { units: [], external: [] },
			faults: [],
		};
	}

	private shownCapabilities(capabilities: PrinterCapabilities): PrinterCapabilities {
		const { openCamera } = this.options;
		return openCamera || capabilities.camera !== "jpeg"
			? capabilities
			: { ...capabilities, camera: "no_room" };
	}

	private nameFor(model: string): string {
		return this.name || `${model} ${this.options.serial.slice(-4)}`;
	}

	private take(message: Record<string, unknown>): void {
		const { print, info } = message as Partial<Record<string, Header | null>>;
		// Answers to commands, ours and those of others, come in the same sections; they are no reports.
		if (!isReport(print, "push_status")) {
			if (print) this.commands.take("print", print);
			if (print?.command === START_COMMAND) this.jobFilaments?.heard(print);
			delete message.print;
		}
		if (isObject(message.system)) this.commands.take("system", message.system);
		if (info && !isReport(info, "get_version")) delete message.info;
		const full = print?.command === "push_status" && print.msg === 0;
		if (full) {
			this.isComplete = true;
			this.isForgotten = false;
			this.isBehind = false;
		} else if (this.isForgotten) {
			// A part alone would be taken for all there is.
			delete message.print;
		}
		const merged = mergeReport(this.report, message, full, this.schema);
		if (merged.refused.length > 0) this.refusals.count("wrong_type", merged.refused.slice(0, 5).join(", "));
		if (merged.changed !== Section.none) this.derive(merged);
		this.link.heard(full);
		if (!full) return;
		this.catchingUp?.end();
		this.endLookSoon();
	}

	private derive(changes: ReportChanges): void {
		const patch = deriveState(this.report, this.options, changes, this.store.state);
		if (patch.capabilities) patch.capabilities = this.shownCapabilities(patch.capabilities);
		if (patch.model) patch.name = this.nameFor(patch.model);
		if (patch.control) patch.control = this.commands.report(patch.control, this.report.print ?? {});
		if (patch.job && isUnderWay(patch.job.state)) this.commands.jobBegan();
		if (this.options.spoolDetails) this.followJob(changes, patch);
		this.store.update(patch);
	}

	/** What is known of a job beyond the report of the moment, into `patch`. */
	private followJob({ changed }: ReportChanges, patch: PrinterStatePatch): void {
		const { print = {} } = this.report;
		const { state } = this;
		if (patch.job) {
			this.jobKey = stepJobKey(this.jobKey, patch.job.state, print, patch.job.name);
			const { key } = this.jobKey;
			if (key !== undefined) patch.job.key = key;
		}
		if (!this.jobFilaments || !(changed & OF_JOB_FILAMENT)) return;
		const { job = state.job, filament = state.filament, nozzles = state.nozzles } = patch;
		this.jobFilaments.report({ job, filament, nozzles }, print);
		patch.job = this.withFilament(job);
	}

	private withFilament({ filament: _, filamentHelp: __, ...job }: JobState): JobState {
		return { ...job, ...this.jobFilaments?.shown };
	}

	private send(section: string, body: object): string | undefined {
		const sequence_id = this.link.send(section, body);
		if (sequence_id !== undefined && "command" in body && body.command === START_COMMAND)
			this.jobFilaments?.heard({ ...body, sequence_id });
		return sequence_id;
	}

	/** Everything is known. What was asked for along with it is on its way. */
	private endLookSoon(): void {
		if (!this.#look) return;
		this.#look.timer.cancel();
		this.#look.timer = this.options.clock.after(LOOK_SETTLE_MS, () => this.endLook());
	}

	private showLink({ status, error, help, certificate }: LinkReport): void {
		// Between two looks the link is as the last one found it, also while the next one is under way.
		const { heardAtSeconds, linkError } = this.store.state;
		const isKnown = heardAtSeconds !== undefined || linkError !== undefined;
		if (!this.isLive && status === "connecting" && isKnown && error === undefined) return;
		if (status === "offline") this.loseConnection();
		this.store.update({
			link: status,
			linkError: error,
			linkHelp: help,
			linkCertificate: certificate,
		});
		if (status === "offline") this.endLook();
	}
}

/** Starts a job; printers repeat it for all to hear. */
const START_COMMAND = "project_file";

/** What a section that is an object may begin with. */
interface Header {
	command?: unknown;
	msg?: unknown;
}

/** Older firmware leaves the command out of a report. A section of a wrong type goes on, to be refused. */
function isReport(section: Header | null | undefined, command: string): boolean {
	const found = section?.command;
	return found === command || found === undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
