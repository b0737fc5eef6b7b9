// Compares versions as printers write them: "01.08.02.00".

/** An unknown version counts as a new one. */
export function isAtLeast(version: string | undefined, least: readonly number[]): boolean {
	if (!version) return true;
	const parts = version.split(".").map(Number);
	for (let at = 0; at < least.length; at++) {
		const difference = (parts[at] ?? 0) - (least[at] ?? 0);
		if (difference !== 0) return !(difference < 0);
	}
	return true;
}
