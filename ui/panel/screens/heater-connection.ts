// A chamber heater on the network: found by a search or by its address, connected to, and forgotten again.

import { Column, type Content, Row } from "piu/MC";
import { ask } from "../components/ask";
import { button } from "../components/button";
import { keyboard } from "../components/keyboard";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import type { HeaterPlace } from "../device";
import type { Kit } from "../kit";
import {
	type FoundHeaterRow,
	type HeaterConnectionView,
	type HeaterSearch,
	heaterConnectionView,
	NO_SEARCH,
} from "../models/heater-connection";
import type { Screen } from "../screen";

export function heaterConnectionScreen(): Screen<HeaterConnectionView> {
	const finder = heaterFinder();
	return {
		id: "heater-connection",
		section: "heater",
		title: (words) => words.remoteHeater.title,
		model: (input) => heaterConnectionView(input, finder.search),
		build: (kit) => connectionPart(kit, finder, () => kit.navigator.back()),
	};
}

export interface HeaterFinder {
	readonly search: HeaterSearch;
	start(kit: Kit<HeaterConnectionView>): Promise<void>;
}

/** What a search has found outlives a rebuild of the screen. */
export function heaterFinder(): HeaterFinder {
	let search = NO_SEARCH;
	return {
		get search() {
			return search;
		},
		async start(kit) {
			const { remoteHeater } = kit.device;
			if (remoteHeater === undefined || search.state === "searching") return;
			search = { state: "searching", found: search.found };
			kit.refresh();
			const answer = await remoteHeater.scan();
			search = answer.ok ? { state: "done", found: answer.value } : { state: "failed", found: [] };
			kit.refresh();
		},
	};
}

/** `onSet`: another heater was set up. */
export function connectionPart(
	kit: Kit<HeaterConnectionView>,
	finder: HeaterFinder,
	onSet: () => void = () => {},
): Content {
	const { gap, padding, target } = kit.metrics;
	const { remoteHeater: words } = kit.words;
	const set = (place: Partial<HeaterPlace>): void => {
		const answer = kit.device.remoteHeater?.setPlace(place);
		if (answer === undefined) return;
		void kit.report(answer.ok ? answer : { ...answer, message: words.addressBad });
		kit.refresh();
		if (answer.ok) onSet();
	};
	const search = button<HeaterConnectionView>(kit, {
		left: 0,
		right: gap,
		label: (view) => view.searchLabel,
		icon: "search",
		tone: "primary",
		refusal: (view) => (view.isPossible ? (view.isSearching ? view.searchLabel : "") : view.text),
		onTap: () => void finder.start(kit),
	});
	const byHand = button<HeaterConnectionView>(kit, {
		left: 0,
		right: 0,
		label: words.byHand,
		icon: "keyboard",
		refusal: (view) => (view.isPossible ? "" : view.text),
		onTap(view) {
			keyboard(kit, {
				title: words.address,
				text: view?.host ?? "",
				capital: false,
				hint: words.addressHint,
				check: (text) => (kit.device.facts.check("host", text) === undefined ? undefined : words.addressBad),
				onDone: (host) => set({ host }),
			});
		},
	});
	const forget = button<HeaterConnectionView>(kit, {
		left: 0,
		right: 0,
		label: (view) => view.forget?.label ?? "",
		icon: "unlink",
		onTap(view) {
			if (view?.forget) ask(kit, { ...view.forget, onYes: () => set({ host: "" }) });
		},
	});
	const edge = kit.isLarge ? padding : gap;
	const found = list<HeaterConnectionView, FoundHeaterRow>(kit, {
		left: 0,
		right: 0,
		top: gap,
		bottom: 0,
		name: "heaters",
		items: (view) => view.found,
		row: (part) =>
			listRow<FoundHeaterRow>(part, {
				title: (heater) => heater.name,
				subtitle: (heater) => heater.text,
				icon: "heater",
				trailingIcon: (heater) => (heater.isChosen ? "check" : "chevron-right"),
				selected: (heater) => heater.isChosen,
				onTap: (heater) => heater && set({ host: heater.host, port: heater.port }),
			}),
	});
	return new Column(null, {
		left: edge,
		right: edge,
		top: edge,
		bottom: edge,
		contents: [
			note<HeaterConnectionView>(kit, {
				left: 0,
				right: 0,
				size: kit.isLarge ? "body" : "caption",
				tone: "muted",
				text: (view) => view.text,
			}),
			new Row(null, { left: 0, right: 0, top: gap, height: target, contents: [search, byHand] }),
			found,
			foot(kit, forget),
		],
	});
}

/** There as long as there is a heater to forget; the list has its room otherwise. */
function foot(kit: Kit<HeaterConnectionView>, forget: Content): Content {
	const { gap, target } = kit.metrics;
	const holder = new Column(null, { left: 0, right: 0 });
	const row = new Row(null, { left: 0, right: 0, top: gap, height: target, contents: [forget] });
	kit.follow(
		(view) => view.forget !== undefined,
		(isShown) => {
			if (isShown) holder.add(row);
			else if (row.container) holder.remove(row);
		},
	);
	return holder;
}
