// Speaks the Panda Breath protocol on `/ws`: existing clients see the device they know, and any of them may turn it off.

import type { Clock, Timer } from "../../platform/clock";
import type { HttpClientPort, WebSocketConnection, WebSocketEvents } from "../../platform/http";
import type { Log } from "../../platform/log";
import type { BambuDiscovery } from "../../printers/bambu/discovery";
import type { PrinterManager } from "../../printers/printer-manager";
import type { PrinterState } from "../../printers/printer-state";
import { type Settings, SettingsError } from "../../settings/settings";
import type { WifiSetup } from "../../wifi/wifi-setup";
import type { Breath } from "../breath";
import type { BreathState } from "../breath-state";
import { ack, type UpdateAckType } from "./acks";
import { PrinterBinding } from "./binding";
import { type ChangeFrame, difference } from "./changes";
import { type Client, Clients } from "./clients";
import { type Command, type HeaterWishes, isSameCommand, readCommands, withoutWriting } from "./commands";
import { listFrames } from "./list-frames";
import { Refusals } from "./refusals";
import { createSnapshot, type SettingsRoot, type Snapshot, temperaturePush } from "./snapshot";

export interface PandaBreathServerOptions {
	clock: Clock;
	log: Log;
	breath: Pick<Breath, "state" | "report" | "change" | "attend" | "onChange">;
	settings: Settings;
	wifi: Pick<WifiSetup, "status" | "scan" | "join" | "setAccessPoint" | "onChange">;
	printers: Pick<PrinterManager, "states" | "onChange">;
	discovery: Pick<BambuDiscovery, "scan">;
	/** For a Klipper printer that is bound. */
	httpClient: HttpClientPort;
	/** What the device is called in the network, without ".local". */
	hostname(): string;
	/** Starts the device anew; comes a moment after it was asked for, so that answers go out. */
	restart(): void;
	/** Resolves when everything that is stored is gone. We restart after it. */
	factoryReset(): Promise<void>;
}

/** Some clients give up on a connection that is silent for 2 s. */
const PUSH_INTERVAL_MS = 1_000;
/** For answers that are on their way. */
const RESTART_DELAY_MS = 300;

/**
 * Pages send back each mode they are told. Two modes told within one way to and fro would come back as two wishes,
 * be told again, and so on for ever; so the next one waits until the answers to the last one are in.
 */
const MODE_REST_MS = 2_000;

/** Of what a client has not read: no further snapshot until it has. */
const BUSY_BYTES = 2 * 1024;

const shownState: readonly (keyof BreathState)[] = Object.freeze([
	"mode",
	"on",
	"target",
	"bedThreshold",
	"filterThreshold",
	"drying",
	"fault",
]);

/** Which field says what became of a wish. Not the mode: a page that is told its mode sends it back. */
const echoedFields: Readonly<Record<Exclude<keyof HeaterWishes, "mode">, keyof SettingsRoot>> = Object.freeze(
	{
		on: "work_on",
		target: "set_temp",
		bedThreshold: "hotbedtemp",
		filterThreshold: "filtertemp",
		dryingTarget: "custom_temp",
		dryingHours: "custom_timer",
		dryingPreset: "filament_drying_mode",
		dryingRunning: "isrunning",
	},
);

export class PandaBreathServer {
	private readonly options: PandaBreathServerOptions;
	private readonly clients: Clients;
	private readonly binding: PrinterBinding;
	private readonly refusals: Refusals;
	private readonly endings: (() => void)[];
	/** What everybody knows; `undefined` while nobody has a snapshot. */
	private told: Snapshot | undefined;
	/** When a mode was told last. */
	private modeToldAtMs = Number.NEGATIVE_INFINITY;
	private pushTimer: Timer | undefined;
	private restartTimer: Timer | undefined;
	/** A command is being carried out, and what it changes is told when it is through. */
	private isBusy = false;
	private closed = false;

	constructor(options: PandaBreathServerOptions) {
		this.options = options;
		const { clock, log, breath, settings, wifi, printers } = options;
		this.refusals = new Refusals(log);
		this.clients = new Clients({
			clock,
			log,
			snapshot: () => this.snapshot(),
			onText: (client, text) => this.take(client, text),
			attend: () => breath.attend(),
			onEmpty: () => this.rest(),
		});
		this.binding = new PrinterBinding({
			...options,
			ownAddress: () => {
				const { station } = wifi.status;
				return station.status === "connected" ? station.address : undefined;
			},
			onChange: () => this.tell(),
			onFound: (frames) => this.sendAll(frames),
		});
		this.endings = [
			breath.onChange((changed) => {
				if (changed.some((key) => shownState.includes(key))) this.tell();
			}),
			settings.onChange(() => this.tell()),
			wifi.onChange(() => this.tell()),
			printers.onChange((event) => {
				if (event.type !== "changed" || isShown(event.changed)) this.tell();
			}),
		];
	}

	/** Whether the next client has to be refused. */
	get isFull(): boolean {
		return this.clients.isFull;
	}

	/**
	 * Serves that client until it is gone. Without `mayWrite` it may read, and turn heat off; then its presence does
	 * not count as somebody who watches over the heat.
	 */
	add(socket: WebSocketConnection, { mayWrite }: { mayWrite: boolean }): WebSocketEvents {
		const client = this.closed ? undefined : this.clients.add(socket, mayWrite);
		if (!client) return { onText: () => {}, onClosed: () => {} };
		this.pushTimer ??= this.options.clock.every(PUSH_INTERVAL_MS, () => this.push());
		return client;
	}

	/** An image that was sent to `/ota` was taken, or refused. */
	updateEnded(ok: boolean, type: UpdateAckType = "ota_fw"): void {
		this.clients.send(ack(type, ok));
	}

	/** Says goodbye to every client. May be called any number of times. */
	close(): void {
		this.closed = true;
		for (const end of this.endings.splice(0)) end();
		this.binding.close();
		this.restartTimer?.cancel();
		this.clients.close();
	}

	// What comes in.

	private take(client: Client, text: string): void {
		const { commands, refusedFields, problem } = readCommands(text);
		if (problem) this.refusals.count(problem);
		if (refusedFields > 0) this.refusals.count("wrong_type");
		let isRefused = false;
		for (const command of commands) {
			const allowed = client.mayWrite ? command : withoutWriting(command);
			if (!isSameCommand(command, allowed)) isRefused = true;
			if (allowed) this.carryOut(client, allowed);
		}
		if (!isRefused) return;
		this.refusals.count("locked");
		this.clients.reply(client, ack("locked", false));
	}

	private carryOut(client: Client, command: Command): void {
		let answers: string[] = [];
		this.isBusy = true;
		try {
			answers = this.do(client, command);
		} catch (error) {
			this.options.log.error(`ws: ${command.type} failed: ${describe(error)}`);
		} finally {
			this.isBusy = false;
		}
		const changes = this.tell();
		if (command.type === "heater") answers.push(...this.echo(client, command.wishes, changes));
		if (command.type === "unbind" && changes?.printer?.state === undefined)
			answers.push(JSON.stringify({ printer: { state: 0 } }));
		for (const answer of answers) this.clients.reply(client, answer);
	}

	/** Returns what to answer to that client alone. */
	private do(client: Client, command: Command): string[] {
		const { breath, settings, wifi } = this.options;
		switch (command.type) {
			case "heater":
				breath.change(command.wishes, "websocket");
				return [];
			case "printer_type": {
				const { printerType } = command;
				if (printerType) settings.set({ "breath.printerType": printerType });
				return [ack("printer_type", printerType !== undefined)];
			}
			case "language":
				settings.set({ language: command.language });
				return [];
			case "wifi_scan":
				this.scanWifi();
				return [];
			case "wifi_join":
				return this.joinWifi(command);
			case "hostname":
				return [
					ack(
						"set_hostname",
						this.isTaken(() => settings.set({ hostname: command.hostname })),
					),
				];
			case "access_point": {
				const { type, ...network } = command;
				const ok = this.isTaken(() => wifi.setAccessPoint(network));
				const isNamed = (network.on ?? network.ssid ?? network.password) !== undefined;
				return [
					...(isNamed ? [ack("set_ap", ok)] : []),
					...(network.address !== undefined ? [ack("set_hotspot_ip", ok)] : []),
				];
			}
			case "printer_scan":
				this.binding.scan();
				return [];
			case "klipper_scan":
				this.binding.scanMoonraker(command.port);
				return [];
			case "unbind":
				this.binding.unbind();
				return [];
			case "bind": {
				const refusal = this.binding.bind(command.fields);
				// Also when it is what was bound before: whoever binds waits for a state.
				const printer = refusal === undefined ? this.binding.root : { state: refusal };
				return [JSON.stringify({ printer })];
			}
			case "snapshot":
				// One that waits to be read is as good; a client that asks and asks must not fill the memory.
				return client.newcomer || client.socket.queuedBytes > BUSY_BYTES ? [] : [this.snapshot()];
			case "factory_reset":
				void this.resetToFactory(client);
				return [];
			case "restart":
				this.restartSoon();
				return [];
		}
	}

	private scanWifi(): void {
		const { wifi, log } = this.options;
		wifi.scan().then(
			() => this.tell(),
			(error: unknown) => {
				log.warn(`ws: networks cannot be looked for: ${describe(error)}`);
				this.tell();
			},
		);
	}

	private joinWifi({ ssid, password }: { ssid: string; password: string }): string[] {
		try {
			this.options.wifi.join({ ssid, password });
			return [];
		} catch (error) {
			if (!(error instanceof SettingsError)) throw error;
			return [JSON.stringify({ sta: { state: error.key === "wifi.password" ? 5 : 1 } })];
		}
	}

	/** Whether settings took it. */
	private isTaken(change: () => void): boolean {
		try {
			change();
			return true;
		} catch (error) {
			if (!(error instanceof SettingsError)) throw error;
			this.options.log.warn(`ws: ${error.message}`);
			return false;
		}
	}

	private async resetToFactory(client: Client): Promise<void> {
		const { factoryReset, log } = this.options;
		let ok = true;
		try {
			await factoryReset();
		} catch (error) {
			ok = false;
			log.error(`ws: the stored settings cannot be deleted: ${describe(error)}`);
		}
		if (this.closed) return;
		this.clients.reply(client, ack("factory_reset", ok));
		if (ok) this.restartSoon();
	}

	private restartSoon(): void {
		const { clock, restart } = this.options;
		if (!this.closed) this.restartTimer ??= clock.after(RESTART_DELAY_MS, restart);
	}

	// What goes out.

	private now(): Snapshot {
		const { breath, settings, wifi, hostname } = this.options;
		return createSnapshot({
			breath: breath.state,
			report: breath.report,
			dryingPreset: settings.get("breath.dryingPreset"),
			language: settings.get("language"),
			printerType: settings.get("breath.printerType"),
			printer: this.binding.root,
			wifi: wifi.status,
			hostname: hostname(),
		});
	}

	/** Brings everybody else to the same state before. */
	private snapshot(): string {
		this.tell();
		this.told ??= this.now();
		return JSON.stringify(this.now());
	}

	/** Tells everybody what is different, in one text for all. Returns what was sent. */
	private tell(): ChangeFrame | undefined {
		const before = this.told;
		if (!before || this.isBusy) return undefined;
		const now = this.now();
		const nowMs = this.options.clock.now();
		if (nowMs - this.modeToldAtMs < MODE_REST_MS) keepMode(now.settings, before.settings);
		const changes = difference(before, now);
		if (!changes) return undefined;
		if (changes.settings?.work_mode !== undefined) this.modeToldAtMs = nowMs;
		this.told = now;
		this.clients.send(JSON.stringify(changes));
		if (before.wifi.scan === 1 && now.wifi.scan !== 1) this.sendNetworks();
		return changes;
	}

	private sendNetworks(): void {
		const { networks } = this.options.wifi.status;
		this.sendAll(
			listFrames(
				"wifi",
				{ scan: 2 },
				networks.map(({ ssid }) => ({ ssid })),
			),
		);
	}

	private sendAll(frames: readonly string[]): void {
		for (const frame of frames) this.clients.send(frame);
	}

	/**
	 * Who writes what is the case already is told so, or it writes it again and again; so is who writes what is out of
	 * range. A newcomer is not: its snapshot is still to come.
	 */
	private echo(client: Client, wishes: HeaterWishes, changes: ChangeFrame | undefined): string[] {
		const told = this.told;
		if (!told || client.newcomer) return [];
		const fields: Record<string, unknown> = {};
		for (const wish of Object.keys(wishes) as (keyof HeaterWishes)[]) {
			const field = wish === "mode" ? undefined : echoedFields[wish];
			if (field === undefined || changes?.settings?.[field] !== undefined) continue;
			const value = told.settings[field];
			if (value !== undefined) fields[field] = value;
		}
		return Object.keys(fields).length > 0 ? [JSON.stringify({ settings: fields })] : [];
	}

	private push(): void {
		const { breath } = this.options;
		// Sensors' states are no change of the heater's state, and a mode may have had to wait.
		this.tell();
		this.clients.send(temperaturePush(breath.state, breath.report));
	}

	/** Nobody is there. */
	private rest(): void {
		this.pushTimer?.cancel();
		this.pushTimer = undefined;
		this.told = undefined;
	}
}

/** What has become of the mode is told by a later push, with the preset that clients take for a mode. */
function keepMode(now: SettingsRoot, before: SettingsRoot): void {
	if (now.work_mode === before.work_mode) return;
	now.work_mode = before.work_mode;
	if (before.filament_drying_mode === undefined) delete now.filament_drying_mode;
	else now.filament_drying_mode = before.filament_drying_mode;
}

/** Of a printer's state. */
function isShown(changed: readonly (keyof PrinterState)[]): boolean {
	return changed.includes("link") || changed.includes("linkError") || changed.includes("name");
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
