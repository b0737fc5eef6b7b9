// Anycubic's printers as the firmware joins them: the broker that is shared, printers of both ways, and how one is identified.

import type { Clock } from "../../platform/clock";
import type { HandshakeCrypto } from "../../platform/handshake-crypto";
import type { HttpClientPort } from "../../platform/http";
import type { Log } from "../../platform/log";
import type { MqttClient } from "../../platform/mqtt";
import type { Random } from "../../platform/random";
import type { TextCodec } from "../../platform/text-codec";
import type { Settings } from "../../settings/settings";
import type { Printer, PrinterSetup } from "../printer";
import { PrinterBookError } from "../printer-book";
import type { FoundPrinter } from "../printer-search";
import type { AnycubicAddress } from "./anycubic-connection";
import { AnycubicPrinter } from "./anycubic-printer";
import { SharedBroker } from "./broker/shared-broker";
import { identifyInLan } from "./lan/identify";
import { LanLink, type LanTarget } from "./lan/lan-link";
import { modelName } from "./models";
import { isAddress } from "./topics";

export interface AnycubicOptions {
	settings: Pick<Settings, "get" | "onChange">;
	clock: Clock;
	random: Random;
	log: Log;
	text: TextCodec;
	mqtt: MqttClient;
	http: HttpClientPort;
	/** Absent: there are no printers in LAN mode. */
	crypto?: HandshakeCrypto | undefined;
}

const NO_LAN = "This device cannot shake hands with printers in LAN mode.";
/** An id takes the place of a model that is not known yet. */
const ANY_MODEL = "20021";

export class Anycubic {
	private readonly options: AnycubicOptions;
	private readonly broker: SharedBroker;

	constructor(options: AnycubicOptions) {
		const { settings, clock, random, log, mqtt, text } = options;
		this.options = options;
		this.broker = new SharedBroker({ settings, clock, random, log, mqtt, text });
	}

	start(): void {
		this.broker.start();
	}

	/** After the printers. May be called any number of times. */
	close(): Promise<void> {
		return this.broker.close();
	}

	/** Those at the broker, the one that was heard last first. */
	get found(): readonly FoundPrinter[] {
		const host = this.options.settings.get("anycubic.brokerHost");
		return this.broker.found.map(({ modelId, deviceId }) => {
			const model = modelName(modelId);
			const name = `${model} ${deviceId.slice(-4)}`;
			return { vendor: "anycubic", way: "broker", serial: deviceId, host, name, model };
		});
	}

	/** Of one at the broker; "" as long as nothing was heard of it. */
	modelIdOf(deviceId: string): string {
		const lower = deviceId.toLowerCase();
		return this.broker.found.find((one) => one.deviceId.toLowerCase() === lower)?.modelId ?? "";
	}

	isDeviceId(text: string): boolean {
		return isAddress({ modelId: ANY_MODEL, deviceId: text });
	}

	/** Which printer is there. Rejects with a `PrinterBookError`. */
	async identify(target: LanTarget): Promise<AnycubicAddress> {
		const { crypto, ...means } = this.options;
		if (!crypto) throw new PrinterBookError("bad_field", NO_LAN);
		return identifyInLan({ ...means, crypto }, target);
	}

	/** `undefined` for one that this device cannot reach. */
	create({ serial, name, host, port, pinnedSha256, way, ...setup }: PrinterSetup): Printer | undefined {
		const { clock, random, log, crypto } = this.options;
		const modelId = setup.modelId || (way === "broker" ? this.modelIdOf(serial) : "");
		const common = { name, host, way, clock, random, log, modelId, deviceId: serial };
		if (!this.isDeviceId(serial)) return undefined;
		if (way === "broker")
			return new AnycubicPrinter({
				...common,
				link: (events) => this.broker.printer({ modelId, deviceId: serial }, events),
			});
		if (!crypto) return undefined;
		const { settings: _, ...means } = this.options;
		return new AnycubicPrinter({
			...common,
			link: (events) =>
				new LanLink({
					...means,
					...events,
					crypto,
					target: { host, port, pinnedSha256 },
					deviceId: serial,
				}),
		});
	}
}
