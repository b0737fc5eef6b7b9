// The keyboard sheet: names, passwords and serial numbers, as wide as the panel.

import { Container, Port, Row } from "piu/MC";
import type { KitBase } from "../kit";
import type { Sheet } from "../navigator";
import { button } from "./button";
import { type Key, KeyGrid, type KeyRow } from "./key-grid";
import { KeyboardEntry, type KeyboardKey } from "./keyboard-entry";
import { label } from "./label";
import { openSheet } from "./sheet";

export interface KeyboardOptions {
	/** What is asked for: "Password of “Home”". */
	readonly title: string;
	readonly text: string;
	readonly maxLength?: number;
	readonly masked?: boolean;
	/** Begins with a capital. */
	readonly capital?: boolean;
	readonly hint?: string;
	/** What is wrong with it, in words; undefined when nothing is. */
	readonly check?: (text: string) => string | undefined;
	readonly onDone: (text: string) => void;
	readonly onDismissed?: () => void;
}

interface KeyboardView {
	readonly shown: string;
	readonly isMasked: boolean;
	readonly note: string;
	readonly refusal: string | undefined;
}

const ROW_WEIGHTS: readonly number[] = Object.freeze([10, 10, 10, 10]);

export function keyboard(kit: KitBase, options: KeyboardOptions): Sheet {
	const part = kit.part<KeyboardView>();
	const { look, metrics, isLarge, words } = kit;
	const { gap, padding, target } = metrics;
	const entry = new KeyboardEntry(options);
	let isTouched = false;

	const grid = new KeyGrid({
		look,
		size: isLarge ? "title" : "body",
		gap: isLarge ? gap : 2,
		onKey: (id) => {
			isTouched = true;
			if (id === "done") finish();
			else if (isCommand(id)) entry.press(id);
			else entry.type(id);
			update();
		},
	});
	const keyHeight = isLarge ? target + gap : 40;
	const keys = new Port(null, {
		left: 0,
		right: 0,
		height: 4 * keyHeight,
		active: true,
		behavior: grid,
	});

	const caption = look.style("caption", "muted", "right");
	const room = metrics.width - 2 * padding - gap;
	const titleWidth = Math.min(caption.measure(options.title).width, Math.floor(room * 0.6));
	const hint = fitting(options.hint ?? "");

	/** The whole of it, or as many of its sentences as there is room for beside the title. */
	function fitting(text: string): string {
		if (caption.measure(text).width <= room - titleWidth) return text;
		const end = text.lastIndexOf(".", text.length - 2);
		const cut = text.lastIndexOf("。", text.length - 2);
		const last = Math.max(text.charAt(end + 1) === " " ? end : -1, cut);
		return last < 0 ? "" : fitting(text.slice(0, last + 1));
	}

	function finish(): void {
		const refusal = options.check?.(entry.text);
		if (refusal !== undefined) {
			kit.navigator.toasts.refused(refusal);
			return;
		}
		kit.navigator.close(sheet);
		options.onDone(entry.text);
	}

	function update(): void {
		const refusal = options.check?.(entry.text);
		grid.setRows(keys, keyRows(entry, words.keyboard, refusal !== undefined), ROW_WEIGHTS);
		part.scope.update({
			shown: entry.shown,
			isMasked: entry.masked,
			note: (isTouched ? refusal : undefined) ?? hint,
			refusal: isTouched ? refusal : undefined,
		});
	}

	const sheet = openSheet(kit, {
		isModal: true,
		...(options.onDismissed && { onDismissed: options.onDismissed }),
		contents: [
			new Row(null, {
				left: padding,
				right: padding,
				top: isLarge ? 4 : 0,
				height: isLarge ? 32 : 18,
				contents: [
					label(part, {
						left: 0,
						width: titleWidth,
						top: 0,
						bottom: 0,
						text: options.title,
						size: "caption",
						weight: "bold",
					}),
					label(part, {
						left: gap,
						right: 0,
						top: 0,
						bottom: 0,
						text: (view) => view.note,
						staysFresh: true,
						size: "caption",
						align: "right",
						tone: (view) => (view.refusal === undefined ? "muted" : "warn"),
					}),
				],
			}),
			new Row(null, {
				left: padding,
				right: padding,
				bottom: gap,
				height: target,
				contents: [
					button(part, {
						width: target,
						top: 0,
						bottom: 0,
						icon: "close",
						tone: "quiet",
						onTap: () => kit.navigator.dismiss(),
					}),
					new Container(null, {
						left: gap,
						right: gap,
						top: 0,
						bottom: 0,
						skin: look.round(look.theme.background),
						contents: [
							label(part, {
								left: padding,
								right: padding,
								top: 0,
								bottom: 0,
								text: (view) => `${view.shown}|`,
								staysFresh: true,
								size: "title",
								smaller: "caption",
							}),
						],
					}),
					options.masked &&
						button(part, {
							width: target,
							top: 0,
							bottom: 0,
							icon: (view) => (view.isMasked ? "show" : "hide"),
							tone: "quiet",
							onTap: () => {
								entry.reveal();
								update();
							},
						}),
				],
			}),
			keys,
			new Container(null, { height: isLarge ? 4 : 0 }),
		],
	});
	update();
	return sheet;
}

type KeyboardWords = KitBase["words"]["keyboard"];

function keyRows(entry: KeyboardEntry, words: KeyboardWords, isRefused: boolean): KeyRow[] {
	const { layer } = entry;
	const onLetters = layer === "letters" || layer === "accents";
	const leading: Key = onLetters
		? { id: "shift", label: "", icon: "shift", weight: 1.5, tone: "quiet", isSelected: entry.shift !== "off" }
		: layer === "digits"
			? { id: "symbols", label: words.moreSymbols, weight: 1.5, tone: "quiet" }
			: { id: "digits", label: words.symbols, weight: 1.5, tone: "quiet" };
	return [
		characters(entry.row(0)),
		characters(entry.row(1)),
		[
			leading,
			...characters(entry.row(2)),
			{ id: "back", label: "", icon: "backspace", weight: 1.5, tone: "quiet" },
		],
		[
			onLetters
				? { id: "digits", label: words.symbols, weight: 1.5, tone: "quiet" }
				: { id: "letters", label: words.letters, weight: 1.5, tone: "quiet" },
			layer === "accents"
				? { id: "letters", label: words.letters, weight: 1.5, tone: "quiet" }
				: { id: "accents", label: "äöü", weight: 1.5, tone: "quiet" },
			{ id: "space", label: words.space, weight: 4.5, tone: "normal" },
			{ id: "done", label: words.enter, weight: 2.5, tone: isRefused ? "normal" : "primary" },
		],
	];
}

function characters(row: string): Key[] {
	return Array.from(row, (character) => ({
		id: character,
		label: character,
		weight: 1,
		tone: "normal" as const,
	}));
}

function isCommand(id: string): id is KeyboardKey {
	return id.length > 1;
}
