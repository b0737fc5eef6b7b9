// The panel: one application on the screen, from its frame and screens to the touch that wakes it.

import { Application, Behavior, Container } from "piu/MC";
import { dark, light } from "../tokens";
import { createFrame, type Frame } from "./chrome/frame";
import { Coalescer } from "./coalescer";
import { Toasts } from "./components/toast";
import type { PanelDevice, Preferences } from "./device";
import type { Tools } from "./kit";
import { Look } from "./look/look";
import { metricsFor } from "./look/metrics";
import { Navigator } from "./navigator";
import { PrinterChoice } from "./printer-choice";
import type { Roots } from "./roots";
import type { ModelInput } from "./screen";
import { Sleep } from "./sleep";
import { TagOffer } from "./tag-offer";
import { wordsIn } from "./words/languages";

export interface PanelOptions {
	readonly device: PanelDevice;
	/** Of the screen, px. */
	readonly width: number;
	readonly height: number;
	readonly roots: Roots;
}

export interface Panel {
	/** For tests and pictures: the way to any screen. */
	readonly navigator: Navigator;
	readonly tools: Tools;
	/** Nothing happens after it. */
	close(): void;
}

/** For clock and ages. */
const TICK_MS = 1000;
/** Bytes that Piu needs for the fullest screen of each density. */
export const LISTS = Object.freeze({
	large: Object.freeze({ displayListLength: 32_768, commandListLength: 32_768, regionLength: 512 }),
	small: Object.freeze({ displayListLength: 24_576, commandListLength: 16_384, regionLength: 512 }),
});

export function openPanel(options: PanelOptions): Panel {
	return new PanelApplication(options);
}

class PanelApplication implements Panel {
	readonly navigator: Navigator;
	private device: PanelDevice;
	private roots: Roots;
	private choice: PrinterChoice;
	private coalescer: Coalescer;
	private application: Application;
	private size: { readonly width: number; readonly height: number };
	#tools: Tools;
	private frame: Frame | undefined;
	private shown: Preferences;
	private sleep: Sleep;
	private tagOffer = new TagOffer(() => this.#tools);
	private ends: (() => void)[] = [];
	/** The screen may still be about a printer that is no longer there. */
	private isPrinterGone = false;
	private isClosed = false;

	constructor({ device, width, height, roots }: PanelOptions) {
		this.device = device;
		this.roots = roots;
		this.size = { width, height };
		this.shown = device.preferences.get();
		this.coalescer = new Coalescer({
			requestFrame: () => this.application.defer("onViewChanged"),
			onFrame: () => this.update(),
		});
		const changed = () => this.coalescer.changed();
		this.choice = new PrinterChoice({
			printers: device.printers,
			onChange: changed,
			onSwitched: () => this.navigator.dismissAll(),
			onGone: () => {
				this.isPrinterGone = true;
				changed();
			},
		});
		this.navigator = new Navigator({
			home: roots.sections.home(),
			onMoved: () => this.frame?.update(this.input()),
			input: () => this.input(),
		});
		this.#tools = this.makeTools();
		this.application = new Application(null, {
			...LISTS[this.#tools.look.metrics.density],
			touchCount: 1,
			active: true,
			backgroundTouch: true,
			behavior: new PanelBehavior({
				onTouchBegan: () => this.touchBegan(),
				onTouchEnded: () => this.sleep.touchEnded(),
				onViewChanged: () => this.coalescer.frame(),
			}),
		});
		this.sleep = new Sleep({
			device,
			...(roots.idle && { screen: roots.idle }),
			onChange: (isAsleep) => this.navigator.sleep(isAsleep),
		});
		this.build();
		this.sleep.update(this.input(), this.application, this.#tools);
		const tick = device.clock.every(TICK_MS, changed);
		this.ends.push(device.onChange(changed), () => tick.cancel());
	}

	get tools(): Tools {
		return this.#tools;
	}

	close(): void {
		if (this.isClosed) return;
		this.isClosed = true;
		for (const end of this.ends) end();
		this.coalescer.close();
		this.sleep.close();
		this.navigator.detach();
		this.choice.close();
		this.application.empty();
	}

	private touchBegan(): void {
		this.device.touched();
		this.sleep.touchBegan();
	}

	private update(): void {
		const { theme, language } = this.device.preferences.get();
		if (theme !== this.shown.theme || language !== this.shown.language) this.rebuild();
		const input = this.input();
		if (this.isPrinterGone) {
			this.isPrinterGone = false;
			this.navigator.leavePrinter();
		}
		this.frame?.update(input);
		this.navigator.update(input);
		this.sleep.update(input, this.application, this.#tools);
		this.tagOffer.update(input, this.sleep.isAsleep);
	}

	private rebuild(): void {
		this.shown = this.device.preferences.get();
		this.navigator.detach();
		this.sleep.hide();
		this.application.empty();
		this.#tools = this.makeTools();
		this.build();
	}

	private build(): void {
		const { look } = this.#tools;
		const { metrics } = look;
		const frame = createFrame(this.#tools, this.roots);
		const overlay = new Container(null, { left: 0, right: 0, top: 0, bottom: 0 });
		const isLarge = metrics.density === "large";
		const toasts = new Toasts(look, metrics.bottomBar + (isLarge ? metrics.actionBar : 0), {
			// The heater can always be turned off, whatever is being said.
			raise: () => {
				const isHeater = this.navigator.section === "heater" && !this.navigator.hasSheet;
				return isHeater && !isLarge ? metrics.actionBar : 0;
			},
		});
		this.frame = frame;
		this.application.skin = look.fill(look.theme.background);
		for (const content of frame.contents) this.application.add(content);
		this.application.add(overlay);
		this.application.add(toasts.layer);
		const { stage, stageWidth, stageHeight } = frame;
		this.navigator.attach({ tools: this.#tools, stage, stageWidth, stageHeight, overlay, toasts });
	}

	private makeTools(): Tools {
		const { theme, language } = this.shown;
		const metrics = metricsFor(this.size.width, this.size.height);
		return {
			look: new Look(theme === "light" ? light : dark, metrics),
			words: wordsIn(language),
			device: this.device,
			navigator: this.navigator,
			choice: this.choice,
			refresh: () => this.coalescer.changed(),
		};
	}

	private input(): ModelInput {
		const state = this.device.state();
		return {
			state,
			printer: this.choice.among(state.printers),
			preferences: this.device.preferences.get(),
			words: this.#tools.words,
			device: this.device,
		};
	}
}

class PanelBehavior extends Behavior {
	#onTouchBegan: () => void;
	#onTouchEnded: () => void;
	#onViewChanged: () => void;

	constructor(options: { onTouchBegan(): void; onTouchEnded(): void; onViewChanged(): void }) {
		super();
		this.#onTouchBegan = options.onTouchBegan;
		this.#onTouchEnded = options.onTouchEnded;
		this.#onViewChanged = options.onViewChanged;
	}

	override onTouchBegan(): void {
		this.#onTouchBegan();
	}

	override onTouchEnded(): void {
		this.#onTouchEnded();
	}

	/** What scrolls has taken the finger. */
	override onTouchCancelled(): void {
		this.#onTouchEnded();
	}

	onViewChanged(): void {
		this.#onViewChanged();
	}
}
