import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { imageTarget } from "../../../modules/update/image-target";
import { parsePartitions } from "../../../scripts/moddable/partitions";

const BOARDS = "modules/boards";
const boards = readdirSync(BOARDS).filter((name) => existsSync(join(BOARDS, name, "partitions.csv")));

const tableOf = (board: string) =>
	parsePartitions(readFileSync(join(BOARDS, board, "partitions.csv"), "utf8"));

function configurationOf(board: string): Map<string, string> {
	const text = readFileSync(join(BOARDS, board, "sdkconfig/sdkconfig.defaults"), "utf8");
	const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
	return new Map(lines.map((line) => line.split("=", 2) as [string, string]));
}

test("there are boards", () => {
	assert.deepEqual(boards, ["m5stack_cores3", "moddable_six", "panda_breath"]);
});

for (const board of boards) {
	test(`${board}: partitions follow each other, fill no more than the flash, and apps begin where the chip can map them`, () => {
		let end = 0x9000;
		for (const { name, type, offset, sizeBytes } of tableOf(board)) {
			assert.ok(offset >= end, `${name} overlaps`);
			assert.ok(type !== "app" || offset % 0x10000 === 0, `${name} is not aligned`);
			end = offset + sizeBytes;
		}
		const sizes = [...configurationOf(board)].flatMap(([name, value]) => {
			const found = /^CONFIG_ESPTOOLPY_FLASHSIZE_(\d+)MB$/.exec(name);
			return found !== null && value === "y" ? [Number(found[1])] : [];
		});
		// 4 MB is what the SDK's own configuration says when the board's says nothing.
		assert.ok(end <= (sizes[0] ?? 4) * 0x100000, "the flash is smaller");
	});

	test(`${board}: an update has a second slot of the same size, and a place to say which one starts`, () => {
		const table = tableOf(board);
		const slots = table.filter(({ type }) => type === "app");
		assert.deepEqual(
			slots.map(({ subtype }) => subtype),
			["ota_0", "ota_1"],
		);
		assert.equal(slots[0]?.sizeBytes, slots[1]?.sizeBytes);
		assert.ok(table.some(({ subtype, sizeBytes }) => subtype === "ota" && sizeBytes === 0x2000));
	});

	test(`${board}: its image says which board it is for, which the update knows`, () => {
		const { defines } = JSON.parse(readFileSync(join(BOARDS, board, "manifest.json"), "utf8"));
		assert.equal(defines.culm.board, `#${board}`);
		assert.equal(imageTarget(board)?.board, board);
	});

	test(`${board}: the boot loader goes back to the old image when the new one does not confirm itself`, () => {
		assert.equal(configurationOf(board).get("CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE"), "y");
	});

	test(`${board}: a fault or a hung loop restarts the device instead of waiting for somebody`, () => {
		const configuration = configurationOf(board);
		for (const name of [
			"ESP_SYSTEM_PANIC_SILENT_REBOOT",
			"ESP_COREDUMP_ENABLE_TO_NONE",
			"ESP_TASK_WDT_EN",
			"ESP_TASK_WDT_PANIC",
		]) {
			assert.equal(configuration.get(`CONFIG_${name}`), "y", name);
		}
	});
}

test("the Panda Breath keeps the stock firmware's table, so that its image installs over the stock update page", () => {
	assert.deepEqual(
		tableOf("panda_breath").map(({ subtype, offset, sizeBytes }) => [subtype, offset, sizeBytes]),
		[
			["nvs", 0x9000, 0x5000],
			["ota", 0xe000, 0x2000],
			["ota_0", 0x10000, 0x1e0000],
			["ota_1", 0x1f0000, 0x1e0000],
			["spiffs", 0x3d0000, 0x2f000],
			["coredump", 0x3ff000, 0x1000],
		],
	);
});

test("XS on the Panda Breath has 96 KB for the firmware, and 32 KB for twelve connections at once", () => {
	const manifest = JSON.parse(readFileSync(join(BOARDS, "panda_breath/manifest.json"), "utf8"));
	assert.equal(manifest.creation.static, (96 + 32) * 1024);
});

test("boards with a screen give XS PSRAM, and as much of it to begin with as the panel takes", () => {
	for (const board of ["m5stack_cores3", "moddable_six"]) {
		assert.equal(configurationOf(board).get("CONFIG_SPIRAM_USE_MALLOC"), "y");
		const { creation } = JSON.parse(readFileSync(join(BOARDS, board, "manifest.json"), "utf8"));
		assert.equal(creation.static, 0);
		// Seen on the small panel's home in the simulator: 13,400 slots, and 115 KB of chunks; 235 KB with the camera.
		assert.equal(creation.heap.initial, 16 * 1024);
		assert.equal(creation.chunk.initial, 256 * 1024);
		// Screens are built of functions in functions: 585 slots have been seen.
		assert.equal(creation.stack, 1024);
	}
});
