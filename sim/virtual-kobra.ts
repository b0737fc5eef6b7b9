// The virtual Kobra with all that a real one has on the network: at a broker, or with its own in LAN mode.

import { resolve } from "node:path";
import type { Log } from "../modules/platform/log";
import { PortError } from "../modules/platform/port-error";
import { createClock } from "./host/clock";
import { BrokerConnection, type BrokerTarget } from "./printers/anycubic/broker-connection";
import { LAN_BROKER_PORT } from "./printers/anycubic/lan-broker";
import { LAN_DOOR_PORT } from "./printers/anycubic/lan-door";
import { type LanMode, openLanMode } from "./printers/anycubic/lan-mode";
import { defaultModelIds, findKobraModel, type KobraModel } from "./printers/anycubic/models";
import { openOwnBroker } from "./printers/anycubic/own-broker";
import { exampleDeviceId, VirtualKobra } from "./printers/anycubic/virtual-kobra";
import { StartError } from "./start-error";

export interface VirtualKobraStart {
	/** Id or name. Left out: the usual one of that way. */
	model?: string;
	/** `broker` unless the model says otherwise. */
	way?: KobraModel["way"];
	/** Of a Kobra 2: somebody's broker. Left out: it gets one on this computer, at any free port. */
	broker?: BrokerTarget;
	speed?: number;
	/** The simulator's folder: certificates are kept in it. */
	storage: string;
	/** It stands still, with nothing to print. */
	idle?: boolean;
	/** Tells several apart. */
	count?: number;
}

/** What the device needs to know to reach the printer. */
export type KobraTarget =
	| { way: "broker"; modelId: string; deviceId: string; broker: BrokerTarget }
	| {
			way: "lan";
			modelId: string;
			deviceId: string;
			host: string;
			/** Of the handshake: the usual one, 18910, unless all those places were taken. */
			port: number;
			brokerPort: number;
			/** Of its broker's certificate. */
			sha256: string;
	  };

export interface StartedKobra {
	printer: VirtualKobra;
	target: KobraTarget;
	/** For a person. */
	place: string;
}

const LOOPBACK = "127.0.0.1";
/** Loopback addresses that are tried for the real ports; not every system has more than one. */
const MOST_PLACES = 24;

/** With a job on its bed, unless it is to be idle. Rejects with a `StartError`. */
export async function startVirtualKobra(
	options: VirtualKobraStart,
	log: Log,
	endings: (() => Promise<void> | void)[],
): Promise<StartedKobra> {
	const model = modelOf(options);
	const printer = new VirtualKobra({
		clock: createClock({ speed: options.speed ?? 1 }),
		model: model.id,
		deviceId: exampleDeviceId(model, options.count),
	});
	endings.push(() => printer.close());
	const started = model.way === "lan" ? atLan(printer, options, log) : atBroker(printer, options, log);
	const { target, place, close } = await started;
	endings.push(...close);
	printer.start();
	if (!options.idle) printer.startJob();
	return { printer, target, place };
}

interface Connected {
	target: KobraTarget;
	place: string;
	/** The first one last. */
	close: (() => Promise<void>)[];
}

async function atBroker(printer: VirtualKobra, { broker }: VirtualKobraStart, log: Log): Promise<Connected> {
	const own = broker ? undefined : await openOwnBroker({ port: 0, address: LOOPBACK });
	const target = broker ?? { url: `mqtt://${LOOPBACK}:${own?.port}` };
	const place = new URL(target.url).host;
	const connection = new BrokerConnection({
		printer,
		target,
		onStatus: (status, help) => {
			if (status === "lost") log.warn(`virtual Kobra: ${place}: ${help}`);
		},
	});
	connection.start();
	return {
		target: { way: "broker", ...printer.address, broker: target },
		place,
		close: [...(own ? [() => own.close()] : []), () => connection.close()],
	};
}

/** At the first loopback address whose ports are free, so that it is found where a real one is. */
async function atLan(printer: VirtualKobra, { storage }: VirtualKobraStart, log: Log): Promise<Connected> {
	const open = (address: string, port: number, brokerPort: number): Promise<LanMode> =>
		openLanMode({
			printer,
			address,
			port,
			brokerPort,
			directory: resolve(storage, "certificates"),
			wallTimeMs: Date.now(),
			onError: (message) => log.warn(`virtual Kobra: ${message}`),
		});
	const connected = (host: string, lan: LanMode): Connected => ({
		target: {
			way: "lan",
			...printer.address,
			host,
			port: lan.port,
			brokerPort: lan.brokerPort,
			sha256: lan.sha256,
		},
		place: `${host}:${lan.port}`,
		close: [() => lan.close()],
	});
	for (let last = 1; last <= MOST_PLACES; last++) {
		const host = `127.0.0.${last}`;
		try {
			return connected(host, await open(host, LAN_DOOR_PORT, LAN_BROKER_PORT));
		} catch (error) {
			if (!(error instanceof PortError)) throw error;
			if (error.code === "storage") throw new StartError("environment", error.message, error);
		}
	}
	log.warn(`virtual Kobra: port ${LAN_DOOR_PORT} is in use, so it takes another one.`);
	return connected(LOOPBACK, await open(LOOPBACK, 0, 0));
}

function modelOf({ model, way, broker }: VirtualKobraStart): KobraModel {
	const wanted = model ?? defaultModelIds[way ?? "broker"];
	const found = findKobraModel(wanted);
	if (!found) throw new StartError("usage", `There is no Kobra model "${wanted}".`);
	if (way !== undefined && found.way !== way)
		throw new StartError(
			"usage",
			found.way === "lan" ? `${found.name} has a broker of its own.` : `${found.name} has no LAN mode.`,
		);
	if (broker && found.way === "lan")
		throw new StartError("usage", `${found.name} has a broker of its own, and joins no other.`);
	return found;
}
