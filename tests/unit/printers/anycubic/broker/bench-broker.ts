// A broker link with a broker and a clock that are the test's.

import type { AnycubicCommand } from "../../../../../modules/printers/anycubic/anycubic-connection";
import { BrokerLink } from "../../../../../modules/printers/anycubic/broker/broker-link";
import type { BrokerTarget } from "../../../../../modules/printers/anycubic/broker/broker-target";
import type { FoundPrinter } from "../../../../../modules/printers/anycubic/broker/found-printers";
import type { LinkReport } from "../../../../../modules/printers/link-report";
import { FakeMqtt } from "../../../../fakes/fake-mqtt";
import { ManualClock } from "../../../../fakes/manual-clock";
import { MemoryLog } from "../../../../fakes/memory-log";
import { textCodec } from "../../../../fakes/text-codec";

export const ID = "0123456789abcdef0123456789abcdef";
export const OTHER_ID = "ffffffffffffffffffffffffffffffff";
export const ROOT = "anycubic/anycubicCloud/v1";

export interface Sent {
	topic: string;
	type: string;
	action: string;
	msgid: string;
}

export class BenchBroker {
	readonly clock = new ManualClock({ startMs: 1000, wallTimeMs: 1_700_000_000_000 });
	readonly mqtt = new FakeMqtt();
	readonly log = new MemoryLog();
	readonly statuses: LinkReport[] = [];
	readonly found: (readonly FoundPrinter[])[] = [];
	readonly link: BrokerLink;
	#seed = 7;

	constructor(target: Partial<BrokerTarget> = {}) {
		this.link = new BrokerLink({
			target: { host: "192.0.2.9", port: 1883, ...target },
			clock: this.clock,
			random: () => this.#random(),
			log: this.log,
			mqtt: this.mqtt,
			text: textCodec,
			onStatus: (report) => this.statuses.push(report),
			onFound: (printers) => this.found.push(printers),
		});
	}

	/** Lets everything in that waits for the broker. */
	open(): void {
		this.mqtt.last.accept();
		this.mqtt.last.grant();
	}

	say(
		type: string,
		body: object,
		{ id = ID, model = "20022", pieceBytes = Number.POSITIVE_INFINITY } = {},
	): void {
		this.mqtt.last.deliver(body, pieceBytes, `${ROOT}/printer/public/${model}/${id}/${type}/report`);
	}

	/** What was published since the last call. */
	sent(): Sent[] {
		return this.mqtt.last.published.splice(0).map(({ topic, payload }) => {
			const { type, action, msgid } = JSON.parse(payload) as Omit<Sent, "topic">;
			return { topic: topic.replace(`${ROOT}/server/printer/`, ""), type, action, msgid };
		});
	}

	#random(): number {
		this.#seed = (this.#seed * 16_807) % 2_147_483_647;
		return this.#seed / 2_147_483_647;
	}
}

/** A printer at it and what was heard of it. */
export class BenchPrinter {
	readonly statuses: LinkReport[] = [];
	readonly reports: string[] = [];
	readonly responses: string[] = [];
	readonly models: string[] = [];
	onModel: (() => void) | undefined;
	readonly link: ReturnType<BrokerLink["printer"]>;

	constructor(broker: BenchBroker, { modelId = "20022", deviceId = ID } = {}) {
		this.link = broker.link.printer(
			{ modelId, deviceId },
			{
				onStatus: (report) => this.statuses.push(report),
				onReport: (type, text) => this.reports.push(`${type} ${text}`),
				onResponse: (text) => this.responses.push(text),
				onModel: (model) => {
					this.models.push(model);
					this.onModel?.();
				},
			},
		);
	}

	get last(): LinkReport | undefined {
		return this.statuses.at(-1);
	}
}

export const PAUSE: AnycubicCommand = Object.freeze({
	type: "print",
	action: "pause",
	msgid: "11111111-1111-4111-8111-111111111111",
	data: { taskid: "1" },
});
