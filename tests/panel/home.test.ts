// Home: what it says of a job and of a printer that is not heard, and what its buttons ask for. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
	faultyP1S,
	idleH2D,
	offlineA1Mini,
	printingP1S,
	readOnlyP1S,
	staleP1S,
	stateOf,
	UPTIME_SECONDS,
} from "../golden/states";
import { BOTH, type TouchStage, withStage } from "./stage";

const P1S = "01P00A000000001";

/** On the small panel the buttons are a page further. */
async function toButtons(stage: TouchStage): Promise<void> {
	if (stage.size === "large") return;
	await stage.drag(stage.width - 40, 100, 40, 100);
}

for (const size of BOTH) {
	const printing = { size, state: stateOf([printingP1S()]) };

	describe(`Home, ${size}`, () => {
		it("says how far the job is, how long it takes and what is measured", () =>
			withStage(printing, async (stage) => {
				stage.assertSees("63%", "Benchy plate 2", "1 h 12 min", "245", "70");
				if (size === "large") stage.assertSees("15:44", "41", "part 80 · aux 10 · chamber 30", "129 / 204");
			}));

		it("has a dash for everything that is not known", () =>
			withStage({ size, state: stateOf([offlineA1Mini()]) }, async (stage) => {
				stage.assertSees("–", "offline");
				stage.assertSeesNot(/^0$/, /^0%$/, /\b0 °C/, "Benchy");
			}));

		it("says what to do as long as there is no printer, and leads to adding one", () =>
			withStage({ size, state: stateOf() }, async (stage) => {
				stage.assertSees("Add a printer");
				await stage.tap("Add a printer");
				assert.equal(stage.screenId, "printer-maker");
			}));

		it("shows a change as soon as the device tells of it", () =>
			withStage(printing, async (stage) => {
				const next = printingP1S({
					job: { ...printingP1S().job, percent: 64 },
					bed: { current: 71, target: 70 },
				});
				stage.fake.change(stateOf([next]));
				await stage.pass(60);
				stage.assertSees("64%", "71");
			}));

		it("says that the link is lost within a second, how old its data is, and greys it", () =>
			withStage(printing, async (stage) => {
				const fresh = stage.text("63%").color;
				await stage.change(stateOf([staleP1S()]));
				stage.assertSees(/40 s old/);
				const old = stage.text("63%").color;
				assert.notDeepEqual(old, fresh);
				const later = stateOf([staleP1S()]);
				await stage.change({ ...later, device: { ...later.device, uptimeSeconds: UPTIME_SECONDS + 5 } });
				stage.assertSees(/45 s old/);
				await stage.change(stateOf([printingP1S()]));
				assert.deepEqual(stage.text("63%").color, fresh);
				stage.assertSeesNot(/old/);
			}));

		it("pauses once for two taps, and shows that it is on its way", () =>
			withStage(printing, async (stage) => {
				await toButtons(stage);
				const end = stage.fake.hold("printers.command");
				const { x, y } = stage.placeOf("Pause");
				await stage.quickTapAt(x, y);
				await stage.quickTapAt(x, y);
				await stage.settle();
				if (stage.panel.navigator.hasSheet) await stage.tap(/^Pause$/);
				await stage.pass(600);
				assert.deepEqual(stage.fake.asked("printers.command"), [[P1S, { command: "pause" }]]);
				stage.assertSees("Sending…");
				end({ ok: true });
				await stage.pass(100);
				stage.assertSeesNot("Sending…");
			}));

		it("stops after one question, whose safe answer sends nothing", () =>
			withStage(printing, async (stage) => {
				await toButtons(stage);
				await stage.tap("Stop");
				stage.assertSees("Stop the job?");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Keep printing");
				assert.deepEqual(stage.calls(), []);
				await stage.tap("Stop");
				await stage.tap("Stop the job");
				assert.deepEqual(stage.fake.asked("printers.command"), [[P1S, { command: "stop", confirm: true }]]);
			}));

		it("says why the printer refused", () =>
			withStage(printing, async (stage) => {
				stage.fake.refuse("printers.command", "wrong_state", "The printer is busy heating.");
				await toButtons(stage);
				await stage.tap("Stop");
				await stage.tap("Stop the job");
				stage.assertSees("The printer is busy heating.");
			}));

		it("turns the light off that is on, and on that is off", () =>
			withStage(printing, async (stage) => {
				await toButtons(stage);
				await stage.tapIcon("light");
				await stage.change(stateOf([printingP1S({ lights: { chamber: false } })]));
				await stage.tapIcon("light-off");
				assert.deepEqual(
					stage.commands().map((command) => "mode" in command && command.mode),
					["off", "on"],
				);
			}));

		it("offers each light of a printer with several", () =>
			withStage({ size, state: stateOf([idleH2D()]) }, async (stage) => {
				await toButtons(stage);
				await stage.tapIcon("light-off");
				await stage.tap("Second light");
				assert.deepEqual(stage.commands(), [{ command: "light", light: "chamber_2", mode: "on" }]);
			}));

		it("sets the speed that is chosen of four", () =>
			withStage(printing, async (stage) => {
				await toButtons(stage);
				await stage.tapIcon("speed");
				stage.assertSees("Silent", "Sport", "Ludicrous");
				await stage.tap("Sport");
				assert.deepEqual(stage.commands(), [{ command: "speed", level: 3 }]);
			}));

		it("goes on with a job that is paused, and leads to its faults", () =>
			withStage({ size, state: stateOf([faultyP1S()]) }, async (stage) => {
				stage.assertSees(/The filament has run out/);
				await toButtons(stage);
				await stage.tap("Resume");
				if (stage.panel.navigator.hasSheet) await stage.tap(/^(Resume|Go on)/);
				assert.deepEqual(stage.commands(), [{ command: "resume" }]);
				await stage.tapIcon("warning");
				assert.equal(stage.screenId, "faults");
			}));

		it("greys what a printer in read-only does not do, and a touch says why", () =>
			withStage({ size, state: stateOf([readOnlyP1S()]) }, async (stage) => {
				stage.assertSees(/read-only/);
				await toButtons(stage);
				await stage.tap("Pause");
				await stage.tap("Stop");
				assert.deepEqual(stage.calls(), []);
				stage.assertSees("The printer can only be watched. Touch “read-only” to see why.");
			}));

		it("greys what cannot be done without a connection, and a touch says so", () =>
			withStage({ size, state: stateOf([offlineA1Mini()]) }, async (stage) => {
				await toButtons(stage);
				await stage.tap("Pause");
				stage.assertSees("There is no connection to the printer.");
				assert.deepEqual(stage.calls(), []);
			}));

		it("opens the keypad of a temperature that is touched, with presets, and sends what is set", () =>
			withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
				if (size === "small") {
					await toButtons(stage);
					await toButtons(stage);
				}
				await stage.tap("Bed");
				stage.assertSees("0 to 100");
				for (const key of ["6", "5"]) await stage.tap(key);
				await stage.tap(/^Set$/);
				assert.deepEqual(stage.commands(), [{ command: "bed_temperature", target: 65 }]);
			}));
	});
}
