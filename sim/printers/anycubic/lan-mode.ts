// A Kobra in the LAN: the port where clients shake hands with it, and its broker behind.

import { LanBroker } from "./lan-broker";
import { LanDoor } from "./lan-door";
import { openSelfSigned } from "./self-signed";
import { Sessions } from "./sessions";
import type { VirtualKobra } from "./virtual-kobra";

export interface LanModeOptions {
	readonly printer: VirtualKobra;
	/** One that clients can reach. */
	readonly address: string;
	/** Of the handshake; 0 lets the system choose. */
	readonly port: number;
	readonly brokerPort: number;
	/** Where its certificates are kept. Left out: they are new each time. */
	readonly directory?: string;
	/** Milliseconds since 1970. */
	readonly wallTimeMs: number;
	/** A line for a person. */
	onError?(message: string): void;
}

export interface LanMode {
	readonly port: number;
	readonly brokerPort: number;
	/** Of the broker, in PEM; nobody else vouches for it. */
	readonly certificate: string;
	/** Of that certificate: 64 hex digits. */
	readonly sha256: string;
	/** May be called any number of times. */
	close(): Promise<void>;
}

/** Rejects with a `PortError`: a port cannot be had, or the directory cannot be used. */
export async function openLanMode(options: LanModeOptions): Promise<LanMode> {
	const { printer, address, directory, wallTimeMs, onError = () => {} } = options;
	const { deviceId } = printer.address;
	const kept = { wallTimeMs, ...(directory !== undefined && { directory }) };
	const [identity, client] = await Promise.all([
		openSelfSigned({ commonName: `kobra-${deviceId.slice(0, 8)}`, ...kept }),
		openSelfSigned({ commonName: `client-${deviceId.slice(0, 8)}`, ...kept }),
	]);
	const sessions = new Sessions();
	const broker = new LanBroker({ printer, sessions, identity });
	const { port: brokerPort } = await broker.listen({ port: options.brokerPort, address });
	const door = new LanDoor({ printer, sessions, client, address, port: options.port, brokerPort, onError });
	let port: number;
	try {
		({ port } = await door.listen());
	} catch (error) {
		await broker.close();
		throw error;
	}
	let moving = Promise.resolve();
	const stopListening = printer.switches.onChange((name, on) => {
		if (name !== "offline") return;
		moving = moving
			.then(async () => {
				if (on) await door.close();
				else await door.listen();
			})
			.catch((error: unknown) => onError(error instanceof Error ? error.message : String(error)));
	});
	let closing: Promise<void> | undefined;
	return {
		port,
		brokerPort,
		certificate: identity.certificate,
		sha256: identity.sha256,
		close() {
			stopListening();
			closing ??= moving.then(() => Promise.all([door.close(), broker.close()])).then(() => {});
			return closing;
		},
	};
}
