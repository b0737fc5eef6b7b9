// The chamber heater on the network, as the panel asks for it.

import type { Done, FoundHeater, HeaterPlace, Outcome, PanelRemoteHeater } from "../../ui/panel/device";
import type { RemoteRefusal } from "../breath/remote/remote-breath-state";
import type { RemoteChanges } from "../breath/remote/wish-frames";
import type { PanelParts } from "./panel-parts";
import { badField, DONE, unavailable } from "./refusals";

export interface DeviceRemoteHeaterOptions extends Pick<PanelParts, "settings"> {
	remoteBreath: NonNullable<PanelParts["remoteBreath"]>;
	heaterFinder: NonNullable<PanelParts["heaterFinder"]>;
}

export class DeviceRemoteHeater implements PanelRemoteHeater {
	private readonly options: DeviceRemoteHeaterOptions;

	constructor(options: DeviceRemoteHeaterOptions) {
		this.options = options;
	}

	change(changes: RemoteChanges): Promise<Done<RemoteRefusal>> {
		return this.options.remoteBreath.change(changes);
	}

	async scan(): Promise<Outcome<readonly FoundHeater[], "unavailable">> {
		try {
			return { ok: true, value: await this.options.heaterFinder.scan() };
		} catch (error) {
			return unavailable(error);
		}
	}

	place(): HeaterPlace {
		const { settings } = this.options;
		return { host: settings.get("breath.remoteHost"), port: settings.get("breath.remotePort") };
	}

	setPlace({ host, port }: Partial<HeaterPlace>): Done<"bad_field"> {
		try {
			this.options.settings.set({
				...(host !== undefined && { "breath.remoteHost": host }),
				...(port !== undefined && { "breath.remotePort": port }),
			});
			return DONE;
		} catch (error) {
			return badField(error);
		}
	}
}
