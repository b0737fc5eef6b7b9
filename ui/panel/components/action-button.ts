// A button for an action of a model: its command for the printer that is shown, asked for first where it has to be.

import type { Content } from "piu/MC";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { ButtonTone } from "../look/look";
import type { TextSize } from "../look/metrics";
import type { Action } from "../models/action";
import type { Read } from "../scope";
import { ask } from "./ask";
import { button } from "./button";
import type { Place } from "./place";

export interface ActionButtonOptions<View> extends Place {
	readonly read: (view: View) => Action;
	readonly icon?: Read<View, IconName | undefined>;
	readonly tone?: ButtonTone;
	readonly size?: TextSize;
	readonly isStacked?: boolean;
	/** Said when the printer has done it. */
	readonly done?: string;
}

export function actionButton<View>(kit: Kit<View>, options: ActionButtonOptions<View>): Content {
	const { read } = options;
	return button(kit, {
		...options,
		label: (view) => read(view).label,
		refusal: (view) => read(view).why,
		onTap(view) {
			if (view === undefined) return undefined;
			const { command, question } = read(view);
			const send = () => kit.device.printers.command(kit.choice.id, command);
			if (question === undefined) return send();
			ask(kit, { ...question, onYes: send });
			return undefined;
		},
	});
}
