import assert from "node:assert/strict";
import { test } from "node:test";
import {
	type Balance,
	type BalanceInputs,
	balanceFault,
	noBalance,
	watchBalance,
} from "../../../../modules/breath/heater/balance-watch";

const heating: BalanceInputs = {
	powered: true,
	atLimit: false,
	settled: false,
	element: 75,
	chamber: 30,
	target: 60,
};

/** Each of the inputs for so many seconds, from the tick on that begins. */
function run(seconds: number, inputs: Partial<BalanceInputs>, from = noBalance): Balance {
	let balance = from;
	const ticks = from.begin === undefined ? seconds * 2 + 1 : seconds * 2;
	for (let tick = 0; tick < ticks; tick++) balance = watchBalance(balance, { ...heating, ...inputs }, 500);
	return balance;
}

/** A window of five minutes in which so large a share of the time has power. */
function window(share: number, excess: number, inputs: Partial<BalanceInputs> = {}, usual?: number): Balance {
	let balance = watchBalance(noBalance, { ...heating, ...inputs }, 500);
	if (usual !== undefined) balance = { ...balance, usual };
	const chamber = inputs.chamber ?? heating.chamber;
	for (let tick = 0; tick < 600; tick++)
		balance = watchBalance(
			balance,
			{ ...heating, ...inputs, powered: tick < share * 600, element: chamber + excess },
			500,
		);
	return balance;
}

test("what a heating begins with stays, and its peak follows the chamber up to the target", () => {
	const begun = run(0, { chamber: 25 });
	assert.equal(begun.begin, 25);
	assert.equal(begun.peak, 25);
	assert.deepEqual([begun.ms, begun.onMs, begun.excessSum, begun.chamber], [0, 0, 0, 25]);
	const warm = run(1, { chamber: 50 }, begun);
	assert.equal(warm.begin, 25);
	assert.equal(warm.peak, 50);
	assert.equal(warm.chamber, 25);
	assert.equal(run(1, { chamber: 40 }, warm).peak, 50);
	assert.equal(run(1, { chamber: 70 }, warm).peak, 60);
	assert.equal(run(1, { chamber: 70, target: 45 }, warm).peak, 45);
});

test("the usual excess is learnt once, when power has settled and the chamber has not fallen", () => {
	assert.equal(run(1, {}).usual, undefined);
	const learnt = run(0, { settled: true });
	assert.equal(learnt.usual, 45);
	assert.equal(run(1, { settled: true, element: 60 }, learnt).usual, 45);
	assert.equal(run(0, { settled: true, element: 100 }).usual, 60);
	const warm = run(1, { chamber: 50 });
	assert.equal(run(1, { settled: true, chamber: 40 }, warm).usual, undefined);
	assert.equal(run(1, { settled: true, chamber: 40.1 }, warm).usual, 34.9);
});

test("a chamber that fell while its excess grew out of proportion for a minute is a loose sensor", () => {
	const warm = { ...run(1, { chamber: 55 }), usual: 45 };
	const fault = (seconds: number, inputs: Partial<BalanceInputs>) =>
		balanceFault(run(seconds, inputs, warm), inputs.chamber ?? 0);
	assert.equal(fault(59.5, { chamber: 40, element: 98 }), undefined);
	assert.equal(fault(60, { chamber: 40, element: 98 }), "cooling_while_heating");
	// An opened lid: the excess is as before.
	assert.equal(fault(200, { chamber: 40, element: 97 }), undefined);
	// Not fallen far enough.
	assert.equal(fault(60, { chamber: 45, element: 103 }), "cooling_while_heating");
	assert.equal(fault(200, { chamber: 45.1, element: 103.1 }), undefined);
	// It begins anew when it fits again.
	const almost = run(59, { chamber: 40, element: 98 }, warm);
	assert.equal(run(1, { chamber: 40, element: 90 }, almost).fallenMs, 0);
});

test("without a usual excess 60 K are out of proportion, and 50 K however small the usual one is", () => {
	const warm = run(1, { chamber: 55 });
	const isSuspect = (usual: number | undefined, excess: number) =>
		run(1, { chamber: 40, element: 40 + excess }, { ...warm, usual }).fallenMs > 0;
	assert.deepEqual([isSuspect(undefined, 60), isSuspect(undefined, 60.1)], [false, true]);
	assert.deepEqual([isSuspect(20, 50), isSuspect(20, 50.1)], [false, true]);
	assert.deepEqual([isSuspect(45, 57), isSuspect(45, 57.1)], [false, true]);
});

test("a quarter of an hour with power and no progress is too slow", () => {
	const begun = run(0, {});
	const stuck = (seconds: number, inputs: Partial<BalanceInputs>) => {
		const { idleMs, idleBusyMs } = run(seconds, inputs, begun);
		return balanceFault({ ...noBalance, idleMs, idleBusyMs }, 30);
	};
	assert.equal(stuck(899, {}), undefined);
	assert.equal(stuck(899.5, {}), "heating_too_slow");
	assert.equal(stuck(900, { chamber: 32.9 }), "heating_too_slow");
	assert.equal(stuck(2_000, { chamber: 33 }), undefined);
	assert.equal(stuck(2_000, { target: 33 }), undefined);
	assert.equal(stuck(900, { target: 33.1 }), "heating_too_slow");
	// Not much power, because little is needed.
	assert.equal(stuck(2_000, { powered: false }), undefined);
	assert.equal(stuck(900, { powered: false, atLimit: true }), "heating_too_slow");
	// Three quarters of the time are enough, and what was before progress does not count.
	assert.equal(balanceFault({ ...noBalance, idleMs: 900_000, idleBusyMs: 675_000 }, 30), "heating_too_slow");
	assert.equal(balanceFault({ ...noBalance, idleMs: 900_000, idleBusyMs: 674_999 }, 30), undefined);
	const progressed = run(1, { chamber: 40 }, run(800, {}, begun));
	assert.deepEqual([progressed.idleMs, progressed.idleBusyMs], [0, 0]);
});

test("a window of five minutes sums up its power and excess, and the next begins anew", () => {
	const full = window(0.5, 40);
	assert.equal(full.ms, 300_000);
	assert.equal(full.onMs, 150_000);
	assert.equal(full.excessSum / full.ms, 40);
	const next = watchBalance(full, { ...heating, chamber: 44 }, 500);
	assert.deepEqual([next.ms, next.onMs, next.excessSum, next.chamber], [0, 0, 0, 44]);
	assert.equal(next.begin, 30);
});

test("nothing is said before a window is full", () => {
	const full = window(0.2, 70);
	assert.equal(balanceFault(full, 30), "heating_too_slow");
	assert.equal(balanceFault({ ...full, ms: 299_999 }, 30), undefined);
});

test("much excess for little power is a fan that moves no air", () => {
	const fault = (share: number, excess: number, usual?: number) =>
		balanceFault(window(share, excess, {}, usual), 35);
	assert.equal(fault(0.2, 50, 45), "heating_too_slow");
	assert.equal(fault(0.5, 50, 45), undefined);
	assert.equal(fault(0.4, 45, 45), undefined);
	assert.equal(fault(0.4, 45.1, 45), "heating_too_slow");
	// Without the usual excess, 60 K stand in.
	assert.equal(fault(0.25, 37.5), undefined);
	assert.equal(fault(0.25, 38), "heating_too_slow");
	// An element that was hot from before.
	assert.equal(fault(0, 30, 45), undefined);
	assert.equal(fault(0, 30.1, 45), "heating_too_slow");
});

test("excess out of proportion without progress is heat that does not arrive", () => {
	const full = window(1, 61);
	assert.equal(balanceFault(full, 30.9), "heating_too_slow");
	assert.equal(balanceFault(full, 31), undefined);
	assert.equal(balanceFault(window(1, 60), 30), undefined);
	assert.equal(balanceFault(window(1, 57, {}, 45), 30), undefined);
	assert.equal(balanceFault(window(1, 57.1, {}, 45), 30), "heating_too_slow");
});

test("little excess for much power is an element sensor that does not follow", () => {
	const fault = (share: number, excess: number, usual?: number) =>
		balanceFault(window(share, excess, {}, usual), 35);
	assert.equal(fault(0.5, 4.9, 40), "heating_too_slow");
	assert.equal(fault(0.5, 5, 40), undefined);
	assert.equal(fault(0.5, 1), undefined);
	assert.equal(fault(0.5, 1, 19.9), undefined);
	assert.equal(fault(0.5, 1, 20), "heating_too_slow");
	assert.equal(fault(0.3, 1, 40), "heating_too_slow");
	assert.equal(fault(0.29, 1, 40), undefined);
});

test("an element colder than its air is an element sensor somewhere else, if it had any power", () => {
	const fault = (share: number, excess: number) => balanceFault(window(share, excess), 35);
	assert.equal(fault(0.01, -10.1), "heating_too_slow");
	assert.equal(fault(0.01, -10), undefined);
	assert.equal(fault(0, -20), undefined);
});
