// JSON text as Python writes it: a space after each colon and comma, and ASCII only. Spoolman keeps lists in settings so.

export function toPythonJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(toPythonJson).join(", ")}]`;
	if (typeof value === "object" && value !== null)
		return `{${Object.entries(value)
			.map(([key, item]) => `${toPythonJson(key)}: ${toPythonJson(item)}`)
			.join(", ")}}`;
	return JSON.stringify(value ?? null).replace(
		/[\u007f-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
