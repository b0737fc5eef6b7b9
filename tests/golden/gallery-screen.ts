// Every component in its states: for pictures and for whoever builds screens. No way of the panel leads here.

import { Column, Container, type Contents, Row } from "piu/MC";
import { badge } from "../../ui/panel/components/badge";
import { button } from "../../ui/panel/components/button";
import { card } from "../../ui/panel/components/card";
import { icon } from "../../ui/panel/components/icon";
import { label } from "../../ui/panel/components/label";
import { list } from "../../ui/panel/components/list";
import { listRow } from "../../ui/panel/components/list-row";
import { note } from "../../ui/panel/components/note";
import { pages } from "../../ui/panel/components/pages";
import { palette } from "../../ui/panel/components/palette";
import { progressBar } from "../../ui/panel/components/progress-bar";
import { qrCode } from "../../ui/panel/components/qr-code";
import { ring, ringSize } from "../../ui/panel/components/ring";
import { scroll } from "../../ui/panel/components/scroll";
import { segments } from "../../ui/panel/components/segments";
import { slider } from "../../ui/panel/components/slider";
import { sparkline } from "../../ui/panel/components/sparkline";
import { spool } from "../../ui/panel/components/spool";
import { stepper } from "../../ui/panel/components/stepper";
import { switchRow } from "../../ui/panel/components/switch";
import { valueRow } from "../../ui/panel/components/value-row";
import type { Kit } from "../../ui/panel/kit";
import type { Screen } from "../../ui/panel/screen";

export interface GalleryView {
	readonly percent: number;
	readonly items: readonly { readonly name: string; readonly text: string }[];
}

/** Of each page in its order. */
export const GALLERY_PAGES = ["buttons", "values", "inputs", "lists", "graphics"] as const;
export type GalleryPage = (typeof GALLERY_PAGES)[number];

export function galleryScreen(page: GalleryPage): Screen<GalleryView> {
	return {
		id: `gallery-${page}`,
		section: "more",
		title: () => `Components: ${page}`,
		model: () => ({
			percent: 63,
			items: Array.from({ length: 12 }, (_, index) => ({
				name: `Network ${index + 1}`,
				text: index % 3 === 0 ? "open" : "",
			})),
		}),
		build(kit) {
			if (page === "lists") return lists(kit);
			return scroll(kit, { left: 8, right: 8, top: 8, bottom: 0, contents: PAGES[page](kit), name: page })
				.content;
		},
	};
}

const PAGES: Record<Exclude<GalleryPage, "lists">, (kit: Kit<GalleryView>) => Contents[]> = {
	buttons,
	values,
	inputs,
	graphics,
};

const noop = () => undefined;
const WHY = "The printer is printing. Pause the job first.";

function inRow(kit: Kit<GalleryView>, ...contents: Contents[]): Contents {
	return new Row(null, { left: 0, right: 0, bottom: kit.metrics.gap, contents });
}

function buttons(kit: Kit<GalleryView>): Contents[] {
	const place = { left: 0, right: kit.metrics.gap };
	const { target } = kit.metrics;
	const pending = () => new Promise<never>(noop);
	return [
		inRow(
			kit,
			button(kit, { ...place, label: "Normal", onTap: noop }),
			button(kit, { ...place, label: "Primary", tone: "primary", icon: "play", onTap: noop }),
			button(kit, { ...place, label: "Danger", tone: "danger", icon: "stop", onTap: noop }),
			button(kit, { ...place, label: "Quiet", tone: "quiet", icon: "edit", onTap: noop }),
		),
		inRow(
			kit,
			button(kit, { ...place, label: "Chosen", selected: true, onTap: noop }),
			button(kit, { ...place, label: "Greyed", icon: "pause", refusal: WHY, onTap: noop }),
			button(kit, { ...place, label: "Pending", onTap: pending }),
			button(kit, { ...place, label: "A label that is too long for it", icon: "light", onTap: noop }),
		),
		inRow(
			kit,
			button(kit, {
				...place,
				height: target + 14,
				label: "Stacked",
				icon: "home",
				isStacked: true,
				onTap: noop,
			}),
			button(kit, {
				...place,
				height: target + 14,
				label: "Chosen",
				icon: "fan",
				isStacked: true,
				selected: true,
				onTap: noop,
			}),
			button(kit, { left: 0, width: target, icon: "plus", onTap: noop }),
			button(kit, { left: kit.metrics.gap, width: target, icon: "close", tone: "quiet", onTap: noop }),
			badge(kit, { left: 0, right: 0, text: "2", icon: "warning", tone: "danger" }),
			badge(kit, { left: 0, right: kit.metrics.gap, text: "read-only" }),
		),
		inRow(
			kit,
			...(["home", "filament", "heater", "nozzle", "bed", "chamber", "fan", "wifi-2"] as const).map(
				(name, index) =>
					icon(kit, {
						left: kit.metrics.gap,
						icon: name,
						size: index % 3 === 0 ? "large" : "medium",
						tone: index % 2 === 0 ? "accent" : "heat",
					}),
			),
		),
	];
}

function values(kit: Kit<GalleryView>): Contents[] {
	const { padding, gap } = kit.metrics;
	return [
		label(kit, { left: 0, right: 0, text: "63", size: "display" }),
		label(kit, { left: 0, right: 0, text: "245 °C", size: "headline", tone: "heat" }),
		label(kit, { left: 0, right: 0, text: "Title: Benchy plate 2", size: "title", weight: "bold" }),
		label(kit, { left: 0, right: 0, text: "Body: 1 h 12 min left, ends 15:44", size: "body" }),
		label(kit, { left: 0, right: 0, text: "Caption, muted", size: "caption", tone: "muted" }),
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
					contents: [
						valueRow(kit, {
							left: 0,
							right: 0,
							label: "Nozzle",
							icon: "nozzle",
							value: "245 / 250",
							unit: "°C",
							tone: "heat",
							onTap: noop,
						}),
						valueRow(kit, {
							left: 0,
							right: 0,
							label: "Chamber",
							icon: "chamber",
							value: "–",
							unit: "°C",
							tone: "muted",
						}),
						note(kit, {
							left: 0,
							right: 0,
							size: "caption",
							tone: "warn",
							text: "Waiting for the bed of P1S Workshop to reach 50 °C. The fan filters meanwhile, and the door is open.",
						}),
					],
				}),
			],
		}),
	];
}

function inputs(kit: Kit<GalleryView>): Contents[] {
	const place = { left: 0, right: 0, bottom: kit.metrics.gap };
	const percent = (value: number) => `${value} %`;
	return [
		slider(kit, {
			...place,
			label: "Part fan",
			value: (view) => view.percent,
			min: 0,
			max: 100,
			format: percent,
			tone: "cool",
			onSet: noop,
		}),
		slider(kit, {
			...place,
			label: "Aux fan",
			value: 40,
			min: 0,
			max: 100,
			format: percent,
			refusal: WHY,
			onSet: noop,
		}),
		segments(kit, {
			...place,
			segments: [
				{ value: "auto", label: "Auto" },
				{ value: "on", label: "Always on" },
				{ value: "drying", label: "Drying" },
			],
			value: () => "on",
			onChoose: noop,
		}),
		switchRow(kit, { ...place, label: "Wake when a print changes", isOn: true, onSwitch: noop }),
		switchRow(kit, { ...place, label: "Sounds", isOn: false, onSwitch: noop }),
		stepper(kit, {
			...place,
			value: () => 10,
			min: 0,
			max: 60,
			step: 5,
			format: (value) => `${value} min`,
			onSet: noop,
		}),
		palette(kit, {
			...place,
			colors: ["#101413", "#FFFFFF", "#C4262B", "#FF8A3D", "#FFC24B", "#3DDC97", "#5AA9FF", "#8A4DFF"],
			columns: kit.isLarge ? 8 : 4,
			value: () => "#3DDC97",
			onChoose: noop,
		}),
	];
}

function lists(kit: Kit<GalleryView>): Container {
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			list<GalleryView, GalleryView["items"][number]>(kit, {
				left: 8,
				width: kit.isLarge ? 400 : 200,
				top: 8,
				bottom: 0,
				name: "networks",
				items: (view) => view.items,
				row: (part) =>
					listRow(part, {
						title: (item) => item.name,
						subtitle: (item) => item.text,
						icon: "wifi-2",
						trailingIcon: "chevron-right",
						onTap: noop,
					}),
			}),
			pages(kit, {
				right: 8,
				width: kit.isLarge ? 280 : 96,
				top: 8,
				bottom: 8,
				name: "pages",
				pages: [
					card(kit, { left: 0, right: 0, top: 0, bottom: 0, contents: [note(kit, { text: "First page" })] }),
					card(kit, { left: 0, right: 0, top: 0, bottom: 0, contents: [note(kit, { text: "Second page" })] }),
				],
			}),
		],
	});
}

function graphics(kit: Kit<GalleryView>): Contents[] {
	const size = ringSize(kit);
	const wave = { length: 120, value: (index: number) => 35 + 8 * Math.sin(index / 12), target: () => 45 };
	return [
		inRow(
			kit,
			ring(kit, { percent: (view) => view.percent }),
			ring(kit, { left: kit.metrics.gap, percent: 12, tone: "warn" }),
			kit.isLarge && ring(kit, { left: kit.metrics.gap, percent: 88, tone: "heat" }),
			!kit.isLarge &&
				qrCode(kit, { left: kit.metrics.gap, size: size, text: "https://wiki.bambulab.com/en/x1" }),
		),
		inRow(
			kit,
			spool(kit, { color: "#FF8A3D", remaining: 0.4, isActive: true }),
			spool(kit, { color: "#F1F5F4", remaining: 1 }),
			spool(kit, { color: "#101413", remaining: 0.8 }),
			spool(kit, { color: "", remaining: 0 }),
			kit.isLarge &&
				qrCode(kit, { left: kit.metrics.gap, size: 160, text: "https://wiki.bambulab.com/en/x1" }),
		),
		progressBar(kit, { left: 0, right: 0, bottom: 8, percent: (view) => view.percent }),
		sparkline(kit, { left: 0, right: 0, height: 60, series: wave, count: 1, most: 120 }),
	];
}
