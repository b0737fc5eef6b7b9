// A scene of the whole panel: its own screens over a device that shows one state.

import type { DeviceState, PanelDevice, Preferences } from "../../ui/panel/device";
import { openPanel, type Panel } from "../../ui/panel/panel";
import { panelRoots } from "../../ui/panel/screens/roots";
import type { Scene, SceneLook, SizeName, Stage } from "./golden-scene";
import { pictureDevice } from "./picture-device";

export interface PanelSceneOptions {
	readonly state: DeviceState;
	readonly preferences?: Partial<Preferences>;
	/** In place of parts of the device that do nothing. */
	readonly parts?: Partial<PanelDevice>;
	/** Of the printer that is shown; the first one unless given. */
	readonly shown?: string;
	/** Both unless given. */
	readonly sizes?: readonly SizeName[];
	/** The way to the screen, from home: `panel.navigator.go(slotScreen(…))`, touches. */
	readonly open?: (panel: Panel, stage: Stage) => Promise<void> | void;
}

/** "panel/" and the name. */
export function panelScene(name: string, options: PanelSceneOptions): Scene {
	const { state, preferences, parts, shown, sizes, open } = options;
	return {
		name: `panel/${name}`,
		...(sizes && { sizes }),
		inLook: (look) => panelScene(name, { ...options, preferences: { ...preferences, ...look } }),
		async play(stage) {
			const { width, height } = stage;
			const device = pictureDevice({
				state,
				...(preferences && { preferences }),
				...(parts && { parts }),
			});
			const panel = openPanel({ device, width, height, roots: panelRoots() });
			if (shown !== undefined) panel.tools.choice.choose(shown);
			await stage.settle();
			await open?.(panel, stage);
			return () => panel.close();
		},
	};
}

/** The same in the light theme, in Chinese and in German: "-light", "-zh", "-de". */
export function inAllLooks(name: string, options: PanelSceneOptions): readonly Scene[] {
	const changed = (suffix: string, look: SceneLook): Scene =>
		panelScene(`${name}-${suffix}`, { ...options, preferences: { ...options.preferences, ...look } });
	return [
		panelScene(name, options),
		changed("light", { theme: "light" }),
		changed("zh", { language: "zh" }),
		changed("de", { language: "de" }),
	];
}
