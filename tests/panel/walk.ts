// Goes everywhere that touches lead to, and says what is wrong with what is seen there.

import { currentAssets } from "../../sim/piu/drawing/assets";
import { nodeOf } from "../../sim/piu/faces/content";
import type { Rectangle } from "../../sim/piu/host";
import type { ContentNode } from "../../sim/piu/tree/content-node";
import { KeyGrid } from "../../ui/panel/components/key-grid";
import { wordsIn } from "../../ui/panel/words/languages";
import { type Drawn, type DrawnText, holds, meet, middle, plain, type Target } from "./drawn";
import { type StageOptions, TouchStage } from "./stage";

export interface Place {
	/** What was touched from home on, in order. */
	readonly way: readonly Step[];
	/** Of the screen, and of the sheet over it: "slot > Colour". */
	readonly name: string;
}

interface Step {
	readonly x: number;
	readonly y: number;
	readonly what: string;
}

export interface Finding {
	readonly kind: "cut" | "clipped" | "overlap" | "small" | "glyph" | "leak" | "stuck";
	readonly place: string;
	readonly what: string;
}

export interface Walk {
	readonly places: readonly Place[];
	readonly findings: readonly Finding[];
	readonly taps: number;
}

export interface WalkOptions extends StageOptions {
	/** Nothing that is further away is looked at. */
	readonly mostSteps?: number;
	readonly mostPlaces?: number;
}

/** Things of a kind lead to the same kind of place: so many of them are tried in one place. */
const MOST_ALIKE = 3;
/** px: less than that is the roundness of letters. */
const OVERLAP = 3;

export async function walk(options: WalkOptions): Promise<Walk> {
	const { mostSteps = 6, mostPlaces = 120 } = options;
	const known = new Map<string, Place>();
	const findings = new Map<string, Finding>();
	const queue: (readonly Step[])[] = [[]];
	let taps = 0;
	for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
		const stage = await arrived(options, way);
		taps += way.length;
		const first = { ...look(stage), way };
		if (!known.has(first.signature)) note(first, stage);
		// Each touch that led elsewhere costs the way back here.
		let here: TouchStage | undefined = stage;
		// The frame leads to the same places from everywhere.
		for (const step of stepsFrom(stage.drawn(), stage, way.length > 0)) {
			if (here === undefined) {
				here = await arrived(options, way);
				taps += way.length;
			}
			await here.tapAt(step.x, step.y);
			taps++;
			const there = look(here);
			if (there.signature === first.signature) continue;
			if (!known.has(there.signature) && known.size < mostPlaces) {
				const next = [...way, step];
				note({ ...there, way: next }, here);
				if (next.length < mostSteps) queue.push(next);
			}
			await here.assertNothingLeft();
			here = undefined;
		}
		await here?.assertNothingLeft();
	}
	return { places: [...known.values()], findings: [...findings.values()], taps };

	function note(seen: Seen & { way: readonly Step[] }, stage: TouchStage): void {
		known.set(seen.signature, { way: seen.way, name: seen.name });
		for (const finding of findingsIn(stage, seen.name)) {
			findings.set(`${finding.kind} ${finding.place.split(" > ").at(-1)} ${finding.what}`, finding);
		}
	}
}

async function arrived(options: StageOptions, way: readonly Step[]): Promise<TouchStage> {
	const stage = new TouchStage(options);
	await stage.settle();
	for (const { x, y } of way) await stage.tapAt(x, y);
	return stage;
}

interface Seen {
	readonly name: string;
	/** Of what is seen, but for numbers. */
	readonly signature: string;
}

function look(stage: TouchStage): Seen {
	const texts = stage.drawn().texts.filter((text) => !text.isHidden && !isToast(stage, text.node));
	const sheet = stage.panel.navigator.hasSheet ? sheetTitle(stage, texts) : undefined;
	const name = sheet === undefined ? stage.screenId : `${stage.screenId} > ${sheet}`;
	const words = texts.map(({ text }) => text.replaceAll(/[\d.,:–]+/g, "#")).sort();
	return { name, signature: `${name} ${words.join(" ")}` };
}

function sheetTitle(stage: TouchStage, texts: readonly DrawnText[]): string {
	const { overlay } = layersOf(stage);
	return texts.find(({ node }) => isIn(node, overlay))?.text ?? "sheet";
}

/** The last two layers over the frame. */
function layersOf(stage: TouchStage): { overlay: ContentNode | undefined; toasts: ContentNode } {
	const toasts = nodeOf(stage.panel.navigator.toasts.layer);
	return { overlay: toasts.previous, toasts };
}

function isToast(stage: TouchStage, node: ContentNode): boolean {
	return isIn(node, layersOf(stage).toasts);
}

function isIn(node: ContentNode, outer: ContentNode | undefined): boolean {
	for (let each: ContentNode | undefined = node; each; each = each.container) if (each === outer) return true;
	return false;
}

/** In the line on top, the rail or the line below. */
function isInFrame(stage: TouchStage, target: Target): boolean {
	if (stage.panel.navigator.hasSheet) return false;
	const { head, rail, bottomBar } = stage.panel.tools.look.metrics;
	const { y, x } = target;
	return y < head || x < rail || y >= stage.height - bottomBar;
}

/** A touch for each thing that takes one; keys are typed elsewhere. */
function stepsFrom(drawn: Drawn, stage: TouchStage, isFrameKnown: boolean): readonly Step[] {
	const steps: Step[] = [];
	const alike = new Map<string, number>();
	const { overlay } = layersOf(stage);
	for (const target of drawn.targets) {
		if (target.node.behavior instanceof KeyGrid || target.reach.width < 4 || target.reach.height < 4)
			continue;
		if (stage.panel.navigator.hasSheet && !isIn(target.node, overlay)) continue;
		if (isFrameKnown && isInFrame(stage, target)) continue;
		for (const { place, what } of placesIn(target, drawn)) {
			const at = middle(meet(target.reach, place));
			if (stage.targetAt(at.x, at.y)?.node !== target.node) continue;
			const kind = `${target.width} ${target.x} ${what === "" ? "" : what.replaceAll(/\d+/g, "#")}`;
			const count = (alike.get(kind) ?? 0) + 1;
			alike.set(kind, count);
			if (count <= MOST_ALIKE) steps.push({ ...at, what });
		}
	}
	return steps;
}

/** A content that draws several things may take touches on each of them. */
function placesIn(target: Target, drawn: Drawn): readonly { place: Rectangle; what: string }[] {
	const texts = drawn.texts.filter((text) => text.node === target.node && holds(target.reach, middle(text)));
	const icons = drawn.icons.filter((icon) => icon.node === target.node && holds(target.reach, middle(icon)));
	const all = [
		...texts.map((text) => ({ place: text as Rectangle, what: text.text })),
		...icons.map((icon) => ({ place: icon as Rectangle, what: icon.icon })),
	];
	const isWide = target.width > target.height * 5;
	if (isWide && all.length > 1) return all;
	return [{ place: target.reach, what: all.map(({ what }) => what).join(" ") }];
}

/** What is wrong with what is drawn now. */
export function* findingsIn(stage: TouchStage, place: string): Generator<Finding> {
	const drawn = stage.drawn();
	const least = stage.panel.tools.look.metrics.target;
	const words = fixedWords(stage);
	const texts = drawn.texts.filter(
		({ isHidden, text, node }) => !isHidden && text !== "" && !isToast(stage, node),
	);
	for (const text of texts) {
		const what = JSON.stringify(text.text);
		const scrolls =
			drawn.targets.some((target) => target.isScrolled && target.node === text.node) || isScrolled(text);
		if (text.isCut) yield { kind: "cut", place, what: words.has(text.text) ? `${what} (fixed)` : what };
		const at = `${text.x},${text.y} ${text.width}×${text.height}`;
		if (text.isClipped && !scrolls && !text.isCut) yield { kind: "clipped", place, what: `${what} at ${at}` };
		if (/undefined|NaN|\[object|\{\w+\}|null/.test(text.text)) yield { kind: "leak", place, what };
		const missing = missingIn(text);
		if (missing !== "") yield { kind: "glyph", place, what: `${missing} of ${text.font} in ${what}` };
	}
	for (const [index, one] of texts.entries()) {
		for (const other of texts.slice(index + 1)) {
			const { width, height } = meet(one, other);
			// Lines are higher than their letters.
			if (width <= OVERLAP || height <= Math.min(one.height, other.height) * 0.45) continue;
			yield { kind: "overlap", place, what: `${JSON.stringify(one.text)} and ${JSON.stringify(other.text)}` };
		}
	}
	const { overlay } = layersOf(stage);
	for (const target of drawn.targets) {
		if (stage.panel.navigator.hasSheet && !isIn(target.node, overlay)) continue;
		// What lies below the line on top adds to its height.
		const isReach = target.node.container?.type === "Application" && target.node.type === "Content";
		if (isReach || isToast(stage, target.node)) continue;
		if (target.width >= least && target.height >= least) continue;
		if (target.reach.width === 0 || target.reach.height === 0) continue;
		const what = placesIn(target, drawn)
			.map((each) => each.what)
			.join(" ");
		yield { kind: "small", place, what: `${target.width}×${target.height} "${what}"` };
	}
}

function isScrolled({ node }: DrawnText): boolean {
	for (let each: ContentNode | undefined = node; each; each = each.container) {
		if (each.type === "Scroller") return true;
	}
	return false;
}

/** Texts that are the same on every device, in the language that is shown. */
function fixedWords(stage: TouchStage): ReadonlySet<string> {
	const found = new Set<string>();
	const take = (value: unknown) => {
		if (typeof value === "string") found.add(plain(value));
		else if (typeof value === "object" && value !== null) Object.values(value).forEach(take);
	};
	take(wordsIn(stage.fake.preferences.language));
	return found;
}

/** Characters that the font has not: people would read "?". */
function missingIn({ text, font }: DrawnText): string {
	const glyphs = currentAssets().font(font)?.font.glyphs;
	if (glyphs === undefined) return "";
	return [...new Set(text)].filter((each) => each !== " " && !glyphs.has(each.codePointAt(0) ?? 0)).join("");
}
