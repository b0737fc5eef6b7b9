// The things that can go wrong with a virtual Kobra, each of them a switch.

import { NamedSwitches } from "../switchboard";

export interface KobraSwitches {
	/** Vanished from the network without a goodbye. */
	readonly offline: boolean;
	/** The filament is broken: a job fails as soon as it prints. */
	readonly brokenFilament: boolean;
	/** Files that it has to fetch do not come. */
	readonly downloadFails: boolean;
	/** Firmware before 3.1.0: commands have to name their action in the topic. */
	readonly oldFirmware: boolean;
	/** LAN mode is off: it lets nobody in. Of printers that have one. */
	readonly cloudMode: boolean;
	/** Busy without a job, as while levelling at its own screen. */
	readonly busy: boolean;
	/** Accepts everything, says nothing. */
	readonly silent: boolean;
	/** Its answers have numbers of their own, and do not name the command. */
	readonly unnamedAnswers: boolean;
	/** Somebody's start while it is busy makes it hang for a while. */
	readonly locksUp: boolean;
}

export type KobraSwitch = keyof KobraSwitches;

export const allSwitchesOff: KobraSwitches = {
	offline: false,
	brokenFilament: false,
	downloadFails: false,
	oldFirmware: false,
	cloudMode: false,
	busy: false,
	silent: false,
	unnamedAnswers: false,
	locksUp: false,
};

export const kobraSwitchNames = Object.keys(allSwitchesOff) as readonly KobraSwitch[];

export function isKobraSwitch(name: string): name is KobraSwitch {
	return Object.hasOwn(allSwitchesOff, name);
}

export class KobraSwitchboard extends NamedSwitches<KobraSwitches> {
	constructor() {
		super(allSwitchesOff);
	}
}
