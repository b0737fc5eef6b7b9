// The real panel on the host for Node, as a test has it: what is seen is found by what is drawn, and touched there.

import assert from "node:assert/strict";
import { ManifestAssets } from "../../sim/piu/drawing/manifest-assets";
import type { FrameCost, Rectangle } from "../../sim/piu/host";
import { Screen } from "../../sim/piu/host";
import type { ApplicationNode } from "../../sim/piu/tree/application-node";
import type { DeviceState, Language, Preferences, PrinterCommand, ThemeName } from "../../ui/panel/device";
import type { IconName } from "../../ui/panel/look/icon-names";
import { openPanel, type Panel } from "../../ui/panel/panel";
import type { Roots } from "../../ui/panel/roots";
import { panelRoots } from "../../ui/panel/screens/roots";
import { ManualClock } from "../fakes/manual-clock";
import { SIZES, type SizeName } from "../golden/golden-scene";
import { stateOf } from "../golden/states";
import {
	type Drawn,
	type DrawnIcon,
	type DrawnText,
	drawnBy,
	holds,
	middle,
	plain,
	type Target,
} from "./drawn";
import { type Call, FakeDevice, type FakeDeviceOptions } from "./fake-device";

/** Saturday, 21 November 2026, 14:32 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 21, 14, 32);
const FRAME_MS = 20;
/** A finger on a button. */
const PRESS_MS = 60;
/** Longer than what moves a screen or a sheet into its place, and until a sheet takes answers. */
const MOVED_MS = 400;
/** Longer than a line over the screen stays. */
const TOAST_MS = 8_000;
const DRAG_STEPS = 8;
/** A finger that rests before it is lifted throws nothing. */
const REST_MS = 200;

const assets = new ManifestAssets("ui/panel/assets/manifest.json");

export interface StageOptions extends Partial<Omit<FakeDeviceOptions, "clock">> {
	readonly size?: SizeName;
	readonly theme?: ThemeName;
	readonly language?: Language;
	/** Otherwise the panel's own. */
	readonly roots?: Roots;
	/** False saves time where pixels do not count. */
	readonly isPainted?: boolean;
	readonly onFrame?: (rectangles: readonly Rectangle[], cost: FrameCost) => void;
}

/** A text as a whole, or a pattern in it. */
export type Wanted = string | RegExp;

export class TouchStage {
	readonly size: SizeName;
	readonly width: number;
	readonly height: number;
	readonly clock = new ManualClock({ wallTimeMs: NOW_MS });
	readonly fake: FakeDevice;
	readonly panel: Panel;
	readonly roots: Roots;
	readonly #screen: Screen;

	constructor(options: StageOptions = {}) {
		const {
			size = "large",
			theme,
			language,
			roots = panelRoots(),
			isPainted = false,
			onFrame,
			...device
		} = options;
		const { width, height } = SIZES[size];
		this.size = size;
		this.roots = roots;
		this.width = width;
		this.height = height;
		const preferences: Partial<Preferences> = {
			...(theme && { theme }),
			...(language && { language }),
			...device.preferences,
		};
		const { clock } = this;
		this.fake = new FakeDevice({ state: stateOf(), ...device, preferences, clock });
		this.#screen = new Screen({ width, height, clock, assets, isPainted, ...(onFrame && { onFrame }) });
		this.panel = this.#screen.run(() => openPanel({ device: this.fake.device, width, height, roots }));
	}

	/** RGB565, row after row. */
	get frame(): Uint16Array {
		return this.#screen.frame;
	}

	run<T>(work: () => T): T {
		return this.#screen.run(work);
	}

	/** The tree that is drawn. */
	get application(): ApplicationNode {
		const { application } = this.#screen;
		if (application === undefined) throw new Error("the panel has no application");
		return application;
	}

	// Time

	/** Lets time go on, with what promises have ready. Nothing is drawn more often than a device draws. */
	async pass(ms: number): Promise<void> {
		let left = ms;
		await ready();
		do {
			// Nobody touches anything meanwhile: what happens in between happens at its own time anyway.
			const step = Math.min(left, left > 4000 ? 250 : FRAME_MS);
			this.clock.advance(step);
			left -= step;
			await ready();
		} while (left > 0);
	}

	/** Until a screen or a sheet is in its place, and takes answers. */
	settle(): Promise<void> {
		return this.pass(MOVED_MS);
	}

	/** Until what was said over the screen has been read. */
	toastGone(): Promise<void> {
		return this.pass(TOAST_MS);
	}

	async change(state: DeviceState): Promise<void> {
		this.fake.change(state);
		await this.pass(2 * FRAME_MS);
	}

	async prefer(preferences: Partial<Preferences>): Promise<void> {
		this.fake.prefer(preferences);
		await this.settle();
	}

	// What is seen

	drawn(): Drawn {
		const { application } = this;
		return this.run(() => {
			application.adjustAll();
			return drawnBy(application);
		});
	}

	/** That can be read, back to front. */
	texts(): readonly string[] {
		return this.#seenTexts().map(({ text }) => text);
	}

	icons(): readonly IconName[] {
		return this.#seenIcons().map(({ icon }) => icon);
	}

	/** Whether that is to be read somewhere, alone or among other words. */
	sees(wanted: Wanted): boolean {
		return this.texts().some((text) =>
			typeof wanted === "string" ? text.includes(wanted) : wanted.test(text),
		);
	}

	text(wanted: Wanted): DrawnText {
		const texts = this.#seenTexts();
		const whole = texts.filter(({ text }) => fits(text, wanted));
		const found = whole.length > 0 ? whole : texts.filter(({ text }) => within(text, wanted));
		const last = found.at(-1);
		if (last === undefined) throw new Error(`${wanted} is not on the screen; there is ${this.#list()}`);
		return last;
	}

	icon(icon: IconName): DrawnIcon {
		const found = this.#seenIcons().findLast((each) => each.icon === icon);
		if (found) return found;
		throw new Error(`no icon ${icon} is on the screen; there is ${this.icons().join(", ")}`);
	}

	assertSees(...wanted: readonly Wanted[]): void {
		for (const each of wanted) assert.ok(this.sees(each), `${each} should be seen; there is ${this.#list()}`);
	}

	assertSeesNot(...wanted: readonly Wanted[]): void {
		for (const each of wanted)
			assert.ok(!this.sees(each), `${each} should not be seen; there is ${this.#list()}`);
	}

	/** Of the screen that is shown. */
	get screenId(): string {
		return this.panel.navigator.screenId;
	}

	// What was asked of the device

	calls(name?: string): readonly Call[] {
		const { calls } = this.fake;
		return name === undefined ? [...calls] : calls.filter((call) => call.name === name);
	}

	/** Commands for printers, without whom they are for. */
	commands(): readonly PrinterCommand[] {
		return this.fake.asked("printers.command").map(([, command]) => command as PrinterCommand);
	}

	/** What was asked until now no longer counts. */
	forget(): void {
		this.fake.calls.length = 0;
	}

	// Fingers

	began(x: number, y: number, finger = 0): void {
		this.#screen.touch("began", finger, x, y);
	}

	moved(x: number, y: number, finger = 0): void {
		this.#screen.touch("moved", finger, x, y);
	}

	ended(x: number, y: number, finger = 0): void {
		this.#screen.touch("ended", finger, x, y);
	}

	cancelled(x: number, y: number, finger = 0): void {
		this.#screen.touch("cancelled", finger, x, y);
	}

	/** What the application gives a touch there to. */
	targetAt(x: number, y: number): Target | undefined {
		const node = this.#screen.application?.hit(x, y);
		return this.drawn().targets.find((target) => target.node === node);
	}

	async tapAt(x: number, y: number): Promise<void> {
		await this.quickTapAt(x, y);
		await this.settle();
	}

	/** Without waiting for what comes of it. */
	async quickTapAt(x: number, y: number): Promise<void> {
		this.began(x, y);
		await this.pass(PRESS_MS);
		this.ended(x, y);
		await this.pass(FRAME_MS);
	}

	/** Fails where a touch would not reach what is drawn there. */
	async tap(wanted: Wanted): Promise<void> {
		const { x, y } = this.placeOf(wanted);
		await this.tapAt(x, y);
	}

	async quickTap(wanted: Wanted): Promise<void> {
		const { x, y } = this.placeOf(wanted);
		await this.quickTapAt(x, y);
	}

	/** Of several with the same words, the one that is drawn first. */
	async tapFirst(wanted: string): Promise<void> {
		const first = this.#seenTexts().find(({ text }) => text === wanted);
		if (first === undefined) throw new Error(`${wanted} is not on the screen; there is ${this.#list()}`);
		const { x, y } = this.#reach(first, wanted);
		await this.tapAt(x, y);
	}

	/** Where a touch reaches it. */
	placeOf(wanted: Wanted): { x: number; y: number } {
		return this.#reach(this.text(wanted), String(wanted));
	}

	async tapIcon(icon: IconName): Promise<void> {
		const { x, y } = this.#reach(this.icon(icon), icon);
		await this.tapAt(x, y);
	}

	async drag(fromX: number, fromY: number, toX: number, toY: number): Promise<void> {
		this.began(fromX, fromY);
		for (let step = 1; step <= DRAG_STEPS; step++) {
			await this.pass(FRAME_MS);
			const part = step / DRAG_STEPS;
			this.moved(Math.round(fromX + (toX - fromX) * part), Math.round(fromY + (toY - fromY) * part));
		}
		await this.pass(REST_MS);
		this.moved(toX, toY);
		await this.pass(FRAME_MS);
		this.ended(toX, toY);
		await this.settle();
	}

	/** The place where a touch reaches what is drawn there. */
	#reach(what: DrawnText | DrawnIcon, name: string): { x: number; y: number } {
		const place = middle(what);
		const hit = this.#screen.application?.hit(place.x, place.y);
		let node = what.node as typeof hit;
		while (node !== undefined && node !== hit) node = node.container;
		if (hit !== undefined && hit.container !== undefined) {
			// What takes the touch may lie over it, in the same place: a row over its words.
			const target = this.drawn().targets.find((each) => each.node === hit);
			if (node === hit || (target && holds(target, place) && shares(hit, what.node))) return place;
		}
		throw new Error(`a touch on ${name} at ${place.x}, ${place.y} does not reach it`);
	}

	#seenTexts(): readonly DrawnText[] {
		return this.drawn().texts.filter(({ isHidden, text }) => !isHidden && text !== "");
	}

	#seenIcons(): readonly DrawnIcon[] {
		return this.drawn().icons.filter(({ isHidden }) => !isHidden);
	}

	#list(): string {
		return this.texts().join(" | ");
	}

	// The end

	/** May be called any number of times. */
	close(): void {
		this.panel.close();
	}

	/** Nothing of the panel may be left. */
	async assertNothingLeft(): Promise<void> {
		this.close();
		await ready();
		assert.equal(this.fake.listeners, 0, "it still listens to the device");
		assert.deepEqual(this.fake.attended, [], "it still attends printers");
		assert.deepEqual([...this.fake.viewers.keys()], [], "it still watches cameras");
		// A frame that was asked for before may come; nothing after that.
		this.clock.advance(1000);
		await ready();
		assert.equal(this.clock.pendingTimers, 0, "timers go on");
	}
}

/** Opens it, and closes it again whatever happens; afterwards nothing of it may be left. */
export async function withStage(
	options: StageOptions,
	work: (stage: TouchStage) => Promise<void>,
): Promise<void> {
	const stage = new TouchStage(options);
	try {
		await stage.settle();
		// What the panel asked for when it was opened.
		stage.forget();
		await work(stage);
	} catch (error) {
		stage.close();
		throw error;
	}
	await stage.assertNothingLeft();
}

/** Both sizes of the panel. */
export const BOTH: readonly SizeName[] = ["large", "small"];

/** What promises have ready happens. */
function ready(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

function fits(text: string, wanted: Wanted): boolean {
	return typeof wanted === "string" ? text === plain(wanted) : wanted.test(text);
}

function within(text: string, wanted: Wanted): boolean {
	return typeof wanted === "string" && text.includes(plain(wanted));
}

/** They stand in the same container, which is not the application. */
function shares(one: Target["node"], other: Target["node"]): boolean {
	const { container } = one;
	let node: typeof container | Target["node"] = other;
	while (node !== undefined && node !== container) node = node.container;
	return node !== undefined && container?.container?.container !== undefined;
}
