// A slot as a tile: its spool, what is on it and how much; the one in use is framed. A touch opens it.

import { Column, type Container, Content } from "piu/MC";
import { card } from "../../components/card";
import { icon } from "../../components/icon";
import { label, lineHeight } from "../../components/label";
import type { Place } from "../../components/place";
import { spool, spoolSize } from "../../components/spool";
import type { Kit, KitBase } from "../../kit";
import type { SlotView } from "../../models/filament";
import { slotScreen } from "../slot";

export interface SlotTileOptions<View> extends Place {
	readonly read: (view: View) => SlotView | undefined;
	/** The words below the spool and not beside it. */
	readonly isStacked: boolean;
	/** There is room for the shortest words only. */
	readonly isNarrow?: boolean;
	/** What it is called here; its name by default. */
	readonly name?: (slot: SlotView) => string;
}

/** px that it is high. */
export function slotTileHeight(kit: KitBase, isStacked: boolean): number {
	const { look, metrics, isLarge } = kit;
	if (!isStacked) return isLarge ? 80 : spoolSize(kit) + metrics.gap;
	return spoolSize(kit) + 2 * lineHeight(look, "caption") + metrics.gap;
}

export function slotTile<View>(kit: Kit<View>, options: SlotTileOptions<View>): Container {
	const { read, isStacked, isNarrow = false, name = ({ name }) => name, ...place } = options;
	const { look, metrics, isLarge } = kit;
	const { gap } = metrics;
	const inset = isNarrow ? 0 : gap / 2;
	const picture = spool(kit, {
		...(isStacked ? { top: gap / 2 } : { left: inset }),
		color: (view) => read(view)?.color,
		remaining: (view) => read(view)?.fullness,
		isActive: (view) => read(view)?.isActive ?? false,
	});
	const nameOf = (view: View): string => {
		const slot = read(view);
		return slot === undefined ? "" : name(slot);
	};
	const active = (view: View): string => read(view)?.activeText ?? "";
	const material = {
		text: (view: View) => read(view)?.material ?? kit.words.common.unknown,
		tone: (view: View) => (read(view)?.isEmpty === false ? ("text" as const) : ("muted" as const)),
	};
	const left = inset + spoolSize(kit) + (isNarrow ? 0 : gap);
	const words = isStacked
		? [
				label(kit, {
					left: 2,
					right: 2,
					bottom: gap / 2 + lineHeight(look, "caption"),
					...material,
					size: "caption",
					align: "center",
				}),
				label(kit, {
					left: 2,
					right: 2,
					bottom: gap / 2,
					text: (view) => active(view) || joined(nameOf(view), shortRemaining(read(view))),
					tone: (view) => (read(view)?.isAttention ? "warn" : active(view) === "" ? "muted" : "accent"),
					size: "caption",
					align: "center",
				}),
			]
		: [
				new Column(null, {
					left,
					right: isNarrow ? 0 : 2,
					contents: [
						label(kit, {
							left: 0,
							right: 0,
							text: (view) => (isNarrow && active(view)) || joined(nameOf(view), active(view)),
							tone: (view) => (active(view) === "" ? "muted" : "accent"),
							size: "caption",
						}),
						label(kit, { left: 0, right: 0, ...material, weight: "bold", smaller: "caption" }),
						isLarge &&
							label(kit, {
								left: 0,
								right: 0,
								text: (view) => thirdLine(read(view), isNarrow),
								size: "caption",
								tone: (view) => (read(view)?.isAttention ? "warn" : "muted"),
							}),
					],
				}),
			];
	const tile = card(kit, {
		...place,
		contents: [picture, ...words],
		onTap() {
			const slot = kit.scope.view === undefined ? undefined : read(kit.scope.view);
			if (slot) kit.navigator.go(slotScreen(slot.place));
		},
	});
	const frame = new Content(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		skin: look.frame(look.theme.accent),
	});
	tile.add(kit.showWhen(frame, (view) => read(view)?.isActive ?? false));
	const mark = icon(kit, {
		right: gap / 2,
		...(isStacked ? { top: gap / 2 } : isLarge ? { bottom: gap } : { top: gap / 2 }),
		icon: "warning",
		size: "small",
		tone: "warn",
	});
	tile.add(kit.showWhen(mark, (view) => read(view)?.isAttention ?? false));
	return tile;
}

/** What has to be looked at, else what is left, else who made it. */
function thirdLine(slot: SlotView | undefined, isNarrow: boolean): string {
	if (slot === undefined) return "";
	const remaining = isNarrow ? slot.remainingShort : slot.remaining;
	// Where there is no room for words, the mark beside it says that something is wrong.
	const note = isNarrow && slot.isRemainingKnown ? "" : slot.note;
	return note || remaining || slot.brand;
}

function joined(...texts: readonly string[]): string {
	return texts.filter((text) => text !== "").join(" · ");
}

/** "74%": there is no room for more. */
function shortRemaining(slot: SlotView | undefined): string {
	return slot?.isRemainingKnown ? slot.remainingShort : "";
}
