// The four speeds of a print.

import type { ModelInput } from "../screen";
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
	const levels = LEVELS.map((level) => {
		const label = words.speed[`level_${level}`];
		return {
			level,
			label,
			text: words.speed[`text_${level}`],
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
