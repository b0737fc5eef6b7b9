/** Whether two values made of plain objects, arrays and primitives (what JSON can hold) are equal. */
export function sameValue(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	if (Array.isArray(a) || Array.isArray(b)) {
		if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
		return a.every((item, index) => sameValue(item, b[index]));
	}
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	for (const key of keys) {
		const mine = (a as Record<string, unknown>)[key];
		const other = (b as Record<string, unknown>)[key];
		// An own key that holds undefined is not the same as an absent one.
		if (mine === other ? mine === undefined && !Object.hasOwn(b, key) : !sameValue(mine, other)) return false;
	}
	return true;
}
