// Control: temperatures, fans, air, moving and speed ask for what they say. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { idleH2D, printingP1S, readOnlyP1S, stateOf } from "../golden/states";
import { meet } from "./drawn";
import { BOTH, type TouchStage, withStage } from "./stage";

type Part = "Temperature" | "Move" | "Extrude" | "Speed";

/** Tabs on the large panel, tiles on the small one. */
async function open(stage: TouchStage, part: Part): Promise<void> {
	await stage.tapIcon("control");
	if (stage.size === "large") {
		if (part !== "Temperature") await stage.tap(part === "Extrude" ? "Move" : part);
		return;
	}
	const icons = { Temperature: "thermometer", Move: "move", Extrude: "nozzle", Speed: "speed" } as const;
	await stage.tapIcon(icons[part]);
}

/** Scrolls until that can be read whole. */
async function find(stage: TouchStage, wanted: string): Promise<void> {
	const { x, y } = { x: stage.width / 2, y: stage.height * 0.6 };
	for (let drags = 0; drags < 20; drags++) {
		const text = stage.drawn().texts.find((each) => each.text === wanted && !each.isHidden);
		if (text && !text.isClipped) return;
		await stage.drag(x, y, x, y - 60);
	}
}

async function slide(stage: TouchStage, wanted: string, from: number, to: number): Promise<void> {
	await find(stage, wanted);
	const text = stage.text(wanted);
	const target = stage.drawn().targets.find(({ node }) => node === text.node);
	assert.ok(target, `${wanted} can be touched`);
	const reach = meet(target, target.reach);
	const y = reach.y + reach.height - 12;
	await stage.drag(reach.x + reach.width * from, y, reach.x + reach.width * to, y);
}

const idleP1S = () => printingP1S({ job: { state: "idle", speedLevel: 2 } });

for (const size of BOTH) {
	const idle = { size, state: stateOf([idleP1S()]) };

	describe(`Control, ${size}`, () => {
		it("sets a nozzle by its keypad, and refuses what it does not take in words", () =>
			withStage(idle, async (stage) => {
				await open(stage, "Temperature");
				await stage.tap("Nozzle");
				for (const key of ["9", "9", "9"]) await stage.tap(key);
				await stage.tap(/^Set$/);
				assert.deepEqual(stage.calls(), []);
				assert.ok(stage.texts().some((text) => text.includes("300")));
				for (const _ of "999") await stage.tapIcon("backspace");
				for (const key of ["2", "1", "0"]) await stage.tap(key);
				await stage.tap(/^Set$/);
				assert.deepEqual(stage.commands(), [{ command: "nozzle_temperature", target: 210 }]);
			}));

		it("turns the bed off by one touch more", () =>
			withStage(idle, async (stage) => {
				await open(stage, "Temperature");
				await find(stage, "Bed");
				await stage.tap("Bed");
				await stage.tap(/^Off$/);
				assert.deepEqual(stage.commands(), [{ command: "bed_temperature", target: 0 }]);
			}));

		it("says which of two nozzles is heated", () =>
			withStage({ size, state: stateOf([idleH2D()]) }, async (stage) => {
				await open(stage, "Temperature");
				await stage.tap("Left nozzle");
				for (const key of ["2", "0", "0"]) await stage.tap(key);
				await stage.tap(/^Set$/);
				assert.deepEqual(stage.commands(), [{ command: "nozzle_temperature", target: 200, nozzle: 1 }]);
			}));

		it("sets a fan where the finger is lifted, once", () =>
			withStage(idle, async (stage) => {
				await open(stage, "Temperature");
				await slide(stage, "Aux fan", 0.15, 0.98);
				assert.deepEqual(stage.commands(), [{ command: "fan", fan: "aux", percent: 100 }]);
			}));

		it("shows the old value again when the printer refuses the fan", () =>
			withStage(idle, async (stage) => {
				stage.fake.refuse("printers.command", "refused", "The printer said no.");
				await open(stage, "Temperature");
				await slide(stage, "Part fan", 0.8, 0.1);
				stage.assertSees("The printer said no.");
				await stage.toastGone();
				stage.assertSees("80%");
			}));

		it("leads the air where it is told", () =>
			withStage({ size, state: stateOf([idleH2D()]) }, async (stage) => {
				await open(stage, "Temperature");
				await find(stage, "Heating");
				await stage.tap("Heating");
				assert.deepEqual(stage.commands(), [{ command: "air_duct", mode: "heating" }]);
			}));

		it("moves by the chosen step, each way as its arrow says", () =>
			withStage(idle, async (stage) => {
				await open(stage, "Move");
				await stage.tapFirst("1 mm");
				for (const way of ["arrow-left", "arrow-right"] as const) await stage.tapIcon(way);
				await stage.tapFirst("10 mm");
				await stage.tap("Back");
				await stage.tap("Front");
				assert.deepEqual(stage.commands(), [
					{ command: "jog", axis: "x", distance: -1 },
					{ command: "jog", axis: "x", distance: 1 },
					{ command: "jog", axis: "y", distance: 10 },
					{ command: "jog", axis: "y", distance: -10 },
				]);
			}));

		it("names up and down by what moves: more room between nozzle and bed is more Z", () =>
			withStage(idle, async (stage) => {
				await open(stage, "Move");
				await stage.tap("Bed up");
				await stage.tap("Bed down");
				assert.deepEqual(stage.commands(), [
					{ command: "jog", axis: "z", distance: -10 },
					{ command: "jog", axis: "z", distance: 10 },
				]);
			}));

		it("homes", () =>
			withStage(idle, async (stage) => {
				await open(stage, "Move");
				await stage.tapIcon("home-axis");
				if (stage.panel.navigator.hasSheet) await stage.tap(/^Home/);
				assert.deepEqual(stage.commands(), [{ command: "home" }]);
			}));

		it("pushes and pulls filament by the chosen length when it is warm enough", () =>
			withStage(idle, async (stage) => {
				await open(stage, "Extrude");
				await stage.tap("50 mm");
				await stage.tap("Push out");
				await stage.tap("Pull back");
				assert.deepEqual(
					stage.commands().map((command) => command.command === "extrude" && command.distance),
					[50, -50],
				);
			}));

		it("says why nothing moves while it prints", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				await open(stage, "Move");
				await stage.tapIcon("arrow-left");
				stage.assertSees(/job is under way/);
				assert.deepEqual(stage.calls(), []);
			}));

		it("sets the speed of a job", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				await open(stage, "Speed");
				await stage.tap("Silent");
				assert.deepEqual(stage.commands(), [{ command: "speed", level: 1 }]);
			}));

		it("sends a speed once for two taps on it", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				await open(stage, "Speed");
				stage.fake.hold("printers.command");
				const { x, y } = stage.placeOf("Silent");
				await stage.quickTapAt(x, y);
				await stage.quickTapAt(x, y);
				assert.equal(stage.commands().length, 1);
			}));

		it("asks for nothing of a printer that can only be watched, and says why", () =>
			withStage({ size, state: stateOf([readOnlyP1S({ job: { state: "idle" } })]) }, async (stage) => {
				for (const part of ["Temperature", "Move", "Extrude", "Speed"] as const) {
					await open(stage, part);
					const { targets } = stage.drawn();
					const { head, rail, bottomBar } = stage.panel.tools.look.metrics;
					for (const { reach } of targets) {
						const isInside = reach.y >= head + 9 && reach.x >= rail && reach.y < stage.height - bottomBar;
						if (!isInside || reach.width > 700 || reach.height > 300) continue;
						await stage.quickTapAt(reach.x + reach.width / 2, reach.y + reach.height / 2);
					}
					await stage.toastGone();
					if (stage.size === "small" && stage.icons().includes("chevron-left"))
						await stage.tapIcon("chevron-left");
				}
				assert.deepEqual(stage.commands(), []);
			}));
	});
}
