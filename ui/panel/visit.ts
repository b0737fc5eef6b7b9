// A screen in the history: it can be opened again and again, and remembers where its lists were scrolled to.

import type { Content } from "piu/MC";
import { Kit, type Tools } from "./kit";
import { isOldPrinter } from "./models/link";
import { momentOf } from "./models/moment";
import type { ModelInput, Screen, Section } from "./screen";
import type { Words } from "./words/en";

export interface Visit {
	readonly id: string;
	readonly section: Section;
	title(words: Words): string | undefined;
	open(tools: Tools): OpenScreen;
}

/** A screen that has been built. */
export interface OpenScreen {
	readonly content: Content;
	update(input: ModelInput): void;
	leave(): void;
	sleep(isAsleep: boolean): void;
}

export function visit<View>(screen: Screen<View>): Visit {
	const places = new Map<string, number>();
	return {
		id: screen.id,
		section: screen.section,
		title: (words) => screen.title?.(words),
		open(tools) {
			const kit = new Kit<View>(tools, places);
			return {
				content: screen.build(kit),
				update(input) {
					kit.age.update(screen.isOld?.(input) ?? isOfOldPrinter(screen.section, input));
					kit.scope.update(screen.model(input));
				},
				leave: () => screen.onLeave?.(),
				sleep: (isAsleep) => screen.onSleep?.(isAsleep),
			};
		},
	};
}

function isOfOldPrinter(section: Section, input: ModelInput): boolean {
	if (section !== "home" && section !== "control" && section !== "filament") return false;
	return input.printer !== undefined && isOldPrinter(input.printer, momentOf(input));
}
