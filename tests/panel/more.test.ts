// More: printers, adding one, networks, settings, history, faults, camera ask for what they say. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FinishedJob } from "../../ui/panel/device";
import type { IconName } from "../../ui/panel/look/icon-names";
import { faultyP1S, idleH2D, printingP1S, stateOf } from "../golden/states";
import { BOTH, type TouchStage, withStage } from "./stage";

const P1S = "01P00A000000001";
const H2D = "09400A000000002";

async function open(stage: TouchStage, icon: IconName): Promise<void> {
	await stage.tapIcon("more");
	await stage.tapIcon(icon);
}

/** Scrolls until that can be read whole. */
async function find(stage: TouchStage, wanted: string): Promise<void> {
	const y = Math.round(stage.height * 0.7);
	for (let drags = 0; drags < 20; drags++) {
		const text = stage.drawn().texts.find((each) => each.text === wanted && !each.isHidden);
		if (text && !text.isClipped) return;
		// At the edge there is nothing that takes a drag for itself.
		await stage.drag(stage.width - 14, y, stage.width - 14, y - 60);
	}
}

async function type(stage: TouchStage, text: string): Promise<void> {
	for (const key of text) {
		if (/\d/.test(key) && stage.texts().includes("123")) await stage.tap("123");
		await stage.tap(new RegExp(`^${key === "." ? "\\." : key}$`));
	}
	const done = stage.texts().includes("Done") ? "Done" : /^Set$/;
	await stage.tap(done);
}

for (const size of BOTH) {
	const two = { size, state: stateOf([printingP1S(), idleH2D()]) };

	describe(`More, ${size}`, () => {
		it("lists the printers with state and percent, and shows the one that is touched", () =>
			withStage(two, async (stage) => {
				await open(stage, "printer");
				stage.assertSees("P1S Workshop", "63%", "H2D", "Idle");
				await stage.tap("H2D");
				assert.deepEqual(stage.fake.attended, [H2D]);
			}));

		it("forgets a printer after one question, and nothing when that is answered with no", () =>
			withStage(two, async (stage) => {
				await open(stage, "printer");
				await stage.tap("List");
				await stage.tapIcon("settings");
				assert.equal(stage.screenId, "printer");
				const id = stage.sees("P1S Workshop") ? P1S : H2D;
				await find(stage, "Forget");
				await stage.tap("Forget");
				await stage.tap("Cancel");
				assert.deepEqual(stage.calls("printers.forget"), []);
				await stage.tap("Forget");
				await stage.tap("Forget it");
				assert.deepEqual(stage.fake.asked("printers.forget"), [[id]]);
				assert.notEqual(stage.screenId, "printer", "what is forgotten is not shown any more");
			}));

		it("puts printers into another order", () =>
			withStage(two, async (stage) => {
				await open(stage, "printer");
				await stage.tap("List");
				await stage.tapIcon("settings");
				const isFirst = stage.sees("P1S Workshop");
				await find(stage, isFirst ? "Move down" : "Move up");
				await stage.tapIcon(isFirst ? "chevron-down" : "chevron-up").catch(async () => {
					await stage.tap(isFirst ? "Move down" : "Move up");
				});
				assert.deepEqual(stage.fake.asked("printers.reorder"), [[[H2D, P1S]]]);
			}));

		it("adds a printer by address and access code, typed once", () =>
			withStage({ size, state: stateOf() }, async (stage) => {
				await stage.tap("Add a printer");
				await stage.tap("Bambu Lab");
				if (size === "small") await stage.tap("Enter it by hand");
				await stage.tap("Address");
				await type(stage, "10.0.0.7");
				await stage.tap("Access code");
				await type(stage, "12345678");
				stage.assertSees("10.0.0.7");
				await find(stage, "Connect");
				const end = stage.fake.hold("printers.add");
				await stage.tap("Connect");
				await stage.tapAt(stage.width / 2, stage.height / 2 + 20);
				const added = stage.fake.asked("printers.add");
				assert.equal(added.length, 1);
				const [fields] = added[0] as [{ host: string; accessCode: string }];
				assert.equal(fields.host, "10.0.0.7");
				assert.equal(fields.accessCode, "12345678");
				end({ ok: false, code: "unreachable", message: "Nothing answers at 10.0.0.7." });
				await stage.pass(300);
				stage.assertSees(/10\.0\.0\.7/);
			}));

		it("says what is missing and asks the firmware for nothing", () =>
			withStage({ size, state: stateOf() }, async (stage) => {
				await stage.tap("Add a printer");
				await stage.tap("Bambu Lab");
				if (size === "small") await stage.tap("Enter it by hand");
				await find(stage, "Connect");
				await stage.tap("Connect");
				stage.assertSees("The address is missing.");
				assert.deepEqual(stage.calls(), []);
			}));

		it("searches printers, and takes the address of the one that is touched", () =>
			withStage({ size, state: stateOf() }, async (stage) => {
				stage.fake.answer("printers.scan", {
					ok: true,
					value: [{ vendor: "bambu", serial: P1S, model: "P1S", name: "Shed", host: "192.168.1.77" }],
				});
				await stage.tap("Add a printer");
				await stage.tap("Bambu Lab");
				await stage.tapIcon("search");
				stage.assertSees("Shed");
				await stage.tap("Shed");
				// Only the access code is missing now.
				stage.assertSees("Access code");
				await stage.tapIcon("close");
				stage.assertSees("192.168.1.77");
			}));

		it("joins a network with its password, which is dots", () =>
			withStage(two, async (stage) => {
				await stage.tapIcon("wifi-3");
				await find(stage, "Workshop");
				await stage.tap("Workshop");
				for (const key of "secretab") await stage.tap(new RegExp(`^${key}$`));
				stage.assertSeesNot("secretab");
				await stage.tap("Done");
				assert.deepEqual(stage.fake.asked("wifi.join"), [[{ ssid: "Workshop", password: "secretab" }]]);
			}));

		it("leaves the network after one question", () =>
			withStage(two, async (stage) => {
				await stage.tapIcon("wifi-3");
				await find(stage, "Leave and forget");
				await stage.tap("Leave and forget").catch(() => stage.tapIcon("unlink"));
				await stage.tap("Cancel");
				assert.deepEqual(stage.calls("wifi.forget"), []);
				await stage.tap("Leave and forget").catch(() => stage.tapIcon("unlink"));
				await stage.tap("Leave and forget");
				assert.equal(stage.calls("wifi.forget").length, 1);
			}));

		it("changes theme and language at once, and stays where it is", () =>
			withStage(two, async (stage) => {
				await open(stage, "settings");
				await find(stage, "Light");
				await stage.tap("Light");
				assert.equal(stage.fake.preferences.theme, "light");
				await find(stage, "Deutsch");
				await stage.tap("Deutsch");
				assert.equal(stage.fake.preferences.language, "de");
				assert.equal(stage.screenId, "settings");
				stage.assertSees("Deutsch", "Sprache");
			}));

		it("switches what is switched, and says so to the device", () =>
			withStage(two, async (stage) => {
				await open(stage, "settings");
				await find(stage, "Wake when a print changes");
				await stage.tap("Wake when a print changes");
				assert.deepEqual(stage.fake.asked("preferences.set"), [[{ wakeOnPrint: false }]]);
			}));

		it("dims the screen while the finger moves, and stores it when it is lifted", () =>
			withStage(two, async (stage) => {
				await open(stage, "settings");
				const text = stage.text("Brightness");
				const target = stage.drawn().targets.find(({ node }) => node === text.node);
				assert.ok(target);
				const y = target.y + target.height - 14;
				await stage.drag(target.x + target.width * 0.7, y, target.x + target.width * 0.3, y);
				const [[set] = []] = stage.fake.asked("preferences.set");
				const { brightness = 100 } = (set ?? {}) as { brightness?: number };
				assert.ok(brightness < 60);
				assert.ok(stage.fake.asked("display.setBrightness").length > 1);
			}));

		it("restarts and resets after one question each", () =>
			withStage(two, async (stage) => {
				await open(stage, "settings");
				await find(stage, "Restart");
				await stage.tap("Restart");
				await stage.tap("Cancel");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Restart");
				await stage.tap(/^Restart$/);
				assert.equal(stage.calls("system.restart").length, 1);
			}));

		it("lists jobs that have ended, and clears them after one question", () => {
			const job: FinishedJob = {
				printerId: P1S,
				printerName: "P1S Workshop",
				name: "Vase",
				result: "finished",
				durationMinutes: 90,
			} as unknown as FinishedJob;
			return withStage({ ...two, jobs: [job] }, async (stage) => {
				await open(stage, "history");
				stage.assertSees("Vase");
				await stage.tapIcon("delete");
				assert.deepEqual(stage.calls("jobs.clear"), []);
				await stage.tap("Cancel");
				await stage.tapIcon("delete");
				const yes = stage.texts().at(-2);
				await stage.tap(yes ?? "");
				assert.equal(stage.calls("jobs.clear").length, 1);
				stage.assertSeesNot("Vase");
			});
		});

		it("shows each fault with what can be done about it", () =>
			withStage({ size, state: stateOf([faultyP1S()]) }, async (stage) => {
				await stage.tapIcon("warning");
				stage.assertSees("The filament has run out. Load new filament, then resume.");
			}));

		it("lets the camera alone while the panel sleeps, and watches again when somebody comes", () =>
			withStage({ ...two, preferences: { sleepMinutes: 1 } }, async (stage) => {
				await open(stage, "camera");
				await stage.pass(62_000);
				assert.deepEqual(stage.fake.asked("camera.stop"), [[P1S]], "asleep");
				await stage.tapAt(stage.width / 2, stage.height / 2);
				await stage.pass(2_000);
				assert.deepEqual(stage.fake.asked("camera.watch"), [[P1S], [P1S]], "awake");
				assert.equal(stage.screenId, "camera");
			}));

		it("watches the camera only while it is shown, and says what is wrong with it", () =>
			withStage(two, async (stage) => {
				await open(stage, "camera");
				assert.deepEqual(stage.fake.asked("camera.watch"), [[P1S]]);
				stage.assertSees("Connecting to the camera…");
				await stage.tapIcon("chevron-left");
				assert.equal(stage.fake.viewers.size, 0);
			}));
	});
}
