// Anycubic printers beside the device: virtual ones, somebody's broker, and what the device's settings have to say of both.

import type { Firmware } from "../modules/firmware";
import type { Log } from "../modules/platform/log";
import { PrinterBookError } from "../modules/printers/printer-book";
import { freeSlot, OF_A_NEW_ONE, slotOf } from "../modules/printers/printer-slots";
import type { Settings, SettingsChanges } from "../modules/settings/settings";
import { parseBrokerUrl } from "./broker-url";
import type { SimulatorOptions } from "./command-line";
import { defaultModelIds, findKobraModel } from "./printers/anycubic/models";
import { exampleDeviceId } from "./printers/anycubic/virtual-kobra";
import { type KobraTarget, type StartedKobra, startVirtualKobra } from "./virtual-kobra";

/** What is asked of the list of printers that are found. */
const LOOK_MS = 1_000;

export interface Broker {
	/** As in the command line, without user and password. */
	place: string;
	changes: SettingsChanges;
}

/** Of `--anycubic-broker`; `authorities` is PEM. */
export function givenBroker(url: string | undefined, authorities: string): Broker | undefined {
	const broker = url === undefined ? undefined : parseBrokerUrl(url);
	if (!broker) return undefined;
	return {
		place: `${broker.host}:${broker.port}`,
		changes: brokerChanges({ ...broker, authorities: broker.isSecure ? authorities : "" }),
	};
}

/** A Kobra 2 at its own broker, or at the one that was given, and a Kobra 3 in LAN mode. */
export async function startKobras(
	{ speed, storage, anycubicBroker }: SimulatorOptions,
	authorities: string,
	log: Log,
	endings: (() => Promise<void> | void)[],
): Promise<readonly StartedKobra[]> {
	const broker =
		anycubicBroker === undefined
			? undefined
			: { url: anycubicBroker, ...(authorities !== "" && { authorities: [authorities] }) };
	const byBroker = await startVirtualKobra(
		{ way: "broker", speed, storage, ...(broker && { broker }) },
		log,
		endings,
	);
	return [byBroker, await startVirtualKobra({ way: "lan", speed, storage }, log, endings)];
}

/** So that the device knows these, and those of other runs no longer. */
export function setUpKobras(
	settings: Settings,
	broker: Broker | undefined,
	kobras: readonly StartedKobra[],
	log: Log,
): void {
	forgetVirtual(settings, kobras);
	for (const { target } of kobras) {
		if (target.way === "broker" && !broker) settings.set(brokerOf(target));
		const known = slotOf(settings, target.deviceId);
		const slot = known ?? freeSlot(settings);
		if (slot === undefined) {
			log.warn("virtual Kobra: the device has no place for it; forget a printer there.");
			continue;
		}
		settings.patch(slotChanges(slot, target, known === undefined));
	}
	if (broker) settings.set(broker.changes);
}

function forgetVirtual(settings: Settings, kobras: readonly StartedKobra[]): void {
	for (const id of Object.values(defaultModelIds)) {
		const model = findKobraModel(id);
		const deviceId = model && exampleDeviceId(model);
		if (deviceId === undefined || kobras.some(({ target }) => target.deviceId === deviceId)) continue;
		const slot = slotOf(settings, deviceId);
		if (slot === undefined) continue;
		settings.patch(inSlot(slot, { serial: "", host: "", vendor: "bambu", way: "lan", ...OF_A_NEW_ONE }));
		// Its broker is gone, too.
		if (settings.get("anycubic.brokerHost") === "127.0.0.1" && model?.way === "broker")
			settings.set({ "anycubic.brokerHost": "" });
	}
}

function slotChanges(slot: number, target: KobraTarget, isNew: boolean): Record<string, unknown> {
	const { way, modelId, deviceId } = target;
	return inSlot(slot, {
		...(isNew && OF_A_NEW_ONE),
		vendor: "anycubic",
		way,
		modelId,
		serial: deviceId,
		...(target.way === "lan"
			? { host: target.host, port: target.port, pinnedSha256: target.sha256 }
			: { host: "" }),
	});
}

function inSlot(slot: number, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`printer${slot}.${name}`, value]));
}

function brokerOf({ broker }: KobraTarget & { way: "broker" }): SettingsChanges {
	const parsed = parseBrokerUrl(broker.url);
	return parsed ? brokerChanges({ ...parsed, authorities: "" }) : {};
}

function brokerChanges({
	host,
	port,
	isSecure,
	user,
	password,
	authorities,
}: NonNullable<ReturnType<typeof parseBrokerUrl>> & { authorities: string }): SettingsChanges {
	return {
		"anycubic.brokerHost": host,
		"anycubic.brokerPort": port,
		"anycubic.brokerSecurity": isSecure ? "tls" : "plain",
		"anycubic.brokerUser": user,
		"anycubic.brokerPassword": password,
		...(authorities !== "" && { "anycubic.brokerCa": authorities }),
	};
}

/** Adds each printer that is found at the broker, once: one that a person forgets stays forgotten. Returns what ends it. */
export function addFoundKobras(firmware: () => Firmware, log: Log): () => void {
	const seen = new Set<string>();
	const look = async (): Promise<void> => {
		const { anycubic, book } = firmware();
		for (const { serial, name } of anycubic?.found ?? []) {
			if (seen.has(serial)) continue;
			seen.add(serial);
			try {
				await book.add({ vendor: "anycubic", way: "broker", serial });
				log.info(`${name}: found at the broker, and set up`);
			} catch (error) {
				if (!(error instanceof PrinterBookError)) throw error;
				if (error.code !== "already_set_up") log.warn(`${name}: ${error.message}`);
			}
		}
	};
	const timer = setInterval(() => void look(), LOOK_MS);
	return () => clearInterval(timer);
}
