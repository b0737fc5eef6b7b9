// What a language's texts are, and how values get into them.

export type LanguageCode = "en" | "zh" | "de";

/** Of the same shape, with any text in each place. */
export type Texts<T> = {
	readonly [K in keyof T]: T[K] extends LanguageCode
		? LanguageCode
		: T[K] extends string
			? string
			: Texts<T[K]>;
};

/** Frozen with all its groups, so that it stays in flash. */
export function texts<const T extends Readonly<Record<string, Readonly<Record<string, string>>>>>(
	groups: T,
): T {
	for (const group of Object.values(groups)) Object.freeze(group);
	return Object.freeze(groups);
}

/** The text with each `{name}` replaced; one without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
	let filled = "";
	let from = 0;
	for (;;) {
		const open = text.indexOf("{", from);
		const close = open < 0 ? -1 : text.indexOf("}", open);
		if (close < 0) return filled + text.slice(from);
		const value = values[text.slice(open + 1, close)];
		filled += text.slice(from, open) + (value === undefined ? text.slice(open, close + 1) : value);
		from = close + 1;
	}
}
