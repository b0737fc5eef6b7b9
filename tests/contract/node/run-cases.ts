// Runs the cases of the contract as tests of node:test.

import { test } from "node:test";
import type { ContractCase } from "../contract";

/** Something a case uses, which ends with it. */
interface Closable {
	close(): Promise<void>;
}

/** `createContext` is called for each case, and what it returns beside the context is closed afterwards. */
export function runCases<Context>(
	cases: readonly ContractCase<Context>[],
	createContext: () => Promise<{ context: Context; resources?: readonly Closable[] }>,
): void {
	for (const { name, run } of cases) {
		test(name, async () => {
			const { context, resources = [] } = await createContext();
			try {
				await run(context);
			} finally {
				for (const resource of resources) await resource.close();
			}
		});
	}
}
