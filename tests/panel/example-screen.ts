// The chamber at a glance: how warm it is, and its light.

import { Column } from "piu/MC";
import { actionButton } from "../../ui/panel/components/action-button";
import { valueRow } from "../../ui/panel/components/value-row";
import { type Action, action } from "../../ui/panel/models/action";
import type { ModelInput, Screen } from "../../ui/panel/screen";
import { degrees } from "../../ui/panel/words/format";

export interface ChamberView {
	readonly warmth: string;
	readonly light: Action;
}

export function chamberView(input: ModelInput): ChamberView {
	const { words, printer } = input;
	const mode = printer?.lights.chamber ? "off" : "on";
	return {
		warmth: degrees(words, printer?.chamber?.current),
		light: action(input, words.parts.light_chamber, { command: "light", light: "chamber", mode }),
	};
}

export function chamberScreen(): Screen<ChamberView> {
	return {
		id: "chamber",
		section: "control",
		title: (words) => words.parts.chamber,
		model: chamberView,
		build(kit) {
			const { padding, gap } = kit.metrics;
			const wide = { left: padding, right: padding, top: gap };
			return new Column(null, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					valueRow(kit, {
						...wide,
						icon: "chamber",
						label: kit.words.parts.chamber,
						value: (view) => view.warmth,
					}),
					actionButton(kit, { ...wide, icon: "light", read: (view) => view.light }),
				],
			});
		},
	};
}
