// The keypad sheet: a number with its unit and presets, a code of digits, or an address. What cannot be is said in words.

import { Column, Container, Port, Row } from "piu/MC";
import type { Kit, KitBase } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Sheet } from "../navigator";
import { fill } from "../words/texts";
import { button } from "./button";
import { choose } from "./choose";
import { type Key, KeyGrid, type KeyRow } from "./key-grid";
import { KeypadEntry, type KeypadKey, type KeypadKind } from "./keypad-entry";
import { label } from "./label";
import { openSheet } from "./sheet";

export interface KeypadPreset {
	/** "PETG 70". */
	readonly label: string;
	readonly text: string;
}

export interface KeypadOptions {
	readonly title: string;
	readonly kind: KeypadKind;
	readonly text: string;
	/** Beside what is typed, such as "°C". */
	readonly unit?: string;
	readonly decimals?: number;
	/** A number may be below zero; there is a key for its sign then. */
	readonly negative?: boolean;
	readonly maxLength?: number;
	/** Shown as long as there is nothing to refuse: "0 to 300". */
	readonly hint?: string;
	/** A touch on one is the answer. Those for which there is no room are behind “More”. */
	readonly presets?: readonly KeypadPreset[];
	/** A way to other keys, in place of these. */
	readonly other?: { readonly icon: IconName; readonly onTap: () => void };
	/** What is wrong with it, in words; undefined when nothing is. */
	readonly check?: (text: string) => string | undefined;
	readonly onDone: (text: string) => void;
	readonly onDismissed?: () => void;
}

export interface NumberKeypadOptions {
	readonly title: string;
	readonly unit?: string;
	readonly value: number | undefined;
	readonly min: number;
	readonly max: number;
	/** 0 is always taken, whatever `min` is: it is "off". */
	readonly isZeroOff?: boolean;
	readonly decimals?: number;
	readonly presets?: readonly { readonly label: string; readonly value: number }[];
	readonly onDone: (value: number) => void;
}

/** For a number between two limits. */
export function numberKeypad(kit: KitBase, options: NumberKeypadOptions): void {
	const { min, max, isZeroOff } = options;
	const words = kit.words.keypad;
	const presets = (options.presets ?? []).map((preset) => ({
		label: preset.label,
		text: String(preset.value),
	}));
	keypad(kit, {
		title: options.title,
		kind: "number",
		text: options.value === undefined ? "" : String(options.value),
		...(options.unit !== undefined && { unit: options.unit }),
		...(options.decimals !== undefined && { decimals: options.decimals }),
		negative: min < 0,
		hint: fill(words.range, { min, max }),
		presets: isZeroOff ? [{ label: words.off, text: "0" }, ...presets] : presets,
		check(text) {
			const value = Number(text);
			if (text === "" || Number.isNaN(value)) return fill(words.range, { min, max });
			if (isZeroOff && value === 0) return undefined;
			if (value < min) return fill(words.tooLow, { min });
			return value > max ? fill(words.tooHigh, { max }) : undefined;
		},
		onDone: (text) => options.onDone(Number(text)),
	});
}

interface KeypadView {
	readonly text: string;
	/** What stands below it. */
	readonly note: string;
	readonly refusal: string | undefined;
}

const DIGITS: readonly (readonly KeypadKey[])[] = Object.freeze([
	Object.freeze(["1", "2", "3"] as const),
	Object.freeze(["4", "5", "6"] as const),
	Object.freeze(["7", "8", "9"] as const),
	Object.freeze([".", "0", "back"] as const),
]);

export function keypad(kit: KitBase, options: KeypadOptions): Sheet {
	const part = kit.part<KeypadView>();
	const { look, metrics, isLarge } = kit;
	const { gap, padding, target } = metrics;
	const entry = new KeypadEntry(options);

	const grid = new KeyGrid({
		look,
		size: "title",
		gap,
		onKey: (id) => {
			entry.press(id as KeypadKey);
			update();
		},
	});
	const keyHeight = isLarge ? target + gap + 10 : target + gap;
	const keysWidth = isLarge ? 400 : 164;
	const keys = new Port(null, {
		right: gap,
		width: keysWidth,
		top: 0,
		height: 4 * keyHeight,
		active: true,
		behavior: grid,
	});

	function finish(text: string): void {
		kit.navigator.close(sheet);
		options.onDone(text);
	}

	function update(): void {
		const refusal = options.check?.(entry.text);
		grid.setRows(keys, keyRows(entry, options), [3, 3, 3, 3]);
		part.scope.update({
			text: entry.text === "" ? "–" : entry.text,
			note: refusal ?? options.hint ?? "",
			refusal,
		});
	}

	const value = new Row(null, {
		left: 0,
		right: 0,
		height: isLarge ? 48 : 36,
		contents: [
			label(part, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				text: (view) => view.text,
				staysFresh: true,
				size: options.kind === "number" ? "headline" : isLarge ? "title" : "body",
				smaller: options.kind === "number" ? "title" : isLarge ? "body" : "caption",
				align: "right",
				weight: "bold",
			}),
			options.unit !== undefined &&
				label(part, {
					left: gap,
					width: isLarge ? 56 : 34,
					top: 0,
					bottom: 0,
					text: options.unit,
					size: "title",
					smaller: "body",
					tone: "muted",
				}),
		],
	});
	const { other } = options;
	const room = isLarge ? 6 : 2;
	const offered = options.presets ?? [];
	const presets = offered.slice(0, offered.length > room ? room - 1 : room);
	const more =
		offered.length > room
			? () =>
					choose(kit, {
						title: options.title,
						choices: offered.map(({ label, text }) => ({ label, value: text })),
						onChoose: finish,
					})
			: undefined;
	const side = new Column(null, {
		left: padding,
		right: gap,
		top: 0,
		height: 4 * keyHeight,
		contents: [
			label(part, {
				left: 0,
				right: 0,
				text: options.title,
				size: "title",
				smaller: "caption",
				weight: "bold",
			}),
			value,
			label(part, {
				left: 0,
				right: 0,
				text: (view) => view.note,
				staysFresh: true,
				size: "caption",
				tone: (view) => (view.refusal === undefined ? "muted" : "warn"),
			}),
			...presetRows(part, presets, isLarge ? 3 : 2, finish, more),
			other !== undefined &&
				button(part, {
					left: 0,
					width: target,
					top: gap,
					icon: other.icon,
					onTap: () => {
						kit.navigator.close(sheet);
						other.onTap();
					},
				}),
			new Container(null, { left: 0, right: 0, top: 0, bottom: 0 }),
			new Row(null, {
				left: 0,
				right: 0,
				height: target,
				contents: [
					button(part, {
						left: 0,
						right: 0,
						label: kit.words.common.cancel,
						onTap: () => kit.navigator.dismiss(),
					}),
					new Container(null, { width: gap }),
					button(part, {
						// The other one has the longer word.
						...(isLarge ? { left: 0, right: 0 } : { width: 60 }),
						label: kit.words.keypad.enter,
						tone: "primary",
						refusal: (view) => view.refusal,
						onTap: () => finish(entry.text),
					}),
				],
			}),
			new Container(null, { height: gap / 2 }),
		],
	});
	const sheet = openSheet(kit, {
		...(options.onDismissed && { onDismissed: options.onDismissed }),
		contents: [
			new Row(null, {
				left: 0,
				right: 0,
				top: padding,
				bottom: gap,
				height: 4 * keyHeight,
				contents: [side, keys],
			}),
		],
	});
	update();
	return sheet;
}

function keyRows(entry: KeypadEntry, options: KeypadOptions): KeyRow[] {
	const sign: Key = { id: "-", label: "−", weight: 1, tone: "quiet", isDisabled: !entry.takes("-") };
	const hasDot = options.kind === "address" || (options.decimals ?? 0) > 0;
	const hasSign = options.kind === "number" && options.negative === true;
	const rows = DIGITS.map((row) =>
		row.map((id): Key => {
			if (id === "." && hasSign && !hasDot) return sign;
			if (id === "back")
				return { id, label: "", icon: "backspace", weight: 1, tone: "quiet", isDisabled: !entry.takes(id) };
			if (id === "." && !hasDot)
				return { id: "clear", label: "C", weight: 1, tone: "quiet", isDisabled: !entry.takes("clear") };
			return { id, label: id, weight: 1, tone: "normal", isDisabled: !entry.takes(id) };
		}),
	);
	// One more than there is room for in three columns.
	if (hasSign && hasDot) rows[3] = [sign, ...(rows[3] ?? [])].map((key) => ({ ...key, weight: 0.75 }));
	return rows;
}

/** The last one leads to those for which there is no room. */
function presetRows(
	kit: Kit<KeypadView>,
	presets: readonly KeypadPreset[],
	columns: number,
	finish: (text: string) => void,
	more: (() => void) | undefined,
): Container[] {
	const { gap, target } = kit.metrics;
	const buttons = presets.map((preset) => ({ label: preset.label, onTap: () => finish(preset.text) }));
	if (more) buttons.push({ label: kit.words.common.more, onTap: more });
	const rows: Container[] = [];
	for (let first = 0; first < buttons.length; first += columns) {
		const row = buttons.slice(first, first + columns);
		rows.push(
			new Row(null, {
				left: 0,
				right: 0,
				top: gap,
				height: target,
				// A place that stays free keeps the others as wide as those above.
				contents: Array.from({ length: columns }, (_, index) => {
					const place = { left: index === 0 ? 0 : gap, right: 0 };
					const each = row[index];
					return each ? button(kit, { ...each, ...place }) : new Container(null, place);
				}),
			}),
		);
	}
	return rows;
}
