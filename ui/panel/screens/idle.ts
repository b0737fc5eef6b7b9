// What remains while nobody looks: percent, time left and state, as large as it goes; without a job the time of day.

import { Column, Container, type Content, Row } from "piu/MC";
import { label } from "../components/label";
import { oneOf } from "../components/one-of";
import { ring, ringSize } from "../components/ring";
import type { Kit } from "../kit";
import { type IdleView, idleView } from "../models/idle-view";
import type { Screen } from "../screen";

/** It stands alone, without the frame around it. */
export function idleScreen(): Screen<IdleView> {
	return {
		id: "idle",
		section: "home",
		model: idleView,
		build: (kit) =>
			new Container(null, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					oneOf(kit, {
						left: 0,
						right: 0,
						top: 0,
						bottom: 0,
						which: (view) => (view.isJob ? "job" : "clock"),
						contents: { job: job(kit), clock: clock(kit) },
					}),
					label(kit, {
						left: kit.metrics.padding,
						right: kit.metrics.padding,
						bottom: kit.metrics.padding,
						text: (view) => withHeater(view.printerName, view.heater),
						size: "body",
						tone: "muted",
						align: "center",
					}),
				],
			}),
	};
}

function withHeater(printer: string, heater: string): string {
	return heater === "" ? printer : `${printer}  ·  ${heater}`;
}

function job(kit: Kit<IdleView>): Content {
	const size = ringSize(kit);
	/** "100%" stays within the ring. */
	const inner = kit.look.ring.thickness + (kit.metrics.gap >> 1);
	const [space, width] = kit.isLarge ? [48, 384] : [16, 172];
	const wide = { left: 0, right: 0 };
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			new Row(null, {
				height: size,
				contents: [
					new Container(null, {
						width: size,
						height: size,
						contents: [
							ring(kit, { percent: (view) => view.progress * 100, tone: (view) => view.tone }),
							label(kit, {
								left: inner,
								right: inner,
								text: (view) => view.large + view.largeUnit,
								size: kit.isLarge ? "display" : "headline",
								smaller: kit.isLarge ? "headline" : "title",
								align: "center",
								tone: oldTone,
							}),
						],
					}),
					new Column(null, {
						left: space,
						width,
						contents: [
							label(kit, {
								...wide,
								text: (view) => view.state,
								size: "title",
								smaller: "body",
								tone: (view) => view.tone,
							}),
							label(kit, {
								...wide,
								text: (view) => view.timeLeft,
								size: "headline",
								smaller: "title",
								tone: oldTone,
							}),
							label(kit, {
								...wide,
								text: (view) => view.ends,
								size: "title",
								smaller: "body",
								tone: "muted",
							}),
						],
					}),
				],
			}),
		],
	});
}

function oldTone({ isOld }: IdleView) {
	return isOld ? "muted" : "text";
}

function clock(kit: Kit<IdleView>): Content {
	const wide = { left: 0, right: 0 };
	return new Column(null, {
		...wide,
		contents: [
			label(kit, { ...wide, text: (view) => view.large, size: "display", align: "center" }),
			label(kit, {
				...wide,
				text: (view) => view.state,
				size: "title",
				smaller: "body",
				tone: (view) => view.tone,
				align: "center",
			}),
		],
	});
}
