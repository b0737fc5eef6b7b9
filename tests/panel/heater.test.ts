// The chamber heater, the device's own and one on the network: off at once, and all else as it says. In both sizes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { heating, printingP1S, stateOf } from "../golden/states";
import { BOTH, type StageOptions, type TouchStage, withStage } from "./stage";

const P1S = "01P00A000000001";

for (const size of BOTH) {
	const own = (changes = {}): StageOptions => ({
		size,
		state: stateOf([printingP1S()], { breath: heating(changes) }),
		hasHeater: true,
	});
	/** On the small panel it has no entry of its own beside a printer. */
	const open = async (stage: TouchStage) => {
		if (size === "large") await stage.tap("Heater");
		else {
			await stage.tapIcon(stage.icons().includes("fault") ? "fault" : "more");
			await find(stage, "Heater");
			await stage.tap("Heater");
		}
		assert.equal(stage.screenId, "heater");
	};
	const find = async (stage: TouchStage, wanted: string) => {
		for (let drags = 0; drags < 8 && !stage.sees(wanted); drags++) {
			await stage.drag(stage.width - 14, 150, stage.width - 14, 90);
		}
	};

	describe(`The heater, ${size}`, () => {
		it("says how warm it is, what it aims at, and why it heats", () =>
			withStage(own(), async (stage) => {
				await open(stage);
				stage.assertSees("38.4", /45/, /Heating the chamber/);
			}));

		it("goes off by one touch, without a question", () =>
			withStage(own(), async (stage) => {
				await open(stage);
				await stage.tap("Turn off");
				assert.deepEqual(stage.fake.asked("heater.change"), [[{ on: false }]]);
			}));

		it("takes another mode", () =>
			withStage(own(), async (stage) => {
				await open(stage);
				await stage.tap("Always on");
				assert.deepEqual(stage.fake.asked("heater.change"), [[{ mode: "always_on" }]]);
			}));

		it("takes another target from its keypad", () =>
			withStage(own(), async (stage) => {
				await open(stage);
				await find(stage, "Target");
				await stage.tap("Target");
				for (const key of ["5", "0"]) await stage.tap(key);
				await stage.tap(/^Set$/);
				assert.deepEqual(stage.fake.asked("heater.change"), [[{ target: 50 }]]);
			}));

		it("covers the screen with a fault: what happened, what to do, and off, which still can be touched", () =>
			withStage(
				own({
					on: false,
					heating: false,
					fault: {
						code: "chamber_sensor_open",
						text: "The sensor of the chamber is not connected.",
						latched: true,
					},
				}),
				async (stage) => {
					await open(stage);
					stage.assertSees(/sensor/i);
					await stage.tap("Turn off");
					assert.deepEqual(stage.fake.asked("heater.change"), [[{ on: false }]]);
				},
			));

		it("has a dash for a temperature that it does not know", () =>
			withStage(
				{ size, state: stateOf([printingP1S()], { breath: unknown() }), hasHeater: true },
				async (stage) => {
					await open(stage);
					stage.assertSees("–");
					stage.assertSeesNot("38.4", "NaN");
				},
			));

		it("is asked through the network where it stands somewhere else, and says why it refused", () =>
			withStage(
				{
					size,
					state: stateOf([printingP1S()], {
						remoteBreath: {
							host: "192.168.1.50",
							link: "online",
							mode: "auto",
							on: true,
							target: 45,
							chamber: 30,
							bedThreshold: 80,
							filterThreshold: 30,
							drying: {},
						},
					}),
					hasRemoteHeater: true,
				},
				async (stage) => {
					stage.fake.refuse("remoteHeater.change", "not_taken", "The heater has not taken it.");
					await open(stage);
					await stage.tap("Turn off");
					assert.deepEqual(stage.fake.asked("remoteHeater.change"), [[{ on: false }]]);
					stage.assertSees(/The heater has not/);
				},
			));

		it("is found by its address where there is none yet", () =>
			withStage({ size, state: stateOf([printingP1S()]), hasRemoteHeater: true }, async (stage) => {
				if (size === "large") await open(stage);
				else {
					await stage.tapIcon("more");
					await stage.tapIcon("settings");
					await stage.tap("Heater on the network");
				}
				await stage.tap("Enter its address");
				for (const key of "panda") await stage.tap(new RegExp(`^${key}$`));
				await stage.tap("Done");
				const [[set] = []] = stage.fake.asked("remoteHeater.setPlace");
				assert.equal((set as { host?: string } | undefined)?.host, "panda");
				assert.deepEqual(stage.fake.attended, [P1S]);
			}));
	});
}

function unknown() {
	const { chamber: _, ptc: __, ...rest } = heating();
	return rest;
}
