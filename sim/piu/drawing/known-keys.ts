// Throws on dictionary keys that are not done here, by their names.

export function checkKeys(of: string, dictionary: object, known: readonly string[]): void {
	for (const key of Object.keys(dictionary)) {
		if (!known.includes(key)) throw new Error(`${of}: "${key}" is not done by this Piu host`);
	}
}
