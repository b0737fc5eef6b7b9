// More: the ways to everything that has no place in the rail, each with what is new there.

import { Column, type Content, Row } from "piu/MC";
import { rebuilt } from "../components/rebuilt";
import { scroll } from "../components/scroll";
import { tile } from "../components/tile";
import type { FinishedJob } from "../device";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import { type MoreView, moreView } from "../models/more";
import type { Screen } from "../screen";
import { type Visit, visit } from "../visit";
import { filesScreen } from "./files";
import { historyScreen } from "./history";
import { settingsScreen } from "./settings";

/** To the screens that others lead to as well. */
export interface MoreWays {
	printers(): Visit;
	faults(): Visit;
	camera(): Visit;
	spools(): Visit;
	/** Where the bar below has no room for it. */
	heater(): Visit;
}

export function moreScreen(ways: MoreWays): Screen<MoreView> {
	let last: { readonly job: FinishedJob | undefined } | undefined;
	let end: (() => void) | undefined;
	return {
		id: "more",
		section: "more",
		model(input) {
			last ??= { job: input.device.jobs.list()[0] };
			return moreView(input, last.job);
		},
		build(kit) {
			end = kit.device.onChange(({ jobs }) => {
				if (!jobs) return;
				last = undefined;
				kit.refresh();
			});
			return rebuilt(kit, {
				kind: (view) => String(view.hasFiles),
				build: (part, view) => tiles(part, ways, view.hasFiles),
			});
		},
		onLeave() {
			end?.();
			end = undefined;
			last = undefined;
		},
	};
}

function tiles(kit: Kit<MoreView>, ways: MoreWays, hasFiles: boolean): Content {
	const { padding, gap } = kit.metrics;
	const entries = entriesOf(kit, ways, hasFiles);
	// Two lines of them fill the large screen.
	const columns = kit.isLarge ? Math.max(3, Math.ceil(entries.length / 2)) : 2;
	if (!kit.isLarge)
		return scroll(kit, {
			name: "more",
			left: gap,
			right: 0,
			top: 0,
			bottom: 0,
			contents: lines(entries, columns, gap, { top: gap, height: SMALL_HEIGHT }),
		}).content;
	return new Column(null, {
		left: padding,
		right: padding,
		top: padding - gap,
		bottom: padding,
		contents: lines(entries, columns, gap, { top: gap, bottom: 0 }),
	});
}

/** Three lines of it fill the small screen. */
const SMALL_HEIGHT = 52;

function entriesOf(kit: Kit<MoreView>, ways: MoreWays, hasFiles: boolean): Content[] {
	const { navigator, words, isLarge, device } = kit;
	const go = (place: () => Visit) => () => navigator.visit(place());
	const isHeaterInBar = isLarge || (device.heater !== undefined && device.state().printers.length === 0);
	const hasHeater = device.heater !== undefined || device.state().remoteBreath !== undefined;
	return [
		entry("printers", "printer", go(ways.printers)),
		entry(
			"history",
			"history",
			go(() => visit(historyScreen())),
		),
		entry("faults", "warning", go(ways.faults)),
		entry("camera", "camera", go(ways.camera)),
		entry("spools", "filament", go(ways.spools)),
		...(hasFiles ? [entry("files", "folder", openFiles)] : []),
		entry(
			"settings",
			"settings",
			go(() => visit(settingsScreen())),
		),
		...(hasHeater && !isHeaterInBar ? [entry("heater", "heater", go(ways.heater))] : []),
	];

	function openFiles(): void {
		const printer = device.state().printers.find(({ id }) => id === kit.choice.id);
		const place = printer?.capabilities.filesIn[0];
		if (printer !== undefined && place !== undefined)
			navigator.go(filesScreen({ printerId: printer.id, place, folder: "/" }));
	}

	function entry(name: Exclude<keyof MoreView, "hasFiles">, icon: IconName, onTap: () => void): Content {
		return tile(kit, {
			left: 0,
			right: 0,
			top: 0,
			bottom: 0,
			icon,
			label: words.navigation[name],
			text: (view) => view[name].text,
			detail: (view) => view[name].detail,
			tone: (view) => view[name].tone,
			badge: (view) => view[name].badge,
			badgeTone: (view) => view[name].badgeTone,
			onTap,
		});
	}
}

/** So many beside each other; what is missing in the last line stays free. */
function lines(
	entries: readonly Content[],
	columns: number,
	gap: number,
	place: { top: number; bottom?: number; height?: number },
): Row[] {
	const rows: Row[] = [];
	for (let first = 0; first < entries.length; first += columns) {
		const contents: Content[] = [];
		for (let index = first; index < first + columns; index++) {
			if (index > first) contents.push(new Column(null, { width: gap }));
			contents.push(entries[index] ?? new Column(null, { left: 0, right: 0 }));
		}
		rows.push(new Row(null, { left: 0, right: 0, ...place, contents }));
	}
	return rows;
}
