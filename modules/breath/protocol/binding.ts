// The printer that auto follows, as the protocol's clients bind, see and forget it.

import type { Clock, Timer } from "../../platform/clock";
import type { HttpClientPort } from "../../platform/http";
import type { Log } from "../../platform/log";
import type { BambuDiscovery } from "../../printers/bambu/discovery";
import type { PrinterManager } from "../../printers/printer-manager";
import type { LinkError, PrinterState } from "../../printers/printer-state";
import { PRINTER_SLOTS } from "../../settings/schema";
import { type Settings, type SettingsChanges, SettingsError } from "../../settings/settings";
import type { BindFields } from "./commands";
import { listFrames } from "./list-frames";
import { askMoonraker, findMoonrakers } from "./moonraker";
import type { PrinterLinkCode, PrinterRoot, ScanCode } from "./snapshot";

export interface PrinterBindingOptions {
	clock: Clock;
	log: Log;
	settings: Settings;
	printers: Pick<PrinterManager, "states">;
	discovery: Pick<BambuDiscovery, "scan">;
	httpClient: HttpClientPort;
	/** Of this device in its network, if it is in one. */
	ownAddress(): string | undefined;
	/** `root` is another one. */
	onChange(): void;
	/** What a scan has found, as frames for everybody. */
	onFound(frames: readonly string[]): void;
}

/** Some printers announce themselves every ten seconds only. */
const SCAN_MS = 11_000;
/** Whether a Klipper printer is still there. */
const ASK_INTERVAL_MS = 30_000;
const BAMBU_PORT = 8883;
const MOONRAKER_PORT = 80;

type Writable = { -readonly [K in keyof SettingsChanges]: SettingsChanges[K] };

export class PrinterBinding {
	private readonly options: PrinterBindingOptions;
	private readonly ignoreSettings: () => void;
	#scan: ScanCode = 0;
	private moonraker: BoundMoonraker | undefined;
	private timer: Timer | undefined;
	private closed = false;

	constructor(options: PrinterBindingOptions) {
		this.options = options;
		this.ignoreSettings = options.settings.onChange(() => this.followMoonraker());
		this.followMoonraker();
	}

	get root(): PrinterRoot {
		return this.isKlipper() ? this.klipperRoot() : this.bambuRoot();
	}

	/** Binds that printer, or changes what is given of the bound one. A code: why not, and nothing was changed. */
	bind(fields: BindFields): PrinterLinkCode | undefined {
		try {
			return this.isKlipper() ? this.bindKlipper(fields) : this.bindBambu(fields);
		} catch (error) {
			return refusalCode(error);
		}
	}

	/** Forgets the bound printer with all that belongs to it. */
	unbind(): void {
		const { settings } = this.options;
		if (this.isKlipper()) {
			settings.set({
				"breath.klipperName": "",
				"breath.klipperHost": "",
				"breath.klipperPort": MOONRAKER_PORT,
			});
			return;
		}
		const slot = settings.get("breath.printerSlot");
		const changes: Writable = {};
		for (const name of ["name", "host", "serial", "accessCode", "pinnedSha256"] as const)
			changes[`printer${slot}.${name}`] = "";
		changes[`printer${slot}.vendor`] = "bambu";
		changes[`printer${slot}.port`] = BAMBU_PORT;
		changes[`printer${slot}.live`] = false;
		settings.set(changes);
	}

	/** Bambu Lab printers announce themselves. While a scan runs, another one does nothing. */
	scan(): void {
		void this.runScan("scan", async () => {
			const found = await this.options.discovery.scan(SCAN_MS);
			// Pages put it into their form: the key has to be there, and there is nothing to be told.
			return found.map(({ name, serial, host }) => ({ name, sn: serial, ip: host, access_code: "" }));
		});
	}

	/** Klipper printers are found by asking every address of the network. */
	scanMoonraker(port: number): void {
		void this.runScan("scan_port", async () => {
			const { httpClient, ownAddress } = this.options;
			const address = ownAddress();
			if (address === undefined || port < 1 || port > 0xffff) return [];
			const isWanted = (): boolean => !this.closed;
			const found = await findMoonrakers(httpClient, { ownAddress: address, port, isWanted });
			return found.map(({ name, host }) => ({ name, ip: host, port }));
		});
	}

	/** May be called any number of times; no callback comes afterwards. */
	close(): void {
		this.closed = true;
		this.ignoreSettings();
		this.timer?.cancel();
		this.timer = undefined;
	}

	private isKlipper(): boolean {
		return this.options.settings.get("breath.printerType") === "klipper";
	}

	// Bambu Lab.

	private bambuRoot(): PrinterRoot {
		const { settings, printers } = this.options;
		const slot = settings.get("breath.printerSlot");
		const serial = settings.get(`printer${slot}.serial`);
		const host = settings.get(`printer${slot}.host`);
		if (serial === "" || host === "") return { scan: this.#scan };
		const printer = printers.states.find((state) => isSameSerial(state.serial, serial));
		const name = printer?.name ?? settings.get(`printer${slot}.name`);
		return { name: name.slice(0, 64), sn: serial, ip: host, state: linkCode(printer), scan: this.#scan };
	}

	private bindBambu({ name, host, serial, accessCode }: BindFields): PrinterLinkCode | undefined {
		const { settings } = this.options;
		const current = settings.get("breath.printerSlot");
		const wanted = serial || settings.get(`printer${current}.serial`);
		const slot = this.slotOf(wanted) ?? current;
		const isSame = isSameSerial(settings.get(`printer${slot}.serial`), wanted);
		const address = host || (isSame ? settings.get(`printer${slot}.host`) : "");
		if (wanted === "" || address === "") return 1;
		// A code that is left out stays, but is never given to another printer.
		const code = accessCode || (isSame ? settings.get(`printer${slot}.accessCode`) : "");
		if (code === "") return 6;
		const changes: Writable = { "breath.printerSlot": slot };
		changes[`printer${slot}.serial`] = wanted;
		changes[`printer${slot}.host`] = address;
		changes[`printer${slot}.accessCode`] = code;
		if (name !== undefined || !isSame) changes[`printer${slot}.name`] = name ?? "";
		if (!isSame) {
			changes[`printer${slot}.vendor`] = "bambu";
			changes[`printer${slot}.port`] = BAMBU_PORT;
			changes[`printer${slot}.pinnedSha256`] = "";
			changes[`printer${slot}.live`] = false;
		}
		settings.set(changes);
		return undefined;
	}

	/** A printer that is set up already keeps its slot. */
	private slotOf(serial: string): number | undefined {
		const { settings } = this.options;
		for (let slot = 0; slot < PRINTER_SLOTS; slot++)
			if (serial !== "" && isSameSerial(settings.get(`printer${slot}.serial`), serial)) return slot;
		return undefined;
	}

	// Klipper.

	private klipperRoot(): PrinterRoot {
		const { settings } = this.options;
		const host = settings.get("breath.klipperHost");
		if (host === "") return { scan_port: this.#scan };
		return {
			name: settings.get("breath.klipperName"),
			host,
			port: settings.get("breath.klipperPort"),
			state: this.moonraker?.state ?? 2,
			scan_port: this.#scan,
		};
	}

	private bindKlipper({ name, host, port }: BindFields): PrinterLinkCode | undefined {
		const { settings } = this.options;
		const address = host || settings.get("breath.klipperHost");
		if (address === "") return 1;
		settings.set({
			"breath.klipperHost": address,
			"breath.klipperPort": port ?? (host ? MOONRAKER_PORT : settings.get("breath.klipperPort")),
			...(name !== undefined && { "breath.klipperName": name }),
		});
		// Whoever binds again what is bound wants to know how it is now.
		if (this.moonraker && this.moonraker.state !== 3) this.ask(this.moonraker);
		return undefined;
	}

	/** Asks whether the bound printer is there: at once when it is another one, then from time to time. */
	private followMoonraker(): void {
		const { settings, clock } = this.options;
		const host = this.isKlipper() ? settings.get("breath.klipperHost") : "";
		const port = settings.get("breath.klipperPort");
		if (this.closed || (this.moonraker?.host === host && this.moonraker.port === port)) return;
		this.timer?.cancel();
		this.timer = undefined;
		this.moonraker = undefined;
		if (host === "") return;
		const moonraker: BoundMoonraker = { host, port, state: 2, isAsked: false };
		this.moonraker = moonraker;
		this.timer = clock.every(ASK_INTERVAL_MS, () => this.ask(moonraker));
		this.ask(moonraker);
	}

	private ask(moonraker: BoundMoonraker): void {
		if (moonraker.isAsked) return;
		moonraker.isAsked = true;
		void askMoonraker(this.options.httpClient, moonraker).then(({ answer }) => {
			moonraker.isAsked = false;
			// Another printer may have been bound meanwhile.
			if (this.closed || this.moonraker !== moonraker) return;
			const state = answer === "answers" ? 3 : answer === "nobody" ? 4 : 7;
			if (state === moonraker.state) return;
			moonraker.state = state;
			const at = `${moonraker.host}:${moonraker.port}`;
			if (state === 3)
				this.options.log.info(`Moonraker answers at ${at}; auto does not follow Klipper printers yet`);
			else if (state === 7) this.options.log.warn(`Moonraker answers at ${at}, but Klipper does not`);
			else this.options.log.warn(`no Moonraker answers at ${at}`);
			this.options.onChange();
		});
	}

	private async runScan(field: "scan" | "scan_port", look: () => Promise<readonly object[]>): Promise<void> {
		if (this.#scan === 1 || this.closed) return;
		const { log, onChange, onFound } = this.options;
		this.#scan = 1;
		onChange();
		let found: readonly object[] = [];
		try {
			found = await look();
		} catch (error) {
			log.warn(`printers cannot be looked for: ${error instanceof Error ? error.message : String(error)}`);
		}
		if (this.closed) return;
		this.#scan = 2;
		onChange();
		onFound(listFrames("printer", { [field]: 2 }, found));
	}
}

interface BoundMoonraker {
	host: string;
	port: number;
	state: PrinterLinkCode;
	isAsked: boolean;
}

function isSameSerial(a: string, b: string): boolean {
	return a.toUpperCase() === b.toUpperCase();
}

/** A printer that is bound and not there yet is about to be made. */
function linkCode(printer: PrinterState | undefined): PrinterLinkCode {
	if (printer?.link === "online") return 3;
	return printer?.linkError === undefined ? 2 : errorCodes[printer.linkError];
}

const errorCodes: Readonly<Record<LinkError, PrinterLinkCode>> = Object.freeze({
	unreachable: 4,
	wrong_serial: 5,
	wrong_access_code: 6,
	untrusted_certificate: 7,
	certificate_changed: 7,
	too_many_clients: 7,
	lan_mode_off: 7,
});

/** Which of the fields can be none. */
function refusalCode(error: unknown): PrinterLinkCode {
	const key = error instanceof SettingsError ? error.key : "";
	if (/host$/i.test(key)) return 4;
	if (key.endsWith(".serial")) return 5;
	return key.endsWith(".accessCode") ? 6 : 1;
}
