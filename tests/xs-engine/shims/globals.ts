// Globals that Node has, XS lacks and tests use.

/** Addresses within the project only: "file:///tests/unit/a.test.ts" and what is relative to one. */
class ProjectUrl {
	readonly href: string;

	constructor(address: string | URL, base?: string | URL) {
		const text = String(address);
		const folder = String(base ?? "").replace(/[^/]*$/, "");
		const parts: string[] = [];
		for (const part of (text.startsWith("file:///") ? text : folder + text)
			.slice("file:///".length)
			.split("/")) {
			if (part === "..") parts.pop();
			else if (part !== ".") parts.push(part);
		}
		this.href = `file:///${parts.join("/")}`;
	}

	get pathname(): string {
		return this.href.slice("file://".length);
	}

	toString(): string {
		return this.href;
	}
}

/** Of plain objects, arrays and primitives, which is what tests clone. */
function cloneData<T>(value: T): T {
	if (typeof value === "function" || typeof value === "symbol") throw new TypeError("cannot be cloned");
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(cloneData) as T;
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) throw new TypeError("only data can be cloned");
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cloneData(inner)])) as T;
}

/** fast-check looks for timers when it is loaded; the suites have their own clock. */
function noTimer(): never {
	throw new Error("this engine has no timers");
}

Object.assign(globalThis, {
	URL: ProjectUrl,
	structuredClone: cloneData,
	setTimeout: noTimer,
	clearTimeout: noTimer,
});
