// A unit: its name, how damp it is and whether it dries in its head, and its slots below.

import { Column, Container, type Content, Row } from "piu/MC";
import { card } from "../../components/card";
import { icon } from "../../components/icon";
import { label } from "../../components/label";
import type { Kit } from "../../kit";
import type { FilamentView, UnitView } from "../../models/filament";
import type { FilamentBlock } from "../../models/filament-columns";
import { dryingScreen } from "../drying";
import { slotTile, slotTileHeight } from "./slot-tile";

export function unitCard(
	kit: Kit<FilamentView>,
	unit: number,
	{ slots }: FilamentBlock,
	isNarrow: boolean,
): Content {
	const read = (view: FilamentView): UnitView | undefined => view.units[unit];
	const tiles = Array.from(
		{ length: slots },
		(_, slot) => (place: object, isStacked: boolean) =>
			slotTile(kit, { ...place, isStacked, isNarrow, read: (view) => read(view)?.slots[slot] }),
	);
	return blockCard(kit, unitHead(kit, read, isNarrow), tiles);
}

export function externalCard(kit: Kit<FilamentView>, { slots }: FilamentBlock, isNarrow: boolean): Content {
	const { filament } = kit.words;
	const head = new Container(null, {
		left: 0,
		right: 0,
		height: kit.isLarge ? 44 : 28,
		contents: [
			label(kit, {
				left: kit.metrics.gap,
				right: kit.metrics.gap,
				text: (view) => view.externalTitle,
				weight: "bold",
				smaller: "caption",
			}),
		],
	});
	const tiles = Array.from(
		{ length: slots },
		(_, slot) => (place: object, isStacked: boolean) =>
			slotTile(kit, {
				...place,
				isStacked,
				isNarrow,
				read: (view) => view.external[slot],
				// The head says what they are; which of two it is by its nozzle.
				name: ({ place: at }) =>
					slots < 2 ? "" : at === "external_left" ? filament.feedsLeft : filament.feedsRight,
			}),
	);
	return blockCard(kit, head, tiles);
}

type Tile = (place: object, isStacked: boolean) => Content;

/** Slots below each other on the large panel, side by side on the small one. */
function blockCard(kit: Kit<FilamentView>, head: Content, tiles: readonly Tile[]): Content {
	const { gap } = kit.metrics;
	const isStacked = !kit.isLarge && tiles.length > 2;
	const height = slotTileHeight(kit, isStacked);
	const inset = gap / 2;
	const below = kit.isLarge
		? tiles.map((tile) => tile({ left: inset, right: inset, height }, false))
		: [
				new Row(null, {
					left: inset,
					right: inset,
					height,
					contents: tiles.map((tile) => tile({ left: 0, right: 0, top: 0, bottom: 0 }, isStacked)),
				}),
			];
	return new Column(null, {
		left: 0,
		right: 0,
		bottom: gap,
		skin: kit.look.card,
		contents: [head, ...below, new Container(null, { height: inset })],
	});
}

function unitHead(
	kit: Kit<FilamentView>,
	read: (view: FilamentView) => UnitView | undefined,
	isNarrow: boolean,
): Content {
	const { isLarge, metrics } = kit;
	const { gap } = metrics;
	const unit = kit.scope.view && read(kit.scope.view);
	const canDry = unit?.canDry === true;
	// Of two nozzles, which one it feeds stands at the end of the title, if there is room.
	const hasFeeds = !isNarrow && (unit?.feeds ?? "") !== "";
	const humidity = (view: FilamentView): string => read(view)?.humidity ?? "";
	const state = (view: FilamentView): string => {
		const { drying = "", dryingShort = "", temperature = "", feeds = "" } = read(view) ?? {};
		return isNarrow ? dryingShort || feeds || temperature : drying || temperature;
	};
	const contents: Content[] = [
		new Column(null, {
			left: gap,
			right: canDry ? 2 * gap + metrics.icon.medium : gap,
			contents: [
				new Row(null, {
					left: 0,
					right: 0,
					contents: [
						label(kit, {
							left: 0,
							right: 0,
							text: (view) => read(view)?.title ?? "",
							weight: "bold",
							smaller: "caption",
						}),
						hasFeeds &&
							label(kit, {
								width: isLarge ? 110 : 90,
								text: (view) => read(view)?.feeds ?? "",
								size: "caption",
								tone: "muted",
								align: "right",
							}),
					],
				}),
				label(kit, {
					left: 0,
					right: 0,
					text: isLarge ? humidity : (view) => joined(humidity(view), state(view)),
					size: "caption",
					tone: (view) => read(view)?.humidityTone ?? "muted",
				}),
				isLarge &&
					label(kit, {
						left: 0,
						right: 0,
						text: state,
						size: "caption",
						tone: (view) => (read(view)?.isDrying ? "heat" : "muted"),
					}),
			],
		}),
	];
	if (canDry)
		contents.push(
			icon(kit, {
				right: gap,
				icon: "dry",
				tone: (view) => (read(view)?.isDrying ? "heat" : "muted"),
			}),
		);
	return card(kit, {
		left: 0,
		right: 0,
		height: isLarge ? 76 : 40,
		contents,
		...(canDry && {
			onTap() {
				const shown = kit.scope.view && read(kit.scope.view);
				if (shown) kit.navigator.go(dryingScreen(shown.id));
			},
		}),
	});
}

function joined(...texts: readonly string[]): string {
	return texts.filter((text) => text !== "").join(" · ");
}
