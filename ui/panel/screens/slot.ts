// One slot: what is on its spool, and what can be done with it.

import { Column, Container, type Content, Row } from "piu/MC";
import { actionButton } from "../components/action-button";
import { button } from "../components/button";
import { card } from "../components/card";
import { hintHeight, hintLine } from "../components/hint-line";
import { label } from "../components/label";
import { spool, spoolSize } from "../components/spool";
import { swatch } from "../components/swatch";
import type { SpoolPlace } from "../device";
import type { Kit } from "../kit";
import { type SlotScreenView, slotScreenView } from "../models/slot";
import type { Screen } from "../screen";
import { filamentEditScreen } from "./filament-edit";
import { spoolScreen } from "./spool";

export function slotScreen(place: SpoolPlace): Screen<SlotScreenView> {
	let title = "";
	return {
		id: "slot",
		section: "filament",
		title: (words) => title || words.filament.title,
		model(input) {
			const view = slotScreenView(input, place);
			title = view.title;
			return view;
		},
		build: (kit) => build(kit, place),
	};
}

function build(kit: Kit<SlotScreenView>, place: SpoolPlace): Content {
	const { gap, padding } = kit.metrics;
	const across = { left: padding, right: padding };
	const between = kit.isLarge ? padding : gap;
	return new Column(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			spoolCard(kit),
			new Container(null, { height: between }),
			buttonRow(kit, [
				actionButton(kit, { ...fill(0), icon: "load", tone: "primary", read: (view) => view.load }),
				actionButton(kit, { ...fill(gap), icon: "unload", read: (view) => view.unload }),
			]),
			new Container(null, { height: gap }),
			buttonRow(kit, [
				button(kit, {
					...fill(0),
					icon: "edit",
					label: (view) => view.edit.label,
					refusal: (view) => view.edit.why,
					onTap: () => kit.navigator.go(filamentEditScreen(place)),
				}),
				actionButton(kit, {
					...fill(gap),
					icon: "refresh",
					read: (view) => view.readTag,
					done: kit.words.common.done,
				}),
			]),
			kit.isLarge &&
				hintLine(kit, {
					...across,
					top: gap,
					height: hintHeight(kit),
					text: (view) => (view.slot?.isActive ? view.unload.why : view.load.why),
					tone: "warn",
				}),
			new Container(null, { height: gap }),
		],
	});
}

function fill(left: number) {
	return { left, right: 0, top: 0, bottom: 0 };
}

function buttonRow(kit: Kit<SlotScreenView>, contents: readonly Content[]): Content {
	const { padding } = kit.metrics;
	return new Row(null, { left: padding, right: padding, top: 0, bottom: 0, contents });
}

function spoolCard(kit: Kit<SlotScreenView>): Content {
	const { isLarge } = kit;
	const { gap, padding } = kit.metrics;
	const height = isLarge ? 160 : spoolSize(kit) + gap;
	const hasSpool = kit.device.spools !== undefined;
	const picture = isLarge
		? swatch(kit, {
				left: padding,
				top: padding,
				bottom: padding,
				width: 160,
				color: (view) => view.slot?.color ?? "",
			})
		: spool(kit, {
				left: gap,
				color: (view) => view.slot?.color,
				remaining: (view) => view.slot?.fullness,
				isActive: (view) => view.slot?.isActive ?? false,
			});
	const line = { left: 0, right: 0 };
	return card(kit, {
		left: padding,
		right: padding,
		top: gap,
		height,
		contents: [
			picture,
			hasSpool && spoolButton(kit),
			new Column(null, {
				left: isLarge ? 2 * padding + 160 : gap + spoolSize(kit) + gap,
				right: hasSpool ? padding + gap + spoolWidth(kit) : padding,
				contents: [
					label(kit, {
						...line,
						text: (view) => view.slot?.material ?? kit.words.common.unknown,
						size: isLarge ? "title" : "body",
						weight: "bold",
						smaller: "caption",
					}),
					label(kit, {
						...line,
						text: (view) => view.summary,
						size: isLarge ? "body" : "caption",
						smaller: "caption",
					}),
					label(kit, {
						...line,
						text: (view) => factsOf(view, isLarge),
						size: isLarge ? "body" : "caption",
						smaller: "caption",
						tone: "muted",
					}),
					isLarge &&
						label(kit, {
							...line,
							text: (view) => view.slot?.activeText ?? "",
							size: "body",
							tone: "accent",
						}),
				],
			}),
		],
	});
}

/** To what Spoolman knows of it. */
function spoolButton(kit: Kit<SlotScreenView>): Content {
	const { isLarge } = kit;
	const { gap, padding } = kit.metrics;
	return button(kit, {
		right: isLarge ? padding : gap / 2,
		width: spoolWidth(kit),
		icon: "filament",
		isStacked: isLarge,
		...(isLarge && { label: (view: SlotScreenView) => view.spool?.label ?? "" }),
		...(isLarge && { height: 96 }),
		onTap: (view) => view?.spool && kit.navigator.go(spoolScreen(view.spool.id, "filament")),
	});
}

function spoolWidth(kit: Kit<SlotScreenView>): number {
	return kit.isLarge ? 120 : 48;
}

/** On the small panel there is no room for the spool's number. */
function factsOf({ slot }: SlotScreenView, isLarge: boolean): string {
	if (slot === undefined) return "";
	return [slot.remaining, slot.temperatures, isLarge ? slot.spool : ""]
		.filter((text) => text !== "")
		.join(" · ");
}
