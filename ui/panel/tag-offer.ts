// Asks which slot a tag's spool is in as soon as it was read, and nothing else is being asked; else says why it was not.

import { KitBase, type Tools } from "./kit";
import { tagErrorText } from "./models/held-tag";
import type { Sheet } from "./navigator";
import type { ModelInput } from "./screen";
import { openHeldTag } from "./screens/held-tag";

export class TagOffer {
	private tools: () => Tools;
	private sheet: Sheet | undefined;
	/** When the tag was read that was asked about last, or is being asked about. */
	private askedAt: number | undefined;
	/** When the tag was held to the reader whose failure was said last. */
	private toldAt: number | undefined;

	constructor(tools: () => Tools) {
		this.tools = tools;
	}

	/** With each change. `isAsleep`: nobody would see it. */
	update(input: ModelInput, isAsleep: boolean): void {
		const { filamentTag } = input.state;
		const { navigator } = this.tools();
		const readAt = filamentTag?.readAtSeconds;
		if (this.sheet && (readAt !== this.askedAt || isUrgent(input))) {
			const sheet = this.sheet;
			this.sheet = undefined;
			// One that had to give way is asked about again; another one, or none, is held by now otherwise.
			this.askedAt = undefined;
			navigator.close(sheet);
		}
		if (!isAsleep) this.tell(input);
		if (readAt === undefined) this.askedAt = undefined;
		if (readAt === undefined || readAt === this.askedAt || isAsleep || isUrgent(input)) return;
		if (navigator.hasSheet || navigator.section === "heater") return;
		this.askedAt = readAt;
		this.sheet = openHeldTag(new KitBase(this.tools()), input, () => {
			this.sheet = undefined;
		});
	}

	/** Of what could not be read. */
	private tell({ state, words }: ModelInput): void {
		const error = state.filamentTagError;
		if (error?.readAtSeconds === this.toldAt) return;
		this.toldAt = error?.readAtSeconds;
		if (error) this.tools().navigator.toasts.refused(tagErrorText(words, error.message));
	}
}

/** The heater's fault is to be seen, and its off to be reached. */
function isUrgent({ state }: ModelInput): boolean {
	return state.breath?.fault !== undefined || state.remoteBreath?.fault !== undefined;
}
