// node:test on XS: collects the tests; the process that started the engine calls for them one by one.

import { xs } from "./xsnap";

type TestFunction = () => void | Promise<void>;

export interface TestResult {
	name: string;
	/** What went wrong; left out when nothing did. */
	error?: string;
}

const tests: { name: string; run: TestFunction }[] = [];

export function test(name: string, run: TestFunction): void {
	tests.push({ name, run });
}

const bytes = (value: unknown): ArrayBuffer =>
	new TextEncoder().encode(JSON.stringify(value)).buffer as ArrayBuffer;

/** An empty message asks for the number of tests; another one holds the index of the test to run. */
xs.handleCommand = (message) => {
	if (message.byteLength === 0) return { result: bytes(tests.length) };
	const entry = tests[JSON.parse(new TextDecoder().decode(message)) as number];
	// Stays without a result if the test waits for what never comes.
	const answer: { result?: ArrayBuffer } = {};
	const ended = (error?: unknown): void => {
		const result: TestResult = { name: entry?.name ?? "" };
		if (error !== undefined)
			result.error = error instanceof Error ? `${error.stack ?? error}` : String(error);
		answer.result = bytes(result);
	};
	Promise.resolve()
		.then(() => entry?.run())
		.then(
			() => ended(),
			(error: unknown) => ended(error ?? "rejected with nothing"),
		);
	return answer;
};
