// The languages of the panel.

import { de } from "./de";
import { en, type Words } from "./en";
import type { LanguageCode } from "./texts";
import { zh } from "./zh";

/** In the order in which they are offered. */
export const LANGUAGES: readonly LanguageCode[] = Object.freeze(["en", "zh", "de"]);

export function wordsIn(language: LanguageCode): Words {
	switch (language) {
		case "en":
			return en;
		case "zh":
			return zh;
		case "de":
			return de;
	}
}
