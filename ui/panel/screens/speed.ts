// The speed of the job by itself.

import { type SpeedView, speedView } from "../models/speed";
import type { Screen } from "../screen";
import { below } from "./control/below";
import { speedPage } from "./control/speed-page";

export function speedScreen(): Screen<SpeedView> {
	return {
		id: "speed",
		section: "control",
		title: (words) => words.speed.title,
		model: speedView,
		build: (kit) => below(kit, speedPage(kit)),
	};
}
