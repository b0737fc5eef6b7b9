// The look, once: colours, sizes and spacing that the panel, the page and the workbench share.
// As text, each colour has a contrast of at least 4.5:1 on background, surface and raised, in both themes.

export interface Theme {
	background: string;
	/** Cards. */
	surface: string;
	/** Buttons, pressed rows. */
	raised: string;
	/** Hairlines. */
	line: string;
	text: string;
	/** Labels, units, old data. */
	muted: string;
	/** Progress, primary action. */
	accent: string;
	/** Above target, or heating. */
	heat: string;
	/** Cooling, fans. */
	cool: string;
	/** Paused, needs attention. */
	warn: string;
	/** Faults, stop. */
	danger: string;
}

export const dark: Theme = Object.freeze({
	background: "#0E1113",
	surface: "#181D20",
	raised: "#232A2E",
	line: "#2F383D",
	text: "#F1F5F4",
	muted: "#8FA09B",
	accent: "#3DDC97",
	heat: "#FF8A3D",
	cool: "#5AA9FF",
	warn: "#FFC24B",
	danger: "#FF5A5F",
});

export const light: Theme = Object.freeze({
	background: "#F4F6F5",
	surface: "#FFFFFF",
	raised: "#E8ECEA",
	line: "#D5DBD8",
	text: "#101413",
	muted: "#5C6B66",
	accent: "#097A4D",
	heat: "#AD4E10",
	cool: "#1D69C6",
	warn: "#8E6200",
	danger: "#C4262B",
});

/** px */
export const spacing = Object.freeze([4, 8, 12, 16, 24] as const);
/** px */
export const radius = 12;

/** The tokens as custom properties: `--text`, `--space-3`, `--radius`; the theme follows the reader's system. */
export function tokensCss(): string {
	const sizes = [...spacing.map((px, index) => `--space-${index + 1}:${px}px`), `--radius:${radius}px`].join(
		";",
	);
	return `:root{color-scheme:dark light;${sizes};${properties(dark)}}
@media (prefers-color-scheme:light){:root{${properties(light)}}}
`;
}

function properties(theme: Theme): string {
	return Object.entries(theme)
		.map(([name, value]) => `--${name}:${value}`)
		.join(";");
}
