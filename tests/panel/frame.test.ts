// What is around every screen: rail, head, switcher, badge, looks, sleep. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ask } from "../../ui/panel/components/ask";
import { button } from "../../ui/panel/components/button";
import { faultyP1S, idleH2D, printingP1S, staleP1S, stateOf, UPTIME_SECONDS } from "../golden/states";
import { filled, ownScreen, placeScreen, plainRoots } from "./plain-roots";
import { BOTH, withStage } from "./stage";

const roots = plainRoots();
const MINUTE_MS = 60_000;

for (const size of BOTH) {
	describe(`Around every screen, ${size}`, () => {
		it("leads to each section by its entry, and home again", () =>
			withStage({ size, roots }, async (stage) => {
				const entries =
					size === "large"
						? (["home", "control", "filament", "heater", "more"] as const)
						: (["home", "control", "filament", "more"] as const);
				for (const entry of entries) {
					await stage.tapIcon(entry);
					stage.assertSees(`Here is ${entry}`);
				}
				await stage.tapIcon("home");
				stage.assertSees("Here is home");
			}));

		it("goes back by the title of a screen, to where one came from", () =>
			withStage({ size, roots }, async (stage) => {
				await stage.tapIcon("more");
				stage.panel.navigator.go(placeScreen("about", "more"));
				await stage.settle();
				stage.assertSees("Here is about", "Title of about");
				await stage.tap("Title of about");
				stage.assertSees("Here is more");
				stage.panel.navigator.go(placeScreen("about", "more"));
				await stage.settle();
				await stage.tapIcon("chevron-left");
				stage.assertSees("Here is more");
			}));

		it("says the printer's name and that it is there, and switches to another by its name", () =>
			withStage({ size, roots, state: stateOf([printingP1S(), idleH2D()]) }, async (stage) => {
				stage.assertSees("P1S Workshop", "online");
				assert.deepEqual(stage.fake.attended, ["01P00A000000001"]);
				await stage.tap("P1S Workshop");
				stage.assertSees("Printers", "Printing, 63%");
				await stage.tap("H2D");
				stage.assertSeesNot("Printers", "P1S Workshop");
				stage.assertSees("H2D");
				assert.deepEqual(stage.fake.attended, ["09400A000000002"], "only the one that is shown is attended");
				assert.deepEqual(stage.calls(), [], "to look at another one asks for nothing");
			}));

		it("shows another printer when the shown one is forgotten", () =>
			withStage({ size, roots, state: stateOf([printingP1S(), idleH2D()]) }, async (stage) => {
				await stage.change(stateOf([idleH2D()]));
				stage.assertSees("H2D");
				assert.deepEqual(stage.fake.attended, ["09400A000000002"]);
			}));

		it("leads from the only printer's name to the printers", () =>
			withStage({ size, roots, state: stateOf([printingP1S()]) }, async (stage) => {
				await stage.tap("P1S Workshop");
				stage.assertSees("Here is printers");
			}));

		it("counts faults in a badge that leads to them, and has none without", () =>
			withStage({ size, roots, state: stateOf([faultyP1S()]) }, async (stage) => {
				stage.assertSees("3");
				await stage.tapIcon("warning");
				stage.assertSees("Here is faults");
				await stage.tapIcon("home");
				await stage.change(stateOf([printingP1S()]));
				assert.ok(!stage.icons().includes("warning"));
			}));

		it("leads from the sign of the network to the networks", () =>
			withStage({ size, roots, state: stateOf([printingP1S()]) }, async (stage) => {
				await stage.tapIcon("wifi-3");
				stage.assertSees("Here is wifi");
			}));

		it("shows the time of its zone, and none as long as it is unknown", () =>
			withStage({ size, roots, preferences: { utcOffsetMinutes: 60 } }, async (stage) => {
				stage.assertSees("15:32");
				await stage.pass(MINUTE_MS);
				stage.assertSees("15:33");
				stage.clock.setWallTime(undefined);
				await stage.pass(2000);
				stage.assertSeesNot(/^\d\d:\d\d$/);
			}));

		it("says within a moment that the link is lost, and how old what is shown is, counting up", () =>
			withStage({ size, roots, state: stateOf([printingP1S()]) }, async (stage) => {
				stage.assertSees("online");
				stage.fake.change(stateOf([staleP1S()]));
				await stage.pass(100);
				stage.assertSeesNot("online");
				stage.assertSees(size === "large" ? "What is shown is 40 s old." : "not answering");
				const later = stateOf([staleP1S()]);
				await stage.change({ ...later, device: { ...later.device, uptimeSeconds: UPTIME_SECONDS + 80 } });
				stage.assertSees(size === "large" ? "What is shown is 2 min old." : "not answering");
			}));

		it("marks a printer that can only be watched", () =>
			withStage({ size, roots, state: stateOf([printingP1S({ control: "read_only" })]) }, async (stage) => {
				stage.assertSees("read-only");
			}));

		it("is built anew in another language and another theme, on the same screen", () =>
			withStage({ size, roots, state: stateOf([printingP1S()]), isPainted: true }, async (stage) => {
				await stage.tapIcon("more");
				const before = stage.frame[stage.width * stage.height - 1];
				await stage.prefer({ language: "de", theme: "light" });
				stage.assertSees("Here is more");
				if (size === "large") stage.assertSees("Filament", "Mehr");
				assert.notEqual(
					stage.frame[stage.width * stage.height - 1],
					before,
					"the pixels are of the other theme",
				);
				await stage.prefer({ language: "zh" });
				stage.assertSees("Here is more", "P1S Workshop");
			}));

		it("closes an open question when the language changes, without an answer", () => {
			const answers: string[] = [];
			return withStage({ size, roots }, async (stage) => {
				const screen = ownScreen("asks", "more", (kit) =>
					filled(
						button(kit, {
							left: 0,
							right: 0,
							top: 0,
							label: "Ask me",
							onTap: () =>
								ask(kit, {
									title: "Really?",
									yes: "Yes, really",
									onYes: () => {
										answers.push("yes");
									},
								}),
						}),
					),
				);
				stage.panel.navigator.go(screen);
				await stage.settle();
				await stage.tap("Ask me");
				stage.assertSees("Really?", "Yes, really");
				await stage.prefer({ language: "de" });
				stage.assertSeesNot("Really?");
				stage.assertSees("Ask me");
				assert.deepEqual(answers, []);
				await stage.tap("Ask me");
				stage.assertSees("Abbrechen");
			});
		});

		it("is not pressed by a touch that began where another screen was", () => {
			let taps = 0;
			const home = plainRoots((kit) =>
				filled(
					button(kit, {
						left: 0,
						right: 0,
						top: 0,
						bottom: 0,
						label: "Press",
						onTap: () => {
							taps++;
						},
					}),
				),
			);
			return withStage({ size, roots: home }, async (stage) => {
				const [x, y] = [stage.width / 2, stage.height / 2];
				stage.began(x, y);
				await stage.pass(40);
				stage.panel.navigator.go(placeScreen("other", "more"));
				await stage.pass(40);
				stage.ended(x, y);
				await stage.settle();
				assert.equal(taps, 0);
				stage.assertSees("Here is other");
				stage.panel.navigator.home();
				await stage.pass(20);
				// It is on its way in, and can be touched all the same.
				await stage.quickTapAt(x, y);
				assert.equal(taps, 1);
			});
		});

		it("takes one finger at a time: a second one presses nothing", () => {
			const taps: string[] = [];
			const half = (label: string, place: object) => (kit: Parameters<typeof button>[0]) =>
				button(kit, {
					...place,
					height: 66,
					width: 120,
					label,
					onTap: () => {
						taps.push(label);
					},
				});
			const home = plainRoots((kit) =>
				filled(
					half("One", { left: 0, top: 0 })(kit as never),
					half("Two", { right: 0, top: 0 })(kit as never),
				),
			);
			return withStage({ size, roots: home }, async (stage) => {
				const one = stage.text("One");
				const two = stage.text("Two");
				stage.began(one.x, one.y, 0);
				await stage.pass(20);
				stage.began(two.x, two.y, 1);
				await stage.pass(20);
				stage.ended(two.x, two.y, 1);
				await stage.pass(20);
				stage.ended(one.x, one.y, 0);
				await stage.settle();
				assert.deepEqual(taps, ["One"]);
			});
		});

		it("tells the device of every touch, wherever it is", () =>
			withStage({ size, roots }, async (stage) => {
				await stage.tapAt(stage.width - 5, stage.height / 2);
				await stage.tapIcon("more");
				assert.equal(stage.fake.touches, 2);
			}));
	});

	describe(`Asleep, ${size}`, () => {
		const asleep = async (stage: Parameters<Parameters<typeof withStage>[1]>[0]) => {
			await stage.pass(10 * MINUTE_MS + 2000);
			stage.assertSees("Here is idle");
		};

		it("is dim after the set time without a touch, and the touch that wakes it presses nothing", () =>
			withStage({ size, roots }, async (stage) => {
				await stage.pass(9 * MINUTE_MS);
				stage.assertSeesNot("Here is idle");
				await stage.pass(MINUTE_MS + 2000);
				stage.assertSees("Here is idle");
				assert.deepEqual(stage.fake.asked("display.setBrightness"), [[10]]);
				const entry = stage.drawn().icons.find(({ icon }) => icon === "more");
				assert.ok(entry);
				await stage.tapAt(entry.x + 5, entry.y + 5);
				stage.assertSeesNot("Here is idle");
				stage.assertSees("Here is home");
				assert.deepEqual(stage.fake.asked("display.setBrightness"), [[10], [80]]);
				await stage.tapIcon("more");
				stage.assertSees("Here is more");
			}));

		it("stays awake while it is touched now and then", () =>
			withStage({ size, roots }, async (stage) => {
				for (let minute = 0; minute < 15; minute += 5) {
					await stage.pass(5 * MINUTE_MS);
					await stage.tapAt(stage.width - 5, stage.height / 2);
				}
				stage.assertSeesNot("Here is idle");
			}));

		it("never sleeps when sleep is off", () =>
			withStage({ size, roots, preferences: { sleepMinutes: 0 } }, async (stage) => {
				await stage.pass(60 * MINUTE_MS);
				stage.assertSeesNot("Here is idle");
			}));

		it("wakes when a print ends or a fault comes, unless it was told not to", () =>
			withStage({ size, roots, state: stateOf([printingP1S()]) }, async (stage) => {
				await asleep(stage);
				await stage.change(stateOf([printingP1S({ job: { state: "finished", percent: 100 } })]));
				stage.assertSeesNot("Here is idle");
				await asleep(stage);
				await stage.change(stateOf([faultyP1S()]));
				stage.assertSeesNot("Here is idle");
				stage.fake.prefer({ wakeOnPrint: false });
				await asleep(stage);
				await stage.change(stateOf([printingP1S()]));
				stage.assertSees("Here is idle");
			}));

		it("sleeps on while a print goes on", () =>
			withStage({ size, roots, state: stateOf([printingP1S()]) }, async (stage) => {
				await asleep(stage);
				await stage.change(stateOf([printingP1S({ job: { state: "printing", percent: 64 } })]));
				stage.assertSees("Here is idle");
			}));

		it("wakes into the other language when that was changed on the page meanwhile", () =>
			withStage({ size, roots }, async (stage) => {
				await asleep(stage);
				await stage.prefer({ language: "de" });
				await stage.tapAt(10, 10);
				stage.assertSees("Here is home");
			}));
	});
}
