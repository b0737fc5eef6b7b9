// A link in LAN mode with a printer, a network and a clock that are the test's.

import type { HandshakeCrypto } from "../../../../../modules/platform/handshake-crypto";
import type {
	HttpClientPort,
	HttpClientRequest,
	HttpClientResponse,
} from "../../../../../modules/platform/http";
import { PortError, type PortErrorCode } from "../../../../../modules/platform/port-error";
import { LanLink, type LanTarget } from "../../../../../modules/printers/anycubic/lan/lan-link";
import type { LinkReport } from "../../../../../modules/printers/link-report";
import { FakeMqtt } from "../../../../fakes/fake-mqtt";
import { ManualClock } from "../../../../fakes/manual-clock";
import { MemoryLog } from "../../../../fakes/memory-log";
import { textCodec } from "../../../../fakes/text-codec";

export const HOST = "192.0.2.30";
export const ID = "0123456789abcdef0123456789abcdef";
export const TOKEN = "SIGNSIGNSIGNSIGNKEYSKEYSKEYSKEYS";
export const VECTOR = "VECTORVECTORVEC";
export const PIN = "ab".repeat(32);

/** Shows what it was given, so that a test sees how things are joined: a digest is "<…>", and ciphers leave bytes alone. */
export const fakeCrypto: HandshakeCrypto = {
	md5: (bytes) => `<${textCodec.decode(bytes)}>`,
	aes128CbcDecrypt(key, iv, bytes) {
		const isRight =
			textCodec.decode(key) === TOKEN.slice(16) && textCodec.decode(iv) === `${VECTOR}\0`.slice(0, 16);
		if (!isRight) throw new PortError("protocol", "test: wrong key");
		return bytes.slice();
	},
};

export function info(changes: object = {}): object {
	return {
		token: TOKEN,
		ctrlInfoUrl: `http://${HOST}:18910/ctrl`,
		ctrlType: "lan",
		modelId: "20025",
		modelName: "Anycubic Kobra S1",
		cn: "SERIAL",
		...changes,
	};
}

export function secret(changes: object = {}): object {
	return {
		broker: `mqtts://${HOST}:9883`,
		username: "user",
		password: "secret",
		deviceId: ID,
		modelId: "20025",
		...changes,
	};
}

export function answer(content: object = secret(), changes: object = {}): object {
	return {
		code: 200,
		message: "success",
		data: { info: base64(JSON.stringify(content)), token: VECTOR },
		...changes,
	};
}

export function base64(text: string): string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const bytes = textCodec.encode(text);
	let encoded = "";
	for (let at = 0; at < bytes.length; at += 3) {
		const group = (bytes[at] ?? 0) * 65536 + (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0);
		for (let place = 0; place < 4; place++)
			encoded += at + place > bytes.length ? "=" : alphabet.charAt((group >> (18 - 6 * place)) & 63);
	}
	return encoded;
}

/** Answers at once, or not at all. */
export class FakeHttp implements HttpClientPort {
	readonly requests: HttpClientRequest[] = [];
	info: object | string | PortErrorCode = info();
	answer: object | string | PortErrorCode = answer();
	status = 200;
	/** Holds answers back until they are released. */
	isHeld = false;
	readonly #held: (() => void)[] = [];

	async request(request: HttpClientRequest): Promise<HttpClientResponse> {
		this.requests.push(request);
		if (this.isHeld) await new Promise<void>((resolve) => this.#held.push(resolve));
		const content = request.method === "GET" ? this.info : this.answer;
		if (content === "refused" || content === "timeout") throw new PortError(content, `test: ${content}`);
		const text = typeof content === "string" ? content : JSON.stringify(content);
		return { status: this.status, headers: {}, body: textCodec.encode(text) };
	}

	release(): void {
		this.isHeld = false;
		for (const resolve of this.#held.splice(0)) resolve();
	}
}

export class BenchKobra {
	readonly clock = new ManualClock({ startMs: 1000, wallTimeMs: 1_700_000_000_000 });
	readonly mqtt = new FakeMqtt();
	readonly http = new FakeHttp();
	readonly log = new MemoryLog();
	readonly statuses: LinkReport[] = [];
	readonly reports: string[] = [];
	readonly responses: string[] = [];
	readonly models: string[] = [];
	readonly link: LanLink;
	onModel: (() => void) | undefined;
	onStatus: ((report: LinkReport) => void) | undefined;
	#seed = 7;

	constructor(target: Partial<LanTarget> = {}) {
		this.link = new LanLink({
			target: { host: HOST, pinnedSha256: PIN, ...target },
			deviceId: ID,
			clock: this.clock,
			random: () => this.#random(),
			log: this.log,
			mqtt: this.mqtt,
			http: this.http,
			text: textCodec,
			crypto: fakeCrypto,
			onStatus: (report) => {
				this.statuses.push(report);
				this.onStatus?.(report);
			},
			onReport: (type, text) => this.reports.push(`${type} ${text}`),
			onResponse: (text) => this.responses.push(text),
			onModel: (modelId) => {
				this.models.push(modelId);
				this.onModel?.();
			},
		});
	}

	get last(): LinkReport | undefined {
		return this.statuses.at(-1);
	}

	/** Lets what was promised come true. */
	async settle(): Promise<void> {
		for (let turn = 0; turn < 30; turn++) await Promise.resolve();
	}

	/** Handshake, connection and subscription. */
	async open(): Promise<void> {
		await this.settle();
		this.mqtt.last.accept("");
		this.mqtt.last.grant();
	}

	say(type: string, body: object = { state: "done" }, id = ID): void {
		this.mqtt.last.deliver(body, 100, `anycubic/anycubicCloud/v1/printer/public/20025/${id}/${type}/report`);
	}

	/** What was published since the last call. */
	sent(): string[] {
		return this.mqtt.last.published.splice(0).map(({ topic, payload }) => {
			const { type, action } = JSON.parse(payload) as { type: string; action: string };
			return `${topic.replace("anycubic/anycubicCloud/v1/", "").replace(`/printer/20025/${ID}/`, ":")} ${type}/${action}`;
		});
	}

	#random(): number {
		this.#seed = (this.#seed * 16_807) % 2_147_483_647;
		return this.#seed / 2_147_483_647;
	}
}
