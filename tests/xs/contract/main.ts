// The contract of every port, kept by those on XS. Runs in Moddable's simulator; `npm run test:moddable` starts it.

import { PortError } from "platform/port-error";
import { createClock } from "platform/xs/clock";
import { createHttpClient } from "platform/xs/http-client";
import { createTextCodec } from "platform/xs/text-codec";
import { type Suite, suites } from "tests/xs/contract/suites";
import { Control } from "tests/xs/harness/control";
import Timer from "timer";

const CASE_TIMEOUT_MS = 60_000;

export default function main(): void {
	// From a timer, so that it begins with an empty stack.
	Timer.set(() => void run());
}

async function run(): Promise<void> {
	const text = createTextCodec();
	const control = new Control({ http: createHttpClient({ text }), text });
	for (const suite of suites({ clock: createClock(), text, control })) {
		try {
			await runSuite(suite, control);
		} catch (error) {
			await control.tell(suite.name, { failure: describe(error) });
		}
	}
	await control.done();
}

async function runSuite(
	{ name: suiteName, cases, unsupported, open }: Suite,
	control: Control,
): Promise<void> {
	for (const { name: caseName, run } of cases) {
		const name = `${suiteName}: ${caseName}`;
		if (!control.isWanted(name)) continue;
		const skipped = unsupported(caseName);
		if (skipped !== undefined) {
			await control.tell(name, { skipped });
			continue;
		}
		trace(`${name}\n`);
		const { context, close } = await open();
		try {
			await withinLimit(Promise.resolve(run(context)));
			await control.tell(name, {});
		} catch (error) {
			await control.tell(name, { failure: describe(error) });
		} finally {
			await close();
		}
	}
}

function withinLimit(promise: Promise<void>): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = Timer.set(() => reject(new Error(`not over after ${CASE_TIMEOUT_MS} ms`)), CASE_TIMEOUT_MS);
		promise.then(resolve, reject).finally(() => Timer.clear(timer));
	});
}

function describe(error: unknown): string {
	if (error instanceof PortError) return `${error.name} ${error.code}: ${error.message}`;
	return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
