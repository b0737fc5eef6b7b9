// Asks a Bambu Lab printer who it is: connects once, and takes what its certificate proves.

import type { MqttClient, MqttConnection } from "../../platform/mqtt";
import { PortError } from "../../platform/port-error";
import { linkErrorOf } from "../connection-errors";
import { type PrinterAddress, PrinterBookError } from "../printer-book";
import { CONNECT_TIMEOUT_MS, KEEP_ALIVE_MS, USER } from "./link";
import { linkHelp } from "./link-errors";

export interface IdentityMeans {
	mqtt: MqttClient;
	/** DER certificates that a printer's chain may end at. */
	authorities: readonly Uint8Array[];
	/** Unique on the network, and not that of a connection that stays. */
	clientId: string;
}

/** One try is enough to say what is wrong, other than for a connection that tries again. */
const ENOUGH_CLOSES = Number.MAX_SAFE_INTEGER;

/**
 * The serial number of the printer at that address, as its certificate spells it. The access code is sent only to a
 * printer whose certificate is trusted. Rejects with a {@link PrinterBookError} that says what is wrong.
 */
export async function readSerial(means: IdentityMeans, address: PrinterAddress): Promise<string> {
	const { host } = address;
	let name: string;
	try {
		name = await connectOnce(means, address, undefined);
	} catch (cause) {
		if (!(cause instanceof PortError)) throw cause;
		const code = linkErrorOf(cause, ENOUGH_CLOSES) ?? "unreachable";
		throw new PrinterBookError(code, linkHelp(code, { host, serial: "", cause }), cause.certificate);
	}
	if (/^[0-9A-Za-z]{4,24}$/.test(name)) return name;
	throw new PrinterBookError("wrong_serial", `What answers at ${host} shows no printer's serial number.`);
}

/** Whether the printer with that serial number is at that address; it need not let us in. Never rejects. */
export async function isPrinterAt(
	means: IdentityMeans,
	address: PrinterAddress,
	serial: string,
): Promise<boolean> {
	try {
		await connectOnce(means, address, serial);
		return true;
	} catch (error) {
		// It has proved who it is before it is told the access code.
		return error instanceof PortError && error.code === "unauthorized";
	}
}

/** Resolves with the certificate's name once the printer has let us in. */
async function connectOnce(
	{ mqtt, authorities, clientId }: IdentityMeans,
	{ host, port, accessCode, pinnedSha256 }: PrinterAddress,
	serial: string | undefined,
): Promise<string> {
	let connection: MqttConnection | undefined;
	try {
		return await new Promise<string>((resolve, reject) => {
			connection = mqtt.connect({
				host,
				port,
				tls: {
					authorities,
					...(serial !== undefined && { commonName: serial }),
					...(pinnedSha256 !== "" && { pinnedSha256 }),
				},
				clientId,
				username: USER,
				password: accessCode,
				keepAliveMs: KEEP_ALIVE_MS,
				connectTimeoutMs: CONNECT_TIMEOUT_MS,
				onOpen: (name) => resolve(name ?? ""),
				onSubscribed() {},
				onMessage() {},
				onClosed: reject,
			});
		});
	} finally {
		await connection?.close();
	}
}
