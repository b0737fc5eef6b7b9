// The page's words in its languages, and why it heats or does not: in each the same as the device says in English.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { BreathState, ReasonCode, ReasonDetails } from "../../modules/breath/breath-state";
import { reasonText } from "../../modules/breath/reasons";

interface PageWords {
	setLanguage(language: string): Promise<void>;
	reasonWords(state: Partial<BreathState>): string;
}

const WORDS = new URL("../../ui/web/words.js", import.meta.url).href;

function read(name: string): string {
	return readFileSync(new URL(`../../ui/web/${name}`, import.meta.url), "utf8");
}

async function pageWords(): Promise<PageWords> {
	const page = { documentElement: {}, querySelectorAll: () => [] };
	Object.assign(globalThis, { document: page });
	return (await import(WORDS)) as PageWords;
}

const CASES: readonly [ReasonCode, ReasonDetails?][] = [
	["off"],
	["off", { by: "websocket", fan: "runs_on" }],
	["off", { by: "firmware" }],
	["no_printer"],
	["no_printer", { klipper: true }],
	["printer_offline", { printer: "Workshop" }],
	["bed_cold", { printer: "Workshop", fan: "filters" }],
	["bed_cold", { printer: "Workshop", bed: 43 }],
	["bed_cold", { printer: "Workshop", bedTarget: 61 }],
	["filament_cold", { printer: "Workshop" }],
	["filament_cold", { printer: "Workshop", material: "PVA", listed: false }],
	["filament_cold", { printer: "Workshop", material: "PLA", listed: true }],
	["no_job", { printer: "Workshop" }],
	["heating", { minutes: 12, minutesAlone: 7 }],
	["heating"],
	["holding", { minutesAlone: 65 }],
	["drying", { minutes: 681 }],
	["abandoned", { minutes: 10, fan: "runs_on" }],
	["abandoned", { minutes: 10, minutesLost: 701 }],
	["updating", { fan: "filters" }],
];

test("all languages tell the same numbers and names, and no two reasons the same", async () => {
	const words = await pageWords();
	const told = { zh: new Set<string>(), de: new Set<string>() };
	for (const [reasonCode, reasonDetails] of CASES) {
		const facts = { target: 45, bedThreshold: 80 };
		const reason = reasonText({ ...facts, code: reasonCode, faultText: "" }, reasonDetails);
		const state: Partial<BreathState> = {
			...facts,
			activeTarget: 0,
			reason,
			reasonCode,
			...(reasonDetails && { reasonDetails }),
		};
		await words.setLanguage("en");
		assert.equal(words.reasonWords(state), reason);
		for (const language of ["zh", "de"] as const) {
			await words.setLanguage(language);
			const translated = words.reasonWords(state);
			assert.doesNotMatch(
				translated,
				language === "zh" ? /\{|undefined|[a-z] [a-z]/ : /\{|undefined/,
				translated,
			);
			assert.notEqual(translated, reason);
			for (const [fact] of reason.matchAll(/\d+|Workshop|P[LV]A|Klipper/g))
				assert.ok(translated.includes(fact), `${reason}: ${translated}`);
			told[language].add(translated);
		}
	}
	assert.equal(told.zh.size, CASES.length);
	assert.equal(told.de.size, CASES.length);
});

test("German has every word that Chinese has, with the same places for what is filled in", () => {
	const table = (text: string) =>
		new Map(
			[...text.matchAll(/^\t(\w+):\s*"((?:[^"\\]|\\.)*)"/gm)].map(([, key = "", words = ""]) => [
				key,
				[...words.matchAll(/\{\w+\}/g)].map(([place]) => place).sort(),
			]),
		);
	const chinese = table(read("words-zh.js"));
	const german = table(read("words-de.js"));
	assert.ok(chinese.size > 350);
	assert.deepEqual(
		[...chinese.keys()].filter((key) => !german.has(key)),
		[],
	);
	assert.deepEqual(
		[...german.keys()].filter((key) => !chinese.has(key)),
		[],
	);
	for (const [key, places] of chinese) assert.deepEqual(german.get(key), places, key);
});

test("every word of the page is there in both languages, and every refusal of a command has its words in Chinese", () => {
	const text = read("words.js");
	const keys = (part: string) => [...part.matchAll(/^\t(\w+):/gm)].map(([, key]) => key);
	const english = keys(text.slice(0, text.indexOf("const tables")));
	const chinese = new Set(keys(read("words-zh.js")));
	assert.ok(english.length > 200);
	assert.deepEqual(
		english.filter((key) => !chinese.has(key)),
		[],
	);
	const command = readFileSync(new URL("../../modules/printers/command.ts", import.meta.url), "utf8");
	const union = command.slice(command.indexOf("export type CommandRefusal"), command.indexOf("message`:"));
	const refusals = [...union.matchAll(/\| "(\w+)"/g)].map(([, code]) => `command_${code}`);
	assert.ok(refusals.length > 10);
	assert.deepEqual(
		refusals.filter((key) => !chinese.has(key)),
		[],
	);
});

test("every failure about spools, and every refusal of a tag, has its words in Chinese", () => {
	const chinese = read("words-zh.js");
	const codes = (file: string, name: string) => {
		const source = readFileSync(new URL(`../../modules/spools/${file}`, import.meta.url), "utf8");
		const start = source.indexOf(`export type ${name}`);
		assert.ok(start >= 0, name);
		return [...source.slice(start, source.indexOf(";", start)).matchAll(/"(\w+)"/g)].map(([, code]) => code);
	};
	const failures = [
		...codes("spoolman/spoolman-error.ts", "SpoolmanErrorCode"),
		...codes("spools.ts", "SpoolFailureCode"),
	];
	const refusals = codes("filament-tags.ts", "TagFailureCode");
	assert.ok(failures.length >= 14 && refusals.length >= 4);
	const keys = [
		...failures.map((code) => `spoolError_${code}`),
		...refusals.map((code) => `command_${code}`),
		...codes("spools-state.ts", "SpoolSlotStatus")
			.filter((status) => status !== "linked")
			.map((status) => `spool_${status}`),
	];
	assert.deepEqual(
		keys.filter((key) => !chinese.includes(`\t${key}: `)),
		[],
	);
});
