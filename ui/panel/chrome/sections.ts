// The way to the screens of the first level: a rail on the left of the large panel, a line of icons below on the small one.

import { Column, type Container, Row } from "piu/MC";
import { button } from "../components/button";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Section } from "../screen";
import type { FrameView } from "./frame-view";

const ICONS: Readonly<Record<Section, IconName>> = Object.freeze({
	home: "home",
	control: "control",
	filament: "filament",
	heater: "heater",
	more: "more",
});

const RAIL: readonly Section[] = Object.freeze(["home", "control", "filament", "heater", "more"] as const);
const BAR: readonly Section[] = Object.freeze(["home", "control", "filament", "more"] as const);
/** Of a chamber heater without a printer. */
const HEATER_BAR: readonly Section[] = Object.freeze(["home", "heater", "filament", "more"] as const);

export function sectionBar(kit: Kit<FrameView>, onSection: (section: Section) => void): Container {
	const { gap, rail, bottomBar } = kit.metrics;
	const skin = kit.look.fill(kit.look.theme.surface);
	const { heater } = kit.device;
	const isHeaterOnly = heater !== undefined && kit.device.state().printers.length === 0;
	const sections = kit.isLarge ? RAIL : isHeaterOnly ? HEATER_BAR : BAR;
	/** A fault of the heater is to be seen wherever one is: on the way to it. */
	const wayToHeater: Section = sections.includes("heater") ? "heater" : "more";
	const entry = (section: Section, place: object) =>
		button(kit, {
			...place,
			...(kit.isLarge && { label: kit.words.navigation[section] }),
			icon: (view) => (section === wayToHeater && view.hasHeaterFault ? "fault" : ICONS[section]),
			isStacked: kit.isLarge,
			tone: "quiet",
			selected: (view) => view.section === section,
			onTap: () => onSection(section),
		});
	if (kit.isLarge) {
		const place = { left: gap / 2, right: gap / 2, top: gap / 2, bottom: gap / 2, height: undefined };
		return new Column(null, {
			left: 0,
			width: rail,
			top: 0,
			bottom: 0,
			skin,
			contents: sections.map((section) => entry(section, place)),
		});
	}
	const place = { left: gap, right: gap, top: 0, bottom: 0 };
	return new Row(null, {
		left: 0,
		right: 0,
		bottom: 0,
		height: bottomBar,
		skin,
		contents: sections.map((section) => entry(section, place)),
	});
}
