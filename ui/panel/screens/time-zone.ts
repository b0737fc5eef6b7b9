// The clock's distance from UTC: it is changed until the clock that is shown is right.

import { Column, Container, Row } from "piu/MC";
import { button } from "../components/button";
import { label } from "../components/label";
import { note } from "../components/note";
import type { Kit } from "../kit";
import { type SettingsView, settingsView, ZONE_STEP } from "../models/settings";
import type { Screen } from "../screen";
import { fill } from "../words/texts";

const HOUR = 60;

export function timeZoneScreen(): Screen<SettingsView> {
	return {
		id: "time-zone",
		section: "more",
		title: (words) => words.settings.timeZone,
		model: settingsView,
		build(kit) {
			const { padding, gap, target } = kit.metrics;
			const { settings, common } = kit.words;
			const line = { left: padding, right: padding };
			return new Column(null, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					new Container(null, { left: 0, right: 0, top: 0, bottom: 0 }),
					label(kit, {
						...line,
						text: (view) => view.clock || common.unknown,
						size: "display",
						align: "center",
					}),
					label(kit, { ...line, text: (view) => view.zone, size: "title", align: "center", tone: "muted" }),
					new Row(null, {
						...line,
						top: 2 * gap,
						height: target,
						contents: [
							by(kit, -HOUR, 0),
							by(kit, -ZONE_STEP, gap),
							by(kit, ZONE_STEP, 2 * gap),
							by(kit, HOUR, gap),
						],
					}),
					note(kit, {
						...line,
						top: 2 * gap,
						text: (view) => (view.clock === "" ? settings.clockUnknown : settings.timeZoneHint),
						size: "caption",
						tone: "muted",
						align: "center",
					}),
					new Container(null, { left: 0, right: 0, top: 0, bottom: 0 }),
				],
			});
		},
	};
}

/** "−1 h", "+15 min" */
function by(kit: Kit<SettingsView>, minutes: number, left: number) {
	const { format } = kit.words;
	const { preferences, facts } = kit.device;
	const { min, max } = facts.utcOffsetMinutes;
	const size = Math.abs(minutes);
	const n = `${minutes < 0 ? "−" : "+"}${size < HOUR ? size : size / HOUR}`;
	return button(kit, {
		left,
		right: 0,
		top: 0,
		bottom: 0,
		label: fill(size < HOUR ? format.minutes : format.hours, { n }),
		onTap(view) {
			if (view === undefined) return;
			const wanted = Math.min(max, Math.max(min, view.timeZone.value + minutes));
			void kit.report(preferences.set({ utcOffsetMinutes: wanted }));
		},
	});
}
