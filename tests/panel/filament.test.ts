// Filament: units and slots, loading, editing, drying ask for what they say. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { idleH2D, printingP1S, stateOf } from "../golden/states";
import { BOTH, type TouchStage, withStage } from "./stage";

const idleP1S = () => printingP1S({ job: { state: "idle" } });

async function openSlot(stage: TouchStage, slot: string): Promise<void> {
	await stage.tapIcon("filament");
	await find(stage, slot);
	await stage.tap(slot);
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

for (const size of BOTH) {
	const idle = { size, state: stateOf([idleP1S()]) };

	describe(`Filament, ${size}`, () => {
		it("shows each spool with what is left, and how damp a unit is", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				await stage.tapIcon("filament");
				stage.assertSees("in use", "PETG", "28%");
				await find(stage, "A4");
				stage.assertSees("A4", "empty");
			}));

		it("loads a spool after a question, from that slot", () =>
			withStage(idle, async (stage) => {
				await openSlot(stage, "A2");
				await stage.tap("Load");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Cancel");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Load");
				await stage.tap(/^Load$/);
				assert.deepEqual(stage.commands(), [{ command: "load", spool: { unit: 0, slot: 1 } }]);
			}));

		it("unloads after a question, which the firmware is told of", () =>
			withStage(idle, async (stage) => {
				await openSlot(stage, "PETG");
				await stage.tap("Unload");
				await stage.tap(/^Unload$/);
				assert.deepEqual(stage.commands(), [{ command: "unload", confirm: true }]);
			}));

		it("reads a tag again", () =>
			withStage(idle, async (stage) => {
				await openSlot(stage, "A2");
				await stage.tapIcon("refresh");
				assert.deepEqual(stage.commands(), [{ command: "read_tag", spool: { unit: 0, slot: 1 } }]);
			}));

		it("says why nothing is loaded while it prints", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				await openSlot(stage, "A2");
				await stage.tap("Load");
				stage.assertSees(/printing/);
				assert.deepEqual(stage.calls(), []);
			}));

		it("says what a spool is by material, colour and temperatures, and goes back when that is done", () =>
			withStage({ size, state: stateOf([idleH2D()]) }, async (stage) => {
				await stage.tapIcon("filament");
				await find(stage, "TPU");
				await stage.tap("TPU");
				await stage.tapIcon("edit");
				assert.equal(stage.screenId, "filament-edit");
				await stage.tap("Material");
				await stage.tap("PETG");
				await stage.tap("Save");
				const [command] = stage.commands();
				assert.ok(command?.command === "filament_setting");
				assert.equal(command.spool, "external_left");
				assert.equal(command.material, "PETG");
				assert.match(command.filamentId, /^GF/);
				assert.match(command.color, /^[0-9A-F]{6}([0-9A-F]{2})?$/);
				assert.ok(command.nozzleMin < command.nozzleMax);
				assert.equal(stage.screenId, "slot");
			}));

		it("stays with what was chosen when the printer refuses it", () =>
			withStage({ size, state: stateOf([idleH2D()]) }, async (stage) => {
				stage.fake.refuse("printers.command", "refused", "The printer said no.");
				await stage.tapIcon("filament");
				await find(stage, "TPU");
				await stage.tap("TPU");
				await stage.tapIcon("edit");
				await stage.tap("Material");
				await stage.tap("ABS");
				await stage.prefer({ theme: "light" });
				await stage.tap("Save");
				stage.assertSees("The printer said no.", "ABS");
				assert.equal(stage.screenId, "filament-edit");
			}));

		it("dries in a unit that can, for the hours and at the heat that are said, after a question", () =>
			withStage({ size, state: stateOf([idleH2D()]) }, async (stage) => {
				await stage.tapIcon("filament");
				await find(stage, "HT-A");
				const head = stage.text("AMS HT A");
				await stage.tapAt(head.x + 10, head.y + 5);
				assert.equal(stage.screenId, "drying");
				await find(stage, "PETG");
				await stage.tap("PETG");
				await stage.tap("Start drying");
				if (stage.panel.navigator.hasSheet) await stage.tap(/^(Start drying|Dry)$/);
				const [command] = stage.commands();
				assert.ok(command?.command === "dry_start");
				assert.equal(command.unit, 128);
				assert.equal(command.target, 65);
				assert.equal(command.hours, 12);
			}));

		it("stops drying after a question", () =>
			withStage({ size, state: stateOf([idleH2D()]) }, async (stage) => {
				await stage.tapIcon("filament");
				const head = stage.text("AMS 2 Pro A");
				await stage.tapAt(head.x + 10, head.y + 5);
				await stage.tap("Stop drying");
				await stage.tap("Keep drying");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Stop drying");
				await stage.tap(/^Stop drying$/);
				assert.deepEqual(stage.commands(), [{ command: "dry_stop", unit: 0 }]);
			}));
	});
}
