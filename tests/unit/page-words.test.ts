// Why it heats or does not, as the page says it in the device's second language: the same as the device says in English.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { BreathState, ReasonCode, ReasonDetails } from "../../modules/breath/breath-state";
import { reasonText } from "../../modules/breath/reasons";

interface PageWords {
	setLanguage(language: string): void;
	reasonWords(state: Partial<BreathState>): string;
}

const WORDS = new URL("../../ui/web/words.js", import.meta.url).href;

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

test("both languages tell the same numbers and names, and no two reasons the same", async () => {
	const words = await pageWords();
	const told = new Set<string>();
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
		words.setLanguage("en");
		assert.equal(words.reasonWords(state), reason);
		words.setLanguage("zh");
		const chinese = words.reasonWords(state);
		assert.doesNotMatch(chinese, /\{|undefined|[a-z] [a-z]/, chinese);
		for (const [fact] of reason.matchAll(/\d+|Workshop|P[LV]A|Klipper/g))
			assert.ok(chinese.includes(fact), `${reason}: ${chinese}`);
		told.add(chinese);
	}
	assert.equal(told.size, CASES.length);
});
