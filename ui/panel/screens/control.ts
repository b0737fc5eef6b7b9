// Control: temperatures and fans, moving, speed. Tabs on the large panel, tiles that lead on on the small one.

import { Container } from "piu/MC";
import { rebuilt } from "../components/rebuilt";
import { segments } from "../components/segments";
import type { Kit } from "../kit";
import { type ControlTilesView, controlTilesView } from "../models/control-tiles";
import { type MoveView, moveView } from "../models/move";
import { type SpeedView, speedView } from "../models/speed";
import { type TemperaturesView, temperaturesView } from "../models/temperatures";
import type { ModelInput, Screen } from "../screen";
import { type ControlChoice, type ControlTab, firstControlChoice } from "./control/control-choice";
import { controlTiles } from "./control/control-tiles";
import { movePage } from "./control/move-page";
import { speedPage } from "./control/speed-page";
import { temperaturesPage } from "./control/temperatures-page";
import { extruderScreen, moveScreen } from "./move";
import { speedScreen } from "./speed";
import { temperaturesScreen } from "./temperatures";

/** Of the tab that is shown, and of no other. */
export interface ControlView {
	readonly tab: ControlTab;
	readonly tiles: ControlTilesView;
	readonly temperatures?: TemperaturesView;
	readonly move?: MoveView;
	readonly speed?: SpeedView;
}

export function controlScreen(choice: ControlChoice = firstControlChoice()): Screen<ControlView> {
	return {
		id: "control",
		section: "control",
		model: (input) => controlView(input, choice),
		build: (kit) => (kit.isLarge ? tabs(kit, choice) : tiles(kit, choice)),
	};
}

function controlView(input: ModelInput, { tab, move }: ControlChoice): ControlView {
	const tiles = controlTilesView(input);
	switch (tab) {
		case "temperatures":
			return { tab, tiles, temperatures: temperaturesView(input) };
		case "move":
			return { tab, tiles, move: moveView(input, move) };
		case "speed":
			return { tab, tiles, speed: speedView(input) };
	}
}

function tabs(kit: Kit<ControlView>, choice: ControlChoice): Container {
	const { gap, padding, target } = kit.metrics;
	const { navigation } = kit.words;
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			segments<ControlView, ControlTab>(kit, {
				left: padding,
				right: padding,
				top: gap,
				height: target,
				segments: [
					{ value: "temperatures", label: navigation.heat, icon: "thermometer" },
					{ value: "move", label: navigation.move, icon: "move" },
					{ value: "speed", label: navigation.speed, icon: "speed" },
				],
				value: (view) => view.tab,
				onChoose(tab) {
					choice.tab = tab;
					kit.refresh();
				},
			}),
			rebuilt(kit, {
				left: 0,
				right: 0,
				top: gap + target + padding,
				bottom: 0,
				kind: (view) => view.tab,
				build: (part, view) => page(part, view.tab, choice),
			}),
		],
	});
}

function page(kit: Kit<ControlView>, tab: ControlTab, choice: ControlChoice): Container {
	const holder = new Container(null, { left: 0, right: 0, top: 0, bottom: 0 });
	function show<Part>(read: (view: ControlView) => Part | undefined, build: (part: Kit<Part>) => void): void {
		const part = kit.part<Part>();
		build(part);
		kit.follow<Part | undefined>(read, (view) => {
			if (view !== undefined) part.scope.update(view);
		});
	}
	switch (tab) {
		case "temperatures":
			show(
				(view) => view.temperatures,
				(part) => holder.add(temperaturesPage(part)),
			);
			break;
		case "move":
			show(
				(view) => view.move,
				(part) => holder.add(movePage(part, choice.move, "both")),
			);
			break;
		case "speed":
			show(
				(view) => view.speed,
				(part) => holder.add(speedPage(part)),
			);
	}
	return holder;
}

function tiles(kit: Kit<ControlView>, choice: ControlChoice): Container {
	const part = kit.part<ControlTilesView>();
	const { navigator } = kit;
	const holder = new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			controlTiles(part, {
				temperatures: () => navigator.go(temperaturesScreen()),
				move: () => navigator.go(moveScreen(choice.move)),
				extruder: () => navigator.go(extruderScreen(choice.move)),
				speed: () => navigator.go(speedScreen()),
			}),
		],
	});
	kit.follow<ControlTilesView>(
		(view) => view.tiles,
		(view) => part.scope.update(view),
	);
	return holder;
}
