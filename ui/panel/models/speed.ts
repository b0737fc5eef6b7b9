// The speeds of a print: as many as the printer has.

import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { type Action, action } from "./action";

export interface SpeedView {
	readonly levels: readonly SpeedLevel[];
	/** Why none can be chosen; "" when they can. */
	readonly why: string;
	readonly note: string;
}

export interface SpeedLevel {
	readonly level: 1 | 2 | 3 | 4;
	readonly label: string;
	readonly text: string;
	readonly isChosen: boolean;
	readonly choose: Action;
}

const LEVELS = Object.freeze([1, 2, 3, 4] as const);

export function speedView(input: ModelInput): SpeedView {
	const { printer, words } = input;
	const fastest = printer?.capabilities.fastestSpeed ?? 4;
	const levels = LEVELS.filter((level) => level <= fastest).map((level) => {
		const label = words.speed[`level_${level}`];
		return {
			level,
			label,
			text: textOf(words, level, fastest),
			isChosen: printer?.job.speedLevel === level,
			choose: action(input, label, { command: "speed", level }),
		};
	});
	return {
		levels,
		why: levels[0]?.choose.why ?? "",
		note: words.speed.note,
	};
}

/** By how much is known of the four speeds alone. */
function textOf({ speed }: Words, level: 1 | 2 | 3 | 4, fastest: 3 | 4): string {
	if (fastest === 4 || level === 2 || level === 4) return speed[`text_${level}`];
	return level === 1 ? speed.slower : speed.faster;
}
