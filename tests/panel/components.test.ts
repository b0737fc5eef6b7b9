// What is touched, part by part: what a touch does, what it says, and what it does not do twice. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Column, type Content } from "piu/MC";
import { actionButton } from "../../ui/panel/components/action-button";
import { ask } from "../../ui/panel/components/ask";
import { button } from "../../ui/panel/components/button";
import { choose } from "../../ui/panel/components/choose";
import { keyboard } from "../../ui/panel/components/keyboard";
import { keypad, numberKeypad } from "../../ui/panel/components/keypad";
import { list } from "../../ui/panel/components/list";
import { listRow } from "../../ui/panel/components/list-row";
import { segments } from "../../ui/panel/components/segments";
import { slider } from "../../ui/panel/components/slider";
import { stepper } from "../../ui/panel/components/stepper";
import { switchRow } from "../../ui/panel/components/switch";
import { valueRow } from "../../ui/panel/components/value-row";
import { KitBase } from "../../ui/panel/kit";
import { idleH2D, printingP1S, stateOf } from "../golden/states";
import { middle } from "./drawn";
import { type Build, plainRoots } from "./plain-roots";
import { BOTH, type StageOptions, type TouchStage, withStage } from "./stage";

const DONE = { ok: true } as const;
const REFUSED = {
	ok: false,
	code: "busy",
	message: "The printer is busy. Try again when it is done.",
} as const;

for (const size of BOTH) {
	/** Over one printer, with these contents as home. */
	const withParts = (build: Build, work: (stage: TouchStage) => Promise<void>, options: StageOptions = {}) =>
		withStage({ size, state: stateOf([printingP1S()]), roots: plainRoots(build), ...options }, work);
	const withSheet = (open: (kit: KitBase) => void, work: (stage: TouchStage) => Promise<void>) =>
		withStage({ size, state: stateOf([printingP1S()]), roots: plainRoots() }, async (stage) => {
			stage.run(() => open(new KitBase(stage.panel.tools)));
			await stage.settle();
			await work(stage);
		});

	describe(`A button, ${size}`, () => {
		const sends: Build = (kit) =>
			column(
				button(kit, {
					left: 0,
					right: 0,
					label: "Send",
					onTap: () => kit.device.printers.command(kit.choice.id, { command: "pause" }),
					done: "It is paused.",
				}),
			);

		it("sends once for a double tap, is pending until the answer, and says that it was done", () =>
			withParts(sends, async (stage) => {
				const end = stage.fake.hold("printers.command");
				const { x, y } = stage.placeOf("Send");
				await stage.quickTapAt(x, y);
				await stage.quickTapAt(x, y);
				stage.assertSeesNot("Send", "It is paused.");
				assert.deepEqual(stage.commands(), [{ command: "pause" }]);
				await stage.pass(1000);
				stage.assertSees("Sending…");
				end(DONE);
				await stage.pass(100);
				stage.assertSees("Send", "It is paused.");
				stage.assertSeesNot("Sending…");
				await stage.pass(3000);
				stage.assertSeesNot("It is paused.");
				assert.equal(stage.commands().length, 1);
			}));

		it("says in words why its command was refused, and can be tapped again", () =>
			withParts(sends, async (stage) => {
				stage.fake.answer("printers.command", REFUSED);
				await stage.tap("Send");
				stage.assertSees(REFUSED.message, "Send");
				await stage.tap(REFUSED.message);
				stage.assertSeesNot(REFUSED.message);
				await stage.tap("Send");
				assert.equal(stage.commands().length, 2);
			}));

		it("says so in the panel's language, and also when that was changed meanwhile", () =>
			withParts(sends, async (stage) => {
				const end = stage.fake.hold("printers.command");
				await stage.quickTap("Send");
				await stage.prefer({ language: "de" });
				end({ ok: false, code: "timed_out", message: "The printer did not answer." });
				await stage.pass(200);
				stage.assertSees("Der Drucker hat nicht rechtzeitig geantwortet.");
			}));

		it("is silent after the panel was closed while its command was on its way", () =>
			withParts(sends, async (stage) => {
				const end = stage.fake.hold("printers.command");
				await stage.quickTap("Send");
				stage.close();
				end(REFUSED);
				await stage.pass(200);
			}));

		it("that cannot be used says why when it is touched, and does nothing", () => {
			let taps = 0;
			return withParts(
				(kit) =>
					column(
						button(kit, {
							left: 0,
							right: 0,
							label: "Move",
							refusal: "Not while it prints.",
							onTap: () => {
								taps++;
							},
						}),
					),
				async (stage) => {
					await stage.tap("Move");
					stage.assertSees("Not while it prints.");
					assert.equal(taps, 0);
				},
			);
		});

		it("does nothing when the finger leaves it before it is lifted", () =>
			withParts(sends, async (stage) => {
				const { x, y } = stage.placeOf("Send");
				await stage.drag(x, y, x, y + 150);
				assert.deepEqual(stage.calls(), []);
			}));
	});

	describe(`An action, ${size}`, () => {
		const action = {
			label: "Stop",
			enabled: true,
			why: "",
			command: { command: "stop", confirm: true },
		} as const;
		const question = {
			title: "Stop the job?",
			text: "It cannot be taken up again.",
			yes: "Stop the job",
			no: "Keep printing",
			isDangerous: true,
		};
		const stops: Build = (kit) =>
			column(actionButton(kit, { left: 0, right: 0, read: () => ({ ...action, question }) }));

		it("that cannot be undone asks once, and the safe answer sends nothing", () =>
			withParts(stops, async (stage) => {
				await stage.tap("Stop");
				stage.assertSees("Stop the job?", "It cannot be taken up again.", "Keep printing");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Keep printing");
				stage.assertSeesNot("Stop the job?");
				assert.deepEqual(stage.calls(), []);
			}));

		it("is sent once it was confirmed, to the printer that is shown", () =>
			withParts(stops, async (stage) => {
				await stage.tap("Stop");
				await stage.tap("Stop the job");
				stage.assertSeesNot("Stop the job?");
				assert.deepEqual(stage.fake.asked("printers.command"), [
					["01P00A000000001", { command: "stop", confirm: true }],
				]);
			}));

		it("is not confirmed by a double tap on what opened the question, wherever that lies", () =>
			withParts(stops, async (stage) => {
				await stage.quickTap("Stop");
				const yes = stage.text("Stop the job");
				await stage.quickTapAt(yes.x + 2, yes.y + 2);
				await stage.settle();
				stage.assertSees("Stop the job?");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Stop the job");
				assert.equal(stage.commands().length, 1);
			}));

		it("is sent once when the confirmation is tapped twice", () =>
			withParts(stops, async (stage) => {
				await stage.tap("Stop");
				const { x, y } = stage.placeOf("Stop the job");
				await stage.quickTapAt(x, y);
				await stage.quickTapAt(x, y);
				await stage.settle();
				assert.equal(stage.commands().length, 1);
			}));

		it("is dropped by a touch beside the question", () =>
			withParts(stops, async (stage) => {
				await stage.tap("Stop");
				await stage.tapAt(stage.width / 2, 10);
				stage.assertSeesNot("Stop the job?");
				assert.deepEqual(stage.calls(), []);
			}));

		it("was meant for the printer that was shown when it was asked for", () =>
			withParts(
				stops,
				async (stage) => {
					await stage.tap("Stop");
					stage.panel.tools.choice.choose("09400A000000002");
					await stage.settle();
					if (stage.sees("Stop the job?")) await stage.tap("Stop the job");
					const others = stage.fake.asked("printers.command").filter(([id]) => id !== "01P00A000000001");
					assert.deepEqual(others, []);
				},
				{ state: stateOf([printingP1S(), idleH2D()]) },
			));
	});

	describe(`A question, ${size}`, () => {
		it("has its safe answer at the right, nearest to the thumb, and under nothing else", () =>
			withSheet(
				(kit) => ask(kit, { title: "Sure?", yes: "Yes, do", no: "No, stay", onYes: () => undefined }),
				async (stage) => {
					assert.ok(stage.text("No, stay").x > stage.text("Yes, do").x);
				},
			));

		it("says how its command ended", () =>
			withSheet(
				(kit) => ask(kit, { title: "Sure?", yes: "Yes, do", onYes: async () => REFUSED }),
				async (stage) => {
					await stage.tap("Yes, do");
					stage.assertSees(REFUSED.message);
				},
			));
	});

	describe(`A list, ${size}`, () => {
		const numbers = Array.from({ length: 60 }, (_, index) => index);
		const withList = (
			onTap: (item: number | undefined) => undefined | Promise<typeof DONE>,
			work: (stage: TouchStage) => Promise<void>,
		) =>
			withParts(
				(kit) =>
					list(kit, {
						left: 0,
						right: 0,
						top: 0,
						bottom: 0,
						name: "numbers",
						items: () => numbers,
						row: (part) => listRow(part, { title: (item) => `Row ${item}`, onTap }),
					}),
				work,
			);

		it("gives a tap to the row under it", () => {
			const tapped: unknown[] = [];
			return withList(
				(item) => {
					tapped.push(item);
					return undefined;
				},
				async (stage) => {
					await stage.tap("Row 1");
					assert.deepEqual(tapped, [1]);
				},
			);
		});

		it("takes a drag for itself: it moves with the finger, and no row is tapped", () => {
			const tapped: unknown[] = [];
			return withList(
				(item) => {
					tapped.push(item);
					return undefined;
				},
				async (stage) => {
					const { x, y } = stage.placeOf("Row 2");
					await stage.drag(x, y, x, y - 60);
					assert.deepEqual(tapped, []);
					const moved = y - stage.placeOf("Row 2").y;
					assert.ok(moved > 40 && moved <= 60, `it moved by ${moved} px`);
				},
			);
		});

		it("goes on when it is thrown, comes to rest, and is caught by a touch that taps nothing", () => {
			const tapped: unknown[] = [];
			return withList(
				(item) => {
					tapped.push(item);
					return undefined;
				},
				async (stage) => {
					const x = stage.width / 2;
					let y = stage.height - 80;
					stage.began(x, y);
					for (let step = 0; step < 5; step++) {
						await stage.pass(20);
						y -= 20;
						stage.moved(x, y);
					}
					await stage.pass(20);
					stage.ended(x, y);
					const [before] = stage.texts().filter((text) => text.startsWith("Row"));
					await stage.pass(200);
					const [after] = stage.texts().filter((text) => text.startsWith("Row"));
					assert.notEqual(after, before, "it goes on");
					await stage.pass(6000);
					const rest = stage.texts();
					await stage.pass(500);
					assert.deepEqual(stage.texts(), rest);
					assert.deepEqual(tapped, []);
				},
			);
		});

		it("ends at its last row, and shows it whole", () =>
			withList(
				() => undefined,
				async (stage) => {
					for (let drags = 0; drags < 60 && !stage.sees(/^Row 59$/); drags++) {
						await stage.drag(stage.width / 2, stage.height - 60, stage.width / 2, 40);
					}
					await stage.drag(stage.width / 2, stage.height - 60, stage.width / 2, 40);
					const last = stage.text("Row 59");
					assert.equal(last.isClipped, false);
				},
			));

		it("has a row that sends only once for a double tap", () => {
			let sent = 0;
			return withList(
				() => {
					sent++;
					return new Promise<typeof DONE>(() => undefined);
				},
				async (stage) => {
					const { x, y } = stage.placeOf("Row 1");
					await stage.quickTapAt(x, y);
					await stage.quickTapAt(x, y);
					assert.equal(sent, 1);
				},
			);
		});
	});

	describe(`A keypad, ${size}`, () => {
		const withKeypad = (done: number[], work: (stage: TouchStage) => Promise<void>) =>
			withSheet(
				(kit) =>
					numberKeypad(kit, {
						title: "Bed",
						unit: "°C",
						value: 70,
						min: 20,
						max: 110,
						isZeroOff: true,
						presets: [{ label: "PLA 60", value: 60 }],
						onDone: (value) => void done.push(value),
					}),
				work,
			);

		it("begins with the value there is, and the first digit takes its place", () => {
			const done: number[] = [];
			return withKeypad(done, async (stage) => {
				stage.assertSees("Bed", "70", "°C");
				await stage.tap("9");
				await stage.tap("5");
				await stage.tap(/^Set$/);
				assert.deepEqual(done, [95]);
				stage.assertSeesNot("Bed");
			});
		});

		it("says what is too much and too little, and does not take it", () => {
			const done: number[] = [];
			return withKeypad(done, async (stage) => {
				for (const key of ["3", "0", "0"]) await stage.tap(key);
				assert.ok(
					stage.texts().some((text) => text.includes("110")),
					stage.texts().join(" | "),
				);
				await stage.tap(/^Set$/);
				assert.deepEqual(done, []);
				stage.assertSees("Bed");
				await stage.toastGone();
				await stage.tapIcon("backspace");
				await stage.tapIcon("backspace");
				assert.ok(
					stage.texts().some((text) => text.includes("20")),
					stage.texts().join(" | "),
				);
				await stage.tap(/^Set$/);
				assert.deepEqual(done, []);
			});
		});

		it("has off and presets, each of which is the answer", () => {
			const done: number[] = [];
			return withKeypad(done, async (stage) => {
				await stage.tap(size === "large" ? "PLA 60" : /^Off$/i);
				assert.deepEqual(done, [size === "large" ? 60 : 0]);
			});
		});

		it("does nothing when it is cancelled or touched beside", () => {
			const done: number[] = [];
			return withKeypad(done, async (stage) => {
				await stage.tap("5");
				await stage.tap("Cancel");
				stage.assertSeesNot("Bed");
				assert.deepEqual(done, []);
			});
		});

		it("takes an address with its dots", () => {
			const done: string[] = [];
			return withSheet(
				(kit) =>
					void keypad(kit, {
						title: "Address",
						kind: "address",
						text: "",
						onDone: (text) => void done.push(text),
					}),
				async (stage) => {
					for (const key of "10.0.0.7") await stage.tap(key === "0" ? /^0$/ : key === "." ? /^\.$/ : key);
					await stage.tap(/^Set$/);
					assert.deepEqual(done, ["10.0.0.7"]);
				},
			);
		});
	});

	describe(`A keyboard, ${size}`, () => {
		const withKeyboard = (
			options: Partial<Parameters<typeof keyboard>[1]>,
			work: (stage: TouchStage, done: string[]) => Promise<void>,
		) => {
			const done: string[] = [];
			return withSheet(
				(kit) =>
					void keyboard(kit, { title: "Name", text: "", onDone: (text) => void done.push(text), ...options }),
				(stage) => work(stage, done),
			);
		};

		it("types letters, a capital after shift only once, digits, symbols and accents", () =>
			withKeyboard({}, async (stage, done) => {
				await stage.tapIcon("shift");
				await stage.tap(/^H$/);
				await stage.tap(/^i$/);
				await stage.tap("123");
				await stage.tap(/^7$/);
				await stage.tap(/^\/$/);
				await stage.tap("äöü");
				await stage.tap(/^ß$/);
				stage.assertSees("Hi7/ß|");
				await stage.tapIcon("backspace");
				stage.assertSees("Hi7/|");
				await stage.tap(/^(Done|Enter|OK)$/);
				assert.deepEqual(done, ["Hi7/"]);
				stage.assertSeesNot("Name");
			}));

		it("shows a password as dots until the eye is touched", () =>
			withKeyboard({ masked: true }, async (stage) => {
				await type(stage, "ab");
				stage.assertSeesNot("ab|");
				await stage.tapIcon("show");
				stage.assertSees("ab|");
				await stage.tapIcon("hide");
				stage.assertSeesNot("ab|");
			}));

		it("says what is wrong and stays open; the cross closes it without an answer", () =>
			withKeyboard(
				{ check: (text) => (text.length < 3 ? "At least 3 characters." : undefined) },
				async (stage, done) => {
					await type(stage, "a");
					stage.assertSees("At least 3 characters.");
					await stage.tap(/^(Done|Enter|OK)$/);
					stage.assertSees("Name");
					await stage.tapAt(stage.width / 2, 2);
					assert.deepEqual(done, []);
					await stage.tapIcon("close");
					stage.assertSeesNot("Name");
					assert.deepEqual(done, []);
				},
			));

		it("takes the key on which the finger is lifted, not that on which it came down", () =>
			withKeyboard({}, async (stage) => {
				const from = stage.text(/^q$/);
				const to = stage.text(/^w$/);
				await stage.drag(from.x + 2, from.y + 4, to.x + 2, to.y + 4);
				stage.assertSees("w|");
			}));
	});

	describe(`Other inputs, ${size}`, () => {
		it("a choice takes a tap on a row and closes; what cannot be chosen says why", () => {
			const chosen: number[] = [];
			return withSheet(
				(kit) =>
					choose(kit, {
						title: "Speed",
						value: 2,
						choices: [
							{ value: 1, label: "Silent" },
							{ value: 2, label: "Standard" },
							{ value: 3, label: "Sport", refusal: "Not now." },
						],
						onChoose: (value) => void chosen.push(value),
					}),
				async (stage) => {
					await stage.tap("Sport");
					stage.assertSees("Not now.", "Speed");
					assert.deepEqual(chosen, []);
					await stage.toastGone();
					await stage.tap("Silent");
					assert.deepEqual(chosen, [1]);
					stage.assertSeesNot("Speed");
				},
			);
		});

		it("a slider sends once, where the finger is lifted, and goes back when it is refused", () =>
			withParts(
				(kit) =>
					column(
						slider(kit, {
							left: 0,
							right: 0,
							height: 66,
							label: "Part fan",
							value: () => 30,
							min: 0,
							max: 100,
							step: 10,
							format: (value) => `${value} %`,
							onSet: (percent) =>
								kit.device.printers.command(kit.choice.id, { command: "fan", fan: "part", percent }),
						}),
					),
				async (stage) => {
					stage.fake.answer("printers.command", REFUSED);
					const { x, y: top } = middle(stage.text("Part fan"));
					const target = stage.targetAt(x, top);
					assert.ok(target);
					const y = target.y + target.height - 15;
					await stage.drag(target.x + target.width * 0.3, y, target.x + target.width - 2, y);
					assert.deepEqual(stage.commands(), [{ command: "fan", fan: "part", percent: 100 }]);
					stage.assertSees("30 %", REFUSED.message);
				},
			));

		it("segments tell which was touched, and keep to what is in force", () => {
			const chosen: string[] = [];
			return withParts(
				(kit) =>
					column(
						segments(kit, {
							left: 0,
							right: 0,
							segments: [
								{ value: "a", label: "Alpha" },
								{ value: "b", label: "Beta" },
							],
							value: () => "a",
							onChoose: (value) => void chosen.push(value),
						}),
					),
				async (stage) => {
					await stage.tap("Beta");
					assert.deepEqual(chosen, ["b"]);
				},
			);
		});

		it("a stepper stays within its limits", () => {
			const set: number[] = [];
			let value = 9;
			return withParts(
				(kit) =>
					column(
						stepper(kit, {
							left: 0,
							right: 0,
							value: () => value,
							min: 0,
							max: 10,
							format: (minutes) => `${minutes} min`,
							onSet(next) {
								set.push(next);
								value = next;
								kit.refresh();
							},
						}),
					),
				async (stage) => {
					await stage.tapIcon("plus");
					stage.assertSees("10 min");
					await stage.tapIcon("plus");
					await stage.tapIcon("minus");
					assert.deepEqual(set, [10, 9]);
				},
			);
		});

		it("a switch asks for the other state once, and shows what is known until it is", () => {
			const asked: boolean[] = [];
			return withParts(
				(kit) =>
					column(
						switchRow(kit, {
							left: 0,
							right: 0,
							label: "Light",
							isOn: () => false,
							onSwitch(isOn) {
								asked.push(isOn);
								return new Promise(() => undefined);
							},
						}),
					),
				async (stage) => {
					await stage.tap("Light");
					await stage.tap("Light");
					assert.deepEqual(asked, [true]);
				},
			);
		});

		it("a row of a value opens what belongs to it, or says why not", () => {
			let opened = 0;
			let refusal = "";
			return withParts(
				(kit) =>
					column(
						valueRow(kit, {
							left: 0,
							right: 0,
							label: "Bed",
							value: "70",
							unit: "°C",
							refusal: () => refusal,
							onTap: () => {
								opened++;
							},
						}),
					),
				async (stage) => {
					await stage.tap("Bed");
					assert.equal(opened, 1);
					refusal = "It prints.";
					await stage.change(stateOf([printingP1S()]));
					await stage.tap("70");
					assert.equal(opened, 1);
					stage.assertSees("It prints.");
				},
			);
		});
	});
}

async function type(stage: TouchStage, text: string): Promise<void> {
	for (const key of text) await stage.tap(new RegExp(`^${key}$`));
}

function column(...contents: Content[]): Content {
	return new Column(null, { left: 0, right: 0, top: 0, contents });
}
