// A fault of the heater, over all of its screen: what happened, what to do, and clear where that is possible. Off stays.

import { Column, Container, Row } from "piu/MC";
import { button } from "../../components/button";
import { icon } from "../../components/icon";
import { label } from "../../components/label";
import { note } from "../../components/note";
import { scroll } from "../../components/scroll";
import type { Effect, Kit } from "../../kit";
import type { HeaterView } from "../../models/heater";
import { offButton } from "./heater-actions";

export function heaterFault(kit: Kit<HeaterView>): Container {
	const { actionBar, gap, padding, icon: icons } = kit.metrics;
	const place = { left: 0, right: 0 };
	const text = (tone: "text" | "muted", read: (view: HeaterView) => string) =>
		note<HeaterView>(kit, { ...place, top: kit.isLarge ? padding : gap, tone, text: read });
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			scroll(kit, {
				left: kit.isLarge ? 2 * padding : padding,
				right: padding,
				top: kit.isLarge ? 2 * padding : gap,
				bottom: actionBar,
				contents: [
					new Row(null, {
						...place,
						contents: [
							icon(kit, { icon: "fault", tone: "danger", size: "large", width: icons.large + padding }),
							label<HeaterView>(kit, {
								...place,
								height: icons.large,
								text: (view) => view.fault?.title ?? "",
								size: "title",
								smaller: "body",
								tone: "danger",
								weight: "bold",
							}),
						],
					}),
					new Column(null, {
						left: kit.isLarge ? icons.large + padding : 0,
						right: padding,
						contents: [
							note<HeaterView>(kit, {
								...place,
								top: gap,
								size: kit.isLarge ? "title" : "body",
								text: (view) => view.fault?.text ?? "",
							}),
							text("text", (view) => view.fault?.help ?? ""),
							text("muted", (view) => view.fault?.note ?? ""),
						],
					}),
				],
			}).content,
			new Row(null, {
				left: gap,
				right: gap,
				bottom: 0,
				height: actionBar,
				contents: [clearPlace(kit), offButton(kit)],
			}),
		],
	});
}

function clearPlace(kit: Kit<HeaterView>) {
	const { gap, target } = kit.metrics;
	const clear = button<HeaterView>(kit, {
		left: 0,
		right: gap,
		height: target,
		label: (view) => view.fault?.clearLabel ?? "",
		icon: "check",
		tone: "primary",
		onTap: () => clearFault(kit),
	});
	return kit.showWhen(clear, (view) => view.fault?.canClear ?? false);
}

function clearFault(kit: Kit<HeaterView>): Effect {
	const { heater } = kit.words;
	return kit.device.heater?.clearFault().then((answer) => {
		if (answer.ok) return answer;
		const text = answer.code === "fault_remains" || answer.code === "not_stored" ? heater[answer.code] : "";
		return { ...answer, message: text || answer.message };
	});
}
