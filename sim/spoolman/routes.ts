// The virtual Spoolman's paths: what answers which.

import { ApiError, type Detail, invalid } from "./api-error";
import { toInteger } from "./body-fields";
import type { Context } from "./context";
import { distinctValues, type EntityType, entityTypes } from "./database";
import { deleteExtraField, extraFields, listExtraFields, putExtraField } from "./extra-fields";
import { changeFilament, createFilament, deleteFilament, findFilaments, readFilament } from "./filaments";
import { listLocations, renameLocation } from "./locations";
import type { Found } from "./search";
import { isSettingKey, readSetting, readSettings, writeSetting } from "./settings";
import {
	changeSpool,
	createSpool,
	deleteSpool,
	findSpools,
	measureSpool,
	readSpool,
	useSpool,
} from "./spools";
import { changeVendor, createVendor, deleteVendor, findVendors, readVendor } from "./vendors";

/** The release that is imitated. */
export const SPOOLMAN_VERSION = "0.26.1";

export interface Ask {
	context: Context;
	/** Parts of the path, without percent-encoding, by their names in the route. */
	params: Readonly<Record<string, string>>;
	query: URLSearchParams;
	/** The whole request's media type, in lower case. */
	mediaType: string;
	/** Throws when it is no JSON; `undefined` when there is none. */
	body(): unknown;
}

export interface Answer {
	body: unknown;
	headers?: Readonly<Record<string, string>>;
}

export interface Route {
	method: string;
	/** Behind the base path. A part in braces stands for any text but none. */
	path: string;
	answer(ask: Ask): Answer;
}

/** Spoolman has these, and the virtual one does not. */
export const missingPaths: readonly string[] = [
	"/backup",
	"/search",
	"/external",
	"/export",
	"/spool/group",
	"/spool/field",
];

export const routes: readonly Route[] = [
	route("GET", "/health", () => ({ status: "healthy" })),
	route("GET", "/info", () => ({
		version: SPOOLMAN_VERSION,
		debug_mode: false,
		automatic_backups: false,
		data_dir: "",
		logs_dir: "",
		backups_dir: "",
		db_type: "sqlite",
		external_db_name: "",
	})),

	...resource("vendor", {
		find: findVendors,
		read: readVendor,
		create: createVendor,
		change: changeVendor,
		remove: deleteVendor,
	}),
	...resource("filament", {
		find: findFilaments,
		read: readFilament,
		create: createFilament,
		change: changeFilament,
		remove: deleteFilament,
	}),
	...resource("spool", {
		find: findSpools,
		read: readSpool,
		create: createSpool,
		change: changeSpool,
		remove: deleteSpool,
	}),
	route("PUT", "/spool/{spool_id}/use", (ask) => useSpool(ask.context, idOf(ask, "spool_id"), ask.body())),
	route("PUT", "/spool/{spool_id}/measure", (ask) =>
		measureSpool(ask.context, idOf(ask, "spool_id"), ask.body()),
	),

	route("GET", "/setting/", ({ context }) => readSettings(context)),
	route("GET", "/setting/{key}", ({ context, params }) => readSetting(context, params.key ?? "")),
	route("POST", "/setting/{key}", (ask) => {
		if (!isJson(ask.mediaType))
			throw new ApiError(415, {
				detail: `Unsupported content type '${ask.mediaType}'. The body of this endpoint must be sent as application/json.`,
			});
		return writeSetting(ask.context, ask.params.key ?? "", ask.body());
	}),

	route("GET", "/field/{entity_type}", (ask) => listExtraFields(ask.context, entityOf(ask))),
	route("POST", "/field/{entity_type}/{key}", (ask) => {
		const entity = entityOf(ask);
		putExtraField(ask.context, entity, fieldKeyOf(ask), ask.body());
		return listExtraFields(ask.context, entity);
	}),
	route("DELETE", "/field/{entity_type}/{key}", (ask) => {
		const entity = entityOf(ask);
		deleteExtraField(ask.context, entity, fieldKeyOf(ask));
		return listExtraFields(ask.context, entity);
	}),
	route("GET", "/field/{entity_type}/{key}/values", (ask) => extraValues(ask)),

	route("GET", "/location", ({ context }) => listLocations(context)),
	route("PATCH", "/location/{location}", (ask) =>
		renameLocation(ask.context, ask.params.location ?? "", ask.body()),
	),
	route("GET", "/material", ({ context }) => distinctValues(context.db, "filament", "material")),
	route("GET", "/article-number", ({ context }) => distinctValues(context.db, "filament", "article_number")),
	route("GET", "/lot-number", ({ context }) => distinctValues(context.db, "spool", "lot_nr")),
];

/** Where a WebSocket listens: the path of its events, or `undefined` where there is none. */
export function listeningPath(path: string): readonly string[] | undefined {
	if (path === "/") return [];
	const [, name = "", id, ...rest] = path.split("/");
	if (rest.length > 0) return undefined;
	if (id === undefined)
		return [...entityTypes, "setting"].some((known) => known === name) ? [name] : undefined;
	if (name === "setting") return isSettingKey(id) ? [name, id] : undefined;
	return entityTypes.some((type) => type === name) && /^\d+$/.test(id)
		? [name, String(Number(id))]
		: undefined;
}

export function isJson(mediaType: string): boolean {
	return mediaType === "application/json" || mediaType.endsWith("+json");
}

interface Resource {
	find(context: Context, query: URLSearchParams): Found;
	read(context: Context, id: number): Record<string, unknown>;
	create(context: Context, body: unknown): Record<string, unknown>;
	change(context: Context, id: number, body: unknown): Record<string, unknown>;
	remove(context: Context, id: number): void;
}

function resource(name: EntityType, { find, read, create, change, remove }: Resource): Route[] {
	const param = `${name}_id`;
	const one = `/${name}/{${param}}`;
	return [
		{
			method: "GET",
			path: `/${name}`,
			answer: ({ context, query }) => {
				const { ids, total } = find(context, query);
				return {
					body: ids.map((id) => read(context, id)),
					headers: { "x-total-count": String(total) },
				};
			},
		},
		route("POST", `/${name}`, (ask) => create(ask.context, ask.body())),
		route("GET", one, (ask) => read(ask.context, idOf(ask, param))),
		route("PATCH", one, (ask) => change(ask.context, idOf(ask, param), ask.body())),
		route("DELETE", one, (ask) => {
			remove(ask.context, idOf(ask, param));
			return { message: "Success!" };
		}),
	];
}

function route(method: string, path: string, answer: (ask: Ask) => unknown): Route {
	return { method, path, answer: (ask) => ({ body: answer(ask) }) };
}

function idOf({ params }: Ask, name: string): number {
	const input = params[name] ?? "";
	const id = toInteger(input);
	if (typeof id === "number") return id;
	throw invalid([inPath(name, input, id)]);
}

function entityOf({ params }: Ask): EntityType {
	const input = params.entity_type ?? "";
	const entity = entityTypes.find((type) => type === input);
	if (entity) return entity;
	const expected = "'vendor', 'filament' or 'spool'";
	throw invalid([
		{
			...inPath("entity_type", input, { type: "enum", msg: `Input should be ${expected}` }),
			ctx: { expected },
		},
	]);
}

function fieldKeyOf({ params }: Ask): string {
	const input = params.key ?? "";
	if (input.length > 64)
		throw invalid([
			{
				...inPath("key", input, { type: "string_too_long", msg: "String should have at most 64 characters" }),
				ctx: { max_length: 64 },
			},
		]);
	const pattern = "^[a-z0-9_]+$";
	if (new RegExp(pattern).test(input)) return input;
	throw invalid([
		{
			...inPath("key", input, {
				type: "string_pattern_mismatch",
				msg: `String should match pattern '${pattern}'`,
			}),
			ctx: { pattern },
		},
	]);
}

function extraValues(ask: Ask): unknown {
	const entity = entityOf(ask);
	const key = fieldKeyOf(ask);
	if (!extraFields(ask.context, entity).some((field) => field.key === key))
		throw new ApiError(404, {
			message: `Extra field with key ${key} does not exist for entity type ${entity}`,
		});
	const rows = ask.context.db
		.prepare<[string, string], { value: string }>(
			"SELECT DISTINCT value FROM extra WHERE entity_type = ? AND key = ?",
		)
		.all(entity, key);
	return [...new Set(rows.flatMap(({ value }) => [JSON.parse(value)].flat().map(String)))].sort();
}

function inPath(name: string, input: string, { type, msg }: Pick<Detail, "type" | "msg">): Detail {
	return { type, loc: ["path", name], msg, input };
}
