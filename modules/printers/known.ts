/** The same object without the keys whose value is `undefined`: an absent field is how Culm says "unknown". */
export function known<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
	const kept: Partial<T> = {};
	for (const key in values) {
		const value = values[key];
		if (value !== undefined) kept[key] = value as T[typeof key];
	}
	return kept as T;
}
