// Touches the panel at random while everything around it changes, and says whether home can still be reached.

import type { DeviceState, Language, ThemeName } from "../../ui/panel/device";
import { wordsIn } from "../../ui/panel/words/languages";
import { middle } from "./drawn";
import { type StageOptions, TouchStage } from "./stage";

export interface MonkeyOptions extends StageOptions {
	readonly seed: number;
	readonly touches: number;
	/** What the device comes to say, in any order. */
	readonly states: readonly DeviceState[];
}

/** Home is looked for that often. */
const HOME_EVERY = 250;
/** Touches in which home must be reached: one to wake it, some to close sheets, one on the entry. */
const MOST_WAY_HOME = 6;
const LANGUAGES: readonly Language[] = ["en", "de", "zh"];
const THEMES: readonly ThemeName[] = ["dark", "light"];

/** Throws what the panel throws, and an error where it stays away from home; the message has seed and touch. */
export async function monkey(options: MonkeyOptions): Promise<Map<string, number>> {
	const { seed, touches, states, ...rest } = options;
	const random = randomOf(seed);
	const stage = new TouchStage({ ...rest, ...(states[0] && { state: states[0] }) });
	const visited = new Map<string, number>();
	const hand = new Hand(stage, random, states);
	let touch = 0;
	try {
		await stage.settle();
		for (; touch < touches; touch++) {
			await hand.act();
			visited.set(stage.screenId, (visited.get(stage.screenId) ?? 0) + 1);
			if (touch % HOME_EVERY === HOME_EVERY - 1) await goHome(stage);
		}
		await goHome(stage);
	} catch (error) {
		stage.close();
		throw new Error(`seed ${seed}, touch ${touch}, on ${stage.screenId}: ${wordsOf(error)}`, {
			cause: error,
		});
	}
	hand.endAll();
	await stage.assertNothingLeft();
	return visited;
}

/** A number from 0 to 1 each time, the same ones for the same seed. */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

class Hand {
	readonly #stage: TouchStage;
	readonly #random: () => number;
	readonly #states: readonly DeviceState[];
	/** Of commands that wait for their answer. */
	readonly #waiting: ((answer: unknown) => void)[] = [];

	constructor(stage: TouchStage, random: () => number, states: readonly DeviceState[]) {
		this.#stage = stage;
		this.#random = random;
		this.#states = states;
		for (const name of [
			"printers.command",
			"remoteHeater.change",
			"printers.add",
			"wifi.scan",
			"printers.scan",
		]) {
			stage.fake.answer(name, () => this.#answer(name));
		}
	}

	endAll(): void {
		for (const end of this.#waiting.splice(0)) end({ ok: false, code: "timed_out", message: "No answer." });
	}

	async act(): Promise<void> {
		const choice = this.#random();
		if (choice < 0.35) await this.#tap(this.#x(), this.#y());
		else if (choice < 0.7) await this.#tapTarget();
		else if (choice < 0.8) await this.#drag();
		else if (choice < 0.85) await this.#twoFingers();
		else if (choice < 0.88) await this.#cancelled();
		else if (choice < 0.95) await this.#changeState();
		else if (choice < 0.955) await this.#prefer();
		else if (choice < 0.975) this.#waiting.shift()?.({ ok: true });
		else if (choice < 0.998) await this.#stage.pass(this.#whole(3000));
		else await this.#stage.pass(11 * 60_000);
	}

	/** Done, refused, or later. */
	#answer(name: string): unknown {
		const choice = this.#random();
		const value = name === "printers.add" ? { id: "01P00A000000099" } : [];
		if (choice < 0.4) return { ok: true, value };
		if (choice < 0.7) return { ok: false, code: "unavailable", message: "Not now. Try again in a minute." };
		return new Promise((resolve) => {
			this.#waiting.push((answer) => resolve({ value, ...(answer as object) }));
		});
	}

	async #tap(x: number, y: number): Promise<void> {
		this.#stage.began(x, y);
		await this.#stage.pass(this.#whole(60));
		this.#stage.ended(x + this.#whole(8) - 4, y + this.#whole(8) - 4);
		await this.#stage.pass(this.#whole(100));
	}

	async #tapTarget(): Promise<void> {
		const { targets } = this.#stage.drawn();
		const target = targets[this.#whole(targets.length)];
		if (!target) return;
		const { reach } = target;
		await this.#tap(reach.x + this.#whole(reach.width), reach.y + this.#whole(reach.height));
	}

	async #drag(): Promise<void> {
		const [x, y] = [this.#x(), this.#y()];
		const [toX, toY] = [this.#x(), this.#y()];
		const steps = 1 + this.#whole(6);
		this.#stage.began(x, y);
		for (let step = 1; step <= steps; step++) {
			await this.#stage.pass(20);
			this.#stage.moved(
				Math.round(x + ((toX - x) * step) / steps),
				Math.round(y + ((toY - y) * step) / steps),
			);
		}
		await this.#stage.pass(this.#whole(60));
		this.#stage.ended(toX, toY);
		await this.#stage.pass(this.#whole(100));
	}

	async #twoFingers(): Promise<void> {
		const [x, y, otherX, otherY] = [this.#x(), this.#y(), this.#x(), this.#y()];
		this.#stage.began(x, y, 0);
		await this.#stage.pass(this.#whole(40));
		this.#stage.began(otherX, otherY, 1);
		this.#stage.moved(this.#x(), this.#y(), 1);
		await this.#stage.pass(this.#whole(40));
		const first = this.#random() < 0.5 ? 0 : 1;
		this.#stage.ended(otherX, otherY, first);
		await this.#stage.pass(this.#whole(40));
		this.#stage.ended(x, y, 1 - first);
		await this.#stage.pass(this.#whole(40));
	}

	async #cancelled(): Promise<void> {
		const [x, y] = [this.#x(), this.#y()];
		this.#stage.began(x, y);
		await this.#stage.pass(this.#whole(100));
		this.#stage.cancelled(x, y);
		// Ends that nobody began.
		this.#stage.ended(x, y);
		await this.#stage.pass(20);
	}

	/** Also while a finger is down. */
	async #changeState(): Promise<void> {
		const state = this.#states[this.#whole(this.#states.length)];
		if (!state) return;
		const isHeld = this.#random() < 0.3;
		const [x, y] = [this.#x(), this.#y()];
		if (isHeld) this.#stage.began(x, y);
		this.#stage.fake.change(state);
		await this.#stage.pass(this.#whole(100));
		if (isHeld) this.#stage.ended(x, y);
	}

	async #prefer(): Promise<void> {
		const isHeld = this.#random() < 0.3;
		const [x, y] = [this.#x(), this.#y()];
		if (isHeld) this.#stage.began(x, y);
		this.#stage.fake.prefer({
			language: LANGUAGES[this.#whole(LANGUAGES.length)] ?? "en",
			theme: THEMES[this.#whole(THEMES.length)] ?? "dark",
		});
		await this.#stage.pass(this.#whole(100));
		if (isHeld) this.#stage.ended(x, y);
	}

	#x(): number {
		return this.#whole(this.#stage.width);
	}

	#y(): number {
		return this.#whole(this.#stage.height);
	}

	#whole(below: number): number {
		return Math.floor(this.#random() * below);
	}
}

/** As a person does: closes what lies over the screen, and touches the entry of the rail. */
async function goHome(stage: TouchStage): Promise<void> {
	await stage.settle();
	for (let touches = 0; touches < MOST_WAY_HOME; touches++) {
		const { cancel } = wordsIn(stage.fake.preferences.language).common;
		const { texts, icons } = stage.drawn();
		if (stage.panel.navigator.hasSheet) {
			const seen = [
				...icons.filter(({ icon, isHidden }) => icon === "close" && !isHidden),
				...texts.filter(({ text, isHidden }) => text === cancel && !isHidden),
			].at(-1);
			const at = seen ? middle(seen) : { x: stage.width / 2, y: 4 };
			await stage.tapAt(at.x, at.y);
			continue;
		}
		// The rail is on the left of a large panel and below on a small one.
		const entry = icons.find(({ icon, x, y }) => icon === "home" && (x < 88 || y > stage.height - 40));
		if (entry) await stage.tapAt(middle(entry).x, middle(entry).y);
		if (stage.screenId === "home" && !stage.panel.navigator.hasSheet) return;
	}
	throw new Error(`home is not reached in ${MOST_WAY_HOME} touches; there is ${stage.texts().join(" | ")}`);
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
