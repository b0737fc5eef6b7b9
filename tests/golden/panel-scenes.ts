// The panel's screens as golden pictures.

import { anycubicScenes } from "./anycubic-scenes";
import { componentScenes } from "./component-scenes";
import { controlScenes } from "./control-scenes";
import { filamentScenes } from "./filament-scenes";
import type { Scene } from "./golden-scene";
import { heaterScenes } from "./heater-scenes";
import { homeScenes } from "./home-scenes";
import { isKept } from "./kept-pictures";
import { printersScenes } from "./printers-scenes";
import { settingsScenes } from "./settings-scenes";
import { spoolsScenes } from "./spools-scenes";
import { watchScenes } from "./watch-scenes";

export function panelScenes(): readonly Scene[] {
	const scenes: readonly Scene[] = [
		...anycubicScenes(),
		...componentScenes(),
		...controlScenes(),
		...filamentScenes(),
		...heaterScenes(),
		...homeScenes(),
		...printersScenes(),
		...settingsScenes(),
		...spoolsScenes(),
		...watchScenes(),
	];
	return scenes.map((scene) => ({ ...scene, captured: isKept(scene.name) }));
}
