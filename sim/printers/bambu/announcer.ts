// Tells the network of the virtual printer, as a real one does: by SSDP, unasked every few seconds, and when asked.

import type { Clock, Timer } from "../../../modules/platform/clock";
import type { Log } from "../../../modules/platform/log";
import { PortError } from "../../../modules/platform/port-error";
import type { UdpPort, UdpSocket } from "../../../modules/platform/udp";
import type { PrinterModel } from "./models";

/** What the announcement says, save that the printer is there. */
export interface Announced {
	readonly model: PrinterModel;
	readonly serial: string;
	readonly name: string;
	/** An IPv4 address; the port is always that of printers. */
	readonly host: string;
}

export interface PrinterAnnouncerOptions {
	readonly udp: UdpPort;
	readonly log: Log;
	/** Real time: who scans does so for some seconds, however fast the printer lives. */
	readonly clock: Clock;
	readonly printer: Announced;
	/** False while the printer cannot be found, as from another part of the network. */
	isShown(): boolean;
}

/** Between two announcements, which go to one of the ports and to the other in turn. */
export const announceIntervalMs = 5_000;
/** Where controllers listen. */
export const announcePorts: readonly number[] = [2021, 1990];
/** Where printers hear a search. */
export const searchPort = 1990;
export const ssdpGroup = "239.255.255.250";

const deviceType = "urn:bambulab-com:device:3dprinter:1";
const maxSearchLength = 2048;

export class PrinterAnnouncer {
	readonly #options: PrinterAnnouncerOptions;
	#socket: UdpSocket | undefined;
	#timer: Timer | undefined;
	#turn = 0;
	#closed = false;

	constructor(options: PrinterAnnouncerOptions) {
		this.#options = options;
	}

	/**
	 * Says in a sentence whether a search finds the printer now. It does not where another program keeps the port for
	 * itself, or where there is no multicast; all else of the printer works without.
	 */
	async start(): Promise<string> {
		const { udp, clock, log } = this.#options;
		let socket: UdpSocket;
		try {
			socket = await udp.open({
				port: searchPort,
				groups: [ssdpGroup],
				onMessage: (bytes, from) => this.#onMessage(bytes, from),
				onClosed: () => this.close(),
			});
		} catch (error) {
			if (!(error instanceof PortError)) throw error;
			const help = `A search does not find it: ${error.message}.`;
			log.warn(`virtual printer: ${help}`);
			return help;
		}
		if (this.#closed) {
			socket.close();
			return "A search no longer finds it.";
		}
		this.#socket = socket;
		this.#timer = clock.every(announceIntervalMs, () => this.#announce());
		this.#announce();
		return "A search finds it.";
	}

	/** May be called any number of times. */
	close(): void {
		this.#closed = true;
		this.#timer?.cancel();
		this.#socket?.close();
		this.#socket = undefined;
	}

	#announce(): void {
		const port = announcePorts[this.#turn++ % announcePorts.length];
		if (port === undefined || !this.#options.isShown()) return;
		this.#send(announcement(this.#options.printer), ssdpGroup, port);
	}

	#onMessage(bytes: Uint8Array, { address, port }: { address: string; port: number }): void {
		if (bytes.length > maxSearchLength || !this.#options.isShown()) return;
		if (isSearch(new TextDecoder().decode(bytes))) this.#send(answer(this.#options.printer), address, port);
	}

	#send(text: string, address: string, port: number): void {
		this.#socket?.send(new TextEncoder().encode(text), address, port);
	}
}

function isSearch(text: string): boolean {
	const [start = "", ...headers] = text.split(/\r?\n/);
	if (!start.startsWith("M-SEARCH * HTTP/1.1")) return false;
	const wanted = headers.map((line) => /^ST:\s*(\S+)/i.exec(line)?.[1]).find((type) => type !== undefined);
	return wanted === deviceType || wanted === "ssdp:all";
}

function announcement(printer: Announced): string {
	return datagram("NOTIFY * HTTP/1.1", [
		["Host", `${ssdpGroup}:1990`],
		["Server", "UPnP/1.0"],
		["Location", printer.host],
		["NT", deviceType],
		["NTS", "ssdp:alive"],
		...about(printer),
	]);
}

function answer(printer: Announced): string {
	return datagram("HTTP/1.1 200 OK", [
		["Server", "UPnP/1.0"],
		["Location", printer.host],
		["ST", deviceType],
		["EXT", ""],
		...about(printer),
	]);
}

function about({ serial, model, name }: Announced): [string, string][] {
	return [
		["USN", serial],
		["Cache-Control", "max-age=1800"],
		["DevModel.bambu.com", model.discoveryCode],
		["DevName.bambu.com", name],
		["DevSignal.bambu.com", "-50"],
		["DevConnect.bambu.com", "lan"],
		["DevBind.bambu.com", "free"],
		["Devseclink.bambu.com", "secure"],
		["DevVersion.bambu.com", model.firmware],
		["DevCap.bambu.com", "1"],
	];
}

function datagram(start: string, headers: readonly (readonly [string, string])[]): string {
	return [start, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
}
