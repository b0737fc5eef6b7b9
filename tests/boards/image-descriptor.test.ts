// What the C compiler makes of the image's descriptor, read by what checks an update.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { IMAGE_HEAD_BYTES, parseImageHead } from "../../modules/update/image-head";
import { imageTarget } from "../../modules/update/image-target";
import { firmwareImage, OWN_OFFSET } from "../fakes/firmware-image";

const SOURCES = "modules/platform/xs/esp32";
const SECTION = ".rodata_custom_desc";
const FLAGS = ["-std=gnu17", "-Wall", "-Wextra", "-Werror", "-c", `-I${SOURCES}`];
const COMPILER = process.env.CC ?? "cc";
const OBJCOPY = process.env.OBJCOPY ?? "objcopy";

const hasTools = [COMPILER, OBJCOPY].every((tool) => spawnSync(tool, ["--version"]).status === 0);
// In CI there are both, and a case left out would be a promise broken. macOS names sections in another way.
const skip =
	(hasTools && process.platform === "linux") || process.env.CI !== undefined
		? false
		: `there is no C compiler "${COMPILER}" for ELF here, or no "${OBJCOPY}"`;

/** The bytes of the section that ESP-IDF's linker script puts into the image. */
function compile(t: TestContext, defines: Readonly<Record<string, string>>): Uint8Array {
	const folder = mkdtempSync(join(tmpdir(), "culm-descriptor-"));
	t.after(() => rmSync(folder, { recursive: true }));
	// As mcconfig writes it.
	const lines = Object.entries(defines).map(([name, value]) => `#define MODDEF_CULM_${name} "${value}"\n`);
	writeFileSync(join(folder, "mc.defines.h"), lines.join(""));
	const object = join(folder, "descriptor.o");
	const section = join(folder, "descriptor.bin");
	execFileSync(COMPILER, [...FLAGS, `-I${folder}`, join(SOURCES, "image-descriptor.c"), "-o", object], {
		stdio: "pipe",
	});
	execFileSync(OBJCOPY, ["-O", "binary", `--only-section=${SECTION}`, object, section]);
	return readFileSync(section);
}

test("the descriptor that is compiled into an image is the one that an update reads", { skip }, (t) => {
	for (const board of ["panda_breath", "moddable_six", "m5stack_cores3"]) {
		const target = imageTarget(board) ?? assert.fail(board);
		const descriptor = compile(t, { BOARD: board, VERSION: "12.34.56-beta" });
		assert.equal(OWN_OFFSET + descriptor.length, IMAGE_HEAD_BYTES);
		const image = firmwareImage({ chip: target.chip, board: undefined });
		image.set(descriptor, OWN_OFFSET);
		const { board: read, version } = parseImageHead(image.subarray(0, IMAGE_HEAD_BYTES), target);
		assert.deepEqual([read, version], [board, "12.34.56-beta"]);
	}
});

test("a name that does not fit is an error of the compiler, and so is none at all", { skip }, (t) => {
	compile(t, { BOARD: "b".repeat(23), VERSION: "v".repeat(31) });
	assert.throws(() => compile(t, { BOARD: "b".repeat(24), VERSION: "1" }), /too long/);
	assert.throws(() => compile(t, { BOARD: "b", VERSION: "v".repeat(32) }), /too long/);
	assert.throws(() => compile(t, { VERSION: "1" }), /have to define/);
});
