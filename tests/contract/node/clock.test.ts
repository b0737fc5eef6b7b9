// The contract of Clock, kept by the simulator's host, also when it runs fast, and by the tests' own clock.

import { describe } from "node:test";
import { createClock } from "../../../sim/host/clock";
import { ManualClock } from "../../fakes/manual-clock";
import { clockCases } from "../cases/clock";
import { pause } from "../contract";
import { runCases } from "./run-cases";

for (const speed of [1, 10]) {
	describe(`the clock of the simulated world at speed ${speed}`, () => {
		runCases(clockCases, async () => {
			const port = createClock({ speed });
			return { context: { port, elapse: (ms) => pause(port, ms) } };
		});
	});
}

describe("the clock that a test moves", () => {
	runCases(clockCases, async () => {
		const port = new ManualClock({ wallTimeMs: Date.UTC(2026, 0, 1) });
		return { context: { port, elapse: async (ms) => port.advance(ms) } };
	});
});
