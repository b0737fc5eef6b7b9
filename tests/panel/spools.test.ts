// Spools: choosing, creating, unlinking, settling a difference, what waits, a tag that was read, the setup. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SpoolSlot, SpoolsState } from "../../ui/panel/device";
import { filamentScreen } from "../../ui/panel/screens/filament";
import { spoolScreen } from "../../ui/panel/screens/spool";
import { PICTURE_SPOOLS } from "../golden/picture-spools";
import { heating, heldTag, printingP1S, shortSpools, spoolsOfP1S, stateOf } from "../golden/states";
import { BOTH, type TouchStage, withStage } from "./stage";

const printerId = "01P00A000000001";

async function openSpool(stage: TouchStage, tray: number): Promise<void> {
	stage.run(() => stage.panel.navigator.go(spoolScreen({ printerId, tray })));
	await stage.settle();
	stage.forget();
}

function inSlot(changes: Partial<SpoolSlot>): SpoolsState {
	const spools = spoolsOfP1S();
	return {
		...spools,
		slots: spools.slots.map((slot) => (slot.tray === 0 ? { ...slot, ...changes } : slot)),
	};
}

for (const size of BOTH) {
	const device = (spools: SpoolsState) => ({
		size,
		state: stateOf([printingP1S()], { spools }),
		hasSpools: true,
		spools: PICTURE_SPOOLS,
	});

	describe(`Spools, ${size}`, () => {
		it("leads from More to a slot's spool, and says what is left", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await stage.tapIcon("more");
				await stage.tap("Spools");
				stage.assertSees("Connected", "640", "New tag");
				await stage.tap(/^A1 · /);
				assert.equal(stage.screenId, "spool");
				stage.assertSees(/640.g of 1.00.kg left/);
			}));

		it("leads from a slot of the printer to its spool", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				stage.run(() => stage.panel.navigator.go(filamentScreen()));
				await stage.settle();
				await stage.tap("PETG");
				const icons = stage.drawn().icons.filter(({ icon, isHidden, x, y }) => {
					return icon === "filament" && !isHidden && y < stage.height - 40 && x > 100;
				});
				const [button] = icons;
				assert.ok(button);
				await stage.tapAt(button.x + button.width / 2, button.y + button.height / 2);
				assert.equal(stage.screenId, "spool");
				stage.assertSees("PETG HF Orange");
			}));

		it("offers the spools of the slot's material, twenty at a time, and links the one that is touched", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await openSpool(stage, 1);
				await stage.tap("Choose a spool");
				assert.deepEqual(stage.fake.asked("spools.list"), [[{ offset: 0, limit: 20, search: "PLA" }]]);
				const end = stage.fake.hold("spools.act");
				await stage.tap(/Galaxy Black/);
				await stage.tap(/Galaxy Black/);
				assert.deepEqual(stage.fake.asked("spools.act"), [
					[{ action: "link", printerId, tray: 1, spoolId: 31 }],
				]);
				end({ ok: true });
				await stage.settle();
				assert.equal(stage.screenId, "spool");
				stage.assertSees("Linked");
			}));

		it("asks for the next twenty by More, and for all materials by All", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await openSpool(stage, 1);
				await stage.tap("Choose a spool");
				const x = stage.width - 20;
				const y = Math.round(stage.height * 0.75);
				for (let drags = 0; drags < 60; drags++) {
					const text = stage.drawn().texts.find(({ text }) => text === "20 of 21 are shown");
					if (text && !text.isHidden && !text.isClipped) break;
					await stage.drag(x, y, x, y - 60);
				}
				await stage.tap("20 of 21 are shown");
				assert.deepEqual(stage.fake.asked("spools.list").at(-1), [{ offset: 20, limit: 20, search: "PLA" }]);
				await stage.tap("All");
				assert.deepEqual(stage.fake.asked("spools.list").at(-1), [{ offset: 0, limit: 20 }]);
			}));

		it("does not choose a spool that is in another slot, and says which", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await openSpool(stage, 1);
				await stage.tap("Choose a spool");
				if (size === "small") await stage.drag(300, 180, 300, 100);
				await stage.tap(/Matte Charcoal/);
				stage.assertSees("It is in A3 already.");
				assert.deepEqual(stage.calls("spools.act"), []);
			}));

		it("says why Spoolman does not list anything, and asks again", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				stage.fake.refuse("spools.list", "unreachable", "Nothing answers.");
				await openSpool(stage, 1);
				await stage.tap("Choose a spool");
				stage.assertSees("Nothing answers.");
				await stage.tap("Try again");
				assert.equal(stage.calls("spools.list").length, 2);
			}));

		it("creates a spool from a tag by one touch, and says a refusal in words", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await openSpool(stage, 1);
				stage.fake.refuse("spools.act", "refused", "Spoolman wants an API key.");
				await stage.tap("Create from its tag");
				stage.assertSees("Spoolman wants an API key.");
				assert.deepEqual(stage.fake.asked("spools.act"), [[{ action: "create", printerId, tray: 1 }]]);
			}));

		it("unlinks after one question, and not when that is answered with no", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await openSpool(stage, 0);
				await stage.tap("Unlink");
				await stage.tap("Cancel");
				assert.deepEqual(stage.calls("spools.act"), []);
				await stage.tap("Unlink");
				await stage.tap(/^Unlink$/);
				assert.deepEqual(stage.fake.asked("spools.act"), [[{ action: "unlink", printerId, tray: 0 }]]);
			}));

		it("settles a difference by the weight that is touched", () =>
			withStage(device(inSlot({ printerPercent: 47 })), async (stage) => {
				await openSpool(stage, 0);
				await stage.tap("Settle the weight");
				await stage.tap("The printer: 47%");
				assert.deepEqual(stage.fake.asked("spools.act"), [
					[{ action: "resync", printerId, tray: 0, by: "printer" }],
				]);
			}));

		it("discards what waits after one question, and asks Spoolman anew at once", () =>
			withStage(device(shortSpools()), async (stage) => {
				await stage.tapIcon("more");
				await stage.tap("Spools");
				stage.assertSees(/12.g waiting/);
				await stage.tap("Spoolman");
				await stage.tap("Try again");
				await stage.tap("Discard what waits");
				assert.deepEqual(stage.fake.asked("spools.act"), [[{ action: "retry" }]]);
				await stage.tap(/^Discard$/);
				assert.deepEqual(stage.fake.asked("spools.act"), [[{ action: "retry" }], [{ action: "discard" }]]);
			}));

		it("says on Home that the job needs more than is left, and leads to that spool", () =>
			withStage(device(shortSpools()), async (stage) => {
				await stage.tap(/A1: 43.g needed, 30.g left/);
				assert.equal(stage.screenId, "spool");
				await stage.change(stateOf([printingP1S()], { spools: spoolsOfP1S() }));
				stage.run(() => stage.panel.navigator.home());
				await stage.settle();
				stage.assertSeesNot(/needed/);
			}));
	});

	describe(`A tag that was read, ${size}`, () => {
		const withTag = stateOf([printingP1S()], { spools: spoolsOfP1S(), filamentTag: heldTag() });

		it("asks which slot it is in, and tells that slot's printer", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await stage.change(withTag);
				await stage.settle();
				stage.assertSees("Prusament PLA Silk, Red: which slot?");
				await stage.tap(/^A2$/);
				assert.deepEqual(stage.fake.asked("filamentTag.give"), [[printerId, 1]]);
				stage.assertSees("Sent to A2");
				assert.equal(stage.panel.navigator.hasSheet, false);
			}));

		it("is not asked about again once somebody has closed it, but the next one is", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				await stage.change(withTag);
				await stage.settle();
				await stage.tapAt(stage.width / 2, 8);
				await stage.pass(3_000);
				assert.equal(stage.panel.navigator.hasSheet, false);
				assert.deepEqual(stage.calls("filamentTag.drop"), []);
				await stage.change({ ...withTag, filamentTag: { ...heldTag(), readAtSeconds: 20_000 } });
				await stage.settle();
				stage.assertSees("which slot?");
			}));

		it("waits until a question is answered, and gives way to a fault of the heater", () =>
			withStage({ ...device(spoolsOfP1S()), hasHeater: false }, async (stage) => {
				await openSpool(stage, 0);
				await stage.tap("Unlink");
				await stage.change(withTag);
				await stage.settle();
				stage.assertSeesNot("which slot?");
				await stage.tap("Cancel");
				await stage.pass(1_500);
				stage.assertSees("which slot?");
				const fault = {
					code: "element_overheat",
					text: "The heating element was too hot",
					latched: true,
				} as const;
				const breath = heating({
					on: false,
					heating: false,
					fault: { ...fault, help: "Look at it." } as never,
				});
				await stage.change({ ...withTag, breath });
				await stage.settle();
				stage.assertSeesNot("which slot?");
				await stage.change(withTag);
				await stage.pass(1_500);
				stage.assertSees("which slot?");
			}));

		it("goes when somebody else has said it, and wakes a panel that sleeps", () =>
			withStage(
				{ ...device(spoolsOfP1S()), preferences: { sleepMinutes: 1, wakeOnPrint: false } },
				async (stage) => {
					await stage.pass(62_000);
					await stage.change(withTag);
					await stage.pass(1_500);
					stage.assertSees("which slot?");
					await stage.change(stateOf([printingP1S()], { spools: spoolsOfP1S() }));
					await stage.settle();
					assert.equal(stage.panel.navigator.hasSheet, false);
				},
			));

		it("that cannot be read says why", () =>
			withStage(device(spoolsOfP1S()), async (stage) => {
				const filamentTagError = {
					code: "unreadable",
					message: "Hold it longer.",
					readAtSeconds: 7,
				} as const;
				await stage.change(stateOf([printingP1S()], { spools: spoolsOfP1S(), filamentTagError }));
				await stage.pass(1_100);
				stage.assertSees("Hold it longer.");
			}));
	});

	it(`Settings take Spoolman's address, its key unseen, and what counts, ${size}`, () =>
		withStage(device(spoolsOfP1S()), async (stage) => {
			await stage.tapIcon("more");
			await stage.tap("Spools");
			await stage.tap("Spoolman");
			await stage.tap(/^Address$/).catch(async () => {
				await stage.drag(stage.width - 14, 160, stage.width - 14, 100);
				await stage.tap(/^Address$/);
			});
			await stage.tap("a");
			await stage.tap("Done");
			assert.deepEqual(stage.fake.asked("spools.setSetup"), [[{ url: "http://192.168.1.20:7912a" }]]);
			stage.fake.refuse("spools.setSetup", "bad_field", "no address");
			await stage.tap(/^Address$/);
			await stage.tap("Done");
			stage.assertSees("Enter an address such as http://192.168.1.20:7912.");
		}));
}
