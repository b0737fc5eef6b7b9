// The workbench's part for the chamber heater, over HTTP as its page uses it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { seededRandom } from "../../../../sim/heater/seeded-random";
import type { HeaterSnapshot } from "../../../../sim/heater/simulated-heater";
import { openSimulatedHeater } from "../../../../sim/heater/simulated-heater";
import { heaterSwitchNames } from "../../../../sim/heater/switches";
import { createHttpServer } from "../../../../sim/host/http-server";
import { VirtualBambuPrinter } from "../../../../sim/printers/bambu/virtual-printer";
import { startWorkbench } from "../../../../sim/workbench/workbench";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";

const endings: (() => Promise<void> | void)[] = [];
after(async () => {
	for (const end of endings.reverse()) await end();
});

async function open({ withHeater }: { withHeater: boolean }) {
	const clock = new ManualClock();
	const printer = new VirtualBambuPrinter({
		clock,
		model: "P1S",
		serial: "01P00A000000001",
		accessCode: "12345678",
	});
	const heater = openSimulatedHeater({ clock, random: seededRandom(1) });
	const server = await startWorkbench({
		http: createHttpServer({ address: "127.0.0.1" }),
		log: new MemoryLog(),
		port: 0,
		devicePort: 8080,
		tokensCss: "",
		printer: { printer, place: "127.0.0.1:8883", searchHelp: "A search finds it." },
		...(withHeater && { heater }),
	});
	endings.push(
		() => printer.close(),
		() => heater.close(),
		() => server.close(),
	);
	const root = `http://127.0.0.1:${server.port}`;
	const ask = (wish?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
		fetch(`${root}/api/world`, {
			headers,
			...(wish !== undefined && { method: "POST", body: JSON.stringify(wish) }),
		});
	const world = async (response: Response) => (await response.json()) as { heater?: HeaterSnapshot };
	return { clock, heater, root, ask, world };
}

test("the world holds the chamber, the board and its faults", async () => {
	const { heater, ask, world } = await open({ withHeater: true });
	const board = heater.openBoard();
	board.setLed("dry", true);
	board.setHeater(true);
	const { heater: found } = await world(await ask());
	assert.deepEqual(found, JSON.parse(JSON.stringify(heater.snapshot())));
	assert.equal(found?.leds.dry, true);
	assert.equal(found?.outputs.heater, true);
	assert.equal(found?.chamberCelsius, 22);
});

test("every fault can be switched on and off again", async () => {
	const { heater, ask, world } = await open({ withHeater: true });
	for (const name of heaterSwitchNames) {
		const response = await ask({ heaterSwitch: name, on: true });
		assert.equal(response.status, 200);
		assert.equal((await world(response)).heater?.switches[name], true, name);
		await ask({ heaterSwitch: name, on: false });
		assert.equal(heater.switches.values[name], false, name);
	}
});

test("a button is pressed for a moment, or held for six seconds, also two at once", async () => {
	const { clock, heater, ask, world } = await open({ withHeater: true });
	const heard: string[] = [];
	heater.openBoard().onButton((button, pressed) => heard.push(`${clock.now()} ${button} ${pressed}`));
	assert.equal((await world(await ask({ press: "auto" }))).heater?.buttons.auto, true);
	clock.advance(1_000);
	await ask({ press: "power", long: true });
	clock.advance(9_000);
	await ask({ press: ["on", "dry"], long: true });
	clock.advance(9_000);
	assert.deepEqual(heard, [
		"20 auto true",
		"220 auto false",
		"1020 power true",
		"7020 power false",
		"10020 on true",
		"10020 dry true",
		"16020 on false",
		"16020 dry false",
	]);
});

test("the surroundings can be changed, one at a time or together", async () => {
	const { ask, world } = await open({ withHeater: true });
	await ask({ surroundings: { volumeLitres: 55 } });
	const { heater } = await world(await ask({ surroundings: { ambientCelsius: 30 } }));
	assert.deepEqual([heater?.volumeLitres, heater?.ambientCelsius], [55, 30]);
});

test("what the heater does not have is refused in words, and changes nothing", async () => {
	const { heater, ask } = await open({ withHeater: true });
	const before = JSON.stringify(heater.snapshot());
	for (const wish of [
		{ heaterSwitch: "constructor", on: true },
		{ heaterSwitch: "swapped" },
		{ heaterSwitch: "swapped", on: 1 },
		{ press: "toString" },
		{ press: [] },
		{ press: ["auto", "length"], long: true },
		{ press: "auto", long: "yes" },
		{ surroundings: null },
		{ surroundings: { volumeLitres: "50" } },
		{ surroundings: { volumeLitres: 1e9 } },
		{ surroundings: { ambientCelsius: null } },
	]) {
		const response = await ask(wish);
		assert.equal(response.status, 400, JSON.stringify(wish));
		const { error } = (await response.json()) as { error: { message: string } };
		assert.match(error.message, /^[A-Z].+\.$/);
	}
	assert.equal(
		(await ask({ heaterSwitch: "swapped", on: true }, { origin: "http://evil.example" })).status,
		403,
	);
	assert.equal(JSON.stringify(heater.snapshot()), before);
});

test("without a heater the world has none, and wishes for one are refused", async () => {
	const { ask, world } = await open({ withHeater: false });
	assert.equal((await world(await ask())).heater, undefined);
	assert.equal((await ask({ heaterSwitch: "swapped", on: true })).status, 400);
	assert.equal((await ask({ switch: "slow", on: true })).status, 200);
});

test("everything that the page loads is there", async () => {
	const { root } = await open({ withHeater: true });
	const page = await (await fetch(`${root}/`)).text();
	const loaded = [...page.matchAll(/(?:src|href)="(\/[a-z.]+)"/g)].map(([, path = ""]) => path);
	assert.ok(loaded.includes("/workbench.js"));
	for (const path of loaded) {
		const response = await fetch(root + path);
		assert.equal(response.status, 200, path);
		for (const [, name] of (await response.text()).matchAll(/from "\.\/([a-z.]+)"/g))
			assert.equal((await fetch(`${root}/${name}`)).status, 200, name);
	}
});
