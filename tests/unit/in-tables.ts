// What of a value is an object of a frozen table. On the device such tables lie in flash, and XS's `JSON.stringify` throws at them.

/** Whether nothing of it is, at any depth. */
export function isFreeOfTables(value: unknown): boolean {
	return (
		typeof value !== "object" ||
		value === null ||
		(!Object.isFrozen(value) && Object.values(value).every(isFreeOfTables))
	);
}
