// Control on the small panel: a tile for each part, with what it is now.

import { Column, Container, type Content, Row } from "piu/MC";
import { card } from "../../components/card";
import { icon } from "../../components/icon";
import { label, lineHeight } from "../../components/label";
import type { Kit } from "../../kit";
import type { IconName } from "../../look/icon-names";
import type { ControlTilesView } from "../../models/control-tiles";

export interface ControlWays {
	temperatures(): void;
	move(): void;
	extruder(): void;
	speed(): void;
}

export function controlTiles(kit: Kit<ControlTilesView>, ways: ControlWays): Content {
	const { gap, padding } = kit.metrics;
	const { navigation, move } = kit.words;
	const tile = (left: number, part: keyof ControlWays, title: string, name: IconName): Content => {
		const bottomText = gap + lineHeight(kit.look, "caption");
		return card(kit, {
			left,
			right: 0,
			top: 0,
			bottom: 0,
			onTap: () => ways[part](),
			contents: [
				icon(kit, { left: padding, top: padding, icon: name, size: "large" }),
				label(kit, { left: padding, right: gap, bottom: bottomText, text: title, weight: "bold" }),
				label(kit, {
					left: padding,
					right: gap,
					bottom: gap,
					text: (view) => view[part],
					size: "caption",
					tone: "muted",
				}),
			],
		});
	};
	const row = (top: number, ...contents: Content[]): Content =>
		new Row(null, { left: 0, right: 0, top, bottom: 0, contents });
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			new Column(null, {
				left: padding,
				right: padding,
				top: gap,
				bottom: gap,
				contents: [
					row(
						0,
						tile(0, "temperatures", navigation.heat, "thermometer"),
						tile(gap, "move", navigation.move, "move"),
					),
					row(
						gap,
						tile(0, "extruder", move.extruder, "nozzle"),
						tile(gap, "speed", navigation.speed, "speed"),
					),
				],
			}),
		],
	});
}
