// The easing functions that the SDK adds to Math, as far as the panel's list has them.

function inOut(power: number, fraction: number): number {
	if (fraction < 0.5) return (fraction * 2) ** power / 2;
	return 1 - ((1 - fraction) * 2) ** power / 2;
}

const easing = {
	quadEaseIn: (fraction: number) => fraction ** 2,
	quadEaseOut: (fraction: number) => 1 - (1 - fraction) ** 2,
	quadEaseInOut: (fraction: number) => inOut(2, fraction),
	cubicEaseIn: (fraction: number) => fraction ** 3,
	cubicEaseOut: (fraction: number) => 1 - (1 - fraction) ** 3,
	cubicEaseInOut: (fraction: number) => inOut(3, fraction),
};

/** On the device they are there before any module runs. */
export function addEasing(): void {
	for (const [name, value] of Object.entries(easing)) {
		if (!(name in Math)) Object.defineProperty(Math, name, { value, configurable: true, writable: true });
	}
}
