// What a hasty finger must not do, and what must not reach another printer than the one that is shown. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultScreen, faultsScreen } from "../../ui/panel/screens/faults";
import { heaterScreen } from "../../ui/panel/screens/heater";
import { slotScreen } from "../../ui/panel/screens/slot";
import { faultyP1S, heating, idleH2D, printingP1S, stateOf } from "../golden/states";
import { BOTH, type TouchStage, withStage } from "./stage";

const REMOTE = {
	host: "192.168.1.50",
	link: "online",
	mode: "always_on",
	on: true,
	target: 45,
	chamber: 30,
	bedThreshold: 80,
	filterThreshold: 30,
	drying: {},
} as const;

/** Faster than a sheet goes. */
async function doubleTapAt(stage: TouchStage, x: number, y: number): Promise<void> {
	await stage.quickTapAt(x, y);
	await stage.quickTapAt(x, y);
	await stage.settle();
}

/** All over what is drawn as that text, since a thumb does not hit its middle. */
async function doubleTapAround(stage: TouchStage, wanted: RegExp, open: () => Promise<void>): Promise<void> {
	await open();
	const middle = stage.placeOf(wanted);
	await stage.panel.navigator.dismissAll();
	await stage.settle();
	for (const dx of [-24, 0, 24, 70]) {
		for (const dy of [-14, 0, 14]) {
			await open();
			await doubleTapAt(stage, middle.x + dx, middle.y + dy);
			stage.run(() => stage.panel.navigator.dismissAll());
			await stage.settle();
		}
	}
}

for (const size of BOTH) {
	describe(`A hasty finger, ${size}`, () => {
		it("does not turn the heater on or off by a second tap on the keypad's Set", () =>
			withStage(
				{
					size,
					state: stateOf([], { breath: heating({ on: false, mode: "always_on", heating: false }) }),
					hasHeater: true,
				},
				async (stage) => {
					await stage.tapIcon("heater");
					if (size === "small") await stage.drag(stage.width - 14, 120, stage.width - 14, 40);
					await doubleTapAround(stage, /^Set$/, () => stage.tap("Target"));
					const changes = stage.fake.asked("heater.change").map(([change]) => Object.keys(change as object));
					assert.ok(changes.length > 0, "the target was set");
					assert.deepEqual([...new Set(changes.flat())], ["target"]);
				},
			));

		it("touches nothing behind a question by a second tap on its answer", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				if (size === "small") await stage.drag(stage.width - 40, 90, 40, 90);
				await doubleTapAround(stage, /^Keep printing$/, () => stage.tap("Stop"));
				assert.deepEqual(stage.commands(), []);
			}));
	});

	it(`The heater goes off by one touch while something else is being said, ${size}`, () =>
		withStage({ size, state: stateOf([], { breath: heating() }), hasHeater: true }, async (stage) => {
			await stage.tapIcon("heater");
			const text = "The printer is printing. Pause the job first. ".repeat(2);
			stage.run(() => stage.panel.navigator.toasts.refused(text));
			await stage.settle();
			await stage.tap("Turn off");
			assert.deepEqual(stage.fake.asked("heater.change"), [[{ on: false }]]);
		}));

	it(`A heater on the network goes off by each touch, also while it has not answered, ${size}`, () =>
		withStage(
			{ size, state: stateOf([], { remoteBreath: REMOTE }), hasRemoteHeater: true },
			async (stage) => {
				stage.run(() => stage.panel.navigator.go(heaterScreen()));
				await stage.settle();
				stage.fake.hold("remoteHeater.change");
				await stage.tap("Turn off");
				await stage.tapAt(stage.width - 60, stage.height - (size === "large" ? 44 : 64));
				assert.deepEqual(stage.fake.asked("remoteHeater.change"), [[{ on: false }], [{ on: false }]]);
			},
		));

	it(`An off that a heater on the network has not confirmed is said as one to look after, ${size}`, () =>
		withStage(
			{ size, state: stateOf([], { remoteBreath: REMOTE }), hasRemoteHeater: true },
			async (stage) => {
				stage.run(() => stage.panel.navigator.go(heaterScreen()));
				await stage.settle();
				stage.fake.refuse("remoteHeater.change", "no_answer", "");
				await stage.tap("Turn off");
				stage.assertSees(/pull its plug/);
			},
		));

	describe(`The printer that is asked, ${size}`, () => {
		const both = () => stateOf([printingP1S({ job: { state: "idle" } }), idleH2D()]);

		it("is never another one than when a slot was opened: without it, the panel is at home", () =>
			withStage({ size, state: both() }, async (stage) => {
				await stage.tapIcon("filament");
				stage.run(() => stage.panel.navigator.go(slotScreen({ unit: 0, slot: 1 })));
				await stage.settle();
				stage.assertSees("Load");
				await stage.change(stateOf([idleH2D()]));
				await stage.settle();
				assert.equal(stage.screenId, "home");
				stage.assertSees("H2D");
			}));

		it("is not answered for a fault of another one", () =>
			withStage({ size, state: stateOf([faultyP1S(), idleH2D()]) }, async (stage) => {
				stage.run(() => stage.panel.navigator.go(faultsScreen()));
				await stage.change(stateOf([idleH2D()]));
				await stage.settle();
				assert.equal(stage.screenId, "home");
			}));

		it("leaves where it is what is about no printer", () =>
			withStage({ size, state: both() }, async (stage) => {
				await stage.tapIcon("more");
				await stage.change(stateOf([idleH2D()]));
				await stage.settle();
				assert.equal(stage.screenId, "more");
			}));
	});

	it(`A fault asks before the job goes on, as Home does, ${size}`, () =>
		withStage({ size, state: stateOf([faultyP1S()]) }, async (stage) => {
			const [first] = faultyP1S().faults;
			stage.run(() =>
				stage.panel.navigator.go(size === "large" ? faultsScreen() : faultScreen(first?.code ?? "")),
			);
			await stage.settle();
			await stage.tap("Resume");
			assert.deepEqual(stage.commands(), []);
			stage.assertSees(/Keep hands out/);
			await stage.tap(/^Resume$/);
			assert.deepEqual(stage.commands(), [{ command: "resume" }]);
		}));
}
