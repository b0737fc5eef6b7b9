// What the check of an image promises: only a whole image for this very device passes, however it comes.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ImageCheck } from "../../../modules/update/image-check";
import { ImageError, type ImageErrorCode } from "../../../modules/update/image-error";
import { type ImageTarget, imageTarget } from "../../../modules/update/image-target";
import { firmwareImage, type ImageOptions, OWN_OFFSET, sealed } from "../../fakes/firmware-image";
import { createFakeSha256 } from "../../fakes/sha256";

const PANDA_BREATH = targetOf("panda_breath");
const MODDABLE_SIX = targetOf("moddable_six");

function targetOf(board: string): ImageTarget {
	return imageTarget(board) ?? assert.fail(`no images for ${board}`);
}

/** Of pieces that end where `cuts` say, of a file of that size. */
function verdict(
	image: Uint8Array,
	{ target = PANDA_BREATH, cuts = [], sizeBytes = image.length }: CheckOptions = {},
): ImageErrorCode | "right" {
	const check = new ImageCheck({ target, sizeBytes, sha256: createFakeSha256() });
	try {
		let start = 0;
		for (const end of [...cuts, image.length].sort((a, b) => a - b)) {
			check.take(image.subarray(start, end));
			start = end;
		}
		check.end();
		return "right";
	} catch (error) {
		if (!(error instanceof ImageError)) throw error;
		assert.match(error.message, /^[A-Z].*\.$/, "it is a sentence");
		return error.code;
	}
}

interface CheckOptions {
	target?: ImageTarget;
	cuts?: readonly number[];
	sizeBytes?: number;
}

function changed(image: Uint8Array, change: (view: DataView) => void): Uint8Array {
	const copy = image.slice();
	change(new DataView(copy.buffer));
	return sealed(copy);
}

test("an image of Culm for this board is right, on each chip", () => {
	assert.equal(verdict(firmwareImage()), "right");
	for (const board of ["moddable_six", "m5stack_cores3"])
		assert.equal(verdict(firmwareImage({ chip: 9, board }), { target: targetOf(board) }), "right", board);
});

test("the simulator takes what a Panda Breath takes", () => {
	assert.deepEqual(imageTarget("simulator"), PANDA_BREATH);
});

test("a board that nobody knows takes nothing", () => {
	assert.equal(imageTarget("toaster"), undefined);
	assert.equal(imageTarget("constructor"), undefined);
});

test("the image's head tells board and version, as soon as it is there", () => {
	const image = firmwareImage({ version: "2.0.1" });
	const check = new ImageCheck({ target: PANDA_BREATH, sizeBytes: image.length, sha256: createFakeSha256() });
	check.take(image.subarray(0, 351));
	assert.equal(check.head, undefined);
	check.take(image.subarray(351, 352));
	assert.deepEqual(check.head, { segments: 3, board: "panda_breath", version: "2.0.1" });
	assert.deepEqual([...check.takeHeadBytes()], [...image.subarray(0, 352)]);
});

test("the stock firmware is the way back on a Panda Breath, and on no other board", () => {
	const stock = firmwareImage({ project: "panda_breath", board: undefined, version: "V1.0.3" });
	assert.equal(verdict(stock), "right");
	assert.equal(
		verdict(firmwareImage({ project: "panda_breath", board: undefined, chip: 9 }), { target: MODDABLE_SIX }),
		"wrong_project",
	);
});

const wrong: readonly [what: string, image: Uint8Array, code: ImageErrorCode, target?: ImageTarget][] = [
	["for another chip", firmwareImage({ chip: 9, board: "moddable_six" }), "wrong_chip"],
	[
		"for another board with the same chip",
		firmwareImage({ chip: 9, board: "m5stack_cores3" }),
		"wrong_board",
		MODDABLE_SIX,
	],
	["of another project", firmwareImage({ project: "dragonbreath", board: undefined }), "wrong_project"],
	["that is Culm's by its project's name alone", firmwareImage({ board: undefined }), "wrong_project"],
	["for a board whose name only begins the same", firmwareImage({ board: "panda_breath2" }), "wrong_board"],
	["for no board", firmwareImage({ board: "" }), "wrong_board"],
	["with another first byte", changed(firmwareImage(), (view) => view.setUint8(0, 0xea)), "not_an_image"],
	["without segments", changed(firmwareImage(), (view) => view.setUint8(1, 0)), "not_an_image"],
	["with 17 segments", changed(firmwareImage(), (view) => view.setUint8(1, 17)), "not_an_image"],
	["of a bootloader", changed(firmwareImage(), (view) => view.setUint32(32, 0)), "not_an_image"],
	["that says it has no hash", changed(firmwareImage(), (view) => view.setUint8(23, 0)), "no_hash"],
	[
		"with a descriptor of another form",
		changed(firmwareImage(), (view) => view.setUint16(OWN_OFFSET + 4, 2, true)),
		"malformed",
	],
	[
		"with a descriptor that is too short",
		changed(firmwareImage(), (view) => view.setUint16(OWN_OFFSET + 6, 60, true)),
		"malformed",
	],
	[
		"with a segment of 999 bytes",
		changed(firmwareImage(), (view) => view.setUint32(28, 999, true)),
		"malformed",
	],
	[
		"with a segment that ends beyond the file",
		changed(firmwareImage(), (view) => view.setUint32(28, 0xfffffffc, true)),
		"wrong_size",
	],
	[
		"whose descriptor lies beyond its first segment",
		firmwareImage({ segmentBytes: [300, 700] }),
		"wrong_project",
	],
	[
		"with a wrong checksum, and the hash that belongs to it",
		changed(firmwareImage(), (view) => view.setUint8(view.byteLength - 33, 1)),
		"wrong_checksum",
	],
	["that is nothing but zeros", new Uint8Array(2000), "not_an_image"],
	["that is too short for a head", firmwareImage().slice(0, 300), "wrong_size"],
	["with something after it", Uint8Array.of(...firmwareImage(), ...new Uint8Array(16)), "wrong_size"],
	["with a second image after it", Uint8Array.of(...firmwareImage(), ...firmwareImage()), "wrong_size"],
];

for (const [what, image, code, target = PANDA_BREATH] of wrong) {
	test(`an image ${what} is refused: ${code}`, () => {
		assert.equal(verdict(image, { target }), code);
		assert.equal(verdict(image, { target, cuts: Array.from(image, (_, index) => index) }), code);
	});
}

test("a wrong head is found when the head is there, not when all is", () => {
	const image = firmwareImage({ board: "moddable_six" });
	const check = new ImageCheck({ target: PANDA_BREATH, sizeBytes: image.length, sha256: createFakeSha256() });
	assert.throws(() => check.take(image.subarray(0, 352)), { code: "wrong_board" });
});

test("an image that cannot fit its file is found at the segment's header", () => {
	const image = firmwareImage({ segmentBytes: [1000, 100_000] });
	const check = new ImageCheck({ target: PANDA_BREATH, sizeBytes: 50_000, sha256: createFakeSha256() });
	assert.throws(() => check.take(image.subarray(0, 1040)), { code: "wrong_size" });
});

const segments = fc
	.tuple(fc.integer({ min: 80, max: 200 }), fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 15 }))
	.map(([first, others]) => [first, ...others].map((words) => words * 4));
const images = segments.map((segmentBytes): [Uint8Array, ImageOptions] => {
	const options = { segmentBytes };
	return [firmwareImage(options), options];
});

test("an image with segments of any length is right, in pieces of any length", () => {
	fc.assert(
		fc.property(images, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), ([image], parts) => {
			const cuts = parts.map((part) => Math.floor(part * image.length));
			assert.equal(verdict(image, { cuts }), "right");
		}),
	);
});

test("pieces that lie anywhere in memory make no difference", () => {
	const image = firmwareImage();
	for (let shift = 1; shift < 8; shift++) {
		const place = new Uint8Array(image.length + shift);
		place.set(image, shift);
		assert.equal(verdict(place.subarray(shift), { cuts: [353, 700, 901] }), "right");
	}
});

test("an image with any bit changed is refused", () => {
	fc.assert(
		fc.property(images, fc.nat(), fc.integer({ min: 0, max: 7 }), ([image], place, bit) => {
			const copy = image.slice();
			const at = place % copy.length;
			copy[at] = (copy[at] ?? 0) ^ (1 << bit);
			assert.notEqual(verdict(copy), "right");
		}),
		{ numRuns: 500 },
	);
});

test("an image with any of its bytes changed is refused, byte by byte", () => {
	const image = firmwareImage({ segmentBytes: [400, 8] });
	for (let at = 0; at < image.length; at++) {
		const copy = image.slice();
		copy[at] = (copy[at] ?? 0) ^ 0x40;
		assert.notEqual(verdict(copy), "right", `byte ${at}`);
	}
});

test("an image that is cut off at any byte is refused, whatever length was announced", () => {
	const image = firmwareImage({ segmentBytes: [400, 8] });
	for (let length = 0; length < image.length; length++) {
		const cut = image.slice(0, length);
		assert.equal(
			verdict(cut, { sizeBytes: image.length }),
			"wrong_size",
			`${length} of ${image.length} bytes`,
		);
		assert.notEqual(verdict(cut), "right", `${length} bytes`);
	}
});

test("bytes that are no image do no harm, whatever they are", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 1000 }), fc.boolean(), (bytes, beginsAsOne) => {
			const image = beginsAsOne ? Uint8Array.of(...firmwareImage().subarray(0, 352), ...bytes) : bytes;
			assert.notEqual(verdict(image), "right");
		}),
	);
});

test("the pieces and the verdict do not depend on each other for wrong images either", () => {
	fc.assert(
		fc.property(images, fc.nat(), fc.array(fc.nat()), ([image], place, cuts) => {
			const copy = image.slice();
			const at = place % copy.length;
			copy[at] = (copy[at] ?? 0) ^ 0xff;
			assert.equal(verdict(copy, { cuts: cuts.map((cut) => cut % copy.length) }), verdict(copy));
		}),
	);
});

test("nothing of the image is kept but its head", () => {
	// What the check reads after a piece was taken would show here.
	const image = firmwareImage({ segmentBytes: [4000, 4000] });
	const check = new ImageCheck({ target: PANDA_BREATH, sizeBytes: image.length, sha256: createFakeSha256() });
	for (let start = 0; start < image.length; start += 100) {
		const piece = image.slice(start, start + 100);
		check.take(piece);
		piece.fill(0);
	}
	check.end();
});
