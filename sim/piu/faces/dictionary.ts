// What a content is made from: checks the dictionary, key by key, and hands it to the node.

import { Skin } from "../drawing/skin";
import { Style } from "../drawing/style";
import type { ContentNode } from "../tree/content-node";
import { axisOf, takeCoordinates } from "../tree/content-node";
import { toInteger } from "../tree/numbers";

type Kind = "number" | "boolean" | "string" | "function" | "object";
export type Keys = Readonly<Record<string, Kind>>;
type Dictionary = Readonly<Record<string, unknown>>;

const coordinateKeys: Keys = {
	left: "number",
	right: "number",
	top: "number",
	bottom: "number",
	width: "number",
	height: "number",
};

export const contentKeys: Keys = {
	...coordinateKeys,
	name: "string",
	anchor: "string",
	active: "boolean",
	visible: "boolean",
	backgroundTouch: "boolean",
	multipleTouch: "boolean",
	Behavior: "function",
	behavior: "object",
	skin: "object",
	style: "object",
	state: "number",
	variant: "number",
	duration: "number",
	fraction: "number",
	interval: "number",
	loop: "boolean",
	time: "number",
};
export const containerKeys: Keys = { ...contentKeys, clip: "boolean", contents: "object" };
export const scrollerKeys: Keys = { ...containerKeys, looping: "boolean" };
export const applicationKeys: Keys = {
	...containerKeys,
	touchCount: "number",
	commandListLength: "number",
	displayListLength: "number",
	regionLength: "number",
};
export const labelKeys: Keys = { ...contentKeys, string: "string", ellipsis: "boolean" };
export const textKeys: Keys = { ...contentKeys, string: "string", blocks: "object" };
export const qrCodeKeys: Keys = { ...contentKeys, string: "string", maxVersion: "number" };
export const imageBufferKeys: Keys = { ...contentKeys, imageWidth: "number", imageHeight: "number" };

/** Throws on a key that is not known, and on a value of another kind, both by name. */
export function checkDictionary(type: string, dictionary: object, keys: Keys): void {
	for (const [key, value] of Object.entries(dictionary)) {
		const kind = Object.hasOwn(keys, key) ? keys[key] : undefined;
		if (kind === undefined) throw new Error(`${type}: "${key}" is not in the dictionaries of this Piu host`);
		const right = typeof value === kind && value !== null && !(kind === "number" && !Number.isFinite(value));
		if (!right) throw new TypeError(`${type}: "${key}" has to be a ${kind}, not ${String(value)}`);
	}
}

export function checkCoordinates(type: string, coordinates: object): void {
	checkDictionary(`${type}'s coordinates`, coordinates, coordinateKeys);
}

/** Piu's order: a behavior is there before a clock is set, and so hears of it. */
export function readContent(node: ContentNode, $: unknown, dictionary: Dictionary): void {
	const flag = (key: string, value: boolean) =>
		dictionary[key] === undefined ? value : dictionary[key] === true;
	const number = (key: string) => dictionary[key] as number | undefined;
	node.active = flag("active", node.active);
	node.backgroundTouch = flag("backgroundTouch", node.backgroundTouch);
	node.multipleTouch = flag("multipleTouch", node.multipleTouch);
	node.visible = flag("visible", node.visible);
	const { anchor, Behavior, behavior, name, skin, style } = dictionary;
	if (anchor !== undefined && $ !== null && typeof $ === "object") Reflect.set($, String(anchor), node.face);
	if (typeof Behavior === "function") node.behavior = Reflect.construct(Behavior, []) as object;
	else if (behavior !== undefined) node.behavior = behavior as object;
	if (name !== undefined) node.name = String(name);
	takeCoordinates(node.axes[0], axisOf(number("left"), number("right"), number("width")));
	takeCoordinates(node.axes[1], axisOf(number("top"), number("bottom"), number("height")));
	const duration = number("duration");
	if (duration !== undefined) node.durationMs = duration;
	const fraction = number("fraction");
	if (fraction !== undefined && node.durationMs !== 0) node.timeMs = node.durationMs * fraction;
	node.interval = Math.max(1, toInteger(number("interval") ?? 1));
	node.loop = flag("loop", false);
	const time = number("time");
	if (time !== undefined) node.timeMs = time;
	if (skin !== undefined) {
		if (!(skin instanceof Skin)) throw new TypeError(`${node.type}: "skin" has to be a Skin`);
		node.skin = skin;
	}
	if (style !== undefined) {
		if (!(style instanceof Style)) throw new TypeError(`${node.type}: "style" has to be a Style`);
		node.style = style;
	}
	node.state = Math.fround(number("state") ?? 0);
	node.variant = toInteger(number("variant") ?? 0);
}
