// Home: the printer at a glance, with what is done to a print most often.

import { Column, Container } from "piu/MC";
import { button } from "../components/button";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import type { Kit } from "../kit";
import { homeView } from "../models/home";
import type { Screen } from "../screen";
import { largeHome } from "./home-large";
import type { HomeScreenView, HomeWays } from "./home-parts";
import { smallHome } from "./home-small";
import { printerMakerScreen } from "./printer-maker";

export function homeScreen(ways: HomeWays): Screen<HomeScreenView> {
	return {
		id: "home",
		section: "home",
		model: (input) => ({ ...homeView(input), input }),
		build: (kit) =>
			oneOf(kit, {
				which: (view) => (view.isEmpty ? "empty" : "printer"),
				contents: {
					empty: emptyHome(kit),
					printer: kit.isLarge ? largeHome(kit, ways) : smallHome(kit, ways),
				},
			}),
	};
}

function emptyHome(kit: Kit<HomeScreenView>): Container {
	const { gap, padding } = kit.metrics;
	const inner = { left: padding, right: padding };
	const parts = new Column(null, {
		left: padding,
		right: padding,
		contents: [
			icon(kit, { icon: "printer", size: "large", tone: "muted", bottom: gap }),
			label(kit, {
				...inner,
				text: (view) => view.title,
				size: "title",
				smaller: "body",
				weight: "bold",
				align: "center",
			}),
			note(kit, { ...inner, top: gap / 2, text: (view) => view.message, tone: "muted", align: "center" }),
			button(kit, {
				top: 2 * gap,
				width: kit.isLarge ? 280 : 200,
				label: (view) => view.addLabel,
				icon: "plus",
				tone: "primary",
				onTap: () => kit.navigator.go(printerMakerScreen()),
			}),
		],
	});
	return new Container(null, { left: 0, right: 0, top: 0, bottom: 0, contents: [parts] });
}
