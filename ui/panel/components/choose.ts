// A sheet that offers one of several: a touch on a row chooses and closes it.

import type { KitBase } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Tone } from "../look/look";
import type { Sheet } from "../navigator";
import { label, lineHeight } from "./label";
import { listRow } from "./list-row";
import { scroll } from "./scroll";
import { openSheet } from "./sheet";

export interface Choice<Value> {
	readonly value: Value;
	readonly label: string;
	readonly text?: string;
	readonly icon?: IconName;
	readonly iconTone?: Tone;
	/** "#RRGGBB" */
	readonly color?: string;
	/** Why it cannot be chosen, in words. */
	readonly refusal?: string;
}

export interface ChooseOptions<Value> {
	readonly title: string;
	readonly choices: readonly Choice<Value>[];
	/** The one in force. */
	readonly value?: Value;
	readonly onChoose: (value: Value) => void;
	/** Nothing was chosen. */
	readonly onDismissed?: () => void;
}

export function choose<Value>(kit: KitBase, options: ChooseOptions<Value>): Sheet {
	const part = kit.part<undefined>();
	const { gap, padding, target, height } = kit.metrics;
	const titleHeight = lineHeight(kit.look, "title");
	const room = Math.floor(height * 0.85) - titleHeight - 2 * padding;
	const rows = options.choices.map((choice) =>
		listRow(part, {
			title: choice.label,
			subtitle: choice.text ?? "",
			icon: choice.icon,
			...(choice.iconTone && { iconTone: choice.iconTone }),
			color: choice.color,
			refusal: choice.refusal,
			selected: choice.value === options.value,
			trailingIcon: choice.value === options.value ? "check" : undefined,
			onTap() {
				kit.navigator.close(sheet);
				options.onChoose(choice.value);
			},
		}),
	);
	const sheet = openSheet(kit, {
		...(options.onDismissed && { onDismissed: options.onDismissed }),
		contents: [
			label(part, {
				left: padding,
				right: padding,
				top: padding,
				text: options.title,
				size: "title",
				smaller: "body",
				weight: "bold",
			}),
			scroll(kit, {
				left: padding - gap,
				right: padding - gap,
				top: gap,
				height: Math.min(room, rows.length * target),
				contents: rows,
			}).content,
		],
	});
	return sheet;
}
