// Why a fault of the heater was not cleared, in words.

import type { ClearAnswer } from "./breath";

export interface ClearRefusal {
	readonly code: "fault_remains" | "not_stored";
	readonly message: string;
}

const REFUSALS: Readonly<Record<Exclude<ClearAnswer, "cleared">, ClearRefusal>> = Object.freeze({
	still_there: Object.freeze({
		code: "fault_remains",
		message: "The fault is still there: what caused it has to end first.",
	}),
	not_stored: Object.freeze({
		code: "not_stored",
		message: "The device cannot store that the fault is cleared, so it stays.",
	}),
});

/** `undefined` when it was. */
export function clearRefusal(answer: ClearAnswer): ClearRefusal | undefined {
	return answer === "cleared" ? undefined : REFUSALS[answer];
}
