// Home on the large panel: the job on the left, what is measured on the right, and below what is done most often.

import { Column, Container, type Content } from "piu/MC";
import { card } from "../components/card";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import { ring, ringSize } from "../components/ring";
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

type Read = (view: HomeScreenView) => string;

const JOB_WIDTH = 344;
const BUTTON_HEIGHT = 70;
const RING_TOP = 8;
/** Of the two rows below the temperatures, and of what stands there when something is wrong. */
const FOOT_HEIGHT = 66;
const MESSAGE_LINES = 3;

export function largeHome(kit: HomeKit, ways: HomeWays): Container {
	const { gap } = kit.metrics;
	const bottom = BUTTON_HEIGHT + 2 * gap;
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			card(kit, { left: gap, width: JOB_WIDTH, top: gap, bottom, contents: job(kit) }),
			card(kit, {
				left: JOB_WIDTH + 2 * gap,
				right: gap,
				top: gap,
				bottom,
				contents: [
					readings(kit, { left: gap, right: gap, top: gap / 2, bottom: FOOT_HEIGHT + gap / 2 }),
					oneOf(kit, {
						left: gap,
						right: gap,
						height: FOOT_HEIGHT,
						bottom: gap / 2,
						which: (view) => (view.message === "" ? "rows" : "message"),
						contents: { rows: footRows(kit), message: message(kit, ways) },
					}),
				],
			}),
			new Container(null, {
				left: gap,
				right: gap,
				height: BUTTON_HEIGHT,
				bottom: gap,
				contents: actionRows(kit, 1),
			}),
		],
	});
}

function job(kit: HomeKit): Content[] {
	const { padding, gap } = kit.metrics;
	const size = ringSize(kit);
	const wide = { left: padding, right: padding };
	return [
		ring(kit, { top: RING_TOP, percent: jobPercent, tone: jobTone }),
		icon(kit, { width: size, top: RING_TOP, height: size, icon: idleIcon, size: "large", tone: "muted" }),
		percent(kit, { width: size - 2 * kit.look.ring.thickness - gap, top: RING_TOP + 48, height: 76 }),
		label(kit, {
			width: 140,
			top: RING_TOP + 128,
			text: (view) => layerText(view.layerLabel, view.job?.layer ?? "", view.input.words.common.unknown),
			size: "caption",
			tone: "muted",
			align: "center",
		}),
		label(kit, {
			...wide,
			top: RING_TOP + size + gap,
			text: stateText,
			smaller: "caption",
			tone: jobTone,
			align: "center",
		}),
		label(kit, {
			...wide,
			top: RING_TOP + size + gap + 26,
			text: ofJob(({ name }) => name),
			tone: (view) => toneOrOld("text", view),
			weight: "bold",
			align: "center",
		}),
		...stat(
			kit,
			0,
			(view) => view.timeLeftLabel,
			ofJob(({ timeLeft }) => timeLeft),
		),
		...stat(
			kit,
			1,
			(view) => view.finishLabel,
			ofJob(({ finish }) => finish),
		),
	];
}

function percent(kit: HomeKit, place: object): Content {
	return label(kit, {
		...place,
		text: percentText,
		size: "display",
		smaller: "headline",
		tone: (view) => toneOrOld("text", view),
		align: "center",
	});
}

function layerText(name: string, layer: string, unknown: string): string {
	if (layer === unknown) return "";
	// Within the ring there is room for that much.
	return name.length + layer.length > 17 ? layer : `${name} ${layer}`;
}

/** A name and a value below it; two of them stand side by side. */
function stat(kit: HomeKit, column: 0 | 1, name: Read, value: Read): Content[] {
	const { padding } = kit.metrics;
	const width = JOB_WIDTH / 2 - padding;
	const left = column === 0 ? padding : JOB_WIDTH / 2;
	return [
		label(kit, { left, width, bottom: 46, text: name, size: "caption", tone: "muted", align: "center" }),
		label(kit, {
			left,
			width,
			bottom: 10,
			text: value,
			size: "title",
			smaller: "body",
			tone: (view) => toneOrOld("text", view),
			align: "center",
			weight: "bold",
		}),
	];
}

/** Only to be read: the rail leads to both, and rows as high as a finger would leave the temperatures none. */
function footRows(kit: HomeKit): Column {
	const row = { left: 0, right: 0, top: 0, bottom: 0, size: "body" } as const;
	return new Column(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			valueRow(kit, {
				...row,
				icon: "fan",
				label: (view) => view.fansLabel,
				value: (view) => view.fans,
				tone: (view) => toneOrOld("text", view),
			}),
			oneOf(kit, {
				...row,
				which: (view) => (view.door === "" || view.isFilamentLow ? "filament" : "door"),
				contents: {
					filament: valueRow(kit, {
						...row,
						icon: "filament",
						label: (view) => view.filamentLabel,
						value: (view) => view.filament,
						tone: filamentTone,
					}),
					door: valueRow(kit, {
						...row,
						icon: "door",
						label: (view) => view.doorLabel,
						value: (view) => view.door,
						tone: (view) => toneOrOld("text", view),
					}),
				},
			}),
		],
	});
}

function message(kit: HomeKit, ways: HomeWays): Container {
	const { gap } = kit.metrics;
	const left = kit.metrics.icon.medium + gap * 3;
	const right = 20 + 2 * gap;
	const room = {
		style: kit.look.style("caption"),
		width: kit.metrics.width - kit.metrics.rail - JOB_WIDTH - 5 * gap - left - right,
		lines: MESSAGE_LINES,
	};
	return card(kit, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		tone: "raised",
		onTap: () => openMessage(kit, ways),
		contents: [
			icon(kit, { left: gap * 1.5, icon: messageIcon, tone: (view) => view.messageTone }),
			note(kit, { left, right, text: (view) => shortened(view.message, room), size: "caption" }),
			icon(kit, { right: gap, icon: "chevron-right", size: "small", tone: "muted" }),
		],
	});
}
