// The real panel in a simulator: what is seen on it is found by its words, to be touched elsewhere, as in a browser.

import { panelDrawer } from "../../sim/drawn-panel";
import type { Screen } from "../../sim/piu/host";
import type { DrawPanel } from "../../sim/simulated-screen";
import { panelRoots } from "../../ui/panel/screens/roots";
import { drawnBy, middle } from "./drawn";

const LIMIT_MS = 20_000;
/** Longer than anything that a touch leads to takes. */
const AGAIN_MS = 2_000;
const LOOK_MS = 25;

export class SeenPanel {
	#screen: Screen | undefined;
	readonly #draw = panelDrawer(panelRoots);

	/** For the simulator. After a restart of the firmware it is the new panel that is seen. */
	readonly drawPanel: DrawPanel = (options) => {
		const panel = this.#draw(options);
		this.#screen = panel.screen;
		return panel;
	};

	get screen(): Screen {
		if (!this.#screen) throw new Error("no panel was opened");
		return this.#screen;
	}

	/** That can be read, back to front. */
	texts(): readonly string[] {
		return this.seen().map(({ text }) => text);
	}

	/** Whether that is to be read somewhere as a whole. */
	sees(text: string): boolean {
		return this.texts().includes(text);
	}

	/** The middle of those words, px of the panel. */
	placeOf(wanted: string): { x: number; y: number } {
		const found = this.seen().findLast(({ text }) => text === wanted);
		if (!found) throw new Error(`${wanted} is not on the panel; there is ${this.texts().join(" | ")}`);
		return middle(found);
	}

	/**
	 * Touches those words until that is so. Again and again, since what has just come takes no touch at first; `tap` gets the
	 * place in pixels of the panel.
	 */
	async press(
		words: string,
		tap: (place: { x: number; y: number }) => void | Promise<void>,
		isDone: () => boolean | Promise<boolean>,
	): Promise<void> {
		const giveUpAt = Date.now() + LIMIT_MS;
		let tapAt = 0;
		while (!(await isDone())) {
			if (Date.now() > giveUpAt)
				throw new Error(`a touch on ${words} does not help; there is ${this.texts().join(" | ")}`);
			if (Date.now() >= tapAt && this.sees(words)) {
				await tap(this.placeOf(words));
				tapAt = Date.now() + AGAIN_MS;
			}
			await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
		}
	}

	private seen() {
		const { screen } = this;
		const { application } = screen;
		if (!application) return [];
		return screen.run(() => {
			application.adjustAll();
			return drawnBy(application).texts.filter(({ isHidden, text }) => !isHidden && text !== "");
		});
	}
}
