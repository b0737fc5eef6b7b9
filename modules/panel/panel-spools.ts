// Spools and Spoolman, as the panel asks for them.

import type {
	Done,
	NumberLimits,
	Outcome,
	PanelSpools,
	PanelTag,
	SpoolAction,
	SpoolFailureCode,
	SpoolList,
	SpoolQuery,
	SpoolsChanges,
	SpoolsSetup,
	TextLimits,
} from "../../ui/panel/device";
import { type SettingKey, settingsSchema } from "../settings/schema";
import type { PanelParts } from "./panel-parts";
import { badField, DONE } from "./refusals";

export interface DeviceSpoolsOptions extends Pick<PanelParts, "settings"> {
	spools: NonNullable<PanelParts["spools"]>;
}

/** The settings' names of what the panel changes. */
const KEYS = Object.freeze({
	url: "spoolman.url",
	apiKey: "spoolman.apiKey",
	source: "spools.source",
	lowGrams: "spools.lowGrams",
} as const satisfies Record<keyof SpoolsChanges, SettingKey>);

export class DeviceSpools implements PanelSpools {
	readonly limits: PanelSpools["limits"];
	private readonly options: DeviceSpoolsOptions;

	constructor(options: DeviceSpoolsOptions) {
		this.options = options;
		this.limits = Object.freeze({
			lowGrams: numbers(KEYS.lowGrams),
			url: texts(KEYS.url),
			apiKey: texts(KEYS.apiKey),
		});
	}

	async list(query: SpoolQuery): Promise<Outcome<SpoolList, SpoolFailureCode>> {
		const answer = await this.options.spools.list(query);
		if (!answer.ok) return answer;
		const { spools, total } = answer;
		return { ok: true, value: total === undefined ? { spools } : { spools, total } };
	}

	act(action: SpoolAction): Promise<Done<SpoolFailureCode>> {
		return this.options.spools.act(action);
	}

	setup(): SpoolsSetup {
		const { settings } = this.options;
		return {
			url: settings.get(KEYS.url),
			hasApiKey: settings.get(KEYS.apiKey) !== "",
			source: settings.get(KEYS.source),
			lowGrams: settings.get(KEYS.lowGrams),
		};
	}

	setSetup(changes: SpoolsChanges): Done<"bad_field"> {
		const patch: Record<string, unknown> = {};
		for (const name of Object.keys(KEYS) as (keyof SpoolsChanges)[])
			if (changes[name] !== undefined) patch[KEYS[name]] = changes[name];
		try {
			this.options.settings.patch(patch);
			return DONE;
		} catch (error) {
			return badField(error);
		}
	}
}

/** Whether what the panel shows of spools depends on one of these settings. */
export function isAboutSpools(keys: readonly string[]): boolean {
	const own: readonly string[] = Object.values(KEYS);
	return keys.some((key) => own.includes(key));
}

export function panelTag(tags: NonNullable<PanelParts["filamentTags"]>): PanelTag {
	return {
		give: (printerId, tray) => tags.give(printerId, tray),
		drop: () => void tags.drop(),
	};
}

function numbers(key: SettingKey): NumberLimits {
	const setting = settingsSchema.get(key);
	return setting?.type === "integer" ? { min: setting.min, max: setting.max } : { min: 0, max: 0 };
}

function texts(key: SettingKey): TextLimits {
	const setting = settingsSchema.get(key);
	if (setting?.type !== "text") return { minLength: 0, maxLength: 0 };
	return { minLength: setting.minLength, maxLength: setting.maxLength };
}
