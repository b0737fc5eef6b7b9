// A job's file is looked for under the names that it can have, and under no other ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
	archiveNames,
	likeness,
	plateOfFile,
} from "../../../../../modules/printers/bambu/job-file/archive-names";
import { listedArchives } from "../../../../../modules/printers/bambu/job-file/folder-listing";

test("the file that the printer names comes first, then the title's, and then those without spaces", () => {
	assert.deepEqual(archiveNames({ file: "36mm.gcode.3mf", title: "36mm" }), ["36mm.gcode.3mf", "36mm.3mf"]);
	assert.deepEqual(archiveNames({ file: "/data/Metadata/plate_1.gcode", title: "Parts Box" }), [
		"Parts Box.gcode.3mf",
		"Parts Box.3mf",
		"Parts_Box.gcode.3mf",
		"Parts_Box.3mf",
	]);
	assert.deepEqual(archiveNames({ file: "/mnt/sdcard/a.3mf", title: "B.gcode.3MF" }), [
		"a.3mf",
		"B.gcode.3mf",
		"B.3mf",
		"a.gcode.3mf",
	]);
	assert.deepEqual(archiveNames({ file: "/data/Metadata/plate_1.gcode", title: " " }), []);
	assert.deepEqual(archiveNames({ file: "", title: "" }), []);
});

test("names that would be a command, or another folder's, are left out", () => {
	assert.deepEqual(archiveNames({ file: "", title: "a\r\nDELE b" }), []);
	assert.deepEqual(archiveNames({ file: "", title: "../../etc/x" }), []);
	assert.deepEqual(archiveNames({ file: "", title: "x".repeat(300) }), []);
});

test("the plate is in the name of the printer's own file", () => {
	assert.equal(plateOfFile("/data/Metadata/plate_12.gcode"), 12);
	for (const file of ["", "cube.gcode.3mf", "plate_0.gcode", "plate_1.gcode.3mf", "plate_x.gcode"])
		assert.equal(plateOfFile(file), undefined, file);
});

test("names are alike when spaces, signs and capitals make the difference", () => {
	assert.equal(likeness("Big_Box (v2).gcode.3mf"), likeness("big box: v2"));
	assert.notEqual(likeness("Würfel 1"), likeness("Würfel 2"));
	assert.equal(likeness(" - "), "");
});

test("of a folder the archives are listed, the newest with the largest number", () => {
	const now = Date.UTC(2026, 1, 10, 12, 0);
	const listing = [
		"total 3",
		"drwxr-xr-x    2 1000     1000         4096 Jan 01 10:00 folder.3mf",
		"-rw-r--r--    1 1000     1000      1632221 Dec 30 10:00 last year.gcode.3mf",
		"-rw-r--r--    1 0        0            1234 Feb 10 09:58 newest.3mf",
		"-rw-r--r--    1 0        0            1234 Feb  9 09:58  a space in front.3mf",
		"-rw-r--r--    1 0        0            1234 Aug 01 2025 oldest.3mf",
		"-rw-r--r--    1 0        0            1234 Foo 01 2025 strange.3mf",
		"-rw-r--r--    1 0        0            1234 Feb 10 09:59 picture.png",
		"",
	].join("\r\n");
	const archives = listedArchives(listing, now);
	const order = archives.sort((a, b) => b.age - a.age).map(({ name }) => name);
	assert.deepEqual(order, [
		"newest.3mf",
		" a space in front.3mf",
		"last year.gcode.3mf",
		"oldest.3mf",
		"strange.3mf",
	]);
	assert.equal(listedArchives("-rw-r--r-- 1 0 0 1 Jan 01 10:00 a.3mf\n".repeat(1000), now).length, 200);
});
