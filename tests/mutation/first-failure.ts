// A reporter for Node's test runner that ends the process with the first test that fails: a mutant needs no second one.

import type { TestEvent } from "node:test/reporters";

export default async function* firstFailure(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	for await (const { type, data } of events) {
		if (type !== "test:fail") continue;
		process.stdout.write(`not ok - ${data.name}\n`);
		process.exit(1);
	}
	yield "ok\n";
}
