// Asks an Anycubic printer in LAN mode which one it is: shakes hands, and looks at the certificate of its broker.

import type { MqttClient, MqttConnection } from "../../../platform/mqtt";
import { PortError } from "../../../platform/port-error";
import { PrinterBookError } from "../../printer-book";
import type { AnycubicAddress } from "../anycubic-connection";
import { randomClientId } from "../client-id";
import type { LanSession } from "./handshake";
import { LanError } from "./lan-error";
import { type LanTrouble, lanHelp, lanTroubleOf, linkErrorOf } from "./lan-help";
import { CONNECT_TIMEOUT_MS, KEEP_ALIVE_MS, type LanTarget } from "./lan-link";
import { type LanMeans, shakeHands } from "./shake-hands";

export interface IdentifyMeans extends LanMeans {
	mqtt: MqttClient;
}

/**
 * Rejects with a {@link PrinterBookError} that says what is wrong. All of these printers make their certificates themselves:
 * it is `untrusted_certificate`, with the certificate, until a person has confirmed it.
 */
export async function identifyInLan(means: IdentifyMeans, target: LanTarget): Promise<AnycubicAddress> {
	const { host, port } = target;
	try {
		const session = await shakeHands(means, host, port);
		await connectOnce(means, target, session, true);
		return session.address;
	} catch (cause) {
		if (!(cause instanceof LanError) && !(cause instanceof PortError)) throw cause;
		const trouble: LanTrouble = cause instanceof LanError ? cause.code : lanTroubleOf(cause);
		const certificate = cause instanceof PortError ? cause.certificate : undefined;
		throw new PrinterBookError(linkErrorOf(trouble), lanHelp(trouble, host, cause), certificate);
	}
}

async function connectOnce(
	means: IdentifyMeans,
	target: LanTarget,
	session: LanSession,
	shows: boolean,
): Promise<void> {
	const { mqtt, random } = means;
	const { host, pinnedSha256 } = target;
	const { port, username, password } = session;
	const identity = shows ? session.identity : undefined;
	let connection: MqttConnection | undefined;
	try {
		await new Promise<void>((resolve, reject) => {
			connection = mqtt.connect({
				host,
				port,
				tls: { authorities: [], ...(pinnedSha256 && { pinnedSha256 }), ...(identity && { identity }) },
				clientId: randomClientId(random),
				username,
				password,
				keepAliveMs: KEEP_ALIVE_MS,
				connectTimeoutMs: CONNECT_TIMEOUT_MS,
				onOpen: () => resolve(),
				onSubscribed() {},
				onMessage() {},
				onClosed: reject,
			});
		});
	} catch (cause) {
		// TLS cannot use what the printer hands out; most of them do not ask for it.
		const isUnusable = cause instanceof PortError && cause.code === "invalid" && identity !== undefined;
		if (!isUnusable) throw cause;
		await connectOnce(means, target, session, false);
	} finally {
		await connection?.close();
	}
}
