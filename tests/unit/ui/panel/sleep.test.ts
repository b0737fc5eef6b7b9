// Sleep on the panel itself: what the screen does beyond the rule in models/idle, by touches.

import assert from "node:assert/strict";
import { test } from "node:test";
import { label } from "../../../../ui/panel/components/label";
import { visit } from "../../../../ui/panel/visit";
import { idleH2D, printingP1S, stateOf } from "../../../golden/states";
import { ownScreen, plainRoots } from "../../../panel/plain-roots";
import { BOTH, type TouchStage, withStage } from "../../../panel/stage";

const roots = plainRoots();
const MINUTE_MS = 60_000;

async function fallAsleep(stage: TouchStage): Promise<void> {
	await stage.pass(10 * MINUTE_MS + 2000);
	stage.assertSees("Here is idle");
}

function brightness(stage: TouchStage): unknown {
	return stage.fake.asked("display.setBrightness").at(-1)?.[0];
}

for (const size of BOTH) {
	test(`bright again as soon as a finger is down, and with nothing under it until it is lifted, ${size}`, () =>
		withStage({ size, roots }, async (stage) => {
			await fallAsleep(stage);
			const { x, y } = stage.drawn().targets.find(({ y }) => y > 0) ?? { x: 40, y: 100 };
			stage.began(x + 5, y + 5);
			assert.equal(brightness(stage), 80);
			await stage.pass(3000);
			stage.assertSees("Here is idle");
			stage.ended(x + 5, y + 5);
			await stage.settle();
			stage.assertSees("Here is home");
			stage.assertSeesNot("Here is idle");
		}));
}

test("the set brightness is there from the beginning, and follows the setting", () =>
	withStage({ roots, preferences: { brightness: 60 } }, async (stage) => {
		const opened: unknown[] = [];
		stage.fake.answer("display.setBrightness", (percent: unknown) => void opened.push(percent));
		await stage.prefer({ brightness: 30 });
		assert.deepEqual(opened, [30]);
		await stage.prefer({ theme: "light" });
		assert.deepEqual(opened, [30], "nothing else sets it");
	}));

test("it is set once to the low value and once back, and not each second in between", () =>
	withStage({ roots }, async (stage) => {
		await fallAsleep(stage);
		await stage.pass(5 * MINUTE_MS);
		await stage.tapAt(100, 100);
		await stage.pass(MINUTE_MS);
		assert.deepEqual(stage.fake.asked("display.setBrightness"), [[10], [80]]);
	}));

test("a brightness that is set meanwhile on the page waits until it wakes", () =>
	withStage({ roots }, async (stage) => {
		await fallAsleep(stage);
		await stage.prefer({ brightness: 50 });
		assert.equal(brightness(stage), 10);
		await stage.tapAt(100, 100);
		assert.equal(brightness(stage), 50);
	}));

test("asleep is never brighter than awake", () =>
	withStage({ roots, preferences: { brightness: 5 } }, async (stage) => {
		await fallAsleep(stage);
		assert.deepEqual(stage.fake.asked("display.setBrightness"), []);
	}));

test("it sleeps after a touch that led to another screen: what was touched is gone when the finger is lifted", () =>
	withStage({ roots }, async (stage) => {
		await stage.tapIcon("control");
		await stage.pass(9 * MINUTE_MS);
		stage.assertSees("Here is control");
		await stage.pass(MINUTE_MS + 2000);
		stage.assertSees("Here is idle");
	}));

test("it sleeps on in the language that was set on the page, and wakes in it", () => {
	const idle = ownScreen("idle", "home", (kit) =>
		label(kit, { left: 0, right: 0, top: 0, text: `Idle in ${kit.words.language.code}` }),
	);
	return withStage({ roots: { ...roots, idle: () => visit(idle) } }, async (stage) => {
		await stage.pass(10 * MINUTE_MS + 2000);
		stage.assertSees("Idle in en");
		await stage.prefer({ language: "de" });
		stage.assertSees("Idle in de");
		assert.equal(brightness(stage), 10);
		await stage.tapAt(100, 100);
		stage.assertSees("Here is home");
	});
});

test("it wakes when sleep is turned off on the page", () =>
	withStage({ roots }, async (stage) => {
		await fallAsleep(stage);
		await stage.prefer({ sleepMinutes: 0 });
		await stage.pass(2000);
		stage.assertSees("Here is home");
		assert.equal(brightness(stage), 80);
	}));

test("what has woken it is shown for a minute; then it sleeps again by itself", () =>
	withStage({ roots, state: stateOf([printingP1S()]) }, async (stage) => {
		await fallAsleep(stage);
		await stage.change(stateOf([printingP1S({ job: { state: "finished", percent: 100 } })]));
		stage.assertSees("Here is home");
		assert.equal(brightness(stage), 80);
		await stage.pass(50_000);
		stage.assertSees("Here is home");
		await stage.pass(15_000);
		stage.assertSees("Here is idle");
	}));

test("a printer that is added wakes nobody", () =>
	withStage({ roots, state: stateOf([printingP1S()]) }, async (stage) => {
		await fallAsleep(stage);
		await stage.change(stateOf([printingP1S(), idleH2D()]));
		stage.assertSees("Here is idle");
	}));

test("it leaves the display bright when it is closed asleep", () =>
	withStage({ roots }, async (stage) => {
		await fallAsleep(stage);
		stage.close();
		assert.equal(brightness(stage), 80);
	}));
