// The settings of the panel and of the device. A change counts at once.

import { ask } from "../components/ask";
import { choose } from "../components/choose";
import { group } from "../components/group";
import { keyboard } from "../components/keyboard";
import { listRow } from "../components/list-row";
import { scroll } from "../components/scroll";
import { slider } from "../components/slider";
import { switchRow } from "../components/switch";
import type { Preferences } from "../device";
import type { Kit } from "../kit";
import { BRIGHTNESS_STEP, type SettingsView, settingsView } from "../models/settings";
import { refusalText } from "../refusal-text";
import type { Screen } from "../screen";
import { percent } from "../words/format";
import { wordsIn } from "../words/languages";
import { aboutScreen } from "./about";
import { heaterConnectionScreen } from "./heater-connection";
import { choiceRow } from "./settings/choice-row";
import { spoolmanScreen } from "./spoolman";
import { timeZoneScreen } from "./time-zone";
import { updateScreen } from "./update";
import { wifiScreen } from "./wifi";

type SettingsKit = Kit<SettingsView>;

export function settingsScreen(): Screen<SettingsView> {
	return {
		id: "settings",
		section: "more",
		title: (words) => words.settings.title,
		model: settingsView,
		build(kit) {
			const { gap, padding } = kit.metrics;
			return scroll(kit, {
				name: "settings",
				left: kit.isLarge ? padding : gap,
				right: kit.isLarge ? gap : 0,
				top: 0,
				bottom: 0,
				contents: [networkRows(kit), screenRows(kit), languageRows(kit), deviceRows(kit)],
			}).content;
		},
	};
}

function networkRows(kit: SettingsKit) {
	const { words, navigator, device, metrics } = kit;
	return group(kit, {
		top: metrics.gap,
		title: words.settings.network,
		contents: [
			listRow(kit, {
				...rowPlace(kit),
				icon: "wifi-3",
				title: words.settings.wifi,
				trailing: (view) => view.wifi.value,
				trailingIcon: "chevron-right",
				onTap: () => navigator.go(wifiScreen()),
			}),
			device.remoteHeater &&
				listRow(kit, {
					...rowPlace(kit),
					icon: "heater",
					title: words.remoteHeater.title,
					// On the small panel the two have no room beside each other.
					trailing: (view) => (kit.isLarge ? view.remoteHeater.value : ""),
					subtitle: (view) => (kit.isLarge ? "" : view.remoteHeater.value),
					trailingIcon: "chevron-right",
					onTap: () => navigator.go(heaterConnectionScreen()),
				}),
			device.spools &&
				listRow(kit, {
					...rowPlace(kit),
					icon: "filament",
					title: words.spoolman.title,
					trailing: (view) => view.spoolman.value,
					trailingIcon: "chevron-right",
					onTap: () => navigator.go(spoolmanScreen()),
				}),
		],
	});
}

function screenRows(kit: SettingsKit) {
	const { words, device } = kit;
	const { settings } = words;
	const { padding, gap, target } = kit.metrics;
	const { min, max } = device.facts.brightness;
	return group(kit, {
		title: settings.screen,
		contents: [
			device.display.isDimmable
				? slider(kit, {
						left: padding,
						right: padding,
						top: gap,
						height: target + gap,
						label: settings.brightness,
						value: (view) => view.brightness.value,
						min,
						max,
						step: BRIGHTNESS_STEP,
						format: (value) => percent(words, value),
						onMoved: (value) => device.display.setBrightness(value),
						onSet: (brightness) => change(kit, { brightness }),
					})
				: undefined,
			listRow(kit, {
				...rowPlace(kit),
				title: settings.sleep,
				trailing: (view) => view.sleep.text,
				trailingIcon: "chevron-right",
				onTap: (view) => {
					if (view) chooseSleep(kit, view);
				},
			}),
			switchRow(kit, {
				...rowPlace(kit),
				label: settings.wakeOnPrint,
				isOn: (view) => view.wakeOnPrint.isOn,
				onSwitch: (wakeOnPrint) => change(kit, { wakeOnPrint }),
			}),
			choiceRow(kit, {
				label: settings.theme,
				segments: device.facts.themes.map((theme) => ({
					value: theme,
					label: settings[`theme_${theme}`],
					icon: theme === "dark" ? ("dark" as const) : ("bright" as const),
				})),
				value: (view) => view.theme.value,
				onChoose: (theme) => change(kit, { theme }),
			}),
			switchRow(kit, {
				...rowPlace(kit),
				label: settings.sounds,
				isOn: (view) => view.sounds.isOn,
				onSwitch: (sounds) => change(kit, { sounds }),
			}),
		],
	});
}

function languageRows(kit: SettingsKit) {
	const { words, device, navigator } = kit;
	const { settings } = words;
	return group(kit, {
		title: settings.languageAndTime,
		contents: [
			choiceRow(kit, {
				label: settings.language,
				segments: device.facts.languages.map((language) => ({
					value: language,
					label: wordsIn(language).language.name,
				})),
				value: (view) => view.language.value,
				onChoose: (language) => change(kit, { language }),
			}),
			listRow(kit, {
				...rowPlace(kit),
				title: settings.timeZone,
				trailing: (view) => view.timeZone.text,
				trailingIcon: "chevron-right",
				onTap: () => navigator.go(timeZoneScreen()),
			}),
		],
	});
}

function deviceRows(kit: SettingsKit) {
	const { words, device, navigator } = kit;
	const { settings } = words;
	const place = rowPlace(kit);
	return group(kit, {
		title: settings.device,
		contents: [
			listRow(kit, {
				...place,
				icon: "edit",
				title: settings.deviceName,
				trailing: (view) => view.deviceName.value,
				trailingIcon: "chevron-right",
				onTap: (view) => {
					if (view) enterName(kit, view);
				},
			}),
			listRow(kit, {
				...place,
				icon: "update",
				title: settings.update,
				trailing: (view) => view.update.value,
				trailingIcon: "chevron-right",
				onTap: () => navigator.go(updateScreen()),
			}),
			listRow(kit, {
				...place,
				icon: "info",
				title: settings.about,
				trailingIcon: "chevron-right",
				onTap: () => navigator.go(aboutScreen()),
			}),
			listRow(kit, {
				...place,
				icon: "restart",
				title: settings.restart,
				onTap: (view) => {
					if (!view) return;
					ask(kit, {
						...view.restart.question,
						onYes() {
							navigator.toasts.done(settings.restarting);
							device.system.restart();
						},
					});
				},
			}),
			listRow(kit, {
				...place,
				icon: "delete",
				iconTone: "danger",
				title: settings.factoryReset,
				onTap: (view) => {
					if (view) ask(kit, { ...view.factoryReset.question, onYes: () => device.system.factoryReset() });
				},
			}),
		],
	});
}

function chooseSleep(kit: SettingsKit, { sleep }: SettingsView): void {
	choose(kit, {
		title: sleep.label,
		choices: sleep.options,
		value: sleep.value,
		onChoose: (sleepMinutes) => change(kit, { sleepMinutes }),
	});
}

function enterName(kit: SettingsKit, { deviceName }: SettingsView): void {
	const { device, words } = kit;
	keyboard(kit, {
		title: deviceName.label,
		text: deviceName.value,
		capital: true,
		maxLength: device.facts.texts.deviceName.maxLength,
		check(text) {
			const refusal = device.facts.check("deviceName", text);
			return refusal && refusalText(words, refusal);
		},
		onDone: (text) => change(kit, { deviceName: text }),
	});
}

function change(kit: SettingsKit, changes: Partial<Preferences>): void {
	void kit.report(kit.device.preferences.set(changes));
}

function rowPlace(kit: SettingsKit) {
	const { gap } = kit.metrics;
	return { left: gap, right: gap };
}
