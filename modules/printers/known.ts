/**
 * The same object without the keys whose value is `undefined`: an absent field is how Culm says "unknown".
 * The object given is changed.
 */
export function known<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
	for (const key in values) if (values[key] === undefined) delete values[key];
	return values as T;
}
