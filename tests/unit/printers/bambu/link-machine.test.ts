import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError, type PortErrorCode } from "../../../../modules/platform/port-error";
import {
	FULL_REPORT_INTERVAL_MS,
	initialLink,
	type LinkAction,
	type LinkEvent,
	type LinkMachine,
	linkStatus,
	stepLink,
} from "../../../../modules/printers/bambu/link-machine";
import { LAST_RETRY_MS, RETRY_JITTER, retryDelayMs } from "../../../../modules/printers/retry";

const codes: PortErrorCode[] = [
	"host_not_found",
	"unreachable",
	"refused",
	"timeout",
	"handshake_closed",
	"untrusted",
	"wrong_name",
	"certificate_changed",
	"unauthorized",
	"closed_by_peer",
	"protocol",
	"too_large",
];

const anyEvent: fc.Arbitrary<LinkEvent> = fc
	.oneof(
		{ weight: 4, arbitrary: fc.constant({ type: "woken" as const }) },
		{ weight: 2, arbitrary: fc.constant({ type: "opened" as const }) },
		{ weight: 2, arbitrary: fc.record({ type: fc.constant("subscribed" as const), granted: fc.boolean() }) },
		{ weight: 4, arbitrary: fc.record({ type: fc.constant("message" as const), full: fc.boolean() }) },
		{
			weight: 3,
			arbitrary: fc.constantFrom(...codes).map((code) => ({
				type: "closed" as const,
				error: new PortError(code, "test"),
			})),
		},
		{ weight: 1, arbitrary: fc.constant({ type: "start" as const }) },
	)
	.map((event) => ({ ...event, nowMs: 0 }));

test("pauses double from 1 s to 30 s and vary by a fifth", () => {
	const middle = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) => retryDelayMs(failures, 0.5));
	assert.deepEqual(middle, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
	fc.assert(
		fc.property(
			fc.nat(10_000),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			(n, random) => {
				const delayMs = retryDelayMs(n, random);
				const most = LAST_RETRY_MS * (1 + RETRY_JITTER);
				assert.ok(delayMs >= 800 && delayMs <= most, `${delayMs}`);
			},
		),
	);
});

test("whatever happens in whatever order, the machine is never stuck and never asks for too many full reports", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(anyEvent, fc.nat(90_000)), { maxLength: 200 }), (events) => {
			let machine: LinkMachine = initialLink;
			let nowMs = 0;
			let wakeAtMs: number | undefined;
			let lastFullReport = Number.NEGATIVE_INFINITY;
			let connected = false;
			const run = (event: LinkEvent) => {
				const step = stepLink(machine, event, 0.5);
				if (event.type === "closed" && machine.phase !== "stopped" && machine.phase !== "waiting")
					connected = false;
				machine = step.machine;
				if (event.type === "woken") wakeAtMs = undefined;
				if (step.wakeAfterMs !== undefined) wakeAtMs = nowMs + step.wakeAfterMs;
				for (const action of step.actions) check(action);
			};
			const check = (action: LinkAction) => {
				if (action === "connect") {
					assert.equal(connected, false, "a second connection is never opened beside the first");
					connected = true;
					lastFullReport = Number.NEGATIVE_INFINITY;
				}
				if (action === "disconnect") connected = false;
				if (action === "askFullReport") {
					assert.ok(
						nowMs - lastFullReport >= FULL_REPORT_INTERVAL_MS,
						"full reports are asked for sparingly",
					);
					lastFullReport = nowMs;
				}
			};
			run({ type: "start", nowMs });
			for (const [event, passedMs] of events) {
				nowMs += passedMs;
				run({ ...event, nowMs });
				// Only a connection attempt ends by itself: the port promises an answer in time.
				assert.ok(machine.phase === "connecting" || wakeAtMs !== undefined, `stuck in ${machine.phase}`);
				assert.equal(linkStatus(machine) === "online", machine.phase === "online");
			}
			run({ type: "stop", nowMs });
			assert.equal(connected, false, "stopping always ends the connection");
			assert.equal(stepLink(machine, { type: "woken", nowMs }, 0.5).actions.length, 0);
		}),
		{ numRuns: 2_000 },
	);
});
