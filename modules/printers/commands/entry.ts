// What a command of a table is made of, whoever made the printer. Each maker says what it knows of a printer, and what it sends.

import type { CommandFailure } from "../command";
import type { Fields, FieldValues } from "./fields";

/** Why not, or `undefined`. */
export type Guard<Values, Context> = (values: Values, context: Context) => CommandFailure | undefined;

export interface Definition<Values, Context, Built> {
	/** It destroys something, so `"confirm": true` has to be there. */
	readonly confirm?: boolean;
	/** The printer says a moment after its answer that it has begun; until then it does not look busy. */
	readonly beginsJob?: boolean;
	/** Also carried out by firmware that takes nothing else from us. */
	readonly inReadOnly?: boolean;
	/** Asked in order; the first that objects decides. */
	readonly guards: readonly Guard<Values, Context>[];
	/** Called only when no guard objects. */
	readonly build: (values: Values, context: Context) => Built;
}

/** A definition of which it is no longer known which values it takes: its `fields` say so. */
export interface Entry<Context, Built> extends Definition<Readonly<Record<string, unknown>>, Context, Built> {
	readonly fields: Fields;
}

export type Table<Context, Built> = Readonly<Record<string, Entry<Context, Built>>>;

/** Of an entry whose context and message are known. */
export type MakeEntry<Context, Built> = <const F extends Fields>(
	definition: Definition<FieldValues<F>, Context, Built> & { readonly fields: F },
) => Entry<Context, Built>;

export function makeEntry<const F extends Fields, Context, Built>(
	definition: Definition<FieldValues<F>, Context, Built> & { readonly fields: F },
): Entry<Context, Built> {
	Object.freeze(definition.fields);
	Object.freeze(definition.guards);
	return Object.freeze(definition) as unknown as Entry<Context, Built>;
}
