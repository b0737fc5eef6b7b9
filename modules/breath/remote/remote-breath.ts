// The chamber heater on the network that the settings name, for a device that has none of its own.

import type { Clock } from "../../platform/clock";
import type { WebSocketClientPort } from "../../platform/http";
import type { Log } from "../../platform/log";
import type { Random } from "../../platform/random";
import type { Settings } from "../../settings/settings";
import { HeaterLink } from "./heater-link";
import { remainingSeconds } from "./heater-messages";
import { faultOf, linkHelp } from "./link-words";
import type { RemoteBreathState, RemoteResult } from "./remote-breath-state";
import type { RemoteChanges } from "./wish-frames";

export interface RemoteBreathOptions {
	settings: Pick<Settings, "get" | "onChange">;
	clock: Clock;
	random: Random;
	log: Log;
	webSocketClient: WebSocketClientPort;
	uptimeSeconds(): number;
}

const HOST = "breath.remoteHost";
const PORT = "breath.remotePort";

/** Without a host in the settings it is nothing but a listener to these. */
export class RemoteBreath {
	private readonly options: RemoteBreathOptions;
	private link: HeaterLink | undefined;
	private host = "";
	/** Replaced when one comes or goes: whoever is being told is told by the list as it was. */
	private listeners: readonly (() => void)[] = [];
	private stopListening: (() => void) | undefined;
	private closed = false;

	constructor(options: RemoteBreathOptions) {
		this.options = options;
	}

	/** Connects, if the settings name a heater; and again when they name another one. */
	start(): void {
		if (this.closed || this.stopListening) return;
		this.stopListening = this.options.settings.onChange((keys) => {
			if (keys.includes(HOST) || keys.includes(PORT)) this.connect();
		});
		this.connect();
	}

	/** `undefined`: no heater is set up. */
	get state(): RemoteBreathState | undefined {
		const link = this.link;
		if (!link) return undefined;
		const { report, status, error } = link;
		const { version, mode, on, target, chamber, bedThreshold, filterThreshold, printerConnected } = report;
		const heardAtSeconds = status === "online" ? undefined : this.heardAtSeconds(link);
		const fault = faultOf(report);
		return {
			host: this.host,
			link: status,
			...(error && { linkError: error, linkHelp: linkHelp(error, this.host) }),
			...(heardAtSeconds !== undefined && { heardAtSeconds }),
			...(version !== undefined && { version }),
			...(mode && { mode }),
			...(on !== undefined && { on }),
			...(target !== undefined && { target }),
			...(chamber !== undefined && { chamber }),
			...(bedThreshold !== undefined && { bedThreshold }),
			...(filterThreshold !== undefined && { filterThreshold }),
			drying: this.drying(link),
			...(printerConnected !== undefined && { printerConnected }),
			...(fault && { fault }),
		};
	}

	/**
	 * Resolves once the heater says that it does it, or with why not; see {@link HeaterLink.change}. It never rejects.
	 * Without a heater that is set up nothing is reached.
	 */
	async change(changes: RemoteChanges): Promise<RemoteResult> {
		const link = this.link;
		if (link) return link.change(changes);
		return { ok: false, code: "unreachable", message: "No chamber heater is set up." };
	}

	/** Calls back when `state` may be different, until the returned function is called. */
	onChange(listener: () => void): () => void {
		const own = (): void => listener();
		this.listeners = [...this.listeners, own];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== own);
		};
	}

	/** The heater is left as it is. May be called any number of times; no callback comes afterwards. */
	close(): void {
		this.closed = true;
		this.listeners = [];
		this.stopListening?.();
		this.link?.close();
	}

	private connect(): void {
		const { settings, clock, random, log, webSocketClient } = this.options;
		this.link?.close();
		this.host = settings.get(HOST);
		this.link =
			this.host === ""
				? undefined
				: new HeaterLink({
						clock,
						random,
						log,
						webSocketClient,
						host: this.host,
						port: settings.get(PORT),
						onChange: () => this.tell(),
					});
		if (this.link) this.link.start();
		else this.tell();
	}

	private drying({ report }: HeaterLink): RemoteBreathState["drying"] {
		const { dryingRunning: running, dryingTarget: target, dryingHours: hours, dryingPreset: preset } = report;
		const seconds = remainingSeconds(report, this.options.clock.now());
		return {
			...(running !== undefined && { running }),
			...(target !== undefined && { target }),
			...(hours !== undefined && { hours }),
			...(preset && { preset }),
			...(seconds !== undefined && { remainingSeconds: seconds }),
		};
	}

	private heardAtSeconds({ heardAtMs }: HeaterLink): number | undefined {
		if (heardAtMs === undefined) return undefined;
		const { clock, uptimeSeconds } = this.options;
		return Math.max(0, uptimeSeconds() - Math.round((clock.now() - heardAtMs) / 1000));
	}

	private tell(): void {
		for (const listener of this.listeners) listener();
	}
}
