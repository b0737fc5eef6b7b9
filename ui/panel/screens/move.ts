// Moving and the extruder by themselves, where both have no room on one screen.

import { type MoveView, moveView } from "../models/move";
import type { Screen } from "../screen";
import { below } from "./control/below";
import { firstControlChoice } from "./control/control-choice";
import type { MoveChoiceOf } from "./control/move-pad";
import { movePage } from "./control/move-page";

export function moveScreen(choice: MoveChoiceOf = firstControlChoice().move): Screen<MoveView> {
	return {
		id: "move",
		section: "control",
		title: (words) => words.move.title,
		model: (input) => moveView(input, choice),
		build: (kit) => below(kit, movePage(kit, choice, kit.isLarge ? "both" : "pad")),
	};
}

export function extruderScreen(choice: MoveChoiceOf = firstControlChoice().move): Screen<MoveView> {
	return {
		id: "extruder",
		section: "control",
		title: (words) => words.move.extruder,
		model: (input) => moveView(input, choice),
		build: (kit) => below(kit, movePage(kit, choice, "extruder")),
	};
}
