// What a board is built with: the heater's chip has no room for what a controller has.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";

const HEATER_PARTS = "modules/boards/heater_parts/parts.ts";
const CONTROLLER_PARTS = "modules/boards/controller_parts/parts.ts";

/** Every file whose code comes along with these; what is imported for its types alone does not. */
function reachable(...entries: readonly string[]): Set<string> {
	const found = new Set<string>();
	const waiting = [...entries];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (found.has(file)) continue;
		found.add(file);
		for (const [, names = "", path = ""] of readFileSync(file, "utf8").matchAll(
			/^(?:import|export) ([^;]*?) from "(\.[^"]+)";$/gm,
		)) {
			const isType =
				names.startsWith("type ") ||
				/^\{([^}]*)\}$/
					.exec(names)?.[1]
					?.split(",")
					.filter((name) => name.trim() !== "")
					.every((name) => name.trim().startsWith("type "));
			if (!isType) waiting.push(`${posix.join(posix.dirname(file), path)}.ts`);
		}
	}
	return found;
}

/** Every manifest that comes along with this one, as far as it is ours. */
function manifestsOf(manifest: string, found = new Set<string>()): Set<string> {
	if (found.has(manifest)) return found;
	found.add(manifest);
	for (const [, path = ""] of readFileSync(manifest, "utf8").matchAll(/"(\.{1,2}\/[^"]*\.json)"/g))
		if (existsSync(join(dirname(manifest), path))) manifestsOf(join(dirname(manifest), path), found);
	return found;
}

const LEFT_OUT = [
	"modules/breath/remote/",
	"modules/printers/bambu/camera/",
	"modules/printers/bambu/commands/",
	"modules/printers/bambu/fault-texts/",
	"modules/printers/bambu/job-file/",
	"modules/printers/history/",
	"modules/web/camera/",
	"modules/web/spools/",
];

/** By these the settings check what they are given, on every board. */
const OF_SETTINGS = ["modules/spools/slot-map.ts", "modules/spools/spoolman/spoolman-url.ts"];

test("a heater's image has no code for spools, commands, cameras, job files, past jobs or a heater elsewhere", () => {
	const files = [...reachable(HEATER_PARTS, "modules/firmware.ts")];
	assert.ok(files.length > 100, String(files.length));
	for (const folder of LEFT_OUT)
		assert.deepEqual(
			files.filter((file) => file.startsWith(folder)),
			[],
		);
	assert.deepEqual(files.filter((file) => file.startsWith("modules/spools/")).sort(), OF_SETTINGS);
});

test("a controller's image has all of it", () => {
	const files = [...reachable(CONTROLLER_PARTS, "modules/firmware.ts")];
	for (const folder of [...LEFT_OUT, "modules/spools/"])
		assert.ok(
			files.some((file) => file.startsWith(folder)),
			folder,
		);
});

test("what a heater leaves out is not linked by a manifest either", () => {
	const own = [...manifestsOf("modules/boards/panda_breath/manifest.json")];
	const common = ["manifest.json", ...readCommonManifests()];
	for (const manifest of [...own, ...common])
		for (const folder of [...LEFT_OUT, "modules/spools/"])
			assert.ok(!manifest.startsWith(folder), `${manifest} is linked on every board`);
	const controller = [...manifestsOf("modules/boards/controller_parts/manifest.json")];
	for (const folder of [...LEFT_OUT, "modules/spools/"])
		assert.ok(controller.includes(join(folder, "manifest.json")), folder);
});

test("each board says which parts it is built with", () => {
	const boards = readdirSync("modules/boards").filter((name) =>
		existsSync(join("modules/boards", name, "partitions.csv")),
	);
	for (const board of [...boards, "simulated_panel"]) {
		const parts = [...manifestsOf(join("modules/boards", board, "manifest.json"))].filter((manifest) =>
			manifest.endsWith("_parts/manifest.json"),
		);
		const expected = board === "panda_breath" ? "heater_parts" : "controller_parts";
		assert.deepEqual(parts, [`modules/boards/${expected}/manifest.json`], board);
	}
});

/** Of every board: the simulators' own are chosen by platform. */
function readCommonManifests(): string[] {
	const { include } = JSON.parse(readFileSync("manifest.json", "utf8")) as { include: string[] };
	return include.flatMap((path) => [...manifestsOf(join(".", path))]);
}
