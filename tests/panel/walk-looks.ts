// What the walks of both sizes have in common: which devices are walked through, in which looks, and what must not be found.

import assert from "node:assert/strict";
import { it } from "node:test";
import type { Language, ThemeName } from "../../ui/panel/device";
import type { SizeName } from "../golden/golden-scene";
import { PICTURE_FILES } from "../golden/picture-files";
import { PICTURE_SPOOLS } from "../golden/picture-spools";
import {
	faultyP1S,
	heating,
	idleH2D,
	idleKobra3,
	offlineA1Mini,
	printingP1S,
	readOnlyP1S,
	shortSpools,
	stateOf,
} from "../golden/states";
import { type Finding, walk } from "./walk";

const DEVICES = Object.freeze({
	"a P1S that prints, beside the device's own heater": {
		state: stateOf([printingP1S()], { breath: heating() }),
		hasHeater: true,
	},
	"a P1S whose spools are in Spoolman": {
		state: stateOf([printingP1S()], { spools: shortSpools() }),
		hasSpools: true,
		spools: PICTURE_SPOOLS,
	},
	"a Kobra 3 with files and an ACE": { state: stateOf([idleKobra3()]), files: PICTURE_FILES },
	"an H2D that has nothing to do": { state: stateOf([idleH2D()]), hasRemoteHeater: true },
	"a P1S with faults": { state: stateOf([faultyP1S()]) },
	"a printer that can only be watched": { state: stateOf([readOnlyP1S()]) },
	"a printer that was never reached": { state: stateOf([offlineA1Mini()]) },
	"no printer": { state: stateOf() },
});

const LOOKS: readonly { readonly language: Language; readonly theme: ThemeName }[] = [
	{ language: "en", theme: "dark" },
	{ language: "de", theme: "light" },
	{ language: "zh", theme: "dark" },
];

/** In other languages the same screens are walked through, with the most there is on them. */
const IN_ALL_LOOKS = 4;

export function walkIn(size: SizeName): void {
	for (const [index, [name, device]] of Object.entries(DEVICES).entries()) {
		for (const { language, theme } of index < IN_ALL_LOOKS ? LOOKS : LOOKS.slice(0, 1)) {
			it(`shows all of ${name} without a fault, in ${language} and ${theme}`, async (test) => {
				const { places, findings, taps } = await walk({ size, language, theme, ...device });
				test.diagnostic(`${places.length} places, ${taps} taps`);
				for (const finding of findings) if (!isWrong(finding)) test.diagnostic(wordsOf(finding));
				assert.deepEqual(findings.filter(isWrong).map(wordsOf), []);
				assert.ok(places.length > 15, `${places.length} places were found`);
			});
		}
	}
}

/** Names that people give may be too long; words of the panel's own must not be. */
function isWrong({ kind, what }: Finding): boolean {
	return kind !== "cut" || what.endsWith("(fixed)");
}

function wordsOf({ kind, place, what }: Finding): string {
	return `${kind}: ${place}: ${what}`;
}
