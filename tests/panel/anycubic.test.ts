// A printer that tells of its files: listing, printing, deleting; and adding an Anycubic printer in both ways. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PICTURE_FILES } from "../golden/picture-files";
import { idleKobra3, printingKobra3, printingP1S, stateOf } from "../golden/states";
import { BOTH, type TouchStage, withStage } from "./stage";

const KOBRA = "0c1d2e3f405162738495a6b7c8d9eafb";
const DEVICE_ID = "ab".repeat(16);

async function openFiles(stage: TouchStage): Promise<void> {
	await stage.tapIcon("more");
	await stage.tapIcon("folder");
	assert.equal(stage.screenId, "files");
}

async function scrollTo(stage: TouchStage, wanted: string): Promise<void> {
	const y = Math.round(stage.height * 0.7);
	for (let drags = 0; drags < 20; drags++) {
		const text = stage.drawn().texts.find((each) => each.text === wanted && !each.isHidden);
		if (text && !text.isClipped) return;
		await stage.drag(stage.width - 14, y, stage.width - 14, y - 40);
	}
}

async function add(stage: TouchStage, maker: string): Promise<void> {
	await stage.tap("Add a printer");
	assert.equal(stage.screenId, "printer-maker");
	await stage.tap(maker);
}

for (const size of BOTH) {
	const kobra = { size, state: stateOf([idleKobra3()]), files: PICTURE_FILES };

	describe(`Files on a printer, ${size}`, () => {
		it("are reached from More where the printer tells of them, and nowhere else", async () => {
			await withStage(kobra, async (stage) => {
				await openFiles(stage);
				stage.assertSees("Bracket_PLA_0.2.gcode", "models");
				assert.deepEqual(stage.fake.asked("files.list"), [[KOBRA, "local", "/"]]);
			});
			await withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				await stage.tapIcon("more");
				stage.assertSeesNot("Files");
			});
		});

		it("come into More as soon as the printer has said what it can do", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				await stage.tapIcon("more");
				const { capabilities, ...others } = printingP1S();
				const filesIn = ["usb"] as const;
				await stage.change(stateOf([{ ...others, capabilities: { ...capabilities, filesIn } }]));
				await stage.tapIcon("folder");
				assert.deepEqual(stage.fake.asked("files.list"), [[others.id, "usb", "/"]]);
			}));

		it("are asked for in the other place and in folders, and back leads to where one was", () =>
			withStage(kobra, async (stage) => {
				await openFiles(stage);
				await stage.tap("USB stick");
				await stage.tap("models");
				assert.deepEqual(stage.fake.asked("files.list"), [
					[KOBRA, "local", "/"],
					[KOBRA, "usb", "/"],
					[KOBRA, "usb", "/models"],
				]);
				stage.assertSees("USB stick · models");
				await stage.tapIcon("chevron-left");
				assert.equal(stage.screenId, "files");
				assert.equal(stage.calls("files.list").length, 3, "what is known is not asked for again");
			}));

		it("say what the printer says when it has none, while it is asked, and when it refuses", () =>
			withStage({ ...kobra, files: [] }, async (stage) => {
				const end = stage.fake.hold("files.list");
				await openFiles(stage);
				stage.assertSees("Asking the printer…");
				end({ ok: false, code: "refused", message: "There is no stick in it." });
				await stage.settle();
				stage.assertSees("There is no stick in it.");
				stage.fake.answer("files.list", { ok: true, value: [] });
				await stage.tap("Try again");
				stage.assertSees("There is nothing here that can be printed.");
			}));

		it("do not come from a place that one has left meanwhile", () =>
			withStage(kobra, async (stage) => {
				const end = stage.fake.hold("files.list");
				await openFiles(stage);
				stage.fake.answer("files.list", { ok: true, value: [] });
				await stage.tap("USB stick");
				end({ ok: true, value: PICTURE_FILES });
				await stage.settle();
				stage.assertSeesNot("Bracket_PLA_0.2.gcode");
			}));

		it("are printed from their sheet, and lead home when the printer has begun", () =>
			withStage(kobra, async (stage) => {
				await openFiles(stage);
				await stage.tap("Bracket_PLA_0.2.gcode");
				stage.assertSees(/12\.4.MB/, "See that the bed is empty");
				const end = stage.fake.hold("printers.command");
				await stage.tap("Print");
				stage.assertSees("Being started…");
				await stage.tap("Bracket_PLA_0.2.gcode");
				assert.equal(stage.panel.navigator.hasSheet, false);
				assert.deepEqual(stage.fake.asked("printers.command"), [
					[KOBRA, { command: "start", place: "local", file: "Bracket_PLA_0.2.gcode" }],
				]);
				end({ ok: true });
				await stage.settle();
				assert.equal(stage.screenId, "home");
				stage.assertSees("Sent to the printer");
			}));

		it("are not printed by the second of two quick taps on a row", () =>
			withStage(kobra, async (stage) => {
				await openFiles(stage);
				await stage.tap("Bracket_PLA_0.2.gcode");
				const { x, y } = stage.placeOf("Print");
				await stage.tapAt(stage.width / 2, 8);
				const row = stage.placeOf("Bracket_PLA_0.2.gcode");
				await stage.quickTapAt(row.x, row.y);
				await stage.quickTapAt(x, y);
				await stage.settle();
				assert.deepEqual(stage.commands(), []);
			}));

		it("stay listed when the printer refuses to print one, which is said in words", () =>
			withStage(kobra, async (stage) => {
				await openFiles(stage);
				stage.fake.refuse("printers.command", "wrong_state", "The printer is busy.");
				await stage.tap("Bracket_PLA_0.2.gcode");
				await stage.tap("Print");
				stage.assertSees("The printer is busy.", "Bracket_PLA_0.2.gcode");
				assert.equal(stage.screenId, "files");
			}));

		it("are deleted after one question, and listed anew then", () =>
			withStage(kobra, async (stage) => {
				await openFiles(stage);
				await stage.tap("Bracket_PLA_0.2.gcode");
				await stage.tap("Delete");
				stage.assertSees("Delete “Bracket_PLA_0.2.gcode”?");
				await stage.tap("Cancel");
				assert.deepEqual(stage.commands(), []);
				await stage.tap("Bracket_PLA_0.2.gcode");
				await stage.tap("Delete");
				stage.fake.answer("files.list", { ok: true, value: PICTURE_FILES.slice(1) });
				await stage.tap(/^Delete$/);
				assert.deepEqual(stage.commands(), [
					{ command: "delete_file", place: "local", file: "Bracket_PLA_0.2.gcode", confirm: true },
				]);
				assert.equal(stage.calls("files.list").length, 2);
				stage.assertSeesNot("Bracket_PLA_0.2.gcode");
			}));

		it("cannot be printed while a job is under way, and their sheet says why", () =>
			withStage(
				{
					...kobra,
					state: stateOf([printingKobra3()]),
					refusal: (_id, { command }) =>
						command === "start"
							? { ok: false, code: "wrong_state", message: "A job is under way." }
							: undefined,
				},
				async (stage) => {
					await openFiles(stage);
					await stage.tap("Bracket_PLA_0.2.gcode");
					stage.assertSees("A job is under way.");
					await stage.tap("Print");
					assert.deepEqual(stage.commands(), []);
				},
			));
	});

	describe(`A printer that is neither moved nor loaded from here, ${size}`, () => {
		it("says so in words where it is touched, and is sent nothing", () =>
			withStage(kobra, async (stage) => {
				await stage.tapIcon("filament");
				await stage.tap("PETG");
				await stage.tap("Edit");
				stage.assertSees("on the printer’s own screen");
				await stage.tapIcon("control");
				await stage.tap("Move");
				await stage.tap("Left");
				stage.assertSees("This printer takes no commands to move.");
				assert.deepEqual(stage.commands(), []);
			}));

		it("dries in its ACE as hot as that gets", () =>
			withStage(kobra, async (stage) => {
				await stage.tapIcon("filament");
				await stage.tapIcon("dry");
				stage.assertSees("Dry in ACE A");
				await stage.tap("PETG");
				await stage.tap("Start drying");
				assert.deepEqual(stage.commands(), [
					{ command: "dry_start", unit: 0, material: "PETG", target: 55, hours: 12 },
				]);
			}));
	});

	describe(`Adding an Anycubic printer, ${size}`, () => {
		const empty = { size, state: stateOf() };

		it("in its LAN mode takes an address, shows its certificate to be compared, and adds it with that one", () =>
			withStage(empty, async (stage) => {
				const certificate = { commonName: "gkapi", sha256: "0123456789abcdef".repeat(4) };
				await add(stage, "Anycubic, LAN mode");
				stage.assertSees("Settings, Network");
				await stage.tap("Address");
				for (const key of "10.0.0.9") await stage.tap(new RegExp(`^${key === "." ? "\\." : key}$`));
				await stage.tap(/^Set$/);
				stage.fake.answer("printers.add", {
					ok: false,
					code: "untrusted_certificate",
					message: "Its certificate is its own.",
					certificate,
				});
				await scrollTo(stage, "Connect");
				await stage.tap("Connect");
				stage.assertSees("Its certificate is its own.");
				await scrollTo(stage, "Trust this certificate");
				await stage.tap("Trust this certificate");
				stage.assertSees("Certificate of gkapi", "0123 4567 89AB CDEF");
				stage.fake.answer("printers.add", { ok: true, value: { id: KOBRA } });
				await stage.tap("Trust this certificate");
				const lan = { vendor: "anycubic", way: "lan", host: "10.0.0.9" };
				assert.deepEqual(stage.fake.asked("printers.add"), [
					[lan],
					[{ ...lan, pinnedSha256: certificate.sha256 }],
				]);
				await stage.change(stateOf([idleKobra3()]));
				stage.assertSees("Connected to Kobra 3.");
			}));

		it("says what is to be switched on when it listens to the cloud alone", () =>
			withStage(empty, async (stage) => {
				await add(stage, "Anycubic, LAN mode");
				await stage.tap("Address");
				await stage.tap(/^9$/);
				await stage.tap(/^Set$/);
				stage.fake.refuse("printers.add", "lan_mode_off", "Switch on LAN mode: Settings, Network, LAN Mode.");
				await scrollTo(stage, "Connect");
				await stage.tap("Connect");
				stage.assertSees("Switch on LAN mode");
			}));

		it("at a broker lists those that are there, and adds the one that is touched", () =>
			withStage(empty, async (stage) => {
				const name = "Kobra 2 Max abab";
				const found = { vendor: "anycubic", way: "broker", serial: DEVICE_ID, host: "10.0.0.5", name };
				stage.fake.answer("printers.scan", { ok: true, value: [{ ...found, model: "Kobra 2 Max" }] });
				await add(stage, "Anycubic, own broker");
				stage.assertSees("The broker is set up on the page of this device");
				await stage.tap("Look at the broker");
				const end = stage.fake.hold("printers.add");
				await stage.tap(name);
				await stage.tap(name);
				stage.assertSees("Asking the printer who it is…");
				assert.deepEqual(stage.fake.asked("printers.add"), [
					[{ vendor: "anycubic", way: "broker", serial: DEVICE_ID }],
				]);
				end({ ok: true, value: { id: DEVICE_ID } });
				await stage.settle();
				const kobra = idleKobra3({ id: DEVICE_ID, serial: DEVICE_ID, name });
				await stage.change(stateOf([kobra]));
				stage.assertSees("set up already");
				await stage.tap("Done");
				assert.equal(stage.screenId, "home");
			}));

		it("at a broker says where the broker is set up when none is there", () =>
			withStage(empty, async (stage) => {
				await add(stage, "Anycubic, own broker");
				await stage.tap("Look at the broker");
				stage.assertSees("No printer tells of itself there.", "http://192.168.1.40");
			}));
	});
}
