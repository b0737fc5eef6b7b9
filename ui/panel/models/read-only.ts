// Why a printer can only be watched, and the two switches that change that.

import type { ModelInput } from "../screen";
import { fill } from "../words/texts";

export interface ReadOnlyView {
	readonly title: string;
	readonly why: string;
	readonly how: string;
	/** In order. */
	readonly steps: readonly string[];
	readonly cost: string;
	/** Opens the form in which the printer is changed. */
	readonly enterCode: string;
	/** It takes commands by now: there is nothing to explain. */
	readonly isOver: boolean;
}

export function readOnlyView({ printer, words }: ModelInput): ReadOnlyView {
	const { readOnly } = words;
	const model = printer?.model ?? "";
	const place = model.startsWith("P1")
		? readOnly.place_p1
		: model.startsWith("A1")
			? readOnly.place_a1
			: readOnly.place_other;
	return {
		title: readOnly.title,
		why: readOnly.why,
		how: readOnly.how,
		steps: [fill(readOnly.step1, { place }), readOnly.step2, readOnly.step3, readOnly.step4],
		cost: readOnly.cost,
		enterCode: readOnly.enterCode,
		isOver: printer?.control !== "read_only",
	};
}
