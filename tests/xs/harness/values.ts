// Values on their way between two processes, as JSON. On this side: XS.

/** Has the data of what it stands for as its own, and its methods. */
export interface Remote {
	readonly remoteId: number;
	readonly [name: string]: unknown;
}

export type Call = (object: number, method: string, args: unknown[]) => Promise<unknown>;

const LONG_TEXT = 1000;

export function toWire(value: unknown): unknown {
	if (value === undefined) return { $undefined: true };
	if (value instanceof Uint8Array) return { $bytes: value.toBase64() };
	if (typeof value === "string") return isRepeated(value) ? { $repeat: [value[0], value.length] } : value;
	if (Array.isArray(value)) return value.map(toWire);
	if (typeof value === "object" && value !== null)
		return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toWire(part)]));
	return value;
}

/** Of the tests' large bodies: the simulator's network is slow. */
function isRepeated(text: string): boolean {
	return text.length > LONG_TEXT && text === (text[0] ?? "").repeat(text.length);
}

export function fromWire(value: unknown, call: Call): unknown {
	if (Array.isArray(value)) return value.map((part) => fromWire(part, call));
	if (typeof value !== "object" || value === null) return value;
	const special = value as {
		$undefined?: true;
		$bytes?: string;
		$object?: number;
		$methods?: string[];
		$repeat?: [string, number];
	};
	if (special.$undefined) return undefined;
	if (special.$bytes !== undefined) return Uint8Array.fromBase64(special.$bytes);
	if (special.$repeat !== undefined) return special.$repeat[0].repeat(special.$repeat[1]);
	const plain: Record<string, unknown> = {};
	for (const [key, part] of Object.entries(value))
		if (!key.startsWith("$")) plain[key] = fromWire(part, call);
	const { $object: object, $methods: methods = [] } = special;
	if (object === undefined) return plain;
	plain.remoteId = object;
	for (const method of methods) plain[method] = (...args: unknown[]) => call(object, method, args);
	return plain;
}
