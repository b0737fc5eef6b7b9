// Home on the small panel: the ring and three numbers; behind a swipe what is done most often, then all that is measured.

import { Column, Container, type Content, Row } from "piu/MC";
import { card } from "../components/card";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import { pages } from "../components/pages";
import { ring, ringSize } from "../components/ring";
import { scroll } from "../components/scroll";
import { shortened } from "../components/shortened";
import { valueRow } from "../components/value-row";
import {
	actionRows,
	filamentTone,
	type HomeKit,
	type HomeScreenView,
	type HomeWays,
	idleIcon,
	jobPercent,
	jobTone,
	messageIcon,
	ofJob,
	openMessage,
	percentText,
	readings,
	stateText,
	toneOrOld,
} from "./home-parts";

/** Of the job's name, or of what is wrong. */
const FOOT_HEIGHT = 42;
const READING_HEIGHT = 40;
const ROW_HEIGHT = 32;

export function smallHome(kit: HomeKit, ways: HomeWays): Container {
	return pages(kit, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		name: "home",
		pages: [glance(kit, ways), actionPage(kit), all(kit, ways)],
	});
}

const filled = Object.freeze({ left: 0, right: 0, top: 0, bottom: 0 });

function glance(kit: HomeKit, ways: HomeWays): Container {
	const { padding, gap } = kit.metrics;
	const size = ringSize(kit);
	const ringTop = gap;
	return new Container(null, {
		...filled,
		contents: [
			ring(kit, { left: padding, top: ringTop, percent: jobPercent, tone: jobTone }),
			icon(kit, {
				left: padding,
				width: size,
				top: ringTop,
				height: size,
				icon: idleIcon,
				size: "large",
				tone: "muted",
			}),
			label(kit, {
				left: padding,
				width: size,
				top: ringTop,
				height: size,
				text: percentText,
				size: "headline",
				tone: (view) => toneOrOld("text", view),
				align: "center",
			}),
			new Column(null, {
				left: padding + size + padding,
				right: gap,
				top: ringTop,
				height: size,
				contents: [
					number(
						kit,
						(view) => view.timeLeftLabel,
						ofJob(({ timeLeft }) => timeLeft),
					),
					...[0, 1].map((index) =>
						number(
							kit,
							(view) => readingAt(view, index)?.label ?? "",
							(view) => readingAt(view, index)?.current ?? view.input.words.common.unknown,
							(view) => readingAt(view, index)?.unit ?? "",
						),
					),
				],
			}),
			oneOf(kit, {
				left: gap,
				right: gap,
				bottom: 0,
				height: FOOT_HEIGHT,
				which: (view) => (view.message === "" ? "job" : "message"),
				contents: { job: jobLines(kit), message: message(kit, ways) },
			}),
		],
	});
}

/** The nozzle that is in use, or the first one, and the bed. */
function readingAt({ readings, input }: HomeScreenView, index: number) {
	if (index === 1) return readings.find(({ id }) => id === "bed");
	const active = input.printer?.nozzles.findIndex((nozzle) => nozzle.active) ?? 0;
	return readings.find(({ id }) => id === `nozzle${Math.max(0, active)}`);
}

type Read = (view: HomeScreenView) => string;

function number(kit: HomeKit, name: Read, value: Read, unit?: Read): Content {
	return valueRow(kit, {
		...filled,
		label: name,
		value,
		...(unit && { unit }),
		tone: (view) => toneOrOld("text", view),
	});
}

function jobLines(kit: HomeKit): Column {
	const { gap } = kit.metrics;
	return new Column(null, {
		...filled,
		contents: [
			label(kit, {
				left: gap,
				right: gap,
				text: ofJob(({ name }) => name),
				weight: "bold",
				tone: (view) => toneOrOld("text", view),
			}),
			new Row(null, {
				left: gap,
				right: gap,
				contents: [
					label(kit, {
						left: 0,
						right: 0,
						text: stateText,
						size: "caption",
						tone: jobTone,
					}),
					label(kit, {
						left: gap,
						width: 100,
						text: (view) => endText(view),
						size: "caption",
						tone: "muted",
						align: "right",
					}),
				],
			}),
		],
	});
}

function endText({ finishLabel, job, input }: HomeScreenView): string {
	if (job === undefined || job.finish === input.words.common.unknown) return "";
	return `${finishLabel} ${job.finish}`;
}

function message(kit: HomeKit, ways: HomeWays): Container {
	const { gap, padding, icon: sizes } = kit.metrics;
	const left = padding + sizes.medium + padding;
	const right = 20 + gap;
	const room = {
		style: kit.look.style("caption"),
		width: kit.metrics.width - 2 * gap - left - right,
		lines: 2,
	};
	return card(kit, {
		...filled,
		onTap: () => openMessage(kit, ways),
		contents: [
			icon(kit, { left: padding, icon: messageIcon, tone: (view) => view.messageTone }),
			note(kit, { left, right, text: (view) => shortened(view.message, room), size: "caption" }),
			icon(kit, { right: gap, icon: "chevron-right", size: "small", tone: "muted" }),
		],
	});
}

function actionPage(kit: HomeKit): Container {
	const { padding, gap } = kit.metrics;
	return new Column(null, {
		left: padding,
		right: padding,
		top: gap,
		bottom: 0,
		contents: actionRows(kit, 2),
	});
}

function all(kit: HomeKit, ways: HomeWays): Container {
	const { padding, gap } = kit.metrics;
	const row = { left: 0, right: 0, height: ROW_HEIGHT, size: "body" } as const;
	const tone = (view: HomeScreenView) => toneOrOld("text", view);
	return scroll(kit, {
		left: padding,
		right: gap,
		top: 0,
		bottom: 0,
		name: "readings",
		contents: [
			readings(kit, { left: 0, right: 0 }, READING_HEIGHT),
			valueRow(kit, {
				...row,
				icon: "layers",
				label: (view) => view.layerLabel,
				value: ofJob(({ layer }) => layer),
				tone,
			}),
			valueRow(kit, {
				...row,
				icon: "clock",
				label: (view) => view.finishLabel,
				value: ofJob(({ finish }) => finish),
				tone,
			}),
			valueRow(kit, {
				...row,
				height: READING_HEIGHT,
				icon: "fan",
				label: (view) => view.fansLabel,
				value: (view) => view.fans,
				tone,
				onTap: () => kit.navigator.switchTo(ways.sections.control()),
			}),
			valueRow(kit, {
				...row,
				height: READING_HEIGHT,
				icon: "filament",
				label: (view) => view.filamentLabel,
				value: (view) => view.filament,
				tone: filamentTone,
				onTap: () => kit.navigator.switchTo(ways.sections.filament()),
			}),
		],
	}).content;
}
