import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError } from "../../../modules/platform/port-error";
import type { Storage, StorageChange, StoredValue } from "../../../modules/platform/storage";
import { STORAGE_KEY_LENGTH, STORAGE_VALUE_BYTES } from "../../../modules/platform/storage";
import { SETTINGS_VERSION, settingsSchema } from "../../../modules/settings/schema";
import { checkValue, choice, flag, integer, text } from "../../../modules/settings/setting";
import { Settings, SettingsError, type SettingsOptions } from "../../../modules/settings/settings";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

/** A storage that a test can fill, read, break and hold up. */
class BenchStorage implements Storage {
	readonly values = new Map<string, StoredValue>();
	readonly writes: (readonly StorageChange[])[] = [];
	readonly unreadable = new Set<string>();
	refusals = 0;

	get(namespace: string, key: string): StoredValue | undefined {
		if (this.unreadable.has(`${namespace}/${key}`)) throw new PortError("storage", "bad sector");
		return this.values.get(`${namespace}/${key}`);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		this.writes.push(changes);
		if (this.refusals > 0) {
			this.refusals--;
			throw new PortError("storage", "flash refuses");
		}
		for (const { namespace, key, value } of changes) {
			if (value === undefined) this.values.delete(`${namespace}/${key}`);
			else this.values.set(`${namespace}/${key}`, value);
		}
	}
}

function bench(stored: Record<string, StoredValue> = {}, options: Partial<SettingsOptions> = {}) {
	const storage = new BenchStorage();
	for (const [key, value] of Object.entries({ "culm/version": SETTINGS_VERSION, ...stored }))
		storage.values.set(key, value);
	const clock = new ManualClock();
	const log = new MemoryLog();
	return { storage, clock, log, open: () => new Settings({ storage, clock, log, ...options }) };
}

/** Lets the promises of a write that was begun run to their end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("an empty store gives the defaults, says nothing, and learns the version", async () => {
	const { storage, clock, log, open } = bench();
	storage.values.clear();
	const settings = open();
	assert.equal(settings.get("hostname"), "");
	assert.equal(settings.get("breath.mode"), "auto");
	assert.equal(settings.get("webSocketLocked"), false);
	assert.equal(settings.get("printer9.port"), 8883);
	assert.deepEqual(log.lines, []);
	clock.advance(500);
	await settle();
	assert.equal(storage.values.get("culm/version"), SETTINGS_VERSION);
});

test("what was set is there after a restart", async () => {
	const { storage, open } = bench();
	const settings = open();
	settings.set({
		"printer0.host": "192.168.1.20",
		"printer0.serial": "01P00A000000001",
		"printer0.port": 18883,
	});
	await settings.close();
	assert.equal(storage.values.get("bambu_mqtt_info/host0"), "192.168.1.20");
	const again = open();
	assert.equal(again.get("printer0.host"), "192.168.1.20");
	assert.equal(again.get("printer0.port"), 18883);
});

test("each key that cannot be used falls back alone, and the log names it", () => {
	const { storage, log, open } = bench({
		"wifi_info/hostname": "no spaces please",
		"bambu_mqtt_info/port0": "8883",
		"bambu_mqtt_info/port1": 70000,
		"bambu_mqtt_info/host0": "10.0.0.5",
		"bambu_mqtt_info/code0": 12345678,
		"panda_breath/work_mode": "sauna",
		"ui_info/ws_locked": 1,
	});
	storage.unreadable.add("ui_info/name");
	const settings = open();
	assert.equal(settings.get("hostname"), "");
	assert.equal(settings.get("breath.mode"), "auto");
	assert.equal(settings.get("webSocketLocked"), false);
	assert.equal(settings.get("printer0.port"), 8883);
	assert.equal(settings.get("printer1.port"), 8883);
	assert.equal(settings.get("printer0.accessCode"), "");
	assert.equal(settings.get("deviceName"), "Culm");
	assert.equal(settings.get("printer0.host"), "10.0.0.5", "its neighbours are not touched");
	const said = log.lines.map(({ text: line }) => /"([^"]+)"/.exec(line)?.[1]).sort();
	assert.deepEqual(said, [
		"breath.mode",
		"deviceName",
		"hostname",
		"printer0.accessCode",
		"printer0.port",
		"printer1.port",
		"webSocketLocked",
	]);
	assert.ok(!JSON.stringify(log.lines).includes("12345678"), "no value is quoted");
});

test("whatever is in the store, every setting comes out valid", () => {
	const junk = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean());
	const places = [...settingsSchema.values()].map(({ namespace, key }) => `${namespace}/${key}`);
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom(...places, "culm/version"), junk), (stored) => {
			const settings = bench(stored).open();
			for (const [name, setting] of settingsSchema)
				assert.equal(checkValue(setting, settings.get(name as "hostname")), undefined, name);
		}),
	);
});

test("a set is all or nothing, and says what is wrong without quoting the value", () => {
	const { open } = bench();
	const settings = open();
	const refuses = (changes: object, code: string) =>
		assert.throws(
			() => settings.set(changes),
			(error) => error instanceof SettingsError && error.code === code && !error.message.includes("s3cr3t"),
		);
	refuses({ deviceName: "Workshop", "printer0.port": 0 }, "out_of_range");
	assert.equal(settings.get("deviceName"), "Culm");
	refuses({ "printer0.accessCode": 5 }, "wrong_type");
	refuses({ "printer0.accessCode": `s3cr3t${"x".repeat(40)}` }, "out_of_range");
	refuses({ "printer0.host": "a b" }, "out_of_range");
	refuses({ "printer0.serial": "device/#" }, "out_of_range");
	refuses({ "printer0.accessCode": "s3cr3t\n" }, "out_of_range");
	refuses({ "printer0.accessCode": "s3cr3t\x7f" }, "out_of_range");
	refuses({ "printer10.host": "a" }, "unknown_key");
	refuses({ __proto__: null, constructor: "x" }, "unknown_key");
});

test("changes that come close together are one write, and an unchanged value is none", async () => {
	const { storage, clock, open } = bench();
	const settings = open();
	settings.set({ deviceName: "A" });
	clock.advance(300);
	settings.set({ deviceName: "B", hostname: "b" });
	assert.equal(storage.writes.length, 0);
	clock.advance(200);
	await settle();
	assert.deepEqual(
		storage.writes.map((changes) => changes.length),
		[2],
	);
	assert.equal(storage.values.get("ui_info/name"), "B");
	settings.set({ deviceName: "B" });
	clock.advance(10_000);
	await settle();
	assert.equal(storage.writes.length, 1);
	assert.equal(clock.pendingTimers, 0);
});

test("a refused write is kept, said, and repeated with the newest values", async () => {
	const { storage, clock, log, open } = bench();
	storage.refusals = 2;
	const settings = open();
	settings.set({ deviceName: "A", "printer0.accessCode": "s3cr3t77" });
	clock.advance(500);
	await settle();
	assert.equal(log.lines.filter(({ level }) => level === "error").length, 1);
	settings.set({ deviceName: "B" });
	clock.advance(5_000);
	await settle();
	clock.advance(5_000);
	await settle();
	assert.equal(storage.values.get("ui_info/name"), "B");
	assert.equal(storage.values.get("bambu_mqtt_info/code0"), "s3cr3t77");
	assert.ok(!JSON.stringify(log.lines).includes("s3cr3t77"));
});

test("a write that overlaps another waits for it, and the newest value is the one stored", async () => {
	const { storage, clock, open } = bench();
	const finish: (() => void)[] = [];
	const write = storage.write.bind(storage);
	let under = 0;
	storage.write = async (changes) => {
		assert.equal(++under, 1, "one write at a time");
		await new Promise<void>((resolve) => finish.push(resolve));
		await write(changes);
		under--;
	};
	const settings = open();
	settings.set({ deviceName: "A" });
	clock.advance(500);
	settings.set({ deviceName: "B" });
	const flushed = settings.flush();
	for (let i = 0; i < 4; i++) {
		finish.shift()?.();
		await settle();
	}
	assert.equal(await flushed, true);
	assert.equal(storage.values.get("ui_info/name"), "B");
});

test("a value set while its older one is refused is the one that is stored in the end", async () => {
	const { storage, clock, open } = bench();
	let refuse = (): void => {};
	const write = storage.write.bind(storage);
	storage.write = () => new Promise((_, reject) => (refuse = () => reject(new PortError("storage", "no"))));
	const settings = open();
	settings.set({ deviceName: "old" });
	clock.advance(500);
	settings.set({ deviceName: "new" });
	refuse();
	await settle();
	storage.write = write;
	clock.advance(5_000);
	await settle();
	assert.equal(storage.values.get("ui_info/name"), "new");
	assert.equal(clock.pendingTimers, 0);
});

test("what is set while a write is under way is written after it, without anybody asking", async () => {
	const { storage, clock, open } = bench();
	let finish = (): void => {};
	const write = storage.write.bind(storage);
	storage.write = async (changes) => {
		await new Promise<void>((resolve) => (finish = resolve));
		await write(changes);
	};
	const settings = open();
	settings.set({ deviceName: "A" });
	clock.advance(500);
	settings.set({ hostname: "b" });
	storage.write = write;
	finish();
	await settle();
	clock.advance(500);
	await settle();
	assert.equal(storage.values.get("wifi_info/hostname"), "b");
});

test("flush and close tell whether everything is stored", async () => {
	const { storage, log, open } = bench();
	const settings = open();
	settings.set({ deviceName: "A" });
	assert.equal(await settings.flush(), true);
	storage.refusals = 1;
	settings.set({ deviceName: "B" });
	assert.equal(await settings.close(), false);
	assert.match(log.lines.at(-1)?.text ?? "", /flash refuses; they are lost/);
	storage.write = () => {
		throw new PortError("storage", "at once");
	};
	assert.equal(await settings.close(), false);
});

test("a damaged value is replaced in storage also when it is set to its default", async () => {
	const { storage, log, open } = bench({ "bambu_mqtt_info/port0": 99_999 });
	const settings = open();
	settings.set({ "printer0.port": 8883 });
	await settings.close();
	assert.equal(storage.values.get("bambu_mqtt_info/port0"), 8883);
	log.lines.length = 0;
	open();
	assert.deepEqual(log.lines, []);
});

test("after close nothing runs any more: no timer, no listener", async () => {
	const { clock, open } = bench();
	const settings = open();
	const heard: unknown[] = [];
	settings.onChange((keys) => heard.push(keys));
	await settings.close();
	settings.set({ deviceName: "late" });
	assert.equal(clock.pendingTimers, 0);
	assert.deepEqual(heard, []);
});

test("close stores what is left, leaves no timer, and may be called again", async () => {
	const { storage, clock, open } = bench();
	const settings = open();
	settings.set({ deviceName: "Last words" });
	await settings.close();
	await settings.close();
	assert.equal(storage.values.get("ui_info/name"), "Last words");
	assert.equal(clock.pendingTimers, 0);
});

test("a listener that fails keeps nobody else from being told, and the value counts", () => {
	const { log, open } = bench();
	const settings = open();
	const told: (readonly string[])[] = [];
	settings.onChange(() => {
		throw new Error("it broke");
	});
	settings.onChange((keys) => told.push(keys));
	settings.set({ deviceName: "Shed" });
	assert.equal(settings.get("deviceName"), "Shed");
	assert.deepEqual(told, [["deviceName"]]);
	assert.match(log.texts("error").join(), /it broke/);
});

test("a stored name or address that no radio takes does not keep the device's own network closed", () => {
	const { open } = bench({
		"wifi_info/ap_ssid": "网".repeat(32),
		"wifi_info/ap_ip": "255.255.255.255",
		"wifi_info/ap_password": "ä".repeat(40),
	});
	const settings = open();
	assert.equal(settings.get("wifi.accessPointSsid"), "");
	assert.equal(settings.get("wifi.accessPointAddress"), "192.168.254.1");
	assert.equal(settings.get("wifi.accessPointPassword"), "987654321");
});

test("listeners hear which keys changed, until they stop listening", () => {
	const settings = bench().open();
	const heard: string[][] = [];
	const stop = settings.onChange((keys) => heard.push([...keys]));
	settings.set({ deviceName: "A", hostname: "" });
	stop();
	stop();
	settings.set({ deviceName: "B" });
	assert.deepEqual(heard, [["deviceName"]]);
});

test("a description shows everything but secrets, of which it only tells whether they are set", () => {
	const settings = bench().open();
	settings.set({ "printer3.accessCode": "s3cr3t77", "printer3.host": "10.0.0.3" });
	const shown = settings.describe();
	assert.equal(shown["printer3.host"], "10.0.0.3");
	assert.deepEqual(shown["printer3.accessCode"], { configured: true });
	assert.deepEqual(shown["printer2.accessCode"], { configured: false });
	assert.ok(!JSON.stringify(shown).includes("s3cr3t77"));
});

test("a reset empties storage, keeps what is in use until the restart, and stores nothing more", async () => {
	const { storage, clock, open } = bench({ "panda_breath/fault": "no_mains" });
	const settings = open();
	settings.set({ deviceName: "Shed", "wifi.ssid": "Workshop", "wifi.password": "filament" });
	await settings.flush();
	settings.set({ "breath.target": 50 });
	const heard: unknown[] = [];
	settings.onChange((keys) => heard.push(keys));
	assert.equal(await settings.reset(), true);
	assert.deepEqual([...storage.values], [["panda_breath/fault", "no_mains"]], "what is no setting stays");
	assert.equal(settings.get("wifi.ssid"), "Workshop");
	assert.deepEqual(heard, []);
	settings.set({ deviceName: "late" });
	clock.advance(60_000);
	await settle();
	assert.equal(await settings.close(), true);
	assert.equal(storage.values.size, 1);
	assert.equal(clock.pendingTimers, 0);
	assert.equal(open().get("deviceName"), "Culm");
});

test("a reset that storage refuses is told, and everything goes on as before", async () => {
	const { storage, clock, log, open } = bench();
	const settings = open();
	settings.set({ deviceName: "Shed" });
	storage.refusals = 1;
	assert.equal(await settings.reset(), false);
	assert.match(log.texts("error")[0] ?? "", /not reset: flash refuses/);
	clock.advance(500);
	await settle();
	assert.equal(storage.values.get("ui_info/name"), "Shed");
});

test("a reset waits for a write under way, which does not come back afterwards", async () => {
	const { storage, clock, open } = bench();
	const settings = open();
	let fail = (): void => {};
	const write = storage.write.bind(storage);
	storage.write = () => new Promise((_, reject) => (fail = () => reject(new PortError("storage", "no"))));
	settings.set({ deviceName: "Shed" });
	clock.advance(500);
	storage.write = write;
	const reset = settings.reset();
	fail();
	assert.equal(await reset, true);
	clock.advance(60_000);
	await settle();
	assert.equal(storage.values.size, 0);
});

test("a patch of anything at all is taken whole or refused whole, and never throws anything else", () => {
	const keys = fc.oneof(fc.constantFrom(...settingsSchema.keys(), "__proto__", "constructor"), fc.string());
	fc.assert(
		fc.property(fc.dictionary(keys, fc.anything()), (changes) => {
			const settings = bench().open();
			const before = JSON.stringify(settings.describe());
			try {
				settings.patch(changes);
				for (const [key, value] of Object.entries(changes))
					assert.equal(settings.get(key as "deviceName"), value);
			} catch (error) {
				assert.ok(error instanceof SettingsError, String(error));
				assert.equal(JSON.stringify(settings.describe()), before);
			}
		}),
	);
});

test("an older version is migrated step by step, each step seeing what the one before did", async () => {
	const schema = new Map([["name", text({ namespace: "ui_info", key: "title", maxLength: 40 })]]);
	const { storage, open } = bench(
		{ "culm/version": 1, "ui_info/name": "Shed" },
		{
			schema,
			version: 3,
			migrations: [
				(old) => [{ namespace: "ui_info", key: "label", value: `${old.get("ui_info", "name")}!` }],
				(old) => [
					{ namespace: "ui_info", key: "title", value: old.get("ui_info", "label") },
					{ namespace: "ui_info", key: "label", value: undefined },
				],
			],
		},
	);
	const settings = open();
	assert.equal(settings.get("name" as "deviceName"), "Shed!");
	await settings.close();
	assert.equal(storage.values.get("culm/version"), 3);
	assert.equal(storage.values.get("ui_info/title"), "Shed!");
	assert.equal(storage.values.has("ui_info/label"), false);
});

test("settings of a newer firmware are used where they fit, and their version is left alone", async () => {
	const { storage, log, open } = bench({ "culm/version": 99, "ui_info/name": "Future" });
	const settings = open();
	assert.equal(settings.get("deviceName"), "Future");
	await settings.close();
	assert.equal(storage.values.get("culm/version"), 99);
	assert.match(log.lines[0]?.text ?? "", /newer firmware/);
});

test("every setting fits into storage, has a key of its own, and a default that is valid", () => {
	const places = new Set<string>();
	for (const [name, setting] of settingsSchema) {
		assert.ok(
			setting.key.length <= STORAGE_KEY_LENGTH && setting.namespace.length <= STORAGE_KEY_LENGTH,
			name,
		);
		assert.equal(checkValue(setting, setting.default), undefined, name);
		if (setting.type === "text")
			assert.ok(setting.maxLength * (setting.isBlock ? 1 : 3) <= STORAGE_VALUE_BYTES, name);
		places.add(`${setting.namespace}/${setting.key}`);
	}
	assert.equal(places.size, settingsSchema.size);
});

test("types and ranges are checked", () => {
	const place = { namespace: "n", key: "k" };
	const port = integer({ ...place, default: 1, min: 1, max: 9 });
	for (const good of [1, 9]) assert.equal(checkValue(port, good), undefined);
	for (const wrong of ["1", 1.5, Number.NaN, null, undefined, true])
		assert.equal(checkValue(port, wrong)?.code, "wrong_type");
	for (const outside of [0, 10]) assert.equal(checkValue(port, outside)?.code, "out_of_range");
	const lock = flag({ ...place, default: false });
	assert.equal(checkValue(lock, true), undefined);
	for (const wrong of ["true", 0, 1, null]) assert.equal(checkValue(lock, wrong)?.code, "wrong_type");
	const mode = choice({ ...place, options: ["auto", "drying"], default: "auto" });
	assert.equal(checkValue(mode, "drying"), undefined);
	assert.equal(checkValue(mode, 1)?.code, "wrong_type");
	for (const outside of ["", "Auto", "toString"])
		assert.equal(checkValue(mode, outside)?.code, "out_of_range");
	const long = text({ ...place, maxLength: 100_000 });
	assert.equal(checkValue(long, "x".repeat(2_000))?.code, "out_of_range");
});

test("a block of text keeps its lines, fills storage to the last byte, and has ASCII only", () => {
	const ca = settingsSchema.get("anycubic.brokerCa") ?? assert.fail();
	for (const good of ["", "-----BEGIN X-----\r\nAA==\n-----END X-----\n", "x".repeat(STORAGE_VALUE_BYTES)])
		assert.equal(checkValue(ca, good), undefined);
	for (const bad of ["x".repeat(STORAGE_VALUE_BYTES + 1), "é", "a\0b", "\x7f"])
		assert.equal(checkValue(ca, bad)?.code, "out_of_range");
	const name = settingsSchema.get("printer0.name") ?? assert.fail();
	assert.equal(checkValue(name, "two\nlines")?.code, "out_of_range");
});
