// What a screen is: a pure model of what it shows, and contents that follow it.

import type { Content } from "piu/MC";
import type { DeviceState, PanelDevice, Preferences } from "./device";
import type { Kit } from "./kit";
import type { Words } from "./words/en";

export type PrinterOfState = DeviceState["printers"][number];

/** What a model is made of. It asks the device for answers only (`refusal`, `facts`, `list`), never for a change. */
export interface ModelInput {
	readonly state: DeviceState;
	/** The one that is shown; undefined as long as none is set up. */
	readonly printer: PrinterOfState | undefined;
	readonly preferences: Preferences;
	readonly words: Words;
	readonly device: PanelDevice;
}

/** Where a screen belongs: the entry of the rail that is lit. */
export type Section = "home" | "control" | "filament" | "heater" | "more";

/**
 * With parameters it is made by a function of them: `slotScreen({ unit: 0, slot: 2 })`. What it has to remember while it
 * is rebuilt (another theme, another language) it keeps outside of `build`.
 */
export interface Screen<View> {
	/** Of that kind of screen: "home", "slot". */
	readonly id: string;
	readonly section: Section;
	/** In the head, beside the way back; screens of the rail have none. */
	title?(words: Words): string;
	/**
	 * Whether the values that it shows may no longer be so. Left out: on Home, Control and Filament while the shown printer
	 * does not answer, elsewhere never.
	 */
	isOld?(input: ModelInput): boolean;
	/** Called at most once a frame. Strings and numbers ready to be shown; lists only where something is listed. */
	model(input: ModelInput): View;
	/** Contents for the room that the frame leaves; they get their first view before they are seen. */
	build(kit: Kit<View>): Content;
	/** The screen has been left, or is about to be built anew. Ends what `build` has begun (watching, scanning). */
	onLeave?(): void;
	/** Nobody can see it from now on, or somebody can again. */
	onSleep?(isAsleep: boolean): void;
}
