// The contract of Clock.

import type { Clock } from "../../../modules/platform/clock";
import { type ContractCase, equal, ok } from "../contract";

export interface ClockContext {
	port: Clock;
	/** Resolves when that much of the clock's time has gone by, or somewhat more. */
	elapse(ms: number): Promise<void>;
}

export const clockCases: readonly ContractCase<ClockContext>[] = [
	{
		name: "goes on, and never back",
		async run({ port, elapse }) {
			const start = port.now();
			let last = start;
			for (let index = 0; index < 1000; index += 1) {
				const now = port.now();
				ok(now >= last, `now() went back from ${last} to ${now}`);
				last = now;
			}
			await elapse(20);
			ok(port.now() >= start + 20, "now() counts what went by");
		},
	},
	{
		name: "tells the time of day as a moment after 2020, or not at all",
		async run({ port, elapse }) {
			const time = port.wallTime();
			if (time === undefined) return;
			ok(time > 1_577_836_800_000, "milliseconds since 1970");
			await elapse(20);
			ok((port.wallTime() ?? 0) >= time + 10, "the time of day goes on");
		},
	},
	{
		name: "calls back once, after the delay",
		async run({ port, elapse }) {
			const start = port.now();
			const calls: number[] = [];
			port.after(20, () => calls.push(port.now()));
			equal(calls, [], "calls before after() returned");
			await elapse(100);
			equal(calls.length, 1, "calls");
			ok((calls[0] ?? 0) >= start + 20, "the delay has gone by");
		},
	},
	{
		name: "never calls back before it returns, not even without a delay",
		async run({ port, elapse }) {
			let calls = 0;
			port.after(0, () => {
				calls += 1;
			});
			equal(calls, 0, "calls before after() returned");
			await elapse(20);
			equal(calls, 1, "calls");
		},
	},
	{
		name: "calls back in the order of the delays, not of the calls",
		async run({ port, elapse }) {
			const order: string[] = [];
			port.after(60, () => order.push("late"));
			port.after(20, () => order.push("early"));
			await elapse(150);
			equal(order, ["early", "late"], "order");
		},
	},
	{
		name: "calls back in the order of the calls when the delays are the same",
		async run({ port, elapse }) {
			const order: number[] = [];
			for (let index = 0; index < 50; index += 1) port.after(20, () => order.push(index));
			await elapse(150);
			equal(
				order,
				Array.from({ length: 50 }, (_, index) => index),
				"order",
			);
		},
	},
	{
		name: "calls back again and again, the first time after one interval",
		async run({ port, elapse }) {
			const start = port.now();
			const calls: number[] = [];
			const timer = port.every(20, () => calls.push(port.now() - start));
			equal(calls, [], "calls before every() returned");
			for (let waited = 0; waited < 10_000 && calls.length < 3; waited += 20) await elapse(20);
			timer.cancel();
			ok(calls.length >= 3, "it calls back more than twice");
			for (const [index, call] of calls.entries())
				ok(call >= (index + 1) * 20, `call ${index} came too early`);
		},
	},
	{
		name: "does not call back once the timer is cancelled, however often it is",
		async run({ port, elapse }) {
			let calls = 0;
			const count = (): void => {
				calls += 1;
			};
			const once = port.after(20, count);
			const repeated = port.every(20, count);
			for (const timer of [once, once, repeated, repeated]) timer.cancel();
			await elapse(100);
			equal(calls, 0, "calls");
			once.cancel();
			repeated.cancel();
		},
	},
	{
		name: "may be cancelled from within the callback",
		async run({ port, elapse }) {
			let calls = 0;
			const timer = port.every(20, () => {
				calls += 1;
				timer.cancel();
			});
			await elapse(100);
			equal(calls, 1, "calls");
		},
	},
	{
		name: "may be cancelled by another timer that is due at the same time",
		async run({ port, elapse }) {
			const calls: string[] = [];
			const timers = [
				port.after(20, () => {
					calls.push("first");
					timers[1]?.cancel();
				}),
				port.after(20, () => calls.push("second")),
			];
			await elapse(100);
			equal(calls, ["first"], "calls");
		},
	},
	{
		name: "starts timers from within a callback",
		async run({ port, elapse }) {
			const calls: string[] = [];
			port.after(20, () => {
				port.after(20, () => calls.push("inner"));
				calls.push("outer");
			});
			// A busy host may call late, and the inner delay begins then.
			for (let waited = 0; waited < 10_000 && calls.length < 2; waited += 20) await elapse(20);
			equal(calls, ["outer", "inner"], "calls");
		},
	},
	{
		name: "waits for a delay of months, and does not take it for none",
		async run({ port, elapse }) {
			let calls = 0;
			const timer = port.after(90 * 24 * 60 * 60 * 1000, () => {
				calls += 1;
			});
			await elapse(50);
			timer.cancel();
			equal(calls, 0, "calls");
		},
	},
];
