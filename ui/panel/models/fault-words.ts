// A fault of a printer in the panel's language: which part it is of, and what it means.

import type { PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { faultTextIn } from "../words/fault-texts";
import { fill } from "../words/texts";

type Fault = PrinterOfState["faults"][number];

/** Names of parts as the firmware has them, which are English, and their keys. */
const PARTS: readonly (readonly [string, keyof Words["faults"]])[] = Object.freeze([
	Object.freeze(["AMS Lite", "module_ams_lite"] as const),
	Object.freeze(["AMS HT", "module_ams_ht"] as const),
	Object.freeze(["AMS", "module_ams"] as const),
	Object.freeze(["Motion controller", "module_motion"] as const),
	Object.freeze(["Mainboard", "module_mainboard"] as const),
	Object.freeze(["Toolhead", "module_toolhead"] as const),
	Object.freeze(["Camera", "module_camera"] as const),
	Object.freeze(["External spool", "module_external"] as const),
	Object.freeze(["Printer", "module_printer"] as const),
]);
const SLOT = ", slot ";

/** "Toolhead", "AMS B, slot 2" */
export function faultModule(words: Words, { module }: Fault): string {
	if (words.language.code === "en") return module;
	const slotAt = module.indexOf(SLOT);
	const unit = slotAt < 0 ? module : module.slice(0, slotAt);
	for (const [name, key] of PARTS) {
		if (!unit.startsWith(name)) continue;
		const letter = unit.slice(name.length).trim();
		const part = words.faults[key];
		const named = letter === "" ? part : fill(words.faults.moduleUnit, { module: part, letter });
		if (slotAt < 0) return named;
		return fill(words.faults.moduleSlot, { module: named, n: module.slice(slotAt + SLOT.length) });
	}
	return module;
}

export function faultText({ language }: Words, { text, code, module }: Fault): string {
	if (text === "") return code;
	const translated = faultTextIn(language.code, text);
	// Of a code without a text of its own the firmware says only whose it is, in English.
	return translated === text && language.code !== "en" && text.startsWith(`${module}: `) ? code : translated;
}
