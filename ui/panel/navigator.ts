// The way from screen to screen, and what lies over them: sheets and toasts.

import { Behavior, Container, Content } from "piu/MC";
import type { Toasts } from "./components/toast";
import { History } from "./history";
import type { Tools } from "./kit";
import { type Motion, MoveIn } from "./motion";
import type { ModelInput, Screen, Section } from "./screen";
import { type OpenScreen, type Visit, visit } from "./visit";
import type { Words } from "./words/en";

/** Over a screen, with all of the screen behind it out of reach. */
export interface Sheet {
	readonly content: Content;
	/** It was closed by something else than its own buttons: back, another printer, a rebuild. */
	onDismissed?(): void;
}

export interface NavigatorOptions {
	readonly home: Visit;
	/** What is shown is no longer the same screen: titles and the rail have to follow. */
	onMoved(): void;
	/** What a new screen is to show first. */
	input(): ModelInput;
}

/** Beside those of control and filament. */
const OF_PRINTER: readonly string[] = Object.freeze(["faults", "fault", "camera", "files", "read-only"]);
/** As long as a sheet takes no answer after it was opened. */
const SHIELD_MS = 350;

/** Takes all touches for a moment, then goes. */
class Shield extends Behavior {
	override onDisplaying(content: Content): void {
		content.duration = SHIELD_MS;
		content.time = 0;
		content.start();
	}

	override onFinished(content: Content): void {
		content.container?.remove(content);
	}
}

export class Navigator {
	private history: History<Visit>;
	private onMoved: () => void;
	private input: () => ModelInput;
	#open: OpenScreen | undefined;
	private sheets: Sheet[] = [];
	private surface: Surface | undefined;
	/** Of the surface, or the last one's: what ends after the panel was closed is said to nobody. */
	#said: { readonly toasts: Toasts; readonly words: Words } | undefined;

	constructor(options: NavigatorOptions) {
		this.history = new History(options.home);
		this.onMoved = options.onMoved;
		this.input = options.input;
	}

	get section(): Section {
		return this.history.current.section;
	}

	/** Of the kind of screen that is shown. */
	get screenId(): string {
		return this.history.current.id;
	}

	/** Of a screen that one can go back from. */
	title(words: Words): string | undefined {
		return this.history.current.title(words);
	}

	get canGoBack(): boolean {
		return this.history.depth > 1;
	}

	get hasSheet(): boolean {
		return this.sheets.length > 0;
	}

	get toasts(): Toasts {
		return this.said.toasts;
	}

	/** Of the language of now: a kit has those of the time when it was made. */
	get words(): Words {
		return this.said.words;
	}

	go<View>(screen: Screen<View>): void {
		this.history.go(visit(screen));
		this.show("forward");
	}

	/** As `go`, for a place that is kept elsewhere. */
	visit(place: Visit): void {
		this.history.go(place);
		this.show("forward");
	}

	/** Instead of the present one, which back does not return to. */
	replace<View>(screen: Screen<View>): void {
		this.history.back();
		this.history.go(visit(screen));
		this.show("forward");
	}

	/** Closes a sheet if there is one; else the screen before this one. */
	back(): void {
		if (this.hasSheet) this.dismiss();
		else if (this.history.back()) this.show("backward");
	}

	home(): void {
		this.dismissAll();
		if (this.history.home()) this.show("backward");
	}

	/** Home, from a screen that does not say which printer it asks: another one is shown than when it was opened. */
	leavePrinter(): void {
		const { id, section } = this.history.current;
		const isBelow = id !== section && (section === "control" || section === "filament");
		if (isBelow || OF_PRINTER.includes(id)) this.home();
	}

	/** An entry of the rail. */
	switchTo(place: Visit): void {
		this.dismissAll();
		const isShown = this.history.current.id === place.id && this.history.depth <= 2;
		if (isShown) return;
		if (place.id === this.history.first.id) this.history.home();
		else this.history.switchTo(place);
		this.show("rise");
	}

	open(sheet: Sheet): void {
		if (!this.surface) return;
		this.sheets.push(sheet);
		this.surface.overlay.add(sheet.content);
	}

	/** By one of its own buttons. What lies over it goes too. */
	close(sheet: Sheet): void {
		const at = this.sheets.indexOf(sheet);
		if (at < 0) return;
		while (this.sheets.length > at + 1) this.dismiss();
		this.sheets.pop();
		this.take(sheet);
	}

	/** The topmost one, by somebody who does not want it. */
	dismiss(): void {
		const sheet = this.sheets.pop();
		if (!sheet) return;
		this.take(sheet);
		sheet.onDismissed?.();
	}

	/** Its contents belong to another look or language now: the same screen is built anew, in its place. */
	attach(surface: Surface): void {
		this.sheets.length = 0;
		this.surface = surface;
		this.#said = { toasts: surface.toasts, words: surface.tools.words };
		this.show("none");
	}

	/** Before the contents go. */
	detach(): void {
		this.dismissAll();
		this.#open?.leave();
		this.#open = undefined;
		this.surface = undefined;
	}

	update(input: ModelInput): void {
		this.#open?.update(input);
	}

	/** Nobody can see what is open, or somebody can again. */
	sleep(isAsleep: boolean): void {
		this.#open?.sleep(isAsleep);
	}

	/** All sheets: what they are about is no longer what is shown. */
	dismissAll(): void {
		while (this.hasSheet) this.dismiss();
	}

	/** A second tap on its button is not meant for what lay below it. */
	private take(sheet: Sheet): void {
		const overlay = this.surface?.overlay;
		if (!overlay) return;
		overlay.remove(sheet.content);
		overlay.add(
			new Content(null, { left: 0, right: 0, top: 0, bottom: 0, active: true, behavior: new Shield() }),
		);
	}

	private get said(): { readonly toasts: Toasts; readonly words: Words } {
		if (!this.#said) throw new Error("The panel has nothing to draw on yet.");
		return this.#said;
	}

	/** Nothing of the old screen stays: the new one comes in over the bare background. */
	private show(motion: Motion): void {
		// An answer may lead to another screen after the panel was closed.
		if (!this.surface) return;
		const { stage, stageWidth, stageHeight, tools } = this.surface;
		this.#open?.leave();
		stage.empty();
		const open = this.history.current.open(tools);
		this.#open = open;
		open.update(this.input());
		const way = tools.look.metrics.density === "large" ? 64 : 32;
		const dx = motion === "forward" ? way : motion === "backward" ? -way : 0;
		const dy = motion === "rise" ? way / 2 : 0;
		stage.add(
			new Container(null, {
				left: dx,
				top: dy,
				width: stageWidth,
				height: stageHeight,
				behavior: new MoveIn(dx, dy),
				contents: [open.content],
			}),
		);
		this.onMoved();
	}
}

/** What it draws on; made anew with each look and language. */
export interface Surface {
	readonly tools: Tools;
	/** The room that the frame leaves to screens. */
	readonly stage: Container;
	readonly stageWidth: number;
	readonly stageHeight: number;
	readonly overlay: Container;
	readonly toasts: Toasts;
}
