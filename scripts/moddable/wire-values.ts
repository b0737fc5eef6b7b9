// Values on their way between this process and an app in the simulator, as JSON. The other side: tests/xs/harness.

export function toWire(value: unknown, register: (object: object) => number): unknown {
	if (value === undefined) return { $undefined: true };
	if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
	if (Array.isArray(value)) return value.map((part) => toWire(part, register));
	if (typeof value !== "object" || value === null) return value;
	const methods = methodsOf(value);
	const id = methods.length === 0 ? undefined : register(value);
	const data = Object.entries(value).filter(([, part]) => typeof part !== "function");
	return {
		...Object.fromEntries(data.map(([key, part]) => [key, toWire(part, register)])),
		...(id !== undefined && { $object: id, $methods: methods }),
	};
}

export function fromWire(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(fromWire);
	if (typeof value !== "object" || value === null) return value;
	const special = value as { $undefined?: true; $bytes?: string; $repeat?: [string, number] };
	if (special.$undefined) return undefined;
	if (special.$bytes !== undefined) return new Uint8Array(Buffer.from(special.$bytes, "base64"));
	if (special.$repeat !== undefined) return special.$repeat[0].repeat(special.$repeat[1]);
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fromWire(part)]));
}

function methodsOf(value: object): string[] {
	const names = new Set(Object.keys(value).filter((name) => typeof Reflect.get(value, name) === "function"));
	for (
		let type = Object.getPrototypeOf(value);
		type && type !== Object.prototype;
		type = Object.getPrototypeOf(type)
	)
		for (const name of Object.getOwnPropertyNames(type)) {
			const isMethod = typeof Object.getOwnPropertyDescriptor(type, name)?.value === "function";
			if (isMethod && name !== "constructor") names.add(name);
		}
	return [...names];
}
