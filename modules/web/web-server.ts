// The device's HTTP side: who may ask, where what is asked is answered, and the WebSockets.

import type {
	BodyReceiver,
	HttpRequest,
	HttpRequestHead,
	HttpResponse,
	HttpServer,
	HttpServerPort,
	WebSocketAccept,
} from "../platform/http";
import type { Log } from "../platform/log";
import { PortError } from "../platform/port-error";
import type { Cameras } from "../printers/cameras";
import { SettingsError } from "../settings/settings";
import { ApiError, apiError } from "./answers";
import type { CameraFeed, CameraFeedOptions } from "./camera/camera-feed";
import { portalAnswer } from "./captive-portal";
import { LiveFeed, MAX_CLIENTS } from "./live-feed";
import { isOwnHost, isOwnOrigin } from "./origin";
import { PasswordGuard } from "./password-guard";
import { findRoute, type Route, type WebParts } from "./route";
import { routes } from "./routes";

/** Of JSON. An image is taken piece by piece. */
const MAX_BODY_BYTES = 4 * 1024;
/** For a setting as long as they may be. */
const MAX_BODY_WITH_BLOCK_BYTES = 8 * 1024;
const UPDATE_PATH = "/ota";

export interface WebServerOptions extends WebParts {
	log: Log;
	http: HttpServerPort;
	port: number;
	cameras: Pick<Cameras, "watch">;
	/** On a device that shows them. */
	openCameraFeed?: ((options: CameraFeedOptions) => CameraFeed) | undefined;
	/** What this device answers beyond what every one does. */
	moreRoutes?: readonly Route[] | undefined;
	/** Settings can be as long as a certificate. */
	takesBlocks?: boolean | undefined;
	/** The name that leads to the device, without ".local". */
	hostname(): string;
}

export class WebServer {
	private readonly options: WebServerOptions;
	private readonly guard: PasswordGuard;
	readonly feed: LiveFeed;
	private readonly camera: CameraFeed | undefined;
	private readonly routes: readonly Route[];
	private server: HttpServer | undefined;
	private endings: (() => void)[] = [];
	private closed = false;

	constructor(options: WebServerOptions) {
		this.options = options;
		this.guard = new PasswordGuard(options);
		const { breath, clock, cameras, openCameraFeed, moreRoutes } = options;
		this.routes = moreRoutes ? [...routes, ...moreRoutes] : routes;
		this.camera = openCameraFeed?.({ clock, cameras, refusal: (head) => this.guard.refusal(head) });
		this.feed = new LiveFeed({
			clock: options.clock,
			state: () => options.state(),
			attend: breath && (() => breath.attend()),
		});
	}

	/** Resolves with the port it listens on. Rejects with a `PortError` when it cannot. */
	async start(): Promise<number> {
		const { http, port, log, breath, remoteBreath, spools, filamentTags, wifi } = this.options;
		this.endings.push(wifi.onChange(() => this.feed.wifiChanged()));
		if (breath) this.endings.push(breath.onChange(() => this.feed.breathChanged()));
		if (remoteBreath) this.endings.push(remoteBreath.onChange(() => this.feed.remoteBreathChanged()));
		if (spools) this.endings.push(spools.onChange(() => this.feed.spoolsChanged()));
		if (filamentTags) this.endings.push(filamentTags.onChange(() => this.feed.filamentTagChanged()));
		const server = await http.listen({
			port,
			maxBodyBytes: this.options.takesBlocks ? MAX_BODY_WITH_BLOCK_BYTES : MAX_BODY_BYTES,
			onBody: (head, sizeBytes) => this.receive(head, sizeBytes),
			onRequest: (request) => this.answer(request),
			onUpgrade: (request) => this.upgrade(request),
			onError: (error) => log.warn(`web: ${error.message} (${error.code})`),
		});
		this.server = server;
		if (this.closed) await server.close();
		return server.port;
	}

	/** Ends every connection. May be called any number of times. */
	async close(): Promise<void> {
		this.closed = true;
		for (const end of this.endings.splice(0)) end();
		this.feed.close();
		this.camera?.close();
		await this.server?.close();
	}

	private async answer(request: HttpRequest): Promise<HttpResponse> {
		const answer = this.portal(request) ?? this.stranger(request) ?? (await this.handle(request));
		this.options.update.served();
		return answer;
	}

	private async handle(request: HttpRequest): Promise<HttpResponse> {
		const found = findRoute(this.routes, request.method, request.path);
		if ("status" in found) return found;
		const { route, name } = found;
		const refusal = route.guard === "open" ? undefined : this.guard.refusal(request);
		if (refusal && route.guard === "password") return refusal;
		try {
			return await route.handle({ request, parts: this.options, name, refusal });
		} catch (error) {
			return this.failure(error);
		}
	}

	/** What cannot be answered is thrown again, and the port answers with 500. */
	private failure(error: unknown): HttpResponse {
		if (error instanceof ApiError) return apiError(error.code, error.message, {}, error.certificate);
		if (error instanceof SettingsError) return apiError("bad_field", error.message);
		if (!(error instanceof PortError)) throw error;
		this.options.log.warn(`web: ${error.message} (${error.code})`);
		return apiError("unavailable", `The device cannot do that now: ${error.message}.`);
	}

	/** The image of an update is the only body that is not collected. */
	private receive(
		head: HttpRequestHead,
		sizeBytes: number | undefined,
	): BodyReceiver | HttpResponse | undefined {
		if (head.path !== UPDATE_PATH || head.method !== "POST") return undefined;
		return this.stranger(head) ?? this.guard.refusal(head) ?? this.options.update.receive(head, sizeBytes);
	}

	private upgrade(request: HttpRequest): HttpResponse | WebSocketAccept {
		const refusal = this.stranger(request);
		if (refusal) return refusal;
		const { pandaBreath } = this.options;
		const camera = this.camera?.join(request);
		if (camera) return camera;
		if (request.path === "/ws" && pandaBreath) return this.joinPandaBreath(request, pandaBreath);
		if (request.path !== "/api/live") {
			const where = pandaBreath
				? "The WebSockets are at /ws and /api/live."
				: "The WebSocket is at /api/live.";
			return apiError("not_found", where);
		}
		if (this.feed.isFull)
			return apiError("too_many_clients", `${MAX_CLIENTS} pages are open; close one of them.`);
		this.options.update.served();
		return (socket) => this.feed.add(socket);
	}

	private joinPandaBreath(
		request: HttpRequest,
		pandaBreath: NonNullable<WebParts["pandaBreath"]>,
	): HttpResponse | WebSocketAccept {
		const { settings, update } = this.options;
		if (pandaBreath.isFull)
			return apiError("too_many_clients", "All places of /ws are taken; close one of the other clients.");
		const mayWrite = !settings.get("webSocketLocked") || this.guard.refusal(request) === undefined;
		update.served();
		return (socket) => pandaBreath.add(socket, { mayWrite });
	}

	/** While the device's own network is open, everybody there is led to the page. */
	private portal(request: HttpRequest): HttpResponse | undefined {
		const { wifi, hostname } = this.options;
		const { on, address } = wifi.status.accessPoint;
		const port = this.server?.port ?? this.options.port;
		return on ? portalAnswer(request, { address, port }, hostname()) : undefined;
	}

	private stranger(head: HttpRequestHead): HttpResponse | undefined {
		if (isOwnOrigin(head) && isOwnHost(head, this.options.hostname())) return undefined;
		return apiError("foreign_origin", "This device only answers its own page and programs on its network.");
	}
}
