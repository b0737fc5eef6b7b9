// The HTTP port of a Kobra in the LAN: tells who it is, and lets in whoever answers its token.

import type { HttpRequest, HttpResponse, HttpServer } from "../../../modules/platform/http";
import { createHttpServer } from "../../host/http-server";
import { badSignature, createToken, isSigned, sealed } from "./handshake";
import type { SelfSigned } from "./self-signed";
import type { Sessions } from "./sessions";
import type { VirtualKobra } from "./virtual-kobra";

/** Where every real one listens. */
export const LAN_DOOR_PORT = 18910;
const controlPath = "/ctrl";
const maxBodyBytes = 4096;

export interface LanDoorOptions {
	readonly printer: VirtualKobra;
	readonly sessions: Sessions;
	/** What clients may show at the broker. */
	readonly client: SelfSigned;
	readonly address: string;
	/** 0 lets the system choose. */
	readonly port: number;
	/** Of the printer's broker. */
	readonly brokerPort: number;
	onError(message: string): void;
}

export class LanDoor {
	readonly #options: LanDoorOptions;
	readonly #token = createToken();
	/** The one that the system chose stays. */
	#port: number;
	#server: HttpServer | undefined;

	constructor(options: LanDoorOptions) {
		this.#options = options;
		this.#port = options.port;
	}

	/** Resolves with the port. Rejects with `address_in_use` or `refused`. May be called again after `close`. */
	async listen(): Promise<{ port: number }> {
		const { address, onError } = this.#options;
		this.#server = await createHttpServer({ address }).listen({
			port: this.#port,
			maxBodyBytes,
			onRequest: (request) => this.#answer(request),
			onUpgrade: () => ({ status: 404 }),
			onError: ({ message }) => onError(message),
		});
		this.#port = this.#server.port;
		return { port: this.#port };
	}

	async close(): Promise<void> {
		const server = this.#server;
		this.#server = undefined;
		await server?.close();
	}

	#answer({ method, path, query }: HttpRequest): HttpResponse {
		if (method === "GET" && path === "/info") return json(this.#info());
		if (method === "POST" && path === controlPath) return json(this.#control(query));
		return { status: 404 };
	}

	#info() {
		const { printer, address } = this.#options;
		const { modelId, deviceId } = printer.address;
		return {
			token: this.#token,
			ctrlInfoUrl: `http://${inUrl(address)}:${this.#port}${controlPath}`,
			ctrlType: printer.switches.values.cloudMode ? "cloud" : "lan",
			modelId,
			modelName: printer.model.name,
			cn: deviceId.slice(0, 16).toUpperCase(),
			deviceType: "fdm",
			usn: "02:00:00:c0:ff:ee",
			ip: address,
		};
	}

	#control(query: string) {
		const { printer, sessions, client, address, brokerPort } = this.#options;
		if (!isSigned(this.#token, query)) return badSignature;
		// What real ones say then is not known; they let nobody in.
		if (printer.switches.values.cloudMode) return { code: 403, message: "LAN mode is off" };
		const secret = {
			broker: `mqtts://${inUrl(address)}:${brokerPort}`,
			...sessions.create(),
			...printer.address,
			deviceType: "fdm",
			devicecrt: client.certificate,
			devicepk: client.privateKey,
			ip: address,
		};
		return { code: 200, message: "success", data: sealed(this.#token, secret) };
	}
}

function inUrl(address: string): string {
	return address.includes(":") ? `[${address}]` : address;
}

function json(body: object): HttpResponse {
	return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
