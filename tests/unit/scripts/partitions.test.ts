import assert from "node:assert/strict";
import { test } from "node:test";
import { appSlotBytes, parsePartitions } from "../../../scripts/moddable/partitions";

test("a table's lines are read, its comments are not", () => {
	const table = "# name, type\nnvs, data, nvs, 0x9000, 0x5000,\n\n  app0,app,ota_0,65536, 0x10 # the first\n";
	assert.deepEqual(parsePartitions(table), [
		{ name: "nvs", type: "data", subtype: "nvs", offset: 0x9000, sizeBytes: 0x5000 },
		{ name: "app0", type: "app", subtype: "ota_0", offset: 0x10000, sizeBytes: 16 },
	]);
});

test("a line without offset or size is refused with its text", () => {
	assert.throws(() => parsePartitions("app0, app, ota_0, , 0x1000,"), /app0, app/);
	assert.throws(() => parsePartitions("app0, app, ota_0, 0x1000"), /app0, app/);
	assert.throws(() => parsePartitions("app0, app, ota_0, 0x1000, 4M"), /app0, app/);
});

test("an image has to fit the smaller of two slots", () => {
	const table = parsePartitions("a, app, ota_0, 0, 300\nb, app, ota_1, 300, 200\nc, data, nvs, 500, 1\n");
	assert.equal(appSlotBytes(table), 200);
});

test("a table without a slot for an app is refused", () => {
	assert.throws(
		() => appSlotBytes(parsePartitions("nvs, data, nvs, 0x9000, 0x5000")),
		/no partition for an app/,
	);
});
