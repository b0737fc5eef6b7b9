// Sizes in pixels of the two densities: "large" is the 5″ panel of 800×480, "small" one of 320×240.

export type Density = "large" | "small";
/** Display and headline hold numbers and units only; the other three hold words. */
export type TextSize = "display" | "headline" | "title" | "body" | "caption";
export type IconSize = "small" | "medium" | "large";

export interface Metrics {
	readonly density: Density;
	/** Of the whole panel. */
	readonly width: number;
	readonly height: number;
	readonly text: Readonly<Record<TextSize, number>>;
	/** Of {@link Metrics.icon} there are strips of 20, 28 and 40. */
	readonly icon: Readonly<Record<IconSize, 20 | 28 | 40>>;
	/** Width of the rail on the left; 0 where there is none. */
	readonly rail: number;
	/** Height of the line on top. */
	readonly head: number;
	/** Height of the line of icons at the bottom; 0 where the rail has them. */
	readonly bottomBar: number;
	/** Height of a line of buttons at the bottom of a screen, their gaps included. */
	readonly actionBar: number;
	/** Least side of what is touched. */
	readonly target: number;
	/** Between things that are touched, and between cards. */
	readonly gap: number;
	/** From a card's edge to what is in it. */
	readonly padding: number;
	readonly radius: number;
	/** A move of the finger that is no longer a tap. */
	readonly slop: number;
}

const large: Omit<Metrics, "width" | "height"> = Object.freeze({
	density: "large",
	text: Object.freeze({ display: 72, headline: 44, title: 28, body: 20, caption: 16 }),
	icon: Object.freeze({ small: 20, medium: 28, large: 40 }),
	rail: 88,
	head: 48,
	bottomBar: 0,
	actionBar: 88,
	target: 66,
	gap: 8,
	padding: 16,
	radius: 12,
	slop: 10,
});

const small: Omit<Metrics, "width" | "height"> = Object.freeze({
	density: "small",
	text: Object.freeze({ display: 40, headline: 28, title: 18, body: 14, caption: 12 }),
	icon: Object.freeze({ small: 20, medium: 20, large: 28 }),
	rail: 0,
	head: 28,
	bottomBar: 40,
	actionBar: 48,
	target: 40,
	gap: 4,
	padding: 8,
	radius: 6,
	slop: 6,
});

export function metricsFor(width: number, height: number): Metrics {
	return Object.freeze({ ...(width >= 480 ? large : small), width, height });
}
