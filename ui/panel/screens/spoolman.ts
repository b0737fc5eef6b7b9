// Spoolman: whether it answers, what waits to be written to it, and how it is set up.

import { Column, type Content, Row } from "piu/MC";
import { ask } from "../components/ask";
import { button } from "../components/button";
import { group } from "../components/group";
import { keyboard } from "../components/keyboard";
import { numberKeypad } from "../components/keypad";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { scroll } from "../components/scroll";
import type { SpoolAction, SpoolsChanges } from "../device";
import type { Answer, Kit, KitBase } from "../kit";
import { type SpoolmanView, spoolFailure, spoolmanView, urlChange } from "../models/spoolman";
import type { Screen } from "../screen";
import { choiceRow } from "./settings/choice-row";

type SpoolmanKit = Kit<SpoolmanView>;

export function spoolmanScreen(): Screen<SpoolmanView> {
	return {
		id: "spoolman",
		section: "more",
		title: (words) => words.spoolman.title,
		model: spoolmanView,
		build(kit) {
			const { gap, padding } = kit.metrics;
			return scroll(kit, {
				name: "spoolman",
				left: kit.isLarge ? padding : gap,
				right: kit.isLarge ? gap : 0,
				top: 0,
				bottom: 0,
				contents: [stateRows(kit), helpText(kit), buttons(kit), setupRows(kit)],
			}).content;
		},
	};
}

/** A refusal is said in the panel's language. */
export async function askSpools(kit: KitBase, action: SpoolAction): Promise<Answer> {
	const { words, device } = kit;
	const answer = await device.spools?.act(action);
	if (answer === undefined) return { ok: false, code: "not_set_up", message: words.spools.error_not_set_up };
	return answer.ok ? answer : { ...answer, message: spoolFailure(words, answer) };
}

function stateRows(kit: SpoolmanKit): Content {
	const { spoolman } = kit.words;
	return group(kit, {
		top: kit.metrics.gap,
		bottom: 0,
		contents: [
			listRow(kit, {
				...rowPlace(kit),
				title: spoolman.status,
				trailing: (view) => view.status,
				trailingTone: (view) => view.statusTone,
			}),
			listRow(kit, {
				...rowPlace(kit),
				title: spoolman.waiting,
				trailing: (view) => view.waiting,
				trailingTone: (view) => view.waitingTone,
			}),
		],
	});
}

function helpText(kit: SpoolmanKit): Content {
	const { gap, padding } = kit.metrics;
	const holder = new Column(null, { left: padding, right: padding });
	const text = note(kit, {
		top: gap,
		left: 0,
		right: 0,
		size: kit.isLarge ? "body" : "caption",
		tone: "warn",
		text: (view) => view.help,
	});
	kit.follow(
		(view) => view.help !== "",
		(isShown) => {
			if (isShown) holder.add(text);
			else if (text.container) holder.remove(text);
		},
	);
	return holder;
}

function buttons(kit: SpoolmanKit): Content {
	const { gap, target } = kit.metrics;
	const { spoolman } = kit.words;
	return new Row(null, {
		left: 0,
		right: 0,
		top: gap,
		bottom: 2 * gap,
		height: target,
		contents: [
			button(kit, {
				left: 0,
				right: gap,
				icon: "refresh",
				label: spoolman.retry,
				refusal: (view) => view.retryWhy,
				onTap: () => askSpools(kit, { action: "retry" }),
			}),
			button(kit, {
				left: 0,
				right: 0,
				icon: "delete",
				label: spoolman.discard,
				refusal: (view) => view.discardWhy,
				onTap(view) {
					if (view)
						ask(kit, {
							...view.discard,
							onYes: () =>
								void kit.report(
									askSpools(kit, { action: "discard" }),
									kit.navigator.words.spoolman.discarded,
								),
						});
				},
			}),
		],
	});
}

function setupRows(kit: SpoolmanKit): Content {
	const { spoolman } = kit.words;
	return group(kit, {
		contents: [
			listRow(kit, {
				...rowPlace(kit),
				icon: "network",
				title: spoolman.address,
				trailing: (view) => view.shownUrl,
				trailingIcon: "chevron-right",
				onTap: (view) => view && enterAddress(kit, view.url),
			}),
			listRow(kit, {
				...rowPlace(kit),
				icon: "locked",
				title: spoolman.apiKey,
				trailing: (view) => view.apiKey,
				trailingIcon: "chevron-right",
				onTap: () => enterKey(kit),
			}),
			choiceRow(kit, {
				label: spoolman.source,
				segments: [
					{ value: "job" as const, label: spoolman.source_job },
					{ value: "remain" as const, label: spoolman.source_remain },
				],
				value: (view) => view.source,
				onChoose: (source) => change(kit, { source }),
			}),
			note(kit, {
				left: kit.metrics.padding,
				right: kit.metrics.padding,
				bottom: kit.metrics.gap,
				size: "caption",
				tone: "muted",
				text: (view) => view.sourceText,
			}),
			listRow(kit, {
				...rowPlace(kit),
				icon: "warning",
				title: spoolman.lowGrams,
				trailing: (view) => view.low,
				trailingIcon: "chevron-right",
				onTap: (view) => view && enterLow(kit, view.lowGrams),
			}),
		],
	});
}

function enterAddress(kit: SpoolmanKit, url: string): void {
	const { words, device } = kit;
	const maxLength = device.spools?.limits.url.maxLength;
	keyboard(kit, {
		title: words.spoolman.addressTitle,
		text: url,
		capital: false,
		...(maxLength !== undefined && { maxLength }),
		hint: words.spoolman.addressHint,
		onDone: (text) => change(kit, urlChange(text), kit.navigator.words.spoolman.addressBad),
	});
}

function enterKey(kit: SpoolmanKit): void {
	const { words, device } = kit;
	const maxLength = device.spools?.limits.apiKey.maxLength ?? 0;
	keyboard(kit, {
		title: words.spoolman.apiKey,
		text: "",
		masked: true,
		capital: false,
		...(maxLength > 0 && { maxLength }),
		hint: words.spoolman.apiKeyHint,
		onDone: (apiKey) => change(kit, { apiKey: apiKey.trim() }),
	});
}

function enterLow(kit: SpoolmanKit, value: number): void {
	const { words, device } = kit;
	const { min, max } = device.spools?.limits.lowGrams ?? { min: 0, max: 0 };
	numberKeypad(kit, {
		title: words.spoolman.lowGrams,
		unit: "g",
		value,
		min,
		max,
		isZeroOff: min === 0,
		presets: [50, 100, 200]
			.filter((grams) => grams <= max)
			.map((grams) => ({ label: `${grams}\u00a0g`, value: grams })),
		onDone: (lowGrams) => change(kit, { lowGrams }),
	});
}

/** `bad`: what is wrong with it if it is refused. */
function change(kit: SpoolmanKit, changes: SpoolsChanges, bad?: string): void {
	const answer = kit.device.spools?.setSetup(changes);
	if (answer === undefined) return;
	void kit.report(answer.ok || bad === undefined ? answer : { ...answer, message: bad });
	kit.refresh();
}

function rowPlace(kit: SpoolmanKit) {
	const { gap } = kit.metrics;
	return { left: gap, right: gap };
}
