// Spoolman's settings: each a JSON text of a known type, or its default.

import { ApiError, refusal } from "./api-error";
import type { Context } from "./context";

interface Definition {
	type: "boolean" | "number" | "string" | "array" | "object";
	/** JSON. */
	byDefault: string;
}

const definitions: Readonly<Record<string, Definition>> = {
	currency: { type: "string", byDefault: '"EUR"' },
	round_prices: { type: "boolean", byDefault: "false" },
	print_presets: { type: "array", byDefault: "[]" },
	label_designs: { type: "array", byDefault: "[]" },
	extra_fields_vendor: { type: "array", byDefault: "[]" },
	extra_fields_filament: { type: "array", byDefault: "[]" },
	extra_fields_spool: { type: "array", byDefault: "[]" },
	base_url: { type: "string", byDefault: '""' },
	locations: { type: "array", byDefault: "[]" },
	locations_spoolorders: { type: "object", byDefault: "{}" },
	dashboard_groups: { type: "object", byDefault: "{}" },
	dashboard_spoolorders: { type: "object", byDefault: "{}" },
};

export interface Setting {
	value: string;
	is_set: boolean;
	type: Definition["type"];
}

export function isSettingKey(key: string): boolean {
	return Object.hasOwn(definitions, key);
}

export function readSetting({ db }: Context, key: string): Setting {
	const { type, byDefault } = definitionOf(key);
	const row = db.prepare<[string], { value: string }>("SELECT value FROM setting WHERE key = ?").get(key);
	return { value: row?.value ?? byDefault, is_set: row !== undefined, type };
}

/** Those that are set come first. */
export function readSettings(context: Context): Record<string, Setting> {
	const all = Object.keys(definitions).map((key) => [key, readSetting(context, key)] as const);
	return Object.fromEntries([...all.filter(([, { is_set }]) => is_set), ...all.filter(([, s]) => !s.is_set)]);
}

/** `body` is a JSON text that holds a JSON text; an empty one, or that of `null`, sets the default again. */
export function writeSetting(context: Context, key: string, body: unknown): Setting {
	const { type } = definitionOf(key);
	if (typeof body !== "string")
		throw new ApiError(422, {
			detail: [{ type: "string_type", loc: ["body"], msg: "Input should be a valid string", input: body }],
		});
	if (body === "" || body === "null") {
		context.db.prepare("DELETE FROM setting WHERE key = ?").run(key);
	} else {
		checkType(body, type);
		storeSetting(context, key, body);
	}
	return readSetting(context, key);
}

/** Without a check. */
export function storeSetting(context: Context, key: string, value: string): void {
	context.db
		.prepare(
			"INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		)
		.run(key, value);
	context.events.tell("updated", "setting", key, { key, setting: readSetting(context, key) });
}

function definitionOf(key: string): Definition {
	const definition = isSettingKey(key) ? definitions[key] : undefined;
	if (!definition) throw refusal(404, `Setting ${key} does not exist.`);
	return definition;
}

function checkType(text: string, type: Definition["type"]): void {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw refusal(400, "Value is not valid JSON.");
	}
	const found = Array.isArray(value) ? "array" : typeof value;
	if (found !== type || value === null) throw refusal(400, `Value is not of type ${type}.`);
}
