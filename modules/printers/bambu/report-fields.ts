// The building blocks of the report schema: how a wanted field is checked, merged, and what depends on it.

/** Parts of the printer's state; a field names those that have to be derived again when it changes. */
export const Section = Object.freeze({
	none: 0,
	job: 1 << 0,
	jobName: 1 << 13,
	/** The nozzles as a whole: which there are, what they are made of, which one is in use. */
	nozzles: 1 << 1,
	/** What single ones report; `ReportChanges.entries` are those of several that have changed. */
	nozzleTemperatures: 1 << 14,
	bed: 1 << 2,
	chamber: 1 << 3,
	fans: 1 << 4,
	lights: 1 << 5,
	/** Filament units as a whole: which there are, and what is said of all of them at once. */
	filament: 1 << 6,
	/** What single units and their trays say of themselves; `ReportChanges.entries` are those that have changed. */
	units: 1 << 7,
	trays: 1 << 8,
	externalSpools: 1 << 9,
	activeSpool: 1 << 10,
	anyFilament: 0b11111 << 6,
	faults: 1 << 11,
	control: 1 << 12,
	door: 1 << 15,
	/** What the printer says of its own abilities. */
	capabilities: 1 << 16,
	/** The model: what the others look like depends on it, so all of them follow. */
	model: (1 << 17) - 1,
} as const);

/** A combination of {@link Section} bits. */
export type Sections = number;

interface FieldOf<Kind extends string> {
	kind: Kind;
	sections: Sections;
}

/** A string. Unknown words are kept as they are; what is longer than `maxLength` UTF-16 units is cut off. */
export interface TextField extends FieldOf<"text"> {
	maxLength: number;
}
/** A finite number. */
export type NumberField = FieldOf<"number">;
/** A finite number that printers send as a decimal string ("29.6"), or as a number. Kept as a number. */
export type DecimalField = FieldOf<"decimal">;
export type FlagField = FieldOf<"flag">;
/** Those bits of a number that are of use, kept as a number. Each has sections of its own. */
export interface BitsField extends FieldOf<"bits"> {
	mask: number;
	parts: readonly { mask: number; sections: Sections }[];
}
/** One bit of a string of hex digits, kept as a flag. */
export interface HexBitField extends FieldOf<"hexBit"> {
	bit: number;
}
/** A list of at most `maxItems` numbers that each message gives anew. */
export interface NumbersField extends FieldOf<"numbers"> {
	maxItems: number;
}
/** Known to come, of no use to us. Listed where its presence matters: see {@link ByIdField}. */
export type IgnoredField = FieldOf<"ignored">;

/** Merged key by key. */
export interface ObjectField<F extends Fields = Fields> {
	kind: "object";
	fields: F;
	sections: Sections;
}

/** A list that each message gives anew. */
export interface ListField<F extends Fields = Fields> {
	kind: "list";
	fields: F;
	sections: Sections;
}

/**
 * A list of at most `maxEntries` objects with an `id`, merged entry by entry and kept in order of the ids. A full
 * report names all entries, so the others go. Its own sections depend on which entries there are.
 * With `clearsWhenBare`, an entry that says nothing but its id, or a `state` that means "nothing here",
 * loses what was known of it: that is how printers tell of an empty tray.
 */
export interface ByIdField<F extends Fields = Fields> {
	kind: "byId";
	fields: F;
	sections: Sections;
	maxEntries: number;
	clearsWhenBare: boolean;
}

export type ScalarField = TextField | NumberField | DecimalField | FlagField | BitsField | HexBitField;
export type Field = ScalarField | NumbersField | IgnoredField | ObjectField | ListField | ByIdField;
export type Fields = Readonly<Record<string, Field>>;

export type FieldValue<F> = F extends TextField
	? string
	: F extends NumberField | DecimalField | BitsField
		? number
		: F extends FlagField | HexBitField
			? boolean
			: F extends NumbersField
				? number[]
				: F extends ObjectField<infer G>
					? FieldValues<G>
					: F extends ListField<infer G>
						? FieldValues<G>[]
						: F extends ByIdField<infer G>
							? (FieldValues<G> & { id: number })[]
							: never;
export type FieldValues<F extends Fields> = { [K in keyof F]?: FieldValue<F[K]> };

/** Longer than any code, id or word that printers send. */
const WORD_LENGTH = 64;

export const text = (sections: Sections, maxLength = WORD_LENGTH): TextField =>
	Object.freeze({ kind: "text", sections, maxLength });
export const number = (sections: Sections): NumberField => Object.freeze({ kind: "number", sections });
export const decimal = (sections: Sections): DecimalField => Object.freeze({ kind: "decimal", sections });
export const flag = (sections: Sections): FlagField => Object.freeze({ kind: "flag", sections });
export const hexBit = (sections: Sections, bit: number): HexBitField =>
	Object.freeze({ kind: "hexBit", sections, bit });
export const numbers = (sections: Sections, maxItems: number): NumbersField =>
	Object.freeze({ kind: "numbers", sections, maxItems });
/** Sections by bit. Bit 31 is none: it would make the number negative. */
export function bits(sectionsByBit: Readonly<Record<number, Sections>>): BitsField {
	const parts = Object.entries(sectionsByBit).map(([bit, sections]) =>
		Object.freeze({ mask: 1 << Number(bit), sections }),
	);
	return Object.freeze({
		kind: "bits",
		sections: parts.reduce((all, { sections }) => all | sections, Section.none as Sections),
		mask: parts.reduce((all, { mask }) => all | mask, 0),
		parts: Object.freeze(parts),
	});
}
export const ignored: IgnoredField = Object.freeze({ kind: "ignored", sections: Section.none });

export function object<F extends Fields>(fields: F): ObjectField<F> {
	return Object.freeze({ kind: "object", fields: withoutPrototype(fields), sections: Section.none });
}

export function list<F extends Fields>(sections: Sections, fields: F): ListField<F> {
	return Object.freeze({ kind: "list", fields: withoutPrototype(fields), sections });
}

export function byId<F extends Fields>(
	sections: Sections,
	fields: F,
	{ maxEntries = 8, clearsWhenBare = false } = {},
): ByIdField<F> {
	return Object.freeze({
		kind: "byId",
		fields: withoutPrototype(fields),
		sections,
		maxEntries,
		clearsWhenBare,
	});
}

/** A message is free to name a key "constructor" or "__proto__"; looked up here, neither may be found. */
function withoutPrototype<F extends Fields>(fields: F): F {
	return Object.freeze(Object.assign(Object.create(null), fields));
}

/** Every key that occurs in the fields with a value of use, for a parser that builds nothing else. */
export function fieldNames(fields: Fields): string[] {
	return namesOf(fields, (field) => field.kind !== "ignored");
}

/** The keys of which only matters that they are there. */
export function ignoredNames(fields: Fields): string[] {
	const used = fieldNames(fields);
	return namesOf(fields, (field) => field.kind === "ignored").filter((name) => !used.includes(name));
}

function namesOf(fields: Fields, isMeant: (field: Field) => boolean): string[] {
	const names = new Set<string>();
	const collect = (level: Fields): void => {
		for (const [name, field] of Object.entries(level)) {
			if (isMeant(field)) names.add(name);
			if (field.kind === "byId" && isMeant(field)) names.add("id");
			if ("fields" in field) collect(field.fields);
		}
	};
	collect(fields);
	return [...names];
}
