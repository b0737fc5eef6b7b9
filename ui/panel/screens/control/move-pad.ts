// Four ways round homing, and beside them up and down, named by what they do, with the step between them.

import { Column, Container, type Content, Row } from "piu/MC";
import { actionButton } from "../../components/action-button";
import { segments } from "../../components/segments";
import type { Kit, KitBase } from "../../kit";
import type { IconName } from "../../look/icon-names";
import type { Action } from "../../models/action";
import type { MoveChoice, MoveView } from "../../models/move";
import { millimetres } from "../../words/format";

/** px that it takes. */
export function movePadWidth(kit: KitBase): number {
	return acrossWidth(kit) + kit.metrics.padding + upWidth(kit);
}

function acrossWidth({ isLarge, metrics }: KitBase): number {
	return (isLarge ? 80 : 56) * 3 + 2 * metrics.gap;
}

/** Of two steps beside each other. */
function upWidth({ isLarge, metrics }: KitBase): number {
	return (isLarge ? metrics.target : 54) * 2 + metrics.gap;
}

export function movePad(kit: Kit<MoveView>, choice: MoveChoiceOf, height: number): Container {
	const { padding } = kit.metrics;
	return new Row(null, {
		left: 0,
		top: 0,
		height,
		contents: [
			new Column(null, { left: 0, width: acrossWidth(kit), top: 0, height, contents: cross(kit) }),
			new Column(null, {
				left: padding,
				width: upWidth(kit),
				top: 0,
				height,
				contents: upAndDown(kit, choice),
			}),
		],
	});
}

/** Kept by the screen; what is set in it counts from the next view on. */
export type MoveChoiceOf = { -readonly [Key in keyof MoveChoice]: MoveChoice[Key] };

type ReadAction = (view: MoveView) => Action;

function cross(kit: Kit<MoveView>): Content[] {
	const { gap } = kit.metrics;
	const cell = (icon: IconName, read: ReadAction, left: number): Content =>
		actionButton(kit, { left, right: 0, top: 0, bottom: 0, icon, isStacked: true, read });
	const free = (left: number): Content => new Container(null, { left, right: 0, top: 0, bottom: 0 });
	const row = (top: number, ...contents: Content[]): Content =>
		new Row(null, { left: 0, right: 0, top, bottom: 0, contents });
	return [
		row(
			0,
			free(0),
			cell("arrow-up", (view) => view.back, gap),
			free(gap),
		),
		row(
			gap,
			cell("arrow-left", (view) => view.left, 0),
			cell("home-axis", (view) => view.home, gap),
			cell("arrow-right", (view) => view.right, gap),
		),
		row(
			gap,
			free(0),
			cell("arrow-down", (view) => view.front, gap),
			free(gap),
		),
	];
}

function upAndDown(kit: Kit<MoveView>, choice: MoveChoiceOf): Content[] {
	const { gap } = kit.metrics;
	const place = { left: 0, right: 0, bottom: 0, isStacked: true };
	return [
		actionButton(kit, {
			...place,
			top: 0,
			icon: "arrow-up",
			read: (view) => (view.isApartUp ? view.apart : view.together),
		}),
		segments<MoveView, number>(kit, {
			left: 0,
			right: 0,
			top: gap,
			bottom: 0,
			isStacked: true,
			segments: kit.device.facts.motion.jogSteps.map((value) => ({
				value,
				label: millimetres(kit.words, value),
			})),
			value: (view) => view.steps.find(({ isChosen }) => isChosen)?.value,
			onChoose(value) {
				choice.step = value;
				kit.refresh();
			},
		}),
		actionButton(kit, {
			...place,
			top: gap,
			icon: "arrow-down",
			read: (view) => (view.isApartUp ? view.together : view.apart),
		}),
	];
}
