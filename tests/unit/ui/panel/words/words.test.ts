// The panel's texts: all languages have all of them, with the same places for values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BUSY_STAGE, jobWord } from "../../../../../modules/printers/anycubic/report/job-words";
import { faultTexts } from "../../../../../modules/printers/bambu/fault-texts/fault-texts";
import { stageOf } from "../../../../../modules/printers/bambu/stages";
import { anycubicStageName } from "../../../../../ui/panel/words/anycubic-stages";
import type { Words } from "../../../../../ui/panel/words/en";
import { faultTextIn } from "../../../../../ui/panel/words/fault-texts";
import { LANGUAGES, wordsIn } from "../../../../../ui/panel/words/languages";
import { stageName } from "../../../../../ui/panel/words/stages";
import { fill } from "../../../../../ui/panel/words/texts";

type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

const english = wordsIn("en") as unknown as Groups;

function placesOf(text: string): string[] {
	return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();
}

function* textsOf(words: Words): Generator<[string, string]> {
	for (const [group, texts] of Object.entries(words as unknown as Groups))
		for (const [key, text] of Object.entries(texts)) yield [`${group}.${key}`, text];
}

for (const language of LANGUAGES) {
	const words = wordsIn(language);
	const own = words as unknown as Groups;

	test(`${language}: the code of the language is its own`, () => {
		assert.equal(words.language.code, language);
	});

	test(`${language}: every text is there, and none that English does not have`, () => {
		assert.deepEqual(Object.keys(own).sort(), Object.keys(english).sort());
		for (const [group, texts] of Object.entries(english))
			assert.deepEqual(Object.keys(own[group] ?? {}).sort(), Object.keys(texts).sort(), group);
	});

	test(`${language}: no text is empty or has blanks at its ends`, () => {
		for (const [key, text] of textsOf(words)) {
			// What stands between two things has blanks.
			if (key.startsWith("format.")) continue;
			assert.ok(text.length > 0, key);
			assert.equal(text.trim(), text, key);
		}
	});

	test(`${language}: every text has places for the same values as in English`, () => {
		for (const [key, text] of textsOf(words)) {
			const [group = "", name = ""] = key.split(".");
			assert.deepEqual(placesOf(text), placesOf(english[group]?.[name] ?? ""), key);
		}
	});

	test(`${language}: all of it is frozen`, () => {
		assert.ok(Object.isFrozen(words));
		for (const group of Object.values(own)) assert.ok(Object.isFrozen(group));
	});
}

test("sentences of one language are not left in another", () => {
	const shared = new Set(["Wi-Fi", "OK"]);
	for (const language of ["zh", "de"] as const) {
		for (const [key, text] of textsOf(wordsIn(language))) {
			const [group = "", name = ""] = key.split(".");
			const same = english[group]?.[name] === text;
			// A sentence has several words with blanks between them.
			assert.ok(!same || shared.has(text) || text.split(" ").length < 4, `${language} ${key}: ${text}`);
		}
	}
});

test("Chinese texts with sentences end as Chinese sentences do", () => {
	for (const [key, text] of textsOf(wordsIn("zh"))) {
		if (/\p{Script=Han}/u.test(text)) assert.ok(!/[.,;!?](\s|$)/.test(text), `${key}: ${text}`);
	}
});

test("every stage of a print has a name in each language, and English is what the state says", () => {
	for (let id = 0; id < 78; id++) {
		const stage = stageOf(id);
		assert.ok(stage && stage.name !== `Stage ${id}`);
		assert.equal(stageName(wordsIn("en"), stage), stage.name);
		assert.match(stageName(wordsIn("zh"), stage), /\p{Script=Han}/u);
		assert.notEqual(stageName(wordsIn("de"), stage), stage.name);
	}
	assert.equal(stageOf(78)?.name, "Stage 78");
	assert.equal(stageName(wordsIn("de"), { id: 78, name: "Stage 78" }), "Stage 78");
});

test("every stage of an Anycubic printer has a name in each language", () => {
	const named = ["downloading", "checking", "preheating", "leveling", "vibrating", "flow_calibrating", "fod"];
	const stages = [...named, "pausing", "resuming", "stopping"].map((word) => jobWord(word)?.stage);
	for (const stage of [...stages, BUSY_STAGE]) {
		assert.ok(stage);
		assert.equal(anycubicStageName(wordsIn("en"), stage), stage.name);
		assert.match(anycubicStageName(wordsIn("zh"), stage), /\p{Script=Han}/u);
		assert.notEqual(anycubicStageName(wordsIn("de"), stage), stage.name);
	}
	assert.equal(anycubicStageName(wordsIn("de"), { id: 99, name: "New" }), "New");
});

test("paused stages say in every language that the job is paused", () => {
	for (const language of LANGUAGES) {
		const words = wordsIn(language);
		for (let id = 0; id < 78; id++) {
			const stage = stageOf(id);
			if (stage?.name.startsWith("Paused:"))
				assert.ok(stageName(words, stage).startsWith(words.job.paused), `${language} ${id}`);
		}
	}
});

test("a text is filled with its values; what has none stays", () => {
	assert.equal(fill("{a} of {b}, {a}", { a: 1, b: "two" }), "1 of two, 1");
	assert.equal(fill("{a} {b}", { a: "{b}" }), "{b} {b}");
	assert.equal(fill("no places", {}), "no places");
	assert.equal(fill("open { and } close", { a: 1 }), "open { and } close");
});

test("every fault that the firmware has a text for is told in each language", () => {
	for (const text of new Set(faultTexts.values())) {
		assert.equal(faultTextIn("en", text), text);
		assert.match(faultTextIn("zh", text), /\p{Script=Han}.*。$/u, text);
		const german = faultTextIn("de", text);
		assert.ok(german !== text && german.endsWith("."), text);
	}
	assert.equal(faultTextIn("de", "Something new."), "Something new.");
});
