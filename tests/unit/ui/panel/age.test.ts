// Values that may no longer be so are muted by themselves, in every part that shows one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Column, type Content } from "piu/MC";
import { figure } from "../../../../ui/panel/components/figure";
import { label } from "../../../../ui/panel/components/label";
import { list } from "../../../../ui/panel/components/list";
import { valueRow } from "../../../../ui/panel/components/value-row";
import type { Kit } from "../../../../ui/panel/kit";
import type { ModelInput, Section } from "../../../../ui/panel/screen";
import { visit } from "../../../../ui/panel/visit";
import { printingP1S, staleP1S, stateOf } from "../../../golden/states";
import { filled, ownScreen, plainRoots } from "../../../panel/plain-roots";
import { type TouchStage, withStage } from "../../../panel/stage";

const FRESH = stateOf([printingP1S()]);
const OLD = stateOf([staleP1S()]);
const wide = { left: 0, right: 0 };

function values(kit: Kit<ModelInput>): Content {
	return new Column(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			valueRow(kit, { ...wide, label: "Bed", value: () => "60", tone: "heat" }),
			valueRow(kit, { ...wide, label: "Set", value: () => "70", tone: "heat", staysFresh: true }),
			label(kit, { ...wide, text: () => "Layer 12" }),
			label(kit, { ...wide, text: () => "Careful", tone: "warn" }),
			label(kit, { ...wide, text: "Words" }),
		],
	});
}

function colorOf(stage: TouchStage, text: string): string {
	const { r, g, b } = stage.text(text).color;
	return `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`.toUpperCase();
}

function assertTone(stage: TouchStage, text: string, tone: "text" | "muted" | "heat" | "warn"): void {
	assert.equal(colorOf(stage, text), stage.panel.tools.look.theme[tone].toUpperCase(), text);
}

test("values are muted while the printer does not answer, and have their tones again when it does", () =>
	withStage({ roots: plainRoots(values), state: FRESH }, async (stage) => {
		assertTone(stage, "60", "heat");
		assertTone(stage, "Layer 12", "text");
		await stage.change(OLD);
		assertTone(stage, "60", "muted");
		assertTone(stage, "Layer 12", "muted");
		await stage.change(FRESH);
		assertTone(stage, "60", "heat");
		assertTone(stage, "Layer 12", "text");
	}));

test("warnings, words that stay and what was told to stay fresh are not", () =>
	withStage({ roots: plainRoots(values), state: OLD }, async (stage) => {
		assertTone(stage, "70", "heat");
		assertTone(stage, "Careful", "warn");
		assertTone(stage, "Words", "text");
	}));

test("so are rows of a list, though their items stay the same", () => {
	const items = ["40"];
	const rows = (kit: Kit<ModelInput>) =>
		list<ModelInput, string>(kit, {
			...wide,
			top: 0,
			bottom: 0,
			name: "rows",
			items: () => items,
			row: (part) => valueRow(part, { ...wide, label: "Chamber", value: (item) => item }),
		});
	return withStage({ roots: plainRoots(rows), state: FRESH }, async (stage) => {
		assertTone(stage, "40", "text");
		await stage.change(OLD);
		assertTone(stage, "40", "muted");
	});
});

test("screens that show nothing of a printer are not, unless they say when theirs is old", () => {
	const at = (section: Section, isOld?: () => boolean) => {
		const screen = ownScreen(section, section, (kit) =>
			filled(figure(kit, { ...wide, top: 0, value: () => "41", unit: "°C" })),
		);
		return () => visit(isOld ? { ...screen, isOld } : screen);
	};
	const roots = plainRoots();
	const sections = { ...roots.sections, more: at("more"), heater: at("heater", () => true) };
	return withStage({ roots: { ...roots, sections }, state: OLD }, async (stage) => {
		await stage.tapIcon("more");
		assertTone(stage, "41", "text");
		await stage.tapIcon("heater");
		assertTone(stage, "41", "muted");
	});
});
