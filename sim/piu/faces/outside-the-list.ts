// What Piu has and the panel's list (ui/panel/piu.d.ts) has not: using it says so, instead of doing nothing.

const outside: Readonly<Record<string, readonly string[]>> = {
	Content: ["exclusiveTouch", "render"],
	Text: ["begin", "beginBlock", "beginSpan", "concat", "end", "endBlock", "endSpan"],
	Container: ["firstThat", "lastThat"],
	Application: ["clut", "rotation", "animateColors", "keyDown", "keyUp", "postMessage"],
};

export function refuseOutside(type: string, prototype: object): void {
	for (const name of outside[type] ?? []) {
		const refuse = () => {
			throw new Error(`${type}.${name} of Piu is not done by this host: see ui/panel/piu.d.ts`);
		};
		Object.defineProperty(prototype, name, { get: refuse, set: refuse, configurable: true });
	}
}
