// Roots that say only where one is, and one screen of a test's own contents as home: for what the panel does around screens.

import { Container, type Content } from "piu/MC";
import { label } from "../../ui/panel/components/label";
import type { Kit } from "../../ui/panel/kit";
import type { Roots } from "../../ui/panel/roots";
import type { ModelInput, Screen, Section } from "../../ui/panel/screen";
import { visit } from "../../ui/panel/visit";

export type Build = (kit: Kit<ModelInput>) => Content;

/** Its model is what it was made of. One that is named as its section has no title, as those of the rail. */
export function ownScreen(id: string, section: Section, build: Build): Screen<ModelInput> {
	const isRoot = id === section;
	return { id, section, ...(!isRoot && { title: () => `Title of ${id}` }), model: (input) => input, build };
}

export function placeScreen(id: string, section: Section): Screen<ModelInput> {
	return ownScreen(id, section, (kit) =>
		filled(label(kit, { left: 0, right: 0, top: 0, text: `Here is ${id}` })),
	);
}

export function plainRoots(home?: Build): Roots {
	const at = (id: string, section: Section) => () => visit(placeScreen(id, section));
	return {
		sections: {
			home: home ? () => visit(ownScreen("home", "home", home)) : at("home", "home"),
			control: at("control", "control"),
			filament: at("filament", "filament"),
			heater: at("heater", "heater"),
			more: at("more", "more"),
		},
		faults: at("faults", "more"),
		wifi: at("wifi", "more"),
		printers: at("printers", "more"),
		idle: at("idle", "home"),
	};
}

/** In all the room that a screen has. */
export function filled(...contents: Content[]): Content {
	return new Container(null, { left: 0, right: 0, top: 0, bottom: 0, contents });
}
