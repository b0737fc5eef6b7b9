// The networks around: joining one, leaving it, and the device's own.

import { Column, Container, type Content, Row } from "piu/MC";
import { ask } from "../components/ask";
import { button } from "../components/button";
import { card } from "../components/card";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { list, rows } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import type { Place } from "../components/place";
import { scroll } from "../components/scroll";
import { valueRow } from "../components/value-row";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import { memo } from "../models/memo";
import { type NetworkRow, type WifiView, wifiView } from "../models/wifi";
import { refusalText } from "../refusal-text";
import type { ModelInput, Screen } from "../screen";
import { enterPassword, joinOther } from "./wifi/join";

type WifiKit = Kit<WifiView>;

export function wifiScreen(): Screen<WifiView> {
	let isSearched = false;
	return {
		id: "wifi",
		section: "more",
		title: (words) => words.wifi.title,
		model: memo(wifiView, ({ state, words }: ModelInput) => [state.wifi, words]),
		build(kit) {
			// Who comes here wants to see what there is. A search that nobody asked for fails in silence.
			if (!isSearched) void kit.device.wifi.scan();
			isSearched = true;
			return kit.isLarge ? twoPanes(kit) : oneColumn(kit);
		},
	};
}

/** What is joined on the left, what could be on the right. */
function twoPanes(kit: WifiKit): Content {
	const { padding, gap, target } = kit.metrics;
	const left = new Column(null, {
		width: 280,
		top: 0,
		bottom: padding,
		contents: [
			card(kit, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					new Column(null, {
						left: padding,
						right: padding,
						top: padding,
						bottom: gap,
						contents: [
							icon(kit, {
								left: 0,
								bottom: gap,
								size: "large",
								icon: stateIcon,
								tone: (view) => view.stateTone,
							}),
							...stateNotes(kit),
							new Container(null, { left: 0, right: 0, top: 0, bottom: 0 }),
							fact(kit, 0),
							fact(kit, 1),
						],
					}),
				],
			}),
			leaveOrAgain(kit, { left: 0, right: 0, top: gap, height: target }),
		],
	});
	const right = new Column(null, {
		left: padding,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			searchAndOther(kit, { left: 0, right: padding - gap, bottom: gap, height: target }),
			new Container(null, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					list<WifiView, NetworkRow>(kit, {
						name: "networks",
						left: 0,
						right: 0,
						top: 0,
						bottom: 0,
						items: (view) => view.networks,
						row: (part) => networkRow(kit, part),
					}),
					emptyLabel(kit),
				],
			}),
		],
	});
	return new Row(null, {
		left: padding,
		right: gap,
		top: padding,
		bottom: 0,
		contents: [left, right],
	});
}

function oneColumn(kit: WifiKit): Content {
	const { padding, gap, target } = kit.metrics;
	const networks = new Column(null, { left: 0, right: 0 });
	const line = { left: 0, right: 0, height: target };
	const { content } = scroll(kit, {
		name: "networks",
		left: gap,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			card(kit, {
				left: 0,
				right: 0,
				top: gap,
				contents: [
					new Column(null, {
						left: padding,
						right: padding,
						top: gap,
						bottom: gap,
						contents: stateNotes(kit),
					}),
				],
			}),
			searchAndOther(kit, { ...line, top: gap, bottom: gap }),
			networks,
			emptyLabel(kit),
			leaveOrAgain(kit, { ...line, bottom: gap }),
		],
	});
	rows<WifiView, NetworkRow>(kit, networks, {
		items: (view) => view.networks,
		row: (part) => networkRow(kit, part),
	});
	return content;
}

function stateNotes(kit: WifiKit): Content[] {
	const { gap } = kit.metrics;
	return [
		note(kit, { text: (view) => view.state, tone: (view) => (view.stateTone === "warn" ? "warn" : "text") }),
		note(kit, { top: gap, text: (view) => view.accessPoint, size: "caption", tone: "muted" }),
	];
}

function searchAndOther(kit: WifiKit, place: Place): Row {
	const { gap } = kit.metrics;
	const { wifi } = kit.words;
	const inRow = { top: 0, bottom: 0 };
	return new Row(null, {
		...place,
		contents: [
			button(kit, {
				...inRow,
				...(kit.isLarge ? { width: 176 } : { left: 0, right: 0 }),
				label: (view) => view.scan.label,
				icon: kit.isLarge ? "search" : undefined,
				refusal: (view) => (view.scan.enabled ? "" : wifi.searching),
				onTap: () => void search(kit),
			}),
			button(kit, {
				...inRow,
				left: gap,
				right: 0,
				label: wifi.other,
				onTap: () => joinOther(kit),
			}),
		],
	});
}

/** Not as a command: how it goes is seen in the list. */
async function search({ device, navigator, words }: WifiKit): Promise<void> {
	const outcome = await device.wifi.scan();
	if (!outcome.ok) navigator.toasts.refused(refusalText(words, outcome));
}

/** The password can be entered again where the last one was wrong; otherwise the network can be left. */
function leaveOrAgain(kit: WifiKit, place: Place): Container {
	const all = { left: 0, right: 0, top: 0, bottom: 0 };
	const leave = button(kit, {
		...all,
		label: kit.words.wifi.forget,
		icon: "unlink",
		onTap(view) {
			if (!view?.forget) return;
			ask(kit, { ...view.forget.question, onYes: () => kit.device.wifi.forget() });
		},
	});
	const again = button(kit, {
		...all,
		label: kit.words.wifi.again,
		icon: "keyboard",
		tone: "primary",
		onTap(view) {
			if (view) enterPassword(kit, { ssid: view.ssid, isOther: false });
		},
	});
	return new Container(null, {
		...place,
		contents: [
			kit.showWhen(leave, (view) => view.forget !== undefined && !view.needsPassword),
			kit.showWhen(again, (view) => view.needsPassword),
		],
	});
}

function emptyLabel(kit: WifiKit): Content {
	const { padding } = kit.metrics;
	return label(kit, {
		left: padding,
		right: padding,
		top: kit.isLarge ? padding : 0,
		text: (view) => view.emptyText,
		tone: "muted",
		align: "center",
	});
}

function networkRow(kit: WifiKit, part: Kit<NetworkRow>): Content {
	return listRow(part, {
		icon: ({ bars }) => signalIcon(bars),
		iconTone: ({ isJoined }) => (isJoined ? "accent" : "text"),
		title: ({ ssid }) => ssid,
		subtitle: ({ detail }) => detail,
		trailing: ({ isJoined }) => (isJoined ? kit.words.wifi.joined : ""),
		trailingTone: "accent",
		trailingIcon: ({ isSecure }) => (isSecure ? "locked" : undefined),
		onTap(network) {
			if (!network || network.isJoined) return;
			if (network.isSecure) enterPassword(kit, { ssid: network.ssid, isOther: false });
			else void kit.report(kit.device.wifi.join({ ssid: network.ssid, password: "" }));
		},
	});
}

function fact(kit: WifiKit, index: number): Content {
	const inset = -kit.metrics.gap;
	return valueRow(kit, {
		left: inset,
		right: inset,
		height: 36,
		label: (view) => view.facts[index]?.label ?? "",
		value: (view) => view.facts[index]?.value ?? "",
		size: "body",
	});
}

function stateIcon({ status, bars }: WifiView): IconName {
	if (status === "connected") return signalIcon(bars);
	return status === "connecting" ? "hourglass" : "wifi-off";
}

const SIGNAL_ICONS: readonly IconName[] = Object.freeze(["wifi-0", "wifi-0", "wifi-1", "wifi-2", "wifi-3"]);

function signalIcon(bars: number): IconName {
	return SIGNAL_ICONS[bars] ?? "wifi-0";
}
