// Lists of the virtual Spoolman: what a filter finds, in which order, and page by page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AskedSpoolman } from "./asked-spoolman";

test("a text is found as a part, whatever the case of its letters", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/spool?filament.name=basic"), [1, 2]);
	assert.deepEqual(spoolman.ids("/spool?filament.material=pEtG"), [3]);
	assert.deepEqual(spoolman.ids("/spool?location=ams"), [1, 2]);
	assert.deepEqual(spoolman.ids("/spool?filament.vendor.name=BAMBU"), [1, 2]);
	assert.deepEqual(spoolman.ids("/spool?vendor_name=bambu&filament_material=pla"), [1, 2]);
	assert.deepEqual(spoolman.ids("/spool?location=nowhere"), []);
	assert.deepEqual(spoolman.ids("/filament?vendor.name=lab"), [1]);
	assert.deepEqual(spoolman.ids("/vendor?name=lab"), [1]);
});

test("letters beyond ASCII are found as they are written", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids(`/vendor?name=${encodeURIComponent("Größe")}`), [2]);
	spoolman.done("POST", "/vendor", { name: "ÄÖÜ" });
	assert.deepEqual(spoolman.ids(`/vendor?name=${encodeURIComponent("ÄÖ")}`), [3]);
});

test("commas say or, quotes say exactly, and nothing says not set", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/spool?location=A10,shelf"), [2, 3]);
	assert.deepEqual(spoolman.ids('/spool?location="AMS A1"'), [1]);
	assert.deepEqual(spoolman.ids('/spool?location="ams a1"'), []);
	assert.deepEqual(spoolman.ids('/spool?location="AMS A1","Shelf"'), [1, 3]);
	assert.deepEqual(spoolman.ids("/spool?lot_nr="), [2, 3, 4]);
	assert.deepEqual(spoolman.ids("/spool?location="), [4], "an empty text counts as none");
	assert.deepEqual(spoolman.ids("/spool?location=,shelf"), [3, 4]);
});

test("the signs of SQL patterns are only letters", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/filament?name=%25"), [2]);
	assert.deepEqual(spoolman.ids("/filament?name=_"), []);
	assert.deepEqual(spoolman.ids("/filament?name=/"), []);
	assert.deepEqual(spoolman.ids("/filament?name='"), []);
});

test("ids are found by number, none by -1, and other texts are refused", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/spool?filament.id=1,3"), [1, 2, 4]);
	assert.deepEqual(spoolman.ids("/spool?filament.vendor.id=2"), [3]);
	assert.deepEqual(spoolman.ids("/spool?vendor_id=-1"), [4]);
	const { status, body } = spoolman.ask("GET", "/spool?filament.id=red");
	assert.equal(status, 422);
	assert.deepEqual(body.detail[0].loc, ["query", "filament.id"]);
	assert.equal(body.detail[0].type, "string_pattern_mismatch");
});

test("an extra field is found by its text; one that is not defined finds everything", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/spool?extra.tag=%22ABCD1234%22"), [1]);
	assert.deepEqual(spoolman.ids("/spool?extra.tag=abcd"), [1, 3], "a part of it");
	assert.deepEqual(spoolman.ids("/spool?extra.tag=%22ABCD%22"), []);
	assert.deepEqual(spoolman.ids("/spool?extra.tag="), [2, 4]);
	assert.deepEqual(spoolman.ids("/spool?extra.grade=3"), [1]);
	assert.deepEqual(spoolman.ids("/spool?extra.grade="), [2, 3, 4]);
	assert.deepEqual(spoolman.ids("/spool?extra.colour=red"), [1, 2, 3, 4]);
});

test("times are found by their range", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/spool?registered=2026-11-20T18:11:16Z"), [2]);
	assert.deepEqual(spoolman.ids("/spool?registered=2026-11-20T18:11:16Z|"), [2, 3, 4]);
	assert.deepEqual(spoolman.ids("/spool?registered=|2026-11-20T18:11:16Z"), [1, 2]);
	assert.deepEqual(spoolman.ids("/spool?registered=2026-11-20T18:11:00Z|2026-11-20T18:12:59Z"), [2, 3]);
	assert.deepEqual(spoolman.ids("/spool?first_used="), [1, 2, 3, 4]);
	assert.equal(spoolman.ask("GET", "/spool?registered=yesterday").status, 400);
});

test("archived spools are hidden until they are asked for", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/spool"), [1, 2, 3, 4]);
	assert.deepEqual(spoolman.ids("/spool?allow_archived=false"), [1, 2, 3, 4]);
	for (const yes of ["true", "True", "1", "yes"])
		assert.deepEqual(spoolman.ids(`/spool?allow_archived=${yes}`), [1, 2, 3, 4, 5]);
	const { status, body } = spoolman.ask("GET", "/spool?allow_archived=perhaps");
	assert.equal(status, 422);
	assert.equal(body.detail[0].type, "bool_parsing");
});

test("a list is sorted by what is asked for, and what is not set comes last", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.ids("/spool?sort=id:desc"), [4, 3, 2, 1]);
	assert.deepEqual(spoolman.ids("/spool?sort=remaining_weight:asc"), [2, 3, 1, 4]);
	assert.deepEqual(spoolman.ids("/spool?sort=remaining_weight:desc"), [1, 3, 2, 4]);
	assert.deepEqual(spoolman.ids("/spool?sort=filament.vendor.name:desc,id:desc"), [3, 2, 1, 4]);
	assert.deepEqual(spoolman.ids("/filament?sort=combined_name:asc"), [1, 2, 3]);
	for (const sort of ["colour:asc", "id", "id:up", "constructor:asc"])
		assert.equal(spoolman.ask("GET", `/spool?sort=${sort}`).status, 400, sort);
});

test("a page has its part of the list, and the header says how long the whole list is", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const page = (query: string) => {
		const { body, headers } = spoolman.ask("GET", `/spool?${query}`);
		return [body.map(({ id }: { id: number }) => id), headers["x-total-count"]];
	};
	assert.deepEqual(page("limit=2"), [[1, 2], "4"]);
	assert.deepEqual(page("limit=2&offset=2"), [[3, 4], "4"]);
	assert.deepEqual(page("limit=2&offset=9"), [[], "4"]);
	assert.deepEqual(page("limit=0"), [[], "4"]);
	assert.deepEqual(page("offset=3"), [[1, 2, 3, 4], "4"], "an offset without a limit is nothing");
	assert.deepEqual(page("limit=1&location=shelf&allow_archived=true"), [[3], "2"]);
	const { status, body } = spoolman.ask("GET", "/spool?limit=x&offset=y");
	assert.equal(status, 422);
	assert.deepEqual(
		body.detail.map(({ loc }: { loc: string[] }) => loc),
		[
			["query", "limit"],
			["query", "offset"],
		],
	);
});

test("more values than a database takes at once are refused in words", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const many = Array<string>(1_500).fill("a");
	for (const query of [
		`location=${many.join(",")}`,
		many.map(() => "extra.tag=a").join("&"),
		`sort=${many.map(() => "id:asc").join(",")}`,
		`filament.id=${many.map(() => "1").join(",")}`,
	]) {
		const { status, body } = spoolman.ask("GET", `/spool?${query}`);
		assert.equal(status, 400);
		assert.match(body.message, /No more than \d+ values/);
	}
});
