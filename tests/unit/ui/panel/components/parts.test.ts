// Parts that screens are made of, as a finger finds them. Those that are tested with whole screens are not here.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Content } from "piu/MC";
import { button } from "../../../../../ui/panel/components/button";
import { keyboard } from "../../../../../ui/panel/components/keyboard";
import { numberKeypad } from "../../../../../ui/panel/components/keypad";
import { label } from "../../../../../ui/panel/components/label";
import { list } from "../../../../../ui/panel/components/list";
import { listRow } from "../../../../../ui/panel/components/list-row";
import { pages } from "../../../../../ui/panel/components/pages";
import { palette, paletteHeight } from "../../../../../ui/panel/components/palette";
import { openSheet } from "../../../../../ui/panel/components/sheet";
import { type Kit, KitBase } from "../../../../../ui/panel/kit";
import type { ModelInput } from "../../../../../ui/panel/screen";
import { faultyP1S, printingP1S, stateOf } from "../../../../golden/states";
import { filled, placeScreen, plainRoots } from "../../../../panel/plain-roots";
import { BOTH, type TouchStage, withStage } from "../../../../panel/stage";

const FRAME_MS = 34;
const whole = { left: 0, right: 0, top: 0, bottom: 0 };

for (const size of BOTH) {
	describe(`Pages, ${size}`, () => {
		const three = (kit: Kit<ModelInput>): Content =>
			pages(kit, {
				...whole,
				name: "pages",
				pages: ["One", "Two", "Three"].map((name) =>
					filled(
						label(kit, { left: 0, right: 0, top: 0, text: `Page ${name}` }),
						button(kit, {
							left: 0,
							right: 0,
							top: 40,
							label: `Tap ${name}`,
							onTap: () => kit.navigator.toasts.done(name),
						}),
					),
				),
			});
		const swipe = (stage: TouchStage, by: number) => {
			const x = stage.width / 2;
			const y = Math.round(stage.height * 0.7);
			return stage.drag(x - by / 2, y, x + by / 2, y);
		};

		it("turn by a swipe either way, and end at the first and the last", () =>
			withStage({ size, roots: plainRoots(three) }, async (stage) => {
				stage.assertSees("Page One");
				await swipe(stage, 120);
				stage.assertSees("Page One");
				await swipe(stage, -120);
				stage.assertSees("Page Two");
				stage.assertSeesNot("Page One");
				await swipe(stage, -120);
				await swipe(stage, -120);
				stage.assertSees("Page Three");
				await swipe(stage, 120);
				stage.assertSees("Page Two");
			}));

		it("do not turn by a drag up or down, nor by a short one", () =>
			withStage({ size, roots: plainRoots(three) }, async (stage) => {
				const x = stage.width / 2;
				await stage.drag(x, stage.height - 80, x - 30, 80);
				await swipe(stage, -8);
				stage.assertSees("Page One");
			}));

		it("press nothing when the swipe began on a button", () =>
			withStage({ size, roots: plainRoots(three) }, async (stage) => {
				const { x, y, width } = stage.text("Tap One");
				await stage.drag(x + width, y + 5, x + width - 100, y + 5);
				stage.assertSees("Page Two");
				assert.ok(!stage.texts().includes("One"), "the button was not tapped");
				await stage.tap("Tap Two");
				assert.ok(stage.texts().includes("Two"));
			}));

		it("turn by a touch on the dots, and stay where they were in another theme", () =>
			withStage({ size, roots: plainRoots(three) }, async (stage) => {
				const bottom = stage.height - stage.panel.tools.look.metrics.bottomBar;
				await stage.tapAt(stage.width - 20, bottom - stage.panel.tools.look.metrics.target + 2);
				stage.assertSees("Page Two");
				await stage.prefer({ theme: "light" });
				stage.assertSees("Page Two");
				await stage.tapAt(stage.width - stage.panel.tools.look.metrics.width + 100, bottom - 10);
				stage.assertSees("Page One");
			}));
	});

	describe(`A palette, ${size}`, () => {
		it("tells the colour that was touched, in whichever row, and nothing beside the last", () => {
			const colors = ["#FF0000", "#00FF00", "#0000FF", "#FFFFFF", "#000000"];
			const chosen: string[] = [];
			const home = (kit: Kit<ModelInput>) =>
				filled(
					palette(kit, {
						left: 0,
						width: 240,
						top: 0,
						colors,
						columns: 3,
						value: () => colors[0],
						onChoose: (color) => void chosen.push(color),
					}),
				);
			return withStage({ size, roots: plainRoots(home) }, async (stage) => {
				const { metrics } = stage.panel.tools.look;
				assert.equal(paletteHeight({ metrics }, 5, 3), 2 * metrics.target);
				for (let index = 0; index < 6; index++) {
					const x = metrics.rail + 40 + (index % 3) * 80;
					await stage.tapAt(x, metrics.head + Math.floor(index / 3) * metrics.target + metrics.target / 2);
				}
				assert.deepEqual(chosen, colors);
				assert.deepEqual(stage.icons().filter((icon) => icon === "check").length, 1);
			});
		});
	});

	describe(`A toast, ${size}`, () => {
		it("goes by itself when it was read, sooner when all went well, and the newest takes the place", () =>
			withStage({ size, roots: plainRoots() }, async (stage) => {
				const { toasts } = stage.panel.navigator;
				stage.run(() => toasts.refused("The door is open."));
				await stage.pass(3000);
				stage.assertSees("The door is open.");
				stage.run(() => toasts.done("Saved"));
				await stage.pass(100);
				stage.assertSees("Saved");
				stage.assertSeesNot("The door is open.");
				await stage.pass(2500);
				stage.assertSeesNot("Saved");
			}));

		it("goes by a touch, which presses nothing under it", () => {
			const taps: string[] = [];
			const home = (kit: Kit<ModelInput>) =>
				filled(button(kit, { ...whole, label: "Under it", onTap: () => void taps.push("tap") }));
			return withStage({ size, roots: plainRoots(home) }, async (stage) => {
				stage.run(() => stage.panel.navigator.toasts.refused("The door is open."));
				await stage.pass(100);
				await stage.tap("The door is open.");
				stage.assertSeesNot("The door is open.");
				assert.deepEqual(taps, []);
				await stage.tap("Under it");
				assert.deepEqual(taps, ["tap"]);
			});
		});

		it("shows two long sentences whole, within the screen", () =>
			withStage({ size, roots: plainRoots() }, async (stage) => {
				const text =
					"The printer did not answer within 15 seconds. Look whether it is switched on and in the same network as this panel.";
				stage.run(() => stage.panel.navigator.toasts.refused(text));
				await stage.pass(100);
				const drawn = stage.text(text);
				assert.ok(
					!drawn.isClipped && drawn.y > 0 && drawn.x + drawn.width <= stage.width,
					JSON.stringify({ ...drawn, node: 0 }),
				);
			}));
	});

	describe(`What moves, ${size}`, () => {
		it("can be tapped from its first frame on, where the finger came down", () => {
			const taps: string[] = [];
			const next = {
				...placeScreen("next", "home"),
				build: (kit: Kit<ModelInput>) =>
					filled(button(kit, { ...whole, label: "Early", onTap: () => void taps.push("early") })),
			};
			return withStage({ size, roots: plainRoots() }, async (stage) => {
				stage.run(() => stage.panel.navigator.go(next));
				await stage.pass(FRAME_MS);
				await stage.quickTapAt(stage.width / 2 + 60, stage.height / 2);
				assert.deepEqual(taps, ["early"]);
			});
		});

		it("a sheet lets nothing through to what is behind it while it rises", () => {
			const taps: string[] = [];
			const home = (kit: Kit<ModelInput>) =>
				filled(button(kit, { ...whole, label: "Behind", onTap: () => void taps.push("behind") }));
			return withStage({ size, roots: plainRoots(home) }, async (stage) => {
				const kit = new KitBase(stage.panel.tools);
				stage.run(() =>
					openSheet(kit, {
						isModal: true,
						contents: [label(kit.part<undefined>(), { left: 0, right: 0, height: 60, text: "Sheet" })],
					}),
				);
				await stage.pass(FRAME_MS);
				for (const share of [0.3, 0.6, 0.9]) await stage.quickTapAt(stage.width / 2, stage.height * share);
				assert.deepEqual(taps, []);
				stage.assertSees("Sheet");
			});
		});

		it("what is left under the finger by going elsewhere is not tapped when it is lifted", () => {
			const taps: string[] = [];
			const home = (kit: Kit<ModelInput>) =>
				filled(button(kit, { ...whole, label: "Left", onTap: () => void taps.push("left") }));
			return withStage({ size, roots: plainRoots(home) }, async (stage) => {
				stage.began(stage.width / 2 + 40, stage.height / 2);
				await stage.pass(40);
				stage.run(() => stage.panel.navigator.go(placeScreen("next", "home")));
				await stage.pass(40);
				stage.ended(stage.width / 2 + 40, stage.height / 2);
				await stage.settle();
				assert.deepEqual(taps, []);
				stage.assertSees("Here is next");
			});
		});
	});

	describe(`A keypad for numbers below zero, ${size}`, () => {
		it("has a sign, which alone is no number", () => {
			const done: number[] = [];
			return withStage({ size, roots: plainRoots() }, async (stage) => {
				const kit = new KitBase(stage.panel.tools);
				const { words } = stage.panel.tools;
				const ask = (decimals: number) => {
					const onDone = (value: number) => void done.push(value);
					stage.run(() =>
						numberKeypad(kit, { title: "Offset", value: undefined, min: -20, max: 20, decimals, onDone }),
					);
					return stage.settle();
				};
				await ask(0);
				await stage.tap("−");
				await stage.tap(words.keypad.enter);
				assert.deepEqual(done, [], "a sign alone is refused");
				await stage.tap("5");
				await stage.tap(words.keypad.enter);
				assert.deepEqual(done, [-5]);
				await ask(1);
				for (const key of ["1", ".", "5", "−"]) await stage.tap(key);
				await stage.tap(words.keypad.enter);
				assert.deepEqual(done, [-5, -1.5]);
			});
		});
	});

	describe(`A long list, ${size}`, () => {
		const COUNT = 50;
		const rowsOf = (built: { count: number }) => (kit: Kit<ModelInput>) =>
			list<ModelInput, string>(kit, {
				...whole,
				name: "rows",
				above: [label(kit, { left: 0, right: 0, text: "Above" })],
				items: ({ state }) => NAMES.slice(0, state.device.uptimeSeconds),
				row(part) {
					built.count++;
					return listRow(part, { title: (item) => item, onTap() {} });
				},
			});
		const NAMES = Array.from({ length: COUNT }, (_, index) => `Row ${index + 1}`);
		const stateWith = (count: number) =>
			stateOf([], { device: { name: "Culm", firmware: "", hostname: "", uptimeSeconds: count } });
		const scrollDown = (stage: TouchStage) =>
			stage.drag(stage.width / 2, stage.height - 60, stage.width / 2, 40);

		it("makes its rows when they come near, and has all of them at its end", () => {
			const built = { count: 0 };
			return withStage({ size, roots: plainRoots(rowsOf(built)), state: stateWith(COUNT) }, async (stage) => {
				assert.ok(built.count < COUNT / 2, `${built.count} rows were made at first`);
				for (let turn = 0; turn < 30 && !stage.sees(`Row ${COUNT}`); turn++) await scrollDown(stage);
				stage.assertSees(`Row ${COUNT}`);
				assert.equal(built.count, COUNT);
				await scrollDown(stage);
				const last = stage.text(`Row ${COUNT}`);
				assert.ok(!last.isClipped);
			});
		});

		it("has the length of all its rows from the beginning: what one scrolled to is there after a rebuild", () => {
			const built = { count: 0 };
			return withStage({ size, roots: plainRoots(rowsOf(built)), state: stateWith(COUNT) }, async (stage) => {
				for (let turn = 0; turn < 3; turn++) await scrollDown(stage);
				const before = stage.texts().filter((text) => text.startsWith("Row"));
				await stage.prefer({ theme: "light" });
				assert.deepEqual(
					stage.texts().filter((text) => text.startsWith("Row")),
					before,
				);
			});
		});

		it("follows when it gets shorter and longer, and makes no row twice", () => {
			const built = { count: 0 };
			return withStage({ size, roots: plainRoots(rowsOf(built)), state: stateWith(COUNT) }, async (stage) => {
				const made = built.count;
				await stage.change(stateWith(2));
				stage.assertSees("Row 2");
				stage.assertSeesNot("Row 3");
				await stage.change(stateWith(COUNT));
				stage.assertSees("Row 3");
				assert.equal(built.count, made);
			});
		});

		it("costs no more commands a frame than what is seen of it", async () => {
			const costs: number[] = [];
			for (const count of [12, COUNT]) {
				let most = 0;
				const onFrame = (_: unknown, { commands }: { commands: number }) => {
					most = Math.max(most, commands);
				};
				const options = { size, roots: plainRoots(rowsOf({ count: 0 })), state: stateWith(count), onFrame };
				await withStage(options, async (stage) => {
					most = 0;
					await stage.drag(stage.width / 2, stage.height - 60, stage.width / 2, stage.height - 120);
				});
				costs.push(most);
			}
			assert.ok((costs[1] ?? 0) <= (costs[0] ?? 0) + 3, costs.join(" and "));
		});
	});

	describe(`What a thumb needs, ${size}`, () => {
		it("has it in the head: each entry is as wide as a target, and as high where the screen has nothing", () =>
			withStage(
				{ size, roots: plainRoots(), state: stateOf([faultyP1S(), printingP1S()]) },
				async (stage) => {
					const { metrics } = stage.panel.tools.look;
					const y = metrics.target - 2;
					await stage.tapAt(stage.width - metrics.target + 2, y);
					stage.assertSees("Here is wifi");
					await stage.tapAt(metrics.rail + metrics.target - 2, y);
					stage.assertSeesNot("Here is wifi");
					await stage.tapIcon("home");
					await stage.tapAt(metrics.rail + metrics.target - 2, y);
					assert.equal(stage.panel.navigator.hasSheet, true);
				},
			));

		it("takes touches a little below the head for the head, whatever the screen has there", () => {
			const taps: string[] = [];
			const home = (kit: Kit<ModelInput>) =>
				filled(button(kit, { ...whole, label: "Whole", onTap: () => void taps.push("screen") }));
			return withStage({ size, roots: plainRoots(home) }, async (stage) => {
				const { head } = stage.panel.tools.look.metrics;
				await stage.tapAt(stage.width - 10, head + 4);
				stage.assertSees("Here is wifi");
				await stage.tapIcon("home");
				await stage.tapAt(stage.width - 10, head + 12);
				assert.deepEqual(taps, ["screen"]);
			});
		});

		it("has it on the keyboard: a tenth of the panel for each key, and no dead place beside a short row", () =>
			withStage({ size, roots: plainRoots() }, async (stage) => {
				const kit = new KitBase(stage.panel.tools);
				const typed: string[] = [];
				stage.run(() => keyboard(kit, { title: "Name", text: "", onDone: (text) => void typed.push(text) }));
				await stage.settle();
				const q = stage.text("q");
				const w = stage.text("w");
				assert.ok(Math.abs(w.x + w.width / 2 - q.x - q.width / 2 - stage.width / 10) < 1);
				const a = stage.text("a");
				await stage.tapAt(2, a.y + 4);
				await stage.tapAt(stage.width - 2, a.y + 4);
				await stage.tap(stage.panel.tools.words.keyboard.enter);
				assert.deepEqual(typed, ["al"]);
			}));
	});
}
