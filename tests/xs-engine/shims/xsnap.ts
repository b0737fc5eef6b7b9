// What the engine of @agoric/xsnap offers to its scripts beside the language.

interface XsGlobals {
	/** Asks the process that started the engine. */
	issueCommand(question: ArrayBuffer): ArrayBuffer;
	/** Reads the meter and sets it: `resetMeter(0, 0)` goes on without a limit, from 0. */
	resetMeter(limit: number, index: number): number;
	gc(): void;
	/** Called by the process that started the engine; `result` is read once no promise job is left. */
	handleCommand(message: ArrayBuffer): { result?: ArrayBuffer };
}

export const xs = globalThis as unknown as XsGlobals;
