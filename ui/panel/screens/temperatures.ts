// Temperatures and fans by themselves: from a tile or from Home.

import { type TemperaturesView, temperaturesView } from "../models/temperatures";
import type { Screen } from "../screen";
import { below } from "./control/below";
import { temperaturesPage } from "./control/temperatures-page";

export function temperaturesScreen(): Screen<TemperaturesView> {
	return {
		id: "temperatures",
		section: "control",
		title: (words) => words.temperatures.title,
		model: temperaturesView,
		build: (kit) => below(kit, temperaturesPage(kit)),
	};
}
