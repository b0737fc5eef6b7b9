// What is heated on the left, what blows on the right; one below the other where there is no room for both.

import { Column, Container, type Content, Row } from "piu/MC";
import { button } from "../../components/button";
import { hintHeight, hintLine } from "../../components/hint-line";
import { repeat } from "../../components/repeat";
import { scroll } from "../../components/scroll";
import { slider } from "../../components/slider";
import type { Kit } from "../../kit";
import {
	type AirDuctChoice,
	type FanRow,
	type TemperatureRow,
	type TemperaturesView,
	withPercent,
} from "../../models/temperatures";
import { percent } from "../../words/format";
import { temperatureRow } from "./temperature-row";

export function temperaturesPage(kit: Kit<TemperaturesView>): Content {
	const { gap, padding } = kit.metrics;
	const hint = hintHeight(kit);
	const heat = temperatures(kit);
	const air = new Column(null, {
		left: kit.isLarge ? padding : 0,
		right: 0,
		top: 0,
		contents: [fans(kit), airDuct(kit)],
	});
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			scroll(kit, {
				left: padding,
				right: padding - 8,
				top: 0,
				bottom: hint + 2 * gap,
				name: "temperatures",
				contents: kit.isLarge
					? [new Row(null, { left: 0, right: 0, top: 0, contents: [heat, air] })]
					: [heat, air],
			}).content,
			hintLine(kit, {
				left: padding,
				right: padding,
				bottom: gap,
				height: hint,
				text: (view) => view.why || view.note,
				tone: (view) => (view.why === "" ? "muted" : "warn"),
			}),
		],
	});
}

function temperatures(kit: Kit<TemperaturesView>): Container {
	const { gap } = kit.metrics;
	const column = new Column(null, { left: 0, top: 0, ...(kit.isLarge ? { width: 372 } : { right: 0 }) });
	return repeat<TemperaturesView, TemperatureRow>(kit, column, {
		items: (view) => view.rows,
		part: (part) => temperatureRow(part, { left: 0, right: 0, bottom: gap, read: (row) => row }),
	});
}

function fans(kit: Kit<TemperaturesView>): Container {
	const { gap, padding } = kit.metrics;
	const column = new Column(null, {
		left: 0,
		right: 0,
		bottom: gap,
		skin: kit.look.card,
		contents: [new Container(null, { left: 0, right: 0, height: gap })],
	});
	repeat<TemperaturesView, FanRow>(kit, column, {
		items: (view) => view.fans,
		part: (part) =>
			slider(part, {
				left: padding,
				right: padding,
				bottom: gap / 2,
				label: (fan) => fan.label,
				value: (fan) => (fan.isKnown ? fan.percent : undefined),
				min: 0,
				max: 100,
				step: 10,
				format: (value) => percent(kit.words, value),
				tone: "cool",
				refusal: (fan) => fan.why,
				onSet(value) {
					const command = part.scope.view?.command;
					return command && kit.device.printers.command(kit.choice.id, withPercent(command, value));
				},
			}),
	});
	return column;
}

function airDuct(kit: Kit<TemperaturesView>): Container {
	const { gap } = kit.metrics;
	const row = new Row(null, { left: 0, right: 0 });
	return repeat<TemperaturesView, AirDuctChoice>(kit, row, {
		items: (view) => view.airDuct,
		part: (part, index) =>
			button(part, {
				left: index === 0 ? 0 : gap,
				right: 0,
				bottom: gap,
				label: (mode) => mode.choose.label,
				selected: (mode) => mode.isChosen,
				refusal: (mode) => mode.choose.why,
				onTap: (mode) => mode && kit.device.printers.command(kit.choice.id, mode.choose.command),
			}),
	});
}
