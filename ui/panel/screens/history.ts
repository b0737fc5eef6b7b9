// The jobs that have ended, newest first: how each went, when, how long it took.

import { Row } from "piu/MC";
import { ask } from "../components/ask";
import { button } from "../components/button";
import { label } from "../components/label";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { scroll } from "../components/scroll";
import { openSheet } from "../components/sheet";
import { valueRow } from "../components/value-row";
import type { FinishedJob } from "../device";
import type { Kit, KitBase } from "../kit";
import type { IconName } from "../look/icon-names";
import { type HistoryRow, type HistoryView, historyView } from "../models/history";
import { memo } from "../models/memo";
import type { ModelInput, Screen } from "../screen";

const MINUTE_MS = 60_000;

export function historyScreen(): Screen<HistoryView> {
	let jobs: readonly FinishedJob[] | undefined;
	let end: (() => void) | undefined;
	const view = memo(
		({ input, list }: { input: ModelInput; list: readonly FinishedJob[] }) => historyView(input, list),
		({ input, list }) => [list, input.words, minuteOf(input), input.preferences.utcOffsetMinutes],
	);
	return {
		id: "history",
		section: "more",
		title: (words) => words.history.title,
		model(input) {
			jobs ??= input.device.jobs.list();
			return view({ input, list: jobs });
		},
		build(kit) {
			end = kit.device.onChange((change) => {
				if (!change.jobs) return;
				jobs = undefined;
				kit.refresh();
			});
			const { gap, padding } = kit.metrics;
			return list<HistoryView, HistoryRow>(kit, {
				name: "history",
				left: kit.isLarge ? padding : gap,
				right: kit.isLarge ? gap : 0,
				top: 0,
				bottom: 0,
				above: [headOf(kit)],
				items: ({ jobs: items }) => items,
				none: kit.words.history.none,
				row: (part) =>
					listRow(part, {
						title: ({ name }) => name,
						subtitle: ({ facts }) => facts,
						icon: (job) => ICONS[job.tone] ?? "close",
						iconTone: ({ tone }) => tone,
						trailing: ({ result }) => result,
						trailingTone: ({ tone }) => tone,
						onTap: (job) => {
							if (job) openJob(kit, job);
						},
					}),
			});
		},
		onLeave() {
			end?.();
			end = undefined;
			jobs = undefined;
		},
	};
}

/** Of finished and failed jobs; others were cancelled. */
const ICONS: Readonly<Partial<Record<HistoryRow["tone"], IconName>>> = Object.freeze({
	accent: "done",
	danger: "failed",
});

/** How many there are, and the way to be rid of them. It scrolls away with the list. */
function headOf(kit: Kit<HistoryView>): Row {
	const { gap, target } = kit.metrics;
	const { words, device, isLarge } = kit;
	const clear = button(kit, {
		width: isLarge ? 208 : 124,
		label: words.history.clear,
		icon: "delete",
		tone: "quiet",
		onTap(view) {
			if (view === undefined) return;
			ask(kit, { ...view.clear.question, onYes: () => device.jobs.clear() });
		},
	});
	return new Row(null, {
		left: 0,
		right: 0,
		top: gap,
		height: target,
		contents: [
			label(kit, {
				left: gap,
				right: 0,
				top: 0,
				bottom: 0,
				text: (view) => (view.clear.enabled ? view.count : ""),
				tone: "muted",
			}),
			kit.showWhen(clear, (view) => view.clear.enabled),
		],
	});
}

/** All that is known of one. */
function openJob(kit: KitBase, job: HistoryRow): void {
	const { padding, gap } = kit.metrics;
	const part = kit.part<undefined>();
	const line = { left: padding - gap, right: padding - gap };
	const facts = job.details.map((fact) =>
		valueRow(part, { ...line, height: kit.isLarge ? 40 : 24, ...fact, size: "body" }),
	);
	const spools = job.filament.map(({ text, color, colorName }) =>
		listRow(part, {
			...line,
			title: text,
			color: color === "" ? undefined : color,
			icon: "filament",
			trailing: colorName,
			height: kit.isLarge ? 48 : 32,
		}),
	);
	const most = Math.round(kit.metrics.height * (kit.isLarge ? 0.64 : 0.6));
	const least = facts.length * (kit.isLarge ? 40 : 24) + spools.length * (kit.isLarge ? 48 : 32);
	const sheet = openSheet(kit, {
		contents: [
			new Row(null, {
				left: padding,
				right: padding,
				top: padding,
				bottom: gap,
				contents: [
					label(part, {
						left: 0,
						right: gap,
						text: job.name,
						size: "title",
						smaller: "body",
						weight: "bold",
					}),
					label(part, {
						width: kit.isLarge ? 180 : 90,
						text: job.result,
						size: "body",
						tone: job.tone,
						align: "right",
					}),
				],
			}),
			scroll(kit, { left: 0, right: 0, height: Math.min(most, least), contents: [...facts, ...spools] })
				.content,
			button(part, {
				left: padding,
				right: padding,
				top: gap,
				bottom: padding,
				height: kit.metrics.target,
				label: kit.words.common.close,
				onTap: () => kit.navigator.close(sheet),
			}),
		],
	});
}

/** Words such as "yesterday" go with it. */
function minuteOf({ device }: ModelInput): number | undefined {
	const now = device.clock.wallTime();
	return now === undefined ? undefined : Math.floor(now / MINUTE_MS);
}
