// Extra fields: what people add to vendors, filaments and spools, such as the tag of a spool. They are kept in a setting.

import { refusal } from "./api-error";
import { type Extra, type FieldSpecs, readBodyFields } from "./body-fields";
import type { Context } from "./context";
import { type EntityType, withoutNulls } from "./database";
import { toPythonJson } from "./python-json";
import { readSetting, storeSetting } from "./settings";

type FieldType =
	| "text"
	| "integer"
	| "integer_range"
	| "float"
	| "float_range"
	| "datetime"
	| "boolean"
	| "choice";

/** In the order in which Spoolman writes them. */
export interface ExtraField {
	name: string;
	order: number;
	unit: string | null;
	field_type: FieldType;
	/** JSON. */
	default_value: string | null;
	choices: string[] | null;
	multi_choice: boolean | null;
	key: string;
	entity_type: EntityType;
}

const types: readonly FieldType[] = [
	"text",
	"integer",
	"integer_range",
	"float",
	"float_range",
	"datetime",
	"boolean",
	"choice",
];

const specs: FieldSpecs = {
	name: { kind: "string", required: true, minLength: 1, maxLength: 128 },
	order: { kind: "integer", notNull: true },
	unit: { kind: "string", minLength: 1, maxLength: 16 },
	field_type: { kind: "choice", required: true, choices: types },
	default_value: { kind: "string" },
	choices: { kind: "strings", minLength: 1 },
	multi_choice: { kind: "boolean" },
};

export function extraFields(context: Context, entity: EntityType): ExtraField[] {
	const fields: unknown[] = JSON.parse(readSetting(context, `extra_fields_${entity}`).value);
	return fields.filter(isExtraField);
}

/** The setting can be written directly, and then holds any list. */
function isExtraField(value: unknown): value is ExtraField {
	if (typeof value !== "object" || value === null) return false;
	const { key, name, field_type, choices } = value as Partial<Record<keyof ExtraField, unknown>>;
	return (
		typeof key === "string" &&
		typeof name === "string" &&
		types.some((type) => type === field_type) &&
		(choices === null || choices === undefined || Array.isArray(choices))
	);
}

/** As it is answered: without what is not set. */
export function listExtraFields(context: Context, entity: EntityType): unknown[] {
	return extraFields(context, entity).map((field) => withoutNulls({ ...field }));
}

export function putExtraField(context: Context, entity: EntityType, key: string, body: unknown): void {
	const { values, lists } = readBodyFields(body, specs);
	const field: ExtraField = {
		name: String(values.name),
		order: Number(values.order ?? 0),
		unit: textOrNull(values.unit),
		field_type: types.find((type) => type === values.field_type) ?? "text",
		default_value: textOrNull(values.default_value),
		choices: lists.choices ?? null,
		multi_choice: typeof values.multi_choice === "number" ? values.multi_choice === 1 : null,
		key,
		entity_type: entity,
	};
	const fields = extraFields(context, entity);
	const before = fields.find((other) => other.key === key);
	const fault = faultOfField(field) ?? (before && faultOfChange(before, field));
	if (fault !== undefined) throw refusal(400, fault);
	store(context, entity, [...fields.filter((other) => other !== before), field]);
}

/** Its values go with it. */
export function deleteExtraField(context: Context, entity: EntityType, key: string): void {
	const fields = extraFields(context, entity);
	if (!fields.some((field) => field.key === key))
		throw refusal(404, `Extra field with key ${key} does not exist for entity type ${entity}`);
	context.db.prepare("DELETE FROM extra WHERE entity_type = ? AND key = ?").run(entity, key);
	store(
		context,
		entity,
		fields.filter((field) => field.key !== key),
	);
}

/** Throws a refusal for a key that is no field, or a value that is not of its type. `null` clears a value. */
export function checkExtra(context: Context, entity: EntityType, extra: Extra | undefined): void {
	if (!extra) return;
	const fields = extraFields(context, entity);
	for (const [key, value] of Object.entries(extra)) {
		const field = fields.find((other) => other.key === key);
		if (!field) throw refusal(400, `Unknown extra field ${key}.`);
		const fault = value === null ? undefined : faultOfValue(field, value);
		if (fault !== undefined) throw refusal(400, `Invalid extra field for key ${key}: ${fault}`);
	}
}

function store(context: Context, entity: EntityType, fields: readonly ExtraField[]): void {
	storeSetting(context, `extra_fields_${entity}`, toPythonJson(fields));
}

function faultOfField(field: ExtraField): string | undefined {
	if (field.field_type === "choice") {
		if (field.choices === null) return "Choices must be set for field type choice.";
		if (field.multi_choice === null) return "Multi choice must be set for field type choice.";
	} else {
		if (field.choices !== null) return "Choices must not be set for field type other than choice.";
		if (field.multi_choice !== null) return "Multi choice must not be set for field type other than choice.";
	}
	const fault = field.default_value === null ? undefined : faultOfValue(field, field.default_value);
	return fault === undefined ? undefined : `Default value is not valid: ${fault}`;
}

function faultOfChange(before: ExtraField, after: ExtraField): string | undefined {
	if (before.field_type !== after.field_type) return "Field type cannot be changed.";
	if (before.multi_choice !== after.multi_choice) return "Multi choice cannot be changed.";
	const isKept = before.choices?.every((choice) => after.choices?.includes(choice)) ?? true;
	return isKept ? undefined : "Cannot remove existing choices.";
}

function faultOfValue({ field_type, choices, multi_choice }: ExtraField, json: string): string | undefined {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return "Value is not valid JSON.";
	}
	switch (field_type) {
		case "text":
		case "datetime":
			return typeof value === "string" ? undefined : "Value is not a string.";
		case "integer":
			return Number.isInteger(value) ? undefined : "Value is not an integer.";
		case "float":
			return typeof value === "number" ? undefined : "Value is not a float.";
		case "boolean":
			return typeof value === "boolean" ? undefined : "Value is not a boolean.";
		case "integer_range":
			return faultOfRange(value, "integers", Number.isInteger);
		case "float_range":
			return faultOfRange(value, "floats", (end) => typeof end === "number");
		case "choice":
			if (multi_choice) {
				if (!Array.isArray(value)) return "Value is not a list.";
				if (!value.every((item) => typeof item === "string")) return "Value list must contain only strings.";
				return value.every((item) => choices?.includes(item))
					? undefined
					: "Value list contains invalid choices.";
			}
			if (typeof value !== "string") return "Value is not a string.";
			return choices?.includes(value) ? undefined : "Value is not a valid choice.";
	}
}

function faultOfRange(value: unknown, what: string, isEnd: (end: unknown) => boolean): string | undefined {
	if (!Array.isArray(value)) return "Value is not a list.";
	if (value.length !== 2) return "Value list must have exactly two values.";
	return value.every((end) => end === null || isEnd(end))
		? undefined
		: `Value list must contain only ${what} or null.`;
}

function textOrNull(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}
