// What Control remembers from visit to visit: its tab, the step and the length.

import type { MoveChoiceOf } from "./move-pad";

export type ControlTab = "temperatures" | "move" | "speed";

export interface ControlChoice {
	tab: ControlTab;
	readonly move: MoveChoiceOf;
}

export function firstControlChoice(): ControlChoice {
	return { tab: "temperatures", move: { step: 10, length: 10 } };
}
