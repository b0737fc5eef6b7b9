// What a case of the contract is, and the words it is written in. Nothing here is of one host only.

import type { Clock } from "../../modules/platform/clock";
import { PortError, type PortErrorCode } from "../../modules/platform/port-error";
import type { TextCodec } from "../../modules/platform/text-codec";

export interface ContractCase<Context> {
	/** What the port promises, as a sentence. */
	name: string;
	/** Throws or rejects when the promise is not kept. */
	run(context: Context): void | Promise<void>;
}

/** What every case is given. Each port's cases say what they want beside it. */
export interface ContractContext<Port> {
	port: Port;
	/** In real time. */
	clock: Clock;
	text: TextCodec;
}

/** Longest wait for something that is bound to come. Long, since it only matters when a promise is broken. */
export const PATIENCE_MS = 10_000;

/** How long a case listens for what must not come. */
export const QUIET_MS = 60;

export class ContractFailure extends Error {
	override readonly name = "ContractFailure";
}

export function ok(value: unknown, message: string): asserts value {
	if (!value) throw new ContractFailure(message);
}

/** Of plain values: numbers, texts, and lists and records of them. */
export function equal(actual: unknown, expected: unknown, message: string): void {
	const found = describe(actual);
	const wanted = describe(expected);
	if (found !== wanted) throw new ContractFailure(`${message}: expected ${wanted}, found ${found}`);
}

export function throwsError(code: PortErrorCode, action: () => unknown): PortError {
	try {
		action();
	} catch (error) {
		return portError(code, error);
	}
	throw new ContractFailure(`nothing was thrown, but ${code} was expected`);
}

export async function rejectsWith(code: PortErrorCode, promise: Promise<unknown>): Promise<PortError> {
	try {
		await promise;
	} catch (error) {
		return portError(code, error);
	}
	throw new ContractFailure(`the promise was fulfilled, but ${code} was expected`);
}

/** Checks that it is a PortError of that code, with words. */
export function portError(code: PortErrorCode, error: unknown): PortError {
	if (!(error instanceof PortError))
		throw new ContractFailure(`expected a PortError ${code}, found ${error}`);
	equal(error.code, code, `code of "${error.message}"`);
	ok(error.message.length > 0, "the error says what is wrong");
	return error;
}

export function within<Value>(
	clock: Clock,
	timeoutMs: number,
	what: string,
	promise: Promise<Value>,
): Promise<Value> {
	return new Promise((resolve, reject) => {
		const timer = clock.after(timeoutMs, () => {
			reject(new ContractFailure(`${what}: not within ${timeoutMs} ms`));
		});
		promise.then(resolve, reject).finally(() => timer.cancel());
	});
}

export function pause(clock: Clock, delayMs: number): Promise<void> {
	return new Promise((resolve) => {
		clock.after(delayMs, resolve);
	});
}

/** Asks again and again until the answer is yes. */
export async function eventually(
	clock: Clock,
	what: string,
	condition: () => boolean | Promise<boolean>,
): Promise<void> {
	const lastChance = clock.now() + PATIENCE_MS;
	while (!(await condition())) {
		if (clock.now() > lastChance) throw new ContractFailure(`${what}: not within ${PATIENCE_MS} ms`);
		await pause(clock, 5);
	}
}

/** Events in the order in which they came, to look at and to wait for. */
export class Events<Event> {
	readonly all: Event[] = [];
	readonly #clock: Clock;
	readonly #waiting = new Set<() => void>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	push(event: Event): void {
		this.all.push(event);
		for (const look of [...this.#waiting]) look();
	}

	/** The first event, past or to come, that `matches`. */
	async first<Match extends Event>(what: string, matches: (event: Event) => event is Match): Promise<Match>;
	async first(what: string, matches: (event: Event) => boolean): Promise<Event>;
	async first(what: string, matches: (event: Event) => boolean): Promise<Event> {
		const found = new Promise<Event>((resolve) => {
			const look = (): void => {
				const event = this.all.find(matches);
				if (event === undefined) return;
				this.#waiting.delete(look);
				resolve(event);
			};
			this.#waiting.add(look);
			look();
		});
		return within(this.#clock, PATIENCE_MS, what, found);
	}

	/** Waits until that many `match`. */
	async count(
		what: string,
		howMany: number,
		matches: (event: Event) => boolean = () => true,
	): Promise<Event[]> {
		await this.first(what, () => this.all.filter(matches).length >= howMany);
		return this.all.filter(matches);
	}

	/** Checks that nothing comes any more. */
	async quiet(what: string): Promise<void> {
		const before = this.all.length;
		await pause(this.#clock, QUIET_MS);
		equal(this.all.slice(before), [], what);
	}
}

function describe(value: unknown): string {
	if (value === undefined) return "undefined";
	if (typeof value === "number") return String(value);
	return (
		JSON.stringify(value, (_key, part: unknown) => (part === undefined ? "(undefined)" : part)) ??
		String(value)
	);
}
