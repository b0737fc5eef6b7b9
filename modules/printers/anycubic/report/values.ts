// Values of a parsed report, taken only when they are what they should be. Nothing here throws.

export type Values = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Values {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Also a number that is written as a text, as some firmware does; of texts only plain decimals. */
export function finite(value: unknown): number | undefined {
	if (typeof value === "string") {
		const hasLetters = value.toLowerCase() !== value.toUpperCase();
		return value === "" || value.length > 20 || value !== value.trim() || hasLetters
			? undefined
			: finite(Number(value));
	}
	// Without the sign that 0 can have: JSON writes it, and nobody means it.
	return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
}

export function between(min: number, value: unknown, max: number): number | undefined {
	const number = finite(value);
	return number !== undefined && number >= min && number <= max ? number : undefined;
}

export function wholeBetween(min: number, value: unknown, max: number): number | undefined {
	const number = between(min, value, max);
	return number !== undefined && Number.isInteger(number) ? number : undefined;
}

/** 0 and 1, or a boolean. */
export function flag(value: unknown): boolean | undefined {
	if (typeof value === "boolean") return value;
	return value === 0 || value === 1 ? value === 1 : undefined;
}

/** In one line, without characters that cannot be shown; "" when nothing of it is left. */
export function plainText(value: unknown, maxLength: number): string | undefined {
	if (typeof value !== "string") return undefined;
	let text = "";
	const end = Math.min(value.length, maxLength);
	for (let index = 0; index < end; index++) {
		const code = value.charCodeAt(index);
		text += code < 0x20 || code === 0x7f ? " " : value[index];
	}
	// Half a character would be no text that can be sent on.
	const last = text.charCodeAt(text.length - 1);
	return (last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text).trim();
}
