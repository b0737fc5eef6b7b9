// Spools in slots, Spoolman's state, and what can be asked of both.

import assert from "node:assert/strict";
import { test } from "node:test";
import { globalTray } from "../../../../../modules/spools/slot-map";
import type { ShownSpool, SpoolSlot, SpoolsState } from "../../../../../ui/panel/device";
import { filamentView } from "../../../../../ui/panel/models/filament";
import { heldTagView, tagFailure } from "../../../../../ui/panel/models/held-tag";
import { homeView } from "../../../../../ui/panel/models/home";
import { moreView } from "../../../../../ui/panel/models/more";
import { spoolView } from "../../../../../ui/panel/models/spool";
import {
	answered,
	asking,
	MOST,
	noPages,
	PAGE,
	spoolListView,
} from "../../../../../ui/panel/models/spool-list";
import { trayOf } from "../../../../../ui/panel/models/spool-slots";
import { spoolFailure, spoolmanView } from "../../../../../ui/panel/models/spoolman";
import { spoolsView } from "../../../../../ui/panel/models/spools";
import { wordsIn } from "../../../../../ui/panel/words/languages";
import { heldTag, idleH2D, printingP1S, shortSpools, spoolsOfP1S } from "../../../../golden/states";
import { type InputOptions, modelInput, seen } from "./model-input";

const printerId = "01P00A000000001";
const slotA1 = { printerId, tray: 0 };

function input(spools: SpoolsState, options: InputOptions = {}) {
	return modelInput({ printers: [printingP1S()], spools, ...options });
}

function withSlot(changes: Partial<SpoolSlot>): SpoolsState {
	const spools = spoolsOfP1S();
	return {
		...spools,
		slots: spools.slots.map((slot) => (slot.tray === 0 ? { ...slot, ...changes } : slot)),
	};
}

/** Without what a linked one has. */
function only(slot: Partial<SpoolSlot> & Pick<SpoolSlot, "status">): SpoolsState {
	return { ...spoolsOfP1S(), slots: [{ printerId, tray: 0, ...slot }] };
}

test("a slot's number is the one that the firmware counts it by", () => {
	for (const unit of [0, 1, 3, 16, 128, 131])
		for (const slot of unit < 128 ? [0, 1, 2, 3] : [0])
			assert.equal(
				trayOf({ id: unit, kind: "ams", slots: [] }, { id: slot, state: "unknown" }),
				globalTray(unit, slot),
			);
	assert.equal(trayOf(undefined, { id: 254, state: "unknown" }), 254);
});

test("each slot is listed with its spool, what is left, and what is to be looked at", () => {
	const { slots, spoolman, waiting } = spoolsView(input(shortSpools()));
	assert.deepEqual(
		slots.map(({ title, text, remaining }) => [title, text, seen(remaining)]),
		[
			["A1 · Bambu Lab PETG HF Orange", "No. 12 · PETG", "30 g, too little"],
			["A2 · PLA", "New tag", "–"],
			["A3 · Bambu Lab PLA Matte Charcoal", "No. 7 · PLA", "38 g, low"],
			["External spool · not known", "No spool chosen", "–"],
		],
	);
	assert.deepEqual(
		slots.map(({ tone, remainingTone }) => [tone, remainingTone]),
		[
			["muted", "warn"],
			["warn", "muted"],
			["muted", "warn"],
			["muted", "muted"],
		],
	);
	assert.equal(spoolman, "Connected, version 0.26.1");
	assert.equal(seen(waiting), "12 g waiting");
});

test("of several printers the shown one is listed first, and each slot names its printer", () => {
	const spools = spoolsOfP1S();
	const h2d: SpoolSlot = { printerId: "09400A000000002", tray: 128, status: "missing", by: "slot" };
	const all = { ...spools, slots: [...spools.slots, h2d] };
	const { slots } = spoolsView(modelInput({ printers: [printingP1S(), idleH2D()], shown: 1, spools: all }));
	assert.deepEqual([slots[0]?.title, slots[0]?.text], ["HT-A · PA-CF", "H2D · Not in Spoolman"]);
	assert.match(slots[1]?.text ?? "", /^P1S Workshop · /);
});

test("without Spoolman nothing is listed, and it is said how to have one", () => {
	const view = spoolsView(input({ ...spoolsOfP1S(), spoolman: { state: "not_set_up" } }));
	assert.deepEqual([view.emptyText, view.slots.length, view.canSetUp], ["No Spoolman is set up.", 0, true]);
	const none = spoolsView(modelInput());
	assert.deepEqual(
		[none.emptyText, none.emptyHelp, none.canSetUp],
		["This device keeps no account of spools.", "", false],
	);
});

test("a linked slot shows Spoolman's grams in place of the printer's percent, and a mark where something is wrong", () => {
	const [unit] = filamentView(input(shortSpools())).units;
	assert.deepEqual(
		unit?.slots.map(({ remaining, note, isAttention }) => [seen(remaining), seen(note), isAttention]),
		[
			["30 g left", "30 g, too little", true],
			["100% left", "New tag", true],
			["38 g left", "38 g, low", true],
			["", "", false],
		],
	);
	const fine = filamentView(input(spoolsOfP1S())).units[0]?.slots[0];
	assert.deepEqual([seen(fine?.remainingShort ?? ""), fine?.note, fine?.fullness], ["640 g", "", 0.64]);
});

test("a linked spool of which Spoolman does not know the weight keeps the printer's percent", () => {
	const slot = filamentView(input(withSlot({ spool: { id: 12 } }))).units[0]?.slots[0];
	assert.deepEqual([slot?.remaining, slot?.spool], ["74% left", "Spool 12"]);
});

test("Home says when the running job needs more than is left, and a fault or a lost link comes first", () => {
	const short = homeView(input(shortSpools()));
	assert.equal(seen(short.message), "A1: 43 g needed, 30 g left");
	assert.deepEqual([short.shortSlot, short.isMessageFault, short.messageTone], [slotA1, false, "warn"]);
	const fault = { code: "1", severity: "common", module: "AMS A", text: "Damp.", actions: [] } as const;
	const printers = [printingP1S({ faults: [{ ...fault, actions: [] }] })];
	const faulty = homeView(modelInput({ printers, spools: shortSpools() }));
	assert.deepEqual([faulty.message, faulty.shortSlot], ["Damp.", undefined]);
	assert.equal(homeView(input(spoolsOfP1S())).message, "");
});

test("Home says that the spool in use is low, and nothing of low ones that are not", () => {
	assert.deepEqual(homeView(input(spoolsOfP1S())).isFilamentLow, false);
	const { filament } = printingP1S();
	const printers = [printingP1S({ filament: { ...filament, active: { unit: 0, slot: 2 } } })];
	const view = homeView(modelInput({ printers, spools: spoolsOfP1S() }));
	assert.deepEqual([seen(view.filament), view.isFilamentLow, view.message], ["A3 · 38 g, low", true, ""]);
});

test("More counts the slots that want somebody", () => {
	const { spools } = moreView(input(shortSpools()), undefined);
	assert.deepEqual([spools.text, seen(spools.detail), spools.badge], ["Connected", "12 g waiting", "3"]);
	assert.equal(moreView(modelInput(), undefined).spools.text, "not set up");
});

test("what can be done with a spool is what its state allows; the rest says why not", () => {
	const can = (spools: SpoolsState) => {
		const { choose, create, unlink, compare } = spoolView(input(spools), slotA1);
		return [choose, create, unlink, compare].map(({ why }) => why === "");
	};
	assert.deepEqual(can(only({ status: "new_tag" })), [true, true, false, false]);
	assert.deepEqual(can(only({ status: "not_linked" })), [true, false, false, false]);
	assert.deepEqual(can(withSlot({ by: "slot" })), [true, false, true, false]);
	assert.deepEqual(can(withSlot({ by: "tag" })), [false, false, true, false]);
	assert.deepEqual(can(withSlot({ by: "tag", printerPercent: 40 })), [false, false, true, true]);
	assert.deepEqual(can(only({ status: "missing", by: "slot" })), [true, false, true, false]);
	assert.deepEqual(can(only({ status: "archived", by: "slot" })), [true, false, true, false]);
	assert.deepEqual(can(only({ status: "tag_twice" })), [false, false, false, false]);
	assert.deepEqual(can(only({ status: "reading" })), [false, false, false, false]);
	assert.deepEqual(can(only({ status: "unknown" })), [false, false, false, false]);
	assert.deepEqual(can({ ...spoolsOfP1S(), slots: [] }), [false, false, false, false]);
	const failed = { ...only({ status: "new_tag" }), spoolman: { state: "failed", error: "timeout" } } as const;
	const view = spoolView(input(failed), slotA1);
	assert.equal(view.choose.why, "Spoolman does not answer. Is it on, and is the address right?");
});

test("every state of a slot is said in words in each language", () => {
	const states = ["unknown", "reading", "new_tag", "not_linked", "missing", "archived", "tag_twice"] as const;
	for (const language of ["en", "zh", "de"] as const) {
		const said = states.map((status) => spoolView(input(only({ status }), { language }), slotA1).text);
		assert.equal(new Set(said).size, states.length, language);
		for (const text of said) assert.match(text, /[.。]$/);
	}
});

test("a difference asks which weight is right, with both", () => {
	const { compare, text } = spoolView(input(withSlot({ printerPercent: 47 })), slotA1);
	assert.equal(text, "The printer measures 47%, Spoolman says 64%.");
	assert.deepEqual(
		compare.choices.map(({ label, action }) => [label, action]),
		[
			["The printer: 47%", { action: "resync", ...slotA1, by: "printer" }],
			["Spoolman: 64%", { action: "resync", ...slotA1, by: "spoolman" }],
		],
	);
});

test("a new tag in a slot with a chosen spool offers that one first", () => {
	const { choose, text } = spoolView(input(only({ status: "new_tag", suggestedSpoolId: 9 })), slotA1);
	assert.match(text, /No\. 9/);
	assert.deepEqual(choose.suggestion?.action, { action: "link", ...slotA1, spoolId: 9 });
	assert.equal(choose.material, "PETG");
});

test("what is not known of a spool is a dash, never nothing", () => {
	const view = spoolView(input(withSlot({ spool: { id: 3 } })), slotA1);
	assert.deepEqual([view.name, view.details, view.remaining], ["Spool without a name", "No. 3", "–"]);
});

function page(from: number, count: number): readonly ShownSpool[] {
	return Array.from({ length: count }, (_, at) => ({ id: from + at, material: "PLA" }));
}

test("spools are listed page by page, none twice, until there are no more", () => {
	const first = answered(asking(noPages("PLA")), { ok: true, value: { spools: page(1, PAGE), total: 30 } });
	const view = spoolListView(input(spoolsOfP1S()), slotA1, first);
	const more = view.rows[PAGE];
	assert.deepEqual([more?.kind, more?.text, more?.why], ["more", "20 of 30 are shown", ""]);
	// The last one of the first page has moved to the second.
	const second = answered(asking(first), { ok: true, value: { spools: page(20, 10), total: 30 } });
	const all = spoolListView(input(spoolsOfP1S()), slotA1, second);
	assert.equal(all.rows.length, 29);
	assert.ok(all.rows.every(({ kind }) => kind === "spool"));
});

test("no more spools are kept than there is room for", () => {
	let pages = noPages("");
	for (let from = 0; from < MOST; from += PAGE)
		pages = answered(asking(pages), { ok: true, value: { spools: page(from + 1, PAGE) } });
	const last = spoolListView(input(spoolsOfP1S()), slotA1, pages).rows.at(-1);
	assert.deepEqual([last?.kind, last?.text], ["more", "200 are shown"]);
	assert.match(last?.why ?? "", /No more than 200/);
});

test("a page that fails keeps those before it, and says why", () => {
	const failure = { ok: false, code: "unreachable", message: "Nothing answers." } as const;
	const empty = spoolListView(input(spoolsOfP1S()), slotA1, answered(noPages(""), failure));
	assert.deepEqual([empty.message, empty.isFailed, empty.rows.length], ["Nothing answers.", true, 0]);
	const first = answered(noPages(""), { ok: true, value: { spools: page(50, PAGE) } });
	const later = spoolListView(input(spoolsOfP1S()), slotA1, answered(asking(first), failure));
	assert.deepEqual([later.message, later.rows.length, later.rows.at(-1)?.text], ["", 21, "Nothing answers."]);
});

test("a spool that is in another slot cannot be chosen, and the one that is in this slot is marked", () => {
	const spools = [{ id: 12 }, { id: 7 }];
	const pages = answered(noPages(""), { ok: true, value: { spools } });
	const rows = spoolListView(input(spoolsOfP1S()), slotA1, pages).rows;
	assert.deepEqual(
		rows.map((row) => row.kind === "spool" && [row.isChosen, row.why]),
		[
			[true, ""],
			[false, "It is in A3 already."],
		],
	);
});

test("what waits can be thrown away after a question with its weight; when nothing waits, that is said", () => {
	const view = spoolmanView(input(shortSpools()));
	assert.deepEqual([seen(view.waiting), view.discardWhy], ["12 g, 1 spool", ""]);
	assert.equal(seen(view.discard.title), "Discard 12 g?");
	assert.ok(view.discard.isDangerous);
	const none = spoolmanView(input(spoolsOfP1S()));
	assert.deepEqual([none.waiting, none.discardWhy === ""], ["nothing", false]);
	assert.deepEqual([none.shownUrl, none.apiKey, none.low], ["host:7912/", "entered", "never"]);
});

test("a use that Spoolman has refused is said until somebody ends it", () => {
	const refused = { spoolId: 5, grams: 8, message: "No. 5 is gone: enter it by hand." };
	const view = spoolmanView(input({ ...spoolsOfP1S(), refused }));
	assert.deepEqual([seen(view.waiting), view.help], ["Not written: 8 g of No. 5", refused.message]);
	const german = spoolmanView(input({ ...spoolsOfP1S(), refused }, { language: "de" }));
	assert.match(german.help, /von Hand/);
});

test("a refusal is said in the panel's language", () => {
	const failure = { code: "in_use", message: "No. 7 is in A3." } as const;
	assert.equal(spoolFailure(wordsIn("en"), failure), "No. 7 is in A3.");
	assert.match(spoolFailure(wordsIn("de"), failure), /anderen Fach/);
	const tag = { ok: false, code: "no_profile", message: "None." } as const;
	assert.match(tagFailure(wordsIn("zh"), tag), /预设/);
	assert.equal(tagFailure(wordsIn("en"), tag), "None.");
});

test("a tag that was read names itself and every slot that its spool could be in", () => {
	assert.equal(heldTagView(input(spoolsOfP1S())), undefined);
	const view = heldTagView(input(spoolsOfP1S(), { filamentTag: heldTag() }));
	assert.equal(view?.title, "Prusament PLA Silk, Red: which slot?");
	assert.deepEqual(
		view?.slots.map(({ label, id }) => [label, id.tray]),
		[
			["A1", 0],
			["A2", 1],
			["A3", 2],
			["A4", 3],
			["External spool", 254],
		],
	);
	const two = heldTagView(
		modelInput({ printers: [printingP1S(), idleH2D()], shown: 1, filamentTag: heldTag() }),
	);
	assert.equal(two?.slots[0]?.label, "H2D, A1");
	assert.match(heldTagView(modelInput({ filamentTag: heldTag() }))?.none ?? "", /No printer/);
});
