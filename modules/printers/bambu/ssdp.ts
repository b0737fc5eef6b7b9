// What a Bambu Lab printer says of itself in a datagram of SSDP, and the datagram that asks for it.

import { modelName } from "./models";

export interface DiscoveredPrinter {
	serial: string;
	/** An IPv4 address. */
	host: string;
	/** As its owner named it; never empty. */
	name: string;
	/** As people call it: "P1S". */
	model: string;
}

export const SSDP_GROUP = "239.255.255.250";
const DEVICE_TYPE = "urn:bambulab-com:device:3dprinter:1";

/** A real one has some 500 bytes. */
const MAX_DATAGRAM_LENGTH = 2048;
const MAX_NAME_LENGTH = 32;
/** A real one has some 15. */
const MAX_LINES = 64;
/** What we look at. */
const HEADERS: readonly string[] = Object.freeze([
	"nt",
	"st",
	"nts",
	"usn",
	"location",
	"devmodel.bambu.com",
	"devname.bambu.com",
]);

/** What two announcements of one printer say together: the newer one, and from the older one what that leaves open. */
export function mergeAnnouncements(older: DiscoveredPrinter, newer: DiscoveredPrinter): DiscoveredPrinter {
	const isModelKnown = newer.model !== modelName("", "");
	const isNamed = newer.name !== madeUpName(newer.model, newer.serial);
	return {
		serial: newer.serial,
		host: newer.host,
		name: isNamed ? newer.name : older.name,
		model: isModelKnown ? newer.model : older.model,
	};
}

/** Asks all printers that listen on that port to say who they are. */
export function searchRequest(port: number): string {
	return [
		"M-SEARCH * HTTP/1.1",
		`HOST: ${SSDP_GROUP}:${port}`,
		'MAN: "ssdp:discover"',
		"MX: 3",
		`ST: ${DEVICE_TYPE}`,
		"",
		"",
	].join("\r\n");
}

/**
 * `undefined` for everything that is no printer's announcement or answer. Only the serial number and the address have
 * to be there; lines end with CRLF or LF, and names of headers are of any case.
 */
export function readAnnouncement(text: string): DiscoveredPrinter | undefined {
	if (text.length > MAX_DATAGRAM_LENGTH) return undefined;
	if (!/^NOTIFY \* HTTP\/1\.|^HTTP\/1\.[01] 200/i.test(text)) return undefined;
	const headers = readHeaders(text);
	const type = headers.nt ?? headers.st ?? DEVICE_TYPE;
	if (type.toLowerCase() !== DEVICE_TYPE || headers.nts?.toLowerCase() === "ssdp:byebye") return undefined;
	const serial = /^(?:uuid:)?([0-9A-Za-z]{4,24})(?:::.*)?$/i.exec(headers.usn ?? "")?.[1];
	const host = readHost(headers.location ?? "");
	if (serial === undefined || host === undefined) return undefined;
	const model = modelName(serial, headers["devmodel.bambu.com"] ?? "");
	const name = readName(headers["devname.bambu.com"] ?? "");
	return { serial, host, name: name || madeUpName(model, serial), model };
}

function madeUpName(model: string, serial: string): string {
	return `${model} ${serial.slice(-4)}`;
}

/**
 * The first one of each name that we look at. Line by line, and nothing of the other lines is kept: a datagram of
 * nothing but line ends or headers must not fill a small device's memory.
 */
function readHeaders(text: string): Readonly<Partial<Record<string, string>>> {
	const headers: Partial<Record<string, string>> = {};
	for (let end = text.indexOf("\n"), lines = 0; end >= 0 && lines < MAX_LINES; lines++) {
		const start = end + 1;
		end = text.indexOf("\n", start);
		const colon = text.indexOf(":", start);
		if (colon < 0) break;
		if (end >= 0 && colon > end) continue;
		const name = text.slice(start, colon).trim().toLowerCase();
		if (!HEADERS.includes(name) || headers[name] !== undefined) continue;
		headers[name] = text.slice(colon + 1, end < 0 ? undefined : end).trim();
	}
	return headers;
}

/** "192.0.2.7" or "http://192.0.2.7:80/". */
function readHost(location: string): string | undefined {
	const [, host = ""] = /^(?:https?:\/\/)?([0-9.]{7,15})(?::\d{1,5})?(?:\/.*)?$/i.exec(location) ?? [];
	const parts = host.split(".");
	const isAddress =
		parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
	// 0.0.0.0, a group or everybody is no printer's address.
	const first = Number(parts[0]);
	return isAddress && first > 0 && first < 224 ? host : undefined;
}

function readName(given: string): string {
	let name = "";
	for (const character of given) {
		const code = character.codePointAt(0) ?? 0;
		const isControl = code < 0x20 || code === 0x7f || code === 0xfffd;
		if (!isControl && name.length + character.length <= MAX_NAME_LENGTH) name += character;
	}
	return name.trim();
}
