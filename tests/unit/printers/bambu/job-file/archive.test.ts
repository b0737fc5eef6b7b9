// One file is taken out of an archive while it comes, however the archive was written and in whatever pieces it comes.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findInDirectory } from "../../../../../modules/printers/bambu/job-file/archive-directory";
import { ArchiveScan } from "../../../../../modules/printers/bambu/job-file/archive-scan";
import { ascii, storedBlock, type ZipEntry, zipArchive } from "../../../../fakes/zip-archive";

const NAME = "Metadata/slice_info.config";
const WANTED = ascii("<config>what is wanted PK\u0007\u0008 PK\u0003\u0004</config>");
const LENGTHS = [
	"header",
	"long_header",
	"descriptor",
	"bare_descriptor",
	"long_descriptor",
	"long_bare_descriptor",
] as const;

function scan(bytes: Uint8Array, { pieceBytes = 100_000, maxBytes = 1000 } = {}) {
	const scanner = new ArchiveScan({ name: ascii(NAME), maxBytes });
	let takenBytes = 0;
	for (let at = 0; at < bytes.length && scanner.wantsMore; at += pieceBytes) {
		const piece = bytes.slice(at, at + pieceBytes);
		takenBytes += piece.length;
		scanner.take(piece);
		// It is another one's afterwards.
		piece.fill(0xaa);
	}
	return { scanner, takenBytes };
}

/** Full of what looks like the end of a file. */
function treacherous(length: number): Uint8Array {
	const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 251);
	for (let at = 5; at + 30 < length; at += 31) bytes.set(ascii("PK\u0007\u0008abcd"), at);
	for (let at = 17; at + 30 < length; at += 62) bytes.set(ascii("PK\u0003\u0004"), at);
	for (let at = 40; at + 30 < length; at += 93) bytes.set(ascii("PPPKPK"), at);
	return bytes;
}

test("the file is found whatever comes before it, and whichever way the lengths are written", () => {
	for (const length of LENGTHS) {
		for (const before of [0, 1, 19, 20, 21, 700]) {
			const archive = zipArchive([
				{ name: "[Content_Types].xml", bytes: treacherous(before), length, method: 8 },
				{ name: NAME, bytes: WANTED, length },
				{ name: "Metadata/plate_1.gcode", bytes: treacherous(900), length },
			]);
			for (const pieceBytes of [1, 2, 13, 64, 100_000]) {
				const { scanner, takenBytes } = scan(archive, { pieceBytes });
				assert.deepEqual(
					scanner.file,
					{ isDeflated: false, bytes: WANTED },
					`${length} ${before} ${pieceBytes}`,
				);
				if (pieceBytes < 64) assert.ok(takenBytes < archive.length - 800, "the rest does not have to come");
			}
		}
	}
});

test("a compressed file is given as it is in the archive", () => {
	const bytes = storedBlock(WANTED);
	for (const length of LENGTHS) {
		const { scanner } = scan(zipArchive([{ name: NAME, bytes, method: 8, length }]), { pieceBytes: 5 });
		assert.deepEqual(scanner.file, { isDeflated: true, bytes });
	}
});

test("an empty file is a file", () => {
	for (const length of LENGTHS) {
		const { scanner } = scan(zipArchive([{ name: NAME, bytes: new Uint8Array(0), length }]));
		assert.equal(scanner.file?.bytes.length, 0, length);
	}
});

test("an archive without the file says so, and an archive that is none too", () => {
	const others: ZipEntry[] = LENGTHS.map((length, i) => ({
		name: `file ${i}`,
		bytes: treacherous(50 + i),
		length,
	}));
	assert.equal(scan(zipArchive(others)).scanner.failure, "absent");
	assert.equal(scan(zipArchive([])).scanner.failure, "broken");
	assert.equal(scan(ascii("220 this is no archive at all, but text")).scanner.failure, "broken");
	assert.equal(scan(zipArchive([{ name: `${NAME}x`, bytes: WANTED }])).scanner.failure, "absent");
});

test("a file that is too long, encrypted or compressed in another way is refused", () => {
	for (const length of LENGTHS) {
		const archive = zipArchive([{ name: NAME, bytes: treacherous(1200), length }]);
		for (const pieceBytes of [1, 50, 100_000])
			assert.equal(scan(archive, { pieceBytes }).scanner.failure, "too_large", length);
		const exact = zipArchive([{ name: NAME, bytes: treacherous(1000), length }]);
		assert.equal(scan(exact, { pieceBytes: 50 }).scanner.file?.bytes.length, 1000, length);
	}
	const entry = { name: NAME, bytes: WANTED };
	assert.equal(scan(zipArchive([{ ...entry, isEncrypted: true }])).scanner.failure, "unreadable");
	assert.equal(scan(zipArchive([{ ...entry, method: 12 }])).scanner.failure, "unreadable");
});

test("an archive that is cut off anywhere gives the file or nothing", () => {
	for (const length of LENGTHS) {
		const archive = zipArchive([
			{ name: "first", bytes: treacherous(100), length },
			{ name: NAME, bytes: WANTED, length },
		]);
		for (let end = 0; end < archive.length; end++) {
			const { file } = scan(archive.slice(0, end), { pieceBytes: 9 }).scanner;
			if (file) assert.deepEqual(file.bytes, WANTED);
		}
	}
});

test("hostile bytes do no harm, and hold no more memory than is allowed", () => {
	const valid = zipArchive(
		LENGTHS.map((length) => ({ name: NAME.slice(1), bytes: treacherous(60), length })),
	);
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 12 }),
			fc.uint8Array({ maxLength: 200 }),
			fc.integer({ min: 1, max: 80 }),
			(changes, rest, pieceBytes) => {
				const bytes = Uint8Array.from([...valid, ...rest]);
				for (const [at, value] of changes) bytes[at] = value;
				const { file } = scan(bytes, { pieceBytes, maxBytes: 100 }).scanner;
				assert.ok((file?.bytes.length ?? 0) <= 100);
				const found = findInDirectory({ bytes, before: 0 }, ascii(NAME.slice(1)));
				if (typeof found === "number") assert.ok(found >= 0 && found < bytes.length);
			},
		),
		{ seed: 7, numRuns: 500 },
	);
});

test("the archive's end tells where the file is, when it reaches back far enough", () => {
	const entries: ZipEntry[] = [
		{ name: "first", bytes: treacherous(500) },
		{ name: NAME, bytes: WANTED, length: "descriptor" },
		{ name: "last", bytes: treacherous(40) },
	];
	for (const comment of ["", "PK\u0005\u0006 a comment"]) {
		const archive = zipArchive(entries, comment);
		for (const before of [0, 400, 540]) {
			const offset = findInDirectory({ bytes: archive.slice(before), before }, ascii(NAME));
			assert.ok(typeof offset === "number");
			assert.deepEqual(scan(archive.slice(offset), { pieceBytes: 11 }).scanner.file?.bytes, WANTED);
		}
		assert.equal(findInDirectory({ bytes: archive, before: 0 }, ascii("nobody")), "absent");
		const before = archive.length - 60;
		assert.equal(findInDirectory({ bytes: archive.slice(before), before }, ascii(NAME)), undefined);
		assert.equal(findInDirectory({ bytes: archive.slice(0, -1), before: 0 }, ascii(NAME)), undefined);
	}
	assert.equal(findInDirectory({ bytes: new Uint8Array(100), before: 0 }, ascii(NAME)), undefined);
});
