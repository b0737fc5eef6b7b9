// What a screen and its components are built with: the look, the words, the device, the way to other screens.

import type { Content } from "piu/MC";
import { Age } from "./age";
import type { Outcome, PanelDevice, Refusal } from "./device";
import type { Look } from "./look/look";
import type { Metrics } from "./look/metrics";
import type { Tone } from "./models/tone";
import type { Navigator } from "./navigator";
import type { PrinterChoice } from "./printer-choice";
import { refusalText } from "./refusal-text";
import { type Read, Scope } from "./scope";
import type { Words } from "./words/en";

/** The same for all screens, until the look or the language changes. */
export interface Tools {
	readonly look: Look;
	readonly words: Words;
	readonly device: PanelDevice;
	readonly navigator: Navigator;
	/** Which printer is shown. */
	readonly choice: PrinterChoice;
	/** Something that models read has changed without the device knowing it: they are asked again in the next frame. */
	refresh(): void;
}

/** How a command ended; of `Outcome` and `Done` only that counts here. */
export type Answer = { readonly ok: true } | Refusal | Outcome<unknown>;

/** What a touch leads to: nothing to wait for, or a command whose end is said. */
export type Effect = ReturnType<() => void> | Promise<Answer>;

/** What does not depend on a view: sheets need no more. */
export class KitBase {
	readonly tools: Tools;
	/** How far lists were scrolled and the like, by name; outlives a rebuild of the screen. */
	readonly places: Map<string, number>;
	/** Of what the screen shows; its parts share it. */
	readonly age: Age;

	constructor(tools: Tools, places: Map<string, number> = new Map(), age = new Age()) {
		this.tools = tools;
		this.places = places;
		this.age = age;
	}

	get look(): Look {
		return this.tools.look;
	}

	get metrics(): Metrics {
		return this.tools.look.metrics;
	}

	get words(): Words {
		return this.tools.words;
	}

	get device(): PanelDevice {
		return this.tools.device;
	}

	get navigator(): Navigator {
		return this.tools.navigator;
	}

	get choice(): PrinterChoice {
		return this.tools.choice;
	}

	/** On the 800×480 panel. */
	get isLarge(): boolean {
		return this.tools.look.metrics.density === "large";
	}

	refresh(): void {
		this.tools.refresh();
	}

	/** For a part that follows something of its own, such as a row of a list. Its scope has to be updated by who made it. */
	part<Part>(): Kit<Part> {
		return new Kit<Part>(this.tools, this.places, this.age);
	}

	/**
	 * Says how a command ends: "Sending…" while it takes, then `done` if given, or why it was refused. Resolves to whether
	 * it was done.
	 */
	async report(answer: Promise<Answer> | Answer, done?: string): Promise<boolean> {
		const { navigator } = this;
		const isPending = answer instanceof Promise;
		const pending = isPending ? navigator.toasts.pending(this.words.common.pending) : undefined;
		const result = await answer;
		pending?.end();
		// The look or the language may be another one by now.
		if (!result.ok) navigator.toasts.refused(refusalText(navigator.words, result));
		else if (done !== undefined) navigator.toasts.done(done);
		return result.ok;
	}
}

export class Kit<View> extends KitBase {
	readonly scope = new Scope<View>();

	/** Calls `show` with a value that stays, now; with one that is read, whenever it is another. */
	follow<Value>(read: Read<View, Value>, show: (value: Value) => void): void {
		this.scope.follow(read, show);
	}

	/**
	 * As `follow`, for the tone of a value: "muted" while the data is old, unless it `staysFresh` (what a person has just
	 * typed, or what the device knows by itself).
	 */
	followTone(
		read: Read<View, Tone>,
		show: (tone: Tone) => void,
		staysFresh: boolean | ((tone: Tone) => boolean) = false,
	): void {
		if (staysFresh === true) this.follow(read, show);
		else this.follow(read, this.age.follow(show, staysFresh || none));
	}

	/** A content that is there or not; it keeps its room. */
	showWhen<C extends Content>(content: C, read: Read<View, boolean>): C {
		const wasActive = content.active;
		this.follow(read, (isShown) => {
			content.visible = isShown;
			// A content that cannot be seen could still be touched.
			content.active = isShown && wasActive;
		});
		return content;
	}
}

function none(): boolean {
	return false;
}
