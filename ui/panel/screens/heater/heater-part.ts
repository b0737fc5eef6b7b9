// The heater at work: how warm it is and why it heats or not, what it is set to, and on and off below everything.

import { Column, Container, type Content, type Contents, Row } from "piu/MC";
import { badge } from "../../components/badge";
import { card } from "../../components/card";
import { figure } from "../../components/figure";
import { icon } from "../../components/icon";
import { label, lineHeight } from "../../components/label";
import { listRow } from "../../components/list-row";
import { note } from "../../components/note";
import { scroll } from "../../components/scroll";
import { sparkline } from "../../components/sparkline";
import type { HeaterHistory } from "../../device";
import type { Kit } from "../../kit";
import type { HeaterView } from "../../models/heater";
import type { RemoteHeaterView } from "../../models/remote-heater";
import { heaterConnectionScreen } from "../heater-connection";
import { heaterActions } from "./heater-actions";
import { modeNumbers, modeSegments } from "./heater-numbers";

const HOUR_SECONDS = 3600;

/** With `remote`, its link takes the place of the last hour, which it does not tell. */
export function heaterPart(kit: Kit<HeaterView>, remote?: Kit<RemoteHeaterView>): Container {
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			kit.isLarge ? beside(kit, remote) : below(kit, remote),
			heaterActions(kit, { hasFan: remote === undefined }),
		],
	});
}

/** Large: what is on the left, what is to be on the right. */
function beside(kit: Kit<HeaterView>, remote: Kit<RemoteHeaterView> | undefined): Content {
	const { actionBar, gap, padding } = kit.metrics;
	return new Row(null, {
		left: gap,
		right: gap,
		top: gap,
		bottom: actionBar,
		contents: [
			card(kit, {
				width: 328,
				top: 0,
				bottom: 0,
				contents: [
					new Column(null, {
						left: padding,
						right: padding,
						top: padding - 4,
						contents: [head(kit), temperature(kit), reason(kit, 4)],
					}),
					remote ? link(kit, remote) : lastHour(kit),
				],
			}),
			new Container(null, { width: gap }),
			new Column(null, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [modeSegments(kit), modeNumbers(kit), parts(kit)],
			}),
		],
	});
}

/** Small: one column that scrolls. */
function below(kit: Kit<HeaterView>, remote: Kit<RemoteHeaterView> | undefined): Content {
	const { actionBar, gap, padding } = kit.metrics;
	return scroll(kit, {
		left: padding,
		right: gap,
		top: 0,
		bottom: actionBar,
		name: "heater",
		contents: [
			temperature(kit),
			reason(kit, 2),
			remote ? link(kit, remote) : [],
			modeSegments(kit),
			modeNumbers(kit),
			remote ? [] : lastHour(kit),
			parts(kit),
		],
	}).content;
}

function head(kit: Kit<HeaterView>): Content {
	return new Row(null, {
		left: 0,
		right: 0,
		height: 28,
		contents: [
			label<HeaterView>(kit, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				text: (view) => view.chamberLabel,
				tone: "muted",
			}),
			badge<HeaterView>(kit, {
				width: 140,
				text: (view) => (view.isHeating ? view.heating : ""),
				tone: "heat",
			}),
		],
	});
}

function temperature(kit: Kit<HeaterView>): Content {
	return figure<HeaterView>(kit, {
		left: 0,
		right: 0,
		value: (view) => view.chamber.value,
		unit: (view) => view.chamber.unit,
		aside: (view) => view.aim,
		tone: (view) => view.chamberTone,
	});
}

/** A place of so many lines, whatever is said. */
function reason(kit: Kit<HeaterView>, lines: number): Content {
	return new Container(null, {
		left: 0,
		right: 0,
		height: lines * lineHeight(kit.look, kit.isLarge ? "body" : "caption") + (kit.isLarge ? 0 : 6),
		clip: true,
		contents: [
			note<HeaterView>(kit, {
				top: 0,
				size: kit.isLarge ? "body" : "caption",
				text: (view) => view.reason,
				tone: (view) => (view.isOld ? "muted" : "text"),
			}),
		],
	});
}

function lastHour(kit: Kit<HeaterView>): Contents {
	const { heater } = kit.device;
	if (heater === undefined) return [];
	const { history } = heater;
	const { gap, padding } = kit.metrics;
	const captionHeight = lineHeight(kit.look, "caption");
	const side = kit.isLarge ? padding : 0;
	const height = kit.isLarge ? 64 : 48;
	const chart = sparkline<HeaterView>(kit, {
		left: side,
		right: side,
		height,
		...(kit.isLarge ? { bottom: padding + captionHeight } : { top: 2 * gap }),
		series: {
			get length() {
				return history.length;
			},
			value: (index) => history.chamber(index),
			target: (index) => history.target(index),
		},
		count: () => history.count,
		most: samples(history),
	});
	const caption = label<HeaterView>(kit, {
		left: side,
		right: side,
		height: captionHeight,
		...(kit.isLarge && { bottom: padding - 4 }),
		text: kit.words.heater.lastHour,
		size: "caption",
		tone: "muted",
	});
	return [chart, caption];
}

function samples({ intervalSeconds, most }: HeaterHistory): number {
	return Math.min(most, Math.floor(HOUR_SECONDS / intervalSeconds));
}

function link(kit: Kit<HeaterView>, remote: Kit<RemoteHeaterView>): Contents {
	const { gap, padding, target } = kit.metrics;
	const row = listRow<RemoteHeaterView>(remote, {
		...(kit.isLarge ? { left: gap, right: gap, bottom: gap } : { left: 0, right: 0 }),
		height: target,
		title: (view) => view.host,
		subtitle: (view) => view.link,
		icon: "network",
		iconTone: (view) => view.linkTone,
		trailingIcon: "chevron-right",
		onTap: () => kit.navigator.go(heaterConnectionScreen()),
	});
	const help = note<RemoteHeaterView>(remote, {
		size: "caption",
		tone: "warn",
		text: (view) => view.linkHelp,
		...(kit.isLarge ? { left: padding, right: padding, bottom: target + 2 * gap } : {}),
	});
	return kit.isLarge ? [help, row] : [row, help];
}

/** What turns and how hot it is inside; nothing where it is not told. */
function parts(kit: Kit<HeaterView>): Content {
	const { gap, padding } = kit.metrics;
	const px = kit.metrics.icon.small;
	const part = (name: "fan" | "thermometer", read: (view: HeaterView) => string, isLit = false) => [
		icon<HeaterView>(kit, {
			width: px,
			size: "small",
			icon: (view) => (read(view) === "" ? undefined : name),
			tone: (view) => (isLit && view.isFanOn ? "cool" : "muted"),
		}),
		label<HeaterView>(kit, { left: gap, right: 0, text: read, smaller: "caption", tone: "muted" }),
	];
	return new Row(null, {
		left: kit.isLarge ? padding : 0,
		right: 0,
		top: gap,
		height: kit.isLarge ? 32 : 28,
		contents: [...part("fan", (view) => view.fan, true), ...part("thermometer", (view) => view.element)],
	});
}
