// Colours between the tokens: what a button looks like under a finger.

/** `share` of `over` on `under`, both "#RRGGBB". */
export function mix(under: string, over: string, share: number): string {
	let mixed = "#";
	for (let at = 1; at < 7; at += 2) {
		const below = Number.parseInt(under.slice(at, at + 2), 16);
		const above = Number.parseInt(over.slice(at, at + 2), 16);
		mixed += Math.round(below + (above - below) * share)
			.toString(16)
			.padStart(2, "0");
	}
	return mixed;
}

/** As "#RRGGBBAA"; `alpha` from 0 to 1. */
export function withAlpha(color: string, alpha: number): string {
	return (
		color.slice(0, 7) +
		Math.round(alpha * 255)
			.toString(16)
			.padStart(2, "0")
	);
}

/** Of what is written on that colour: whether black or white reads better. */
export function isLight(color: string): boolean {
	const red = Number.parseInt(color.slice(1, 3), 16);
	const green = Number.parseInt(color.slice(3, 5), 16);
	const blue = Number.parseInt(color.slice(5, 7), 16);
	return red * 299 + green * 587 + blue * 114 > 140_000;
}
