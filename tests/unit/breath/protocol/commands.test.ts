import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	type Command,
	type HeaterWishes,
	isSameCommand,
	MAX_DEPTH,
	MAX_TEXT_LENGTH,
	readCommands,
	withoutWriting,
} from "../../../../modules/breath/protocol/commands";

const read = (frame: unknown): Command[] => readCommands(JSON.stringify(frame)).commands;
function wishes(settings: Record<string, unknown>): HeaterWishes {
	const [command] = read({ settings });
	return command?.type === "heater" ? command.wishes : {};
}

test("every name of a value is understood, those of newer firmware as well as those of older", () => {
	for (const name of ["set_temp", "target_temp", "temp"])
		assert.deepEqual(wishes({ [name]: 45 }), { target: 45 }, name);
	for (const name of ["filtertemp", "filter_temp"])
		assert.deepEqual(wishes({ [name]: 30 }), { filterThreshold: 30 }, name);
	for (const name of ["hotbedtemp", "heater_temp"])
		assert.deepEqual(wishes({ [name]: 80 }), { bedThreshold: 80 }, name);
	for (const name of ["filament_temp", "custom_temp"])
		assert.deepEqual(wishes({ [name]: 55 }), { dryingTarget: 55 }, name);
	for (const name of ["filament_timer", "custom_timer"])
		assert.deepEqual(wishes({ [name]: 6 }), { dryingHours: 6 }, name);
	for (const name of ["isrunning", "drying_running"]) {
		assert.deepEqual(wishes({ [name]: 1 }), { dryingRunning: true }, name);
		assert.deepEqual(wishes({ [name]: false }), { dryingRunning: false }, name);
	}
	assert.deepEqual(wishes({ filament_drying_mode: 1 }), { dryingPreset: "pla" });
	assert.deepEqual(wishes({ filament_drying_mode: 2 }), { dryingPreset: "petg_abs" });
	assert.deepEqual(wishes({ filament_drying_mode: 3 }), { dryingPreset: "custom" });
});

test("on and off come as booleans and as numbers, and mode 0 is off", () => {
	assert.deepEqual(wishes({ work_on: true }), { on: true });
	assert.deepEqual(wishes({ work_on: 1 }), { on: true });
	assert.deepEqual(wishes({ work_on: false }), { on: false });
	assert.deepEqual(wishes({ work_on: 0 }), { on: false });
	assert.deepEqual(wishes({ work_mode: 1 }), { mode: "auto" });
	assert.deepEqual(wishes({ work_mode: 2 }), { mode: "always_on" });
	assert.deepEqual(wishes({ work_mode: 3 }), { mode: "drying" });
	assert.deepEqual(wishes({ work_mode: 0, work_on: true }), { on: false });
});

test("any mixture of fields in one frame is one wish, and of contradictions the colder one counts", () => {
	assert.deepEqual(wishes({ work_on: true, work_mode: 2, set_temp: 50, hotbedtemp: 70 }), {
		on: true,
		mode: "always_on",
		target: 50,
		bedThreshold: 70,
	});
	assert.deepEqual(wishes({ isrunning: 0, drying_running: false, target_temp: 0 }), {
		dryingRunning: false,
		target: 0,
	});
	assert.deepEqual(wishes({ isrunning: 1, drying_running: false }), { dryingRunning: false });
	assert.deepEqual(wishes({ drying_running: true, isrunning: 0 }), { dryingRunning: false });
	assert.deepEqual(wishes({ set_temp: 50, target_temp: 0, temp: 60 }), { target: 0 });
});

test("a field of a wrong type is left out and counted, and the others of its frame count", () => {
	const wrong = {
		work_on: "on",
		work_mode: 9,
		set_temp: "45",
		filtertemp: null,
		hotbedtemp: [80],
		custom_temp: {},
		custom_timer: true,
		filament_drying_mode: 4,
		isrunning: 2,
		printer_type: "2",
		language: "de",
		reset: "1",
		filament_temp: 50,
	};
	const { commands, refusedFields } = readCommands(JSON.stringify({ settings: wrong }));
	assert.deepEqual(commands, [{ type: "heater", wishes: { dryingTarget: 50 } }]);
	assert.equal(refusedFields, 12);
	assert.equal(readCommands('{"settings":5,"wifi":[],"printer":null,"ap":{"on":1}}').refusedFields, 3);
	assert.deepEqual(wishes({ set_temp: 44.6 }), { target: 45 });
	assert.equal(readCommands('{"settings":{"set_temp":1e999}}').refusedFields, 1);
});

test("unknown roots and fields are no matter", () => {
	assert.deepEqual(readCommands('{"ui_action":{"page":3},"ws_theme":1,"settings":{"printing_ui_type":2}}'), {
		commands: [],
		refusedFields: 0,
	});
	assert.deepEqual(read({ __proto__: { settings: 1 }, constructor: { settings: 1 } }), []);
	assert.deepEqual(readCommands('{"__proto__":{"settings":{"work_on":true}}}').commands, []);
});

test("the other roots: Wi-Fi, name, own network, printer", () => {
	assert.deepEqual(read({ wifi: { scan: 1 } }), [{ type: "wifi_scan" }]);
	assert.deepEqual(read({ wifi: { ssid: "Workshop", password: "filament" } }), [
		{ type: "wifi_join", ssid: "Workshop", password: "filament" },
	]);
	assert.deepEqual(read({ sta: { hostname: "breath" } }), [{ type: "hostname", hostname: "breath" }]);
	assert.deepEqual(read({ ap: { on: 0 } }), [{ type: "access_point", on: false }]);
	assert.deepEqual(read({ ap: { ssid: "a", password: "12345678", ip: "192.168.9.1" } }), [
		{ type: "access_point", ssid: "a", password: "12345678", address: "192.168.9.1" },
	]);
	assert.deepEqual(read({ printer: { scan: 1 } }), [{ type: "printer_scan" }]);
	assert.deepEqual(read({ printer: { scan_port: 7125 } }), [{ type: "klipper_scan", port: 7125 }]);
	assert.deepEqual(read({ printer: { disconnect: 1 } }), [{ type: "unbind" }]);
	assert.deepEqual(read({ printer: { ip: "192.0.2.7", sn: "01P00A0000000000", access_code: "12345678" } }), [
		{
			type: "bind",
			fields: { host: "192.0.2.7", serial: "01P00A0000000000", accessCode: "12345678" },
		},
	]);
	assert.deepEqual(read({ printer: { name: "Klipper", ip: "192.0.2.7", port: 80 } }), [
		{ type: "bind", fields: { name: "Klipper", host: "192.0.2.7", port: 80 } },
	]);
	for (const root of ["wifi", "sta", "ap", "printer", "settings"]) assert.deepEqual(read({ [root]: {} }), []);
	assert.deepEqual(read({ wifi: { scan: 0 }, printer: { disconnect: 0, scan: false } }), []);
});

test("a snapshot is asked for by either name, and once by both", () => {
	assert.deepEqual(read({ get_settings: 1 }), [{ type: "snapshot" }]);
	assert.deepEqual(read({ query: 1, get_settings: true }), [{ type: "snapshot" }]);
});

test("the heater comes first, and a restart last", () => {
	const types = read({
		printer: { disconnect: 1 },
		settings: { reset: 1, factory_reset: 1, printer_type: 2, language: "zh", work_on: false },
		query: 1,
	}).map(({ type }) => type);
	assert.deepEqual(types, [
		"heater",
		"printer_type",
		"language",
		"unbind",
		"snapshot",
		"factory_reset",
		"restart",
	]);
	assert.deepEqual(read({ settings: { printer_type: 7 } }), [
		{ type: "printer_type", printerType: undefined },
	]);
});

test("what is no object of JSON is refused with a reason", () => {
	const problem = (text: string) => readCommands(text).problem;
	for (const text of ["", "{", "nonsense", "{'settings':{}}", '{"settings":{"work_on":false}', "\0", "{}{}"])
		assert.equal(problem(text), "not_json", text);
	for (const text of ["1", "null", "[]", '"text"', "true", '[{"settings":{"work_on":true}}]'])
		assert.equal(problem(text), "not_an_object", text);
	assert.equal(problem(" ".repeat(MAX_TEXT_LENGTH + 1)), "too_large");
	assert.equal(problem(`{"query":1}${" ".repeat(MAX_TEXT_LENGTH - 11)}`), undefined);
});

test("what is nested too deep never comes to the parser; brackets in texts do not count", () => {
	const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
	assert.equal(readCommands("[".repeat(64 * 1024)).problem, "too_large");
	assert.equal(readCommands("[".repeat(4_000)).problem, "too_deep");
	assert.equal(readCommands('{"a":'.repeat(800)).problem, "too_deep");
	assert.equal(readCommands(`{"a":${nested(MAX_DEPTH)}}`).problem, "too_deep");
	assert.equal(readCommands(`{"a":${nested(MAX_DEPTH - 1)}}`).problem, undefined);
	assert.equal(
		readCommands(`{"sta":{"hostname":"${"[".repeat(50)}\\"${"{".repeat(50)}"}}`).problem,
		undefined,
	);
});

test("whatever comes is read without a throw, into commands that are what they say", () => {
	const known = ["settings", "printer", "ap", "wifi", "sta", "work_on", "set_temp", "isrunning", "ip", "on"];
	const key = fc.oneof(fc.constantFrom(...known), fc.string());
	const value = fc.letrec<{ any: unknown }>((tie) => ({
		any: fc.oneof(fc.jsonValue(), fc.dictionary(key, tie("any"), { maxKeys: 4 })),
	})).any;
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				value.map((frame) => JSON.stringify(frame)),
			),
			(text) => {
				for (const command of readCommands(text).commands) {
					if (command.type !== "heater") continue;
					const { target, on } = command.wishes;
					assert.ok(target === undefined || Number.isInteger(target));
					assert.ok(on === undefined || typeof on === "boolean");
				}
			},
		),
		{ numRuns: 500 },
	);
});

test("a connection that may not write may still turn off, by every way there is, and ask", () => {
	const allowed = (frame: unknown) => read(frame).flatMap((command) => withoutWriting(command) ?? []);
	for (const off of [{ work_on: false }, { work_on: 0 }, { work_mode: 0 }])
		assert.deepEqual(allowed({ settings: off }), [{ type: "heater", wishes: { on: false } }]);
	assert.deepEqual(allowed({ settings: { isrunning: 0, drying_running: false, target_temp: 0 } }), [
		{ type: "heater", wishes: { dryingRunning: false, target: 0 } },
	]);
	assert.deepEqual(allowed({ settings: { set_temp: -5 } }), [{ type: "heater", wishes: { target: 0 } }]);
	assert.deepEqual(allowed({ settings: { work_on: false, set_temp: 50, work_mode: 2 } }), [
		{ type: "heater", wishes: { on: false } },
	]);
	assert.deepEqual(allowed({ query: 1 }), [{ type: "snapshot" }]);
	for (const write of [
		{ settings: { work_on: true } },
		{ settings: { set_temp: 1 } },
		{ settings: { isrunning: 1 } },
		{ settings: { work_mode: 2 } },
		{ settings: { hotbedtemp: 40 } },
		{ settings: { printer_type: 2, language: "zh", reset: 1, factory_reset: 1 } },
		{ wifi: { scan: 1, ssid: "a", password: "12345678" } },
		{ sta: { hostname: "a" }, ap: { on: 1 } },
		{ printer: { scan: 1, scan_port: 80, disconnect: 1, ip: "192.0.2.7" } },
	])
		assert.deepEqual(allowed(write), []);
});

test("whether something was left out is known", () => {
	const [off] = read({ settings: { work_on: false } });
	const [mixed] = read({ settings: { work_on: false, set_temp: 50 } });
	const [snapshot] = read({ query: 1 });
	assert.ok(off && mixed && snapshot);
	assert.equal(isSameCommand(off, withoutWriting(off)), true);
	assert.equal(isSameCommand(mixed, withoutWriting(mixed)), false);
	assert.equal(isSameCommand(snapshot, withoutWriting(snapshot)), true);
	assert.equal(isSameCommand(off, undefined), false);
});
