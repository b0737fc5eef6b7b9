// Lists: filters, order and pages, from the query of a request to SQL.

import { type Detail, invalid, refusal } from "./api-error";
import { toBoolean, toInteger } from "./body-fields";
import type { Context } from "./context";
import type { Column, EntityType } from "./database";
import { extraFields } from "./extra-fields";
import { parseTime, toTimestamp } from "./timestamps";

/** How a parameter of the query selects rows. */
export interface Filter {
	/** Of the SQL, never of the request. */
	column: string;
	kind: "text" | "ids" | "time";
}

export interface Search {
	entity: EntityType;
	/** What follows FROM. */
	tables: string;
	filters: Readonly<Record<string, Filter>>;
	/** The words of a `sort`, and what they mean in SQL. */
	order: Readonly<Record<string, readonly string[]>>;
}

export interface Found {
	/** Of this page. */
	ids: number[];
	/** On all pages. */
	total: number;
}

/** More than SQLite takes in one expression are not far. */
const MOST_PARTS = 200;
const TOO_MANY = `No more than ${MOST_PARTS} values can be searched for at once.`;

interface Condition {
	sql: string;
	values: Column[];
}

/** `always`: a condition beside those of the query. */
export function search(
	{ db, ...context }: Context,
	what: Search,
	query: URLSearchParams,
	always?: string,
): Found {
	const { limit, offset } = readPage(query);
	const conditions = [
		...filterConditions(what, query),
		...extraConditions({ db, ...context }, what.entity, query),
		...(always === undefined ? [] : [{ sql: always, values: [] }]),
	];
	const orders = readOrder(what, query);
	if (conditions.length + orders.length > MOST_PARTS) throw refusal(400, TOO_MANY);
	const where =
		conditions.length === 0 ? "" : `WHERE ${conditions.map(({ sql }) => `(${sql})`).join(" AND ")}`;
	const values = conditions.flatMap((condition) => condition.values);
	const order = [...orders, `${what.entity}.id`].join(", ");
	const rows = db
		.prepare<Column[], { id: number }>(
			`SELECT ${what.entity}.id AS id FROM ${what.tables} ${where} ORDER BY ${order}`,
		)
		.all(...values);
	const ids = rows.map(({ id }) => id);
	return { ids: limit === undefined ? ids : ids.slice(offset, offset + limit), total: ids.length };
}

/** `false` when the query does not have it. */
export function readFlag(query: URLSearchParams, name: string): boolean {
	const text = query.get(name);
	if (text === null) return false;
	const flag = toBoolean(text);
	if (typeof flag === "object") throw invalid([wrong(name, text, flag)]);
	return flag;
}

function readPage(query: URLSearchParams): { limit?: number; offset: number } {
	const details: Detail[] = [];
	const read = (name: string): number | undefined => {
		const text = query.get(name);
		if (text === null) return undefined;
		const number = toInteger(text);
		if (typeof number === "number") return Math.max(number, 0);
		details.push(wrong(name, text, number));
		return undefined;
	};
	const limit = read("limit");
	const offset = read("offset") ?? 0;
	if (details.length > 0) throw invalid(details);
	return { ...(limit !== undefined && { limit }), offset };
}

function filterConditions({ filters }: Search, query: URLSearchParams): Condition[] {
	return Object.entries(filters).flatMap(([name, { column, kind }]) => {
		const text = query.get(name);
		if (text === null) return [];
		if (kind === "ids" && !/^-?\d+(,-?\d+)*$/.test(text))
			throw invalid([
				wrong(name, text, {
					type: "string_pattern_mismatch",
					msg: "String should match pattern '^-?\\d+(,-?\\d+)*$'",
				}),
			]);
		const one = kind === "text" ? textCondition : kind === "ids" ? idCondition : timeCondition;
		return [anyOf(text.split(",").map((part) => one(column, part)))];
	});
}

/** Empty: not set. In quotes: exactly so. Otherwise a part of it, whatever the case. */
function textCondition(column: string, part: string): Condition {
	if (part === "") return { sql: `${column} IS NULL OR ${column} = ''`, values: [] };
	if (part.length > 1 && part.startsWith('"') && part.endsWith('"'))
		return { sql: `${column} = ?`, values: [part.slice(1, -1)] };
	// The case of letters beyond ASCII counts, in Spoolman on SQLite too.
	return {
		sql: `${column} LIKE ? ESCAPE '/'`,
		values: [`%${part.replace(/[/%_]/g, "/$&")}%`],
	};
}

/** −1 is none. */
function idCondition(column: string, part: string): Condition {
	if (part === "-1") return { sql: `${column} IS NULL`, values: [] };
	return { sql: `${column} = ?`, values: [Number(part)] };
}

/** Empty: not set. `from|to`, either of which may be left out; or one moment. */
function timeCondition(column: string, part: string): Condition {
	if (part === "") return { sql: `${column} IS NULL`, values: [] };
	const [from = "", to] = part.split("|");
	const limits: [string, string][] = [
		[to === undefined ? "=" : ">=", from],
		["<=", to ?? ""],
	];
	const wanted = limits.filter(([, text]) => text !== "");
	const sql = wanted.map(([sign]) => `julianday(${column}) ${sign} julianday(?)`);
	return { sql: ["TRUE", ...sql].join(" AND "), values: wanted.map(([, text]) => stampOf(text)) };
}

function stampOf(text: string): string {
	const time = parseTime(text);
	if (time === undefined) throw refusal(400, `Invalid timestamp '${text}'.`);
	return toTimestamp(time);
}

/** A key that is no extra field selects nothing: all rows are found. */
function extraConditions(context: Context, entity: EntityType, query: URLSearchParams): Condition[] {
	const fields = extraFields(context, entity);
	return [...query].flatMap(([name, text]) => {
		const field = fields.find(({ key }) => name === `extra.${key}`);
		if (!field) return [];
		const stored = `(SELECT value FROM extra WHERE entity_type = '${entity}' AND entity_id = ${entity}.id AND key = ?)`;
		const isText = field.field_type === "text" || field.field_type === "choice";
		const parts = text.split(",").map((part): Condition => {
			// The value of a list has no one text.
			const column = isText ? `(SELECT value ->> '$' FROM (SELECT ${stored} AS value))` : stored;
			const { sql, values } = isText
				? textCondition(column, part)
				: part === ""
					? { sql: `${column} IS NULL`, values: [] }
					: { sql: `${column} = ?`, values: [part] };
			const keys = sql.split(stored).length - 1;
			return { sql, values: [...Array<string>(keys).fill(field.key), ...values] };
		});
		return [anyOf(parts)];
	});
}

/** What is not set comes last, in both directions. */
function readOrder({ order }: Search, query: URLSearchParams): string[] {
	const parts = (query.get("sort") ?? "").split(",").filter((part) => part.trim() !== "");
	return parts.flatMap((part) => {
		const [name = "", direction = ""] = part.trim().split(":");
		const columns = Object.hasOwn(order, name) ? order[name] : undefined;
		if (!columns) throw refusal(400, `Invalid field name '${name}' to sort by.`);
		if (!/^(asc|desc)$/i.test(direction))
			throw refusal(400, `Invalid sort '${part}', expected the form 'field:asc' or 'field:desc'.`);
		return columns.map((column) => `${column} IS NULL, ${column} ${direction.toUpperCase()}`);
	});
}

function anyOf(conditions: readonly Condition[]): Condition {
	if (conditions.length > MOST_PARTS) throw refusal(400, TOO_MANY);
	return {
		sql: conditions.map(({ sql }) => `(${sql})`).join(" OR "),
		values: conditions.flatMap(({ values }) => values),
	};
}

function wrong(name: string, input: string, { type, msg }: Pick<Detail, "type" | "msg">): Detail {
	return { type, loc: ["query", name], msg, input };
}
