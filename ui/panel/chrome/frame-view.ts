// What the frame around every screen shows.

import { linkView } from "../models/link";
import { momentOf } from "../models/moment";
import { type StatusBarView, statusBarView } from "../models/status-bar";
import type { ModelInput, Section } from "../screen";

export interface FrameView extends StatusBarView {
	readonly section: Section;
	/** Of a screen that one can go back from; "" on those of the rail. */
	readonly title: string;
	/** In place of the link's word while data is old, where there is room: what is wrong, and how old it is; else "". */
	readonly oldData: string;
	/** The chamber heater, of this device or of the network, is off until somebody has seen to it. */
	readonly hasHeaterFault: boolean;
}

export interface FramePlace {
	readonly section: Section;
	readonly title: string;
}

export function frameView(input: ModelInput, place: FramePlace): FrameView {
	const { printer, state, words } = input;
	const link = printer && linkView(words, printer, momentOf(input));
	const heater = state.breath ?? state.remoteBreath;
	return {
		...statusBarView(input),
		...place,
		oldData: link?.isOld ? link.message : "",
		hasHeaterFault: heater?.fault !== undefined,
	};
}
