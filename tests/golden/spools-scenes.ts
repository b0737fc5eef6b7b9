// Spools and Spoolman as golden pictures: which is in which slot, one of them, choosing, a tag that was read, the setup.

import type { SpoolsState } from "../../ui/panel/device";
import type { Panel } from "../../ui/panel/panel";
import { filamentScreen } from "../../ui/panel/screens/filament";
import { slotScreen } from "../../ui/panel/screens/slot";
import { spoolScreen } from "../../ui/panel/screens/spool";
import { spoolListScreen } from "../../ui/panel/screens/spool-list";
import { spoolmanScreen } from "../../ui/panel/screens/spoolman";
import { spoolsScreen } from "../../ui/panel/screens/spools";
import type { Scene } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { pictureSpools } from "./picture-spools";
import { heldTag, idleH2D, printingP1S, shortSpools, spoolsOfP1S, stateOf } from "./states";

const PRINTER = "01P00A000000001";

export function spoolsScenes(): readonly Scene[] {
	const parts = pictureSpools();
	const plain = { parts, state: stateOf([printingP1S()], { spools: spoolsOfP1S() }) };
	const short = { parts, state: stateOf([printingP1S()], { spools: shortSpools() }) };
	const off = { parts, state: stateOf([printingP1S()], { spools: failed() }) };
	const spools = (panel: Panel) => panel.navigator.go(spoolsScreen());
	const spool = (tray: number) => (panel: Panel) =>
		panel.navigator.go(spoolScreen({ printerId: PRINTER, tray }));
	const choose = (panel: Panel) =>
		panel.navigator.go(spoolListScreen({ printerId: PRINTER, tray: 254, material: "PLA", section: "more" }));
	const setup = (panel: Panel) => panel.navigator.go(spoolmanScreen());
	const notSetUp = { spoolman: { state: "not_set_up" }, slots: [] } as const;
	return [
		...inAllLooks("spools", { ...short, open: spools }),
		panelScene("spools-failed", { ...off, open: spools }),
		panelScene("spools-failed-de", { ...off, preferences: { language: "de" }, open: spools }),
		panelScene("spools-several", {
			parts,
			state: stateOf([printingP1S(), idleH2D()], { spools: severalPrinters(), filamentTag: heldTag() }),
			async open(panel, stage) {
				// The sheet that asks about the tag.
				panel.tools.refresh();
				await stage.settle();
				panel.navigator.dismissAll();
				await stage.settle();
				spools(panel);
			},
		}),
		...inAllLooks("spools-none", {
			parts: pictureSpools({ url: "" }),
			state: stateOf([printingP1S()], { spools: notSetUp }),
			open: spools,
		}),
		panelScene("spools-unsupported", { state: stateOf([printingP1S()]), open: spools }),
		...inAllLooks("spool", { ...short, open: spool(0) }),
		...inAllLooks("spool-new-tag", { ...plain, open: spool(1) }),
		panelScene("spool-not-linked", { ...plain, open: spool(254) }),
		panelScene("spool-differs", {
			parts,
			state: stateOf([printingP1S()], { spools: differing() }),
			open: spool(0),
		}),
		panelScene("spool-differs-question", {
			parts,
			state: stateOf([printingP1S()], { spools: differing() }),
			async open(panel, stage) {
				spool(0)(panel);
				await stage.settle();
				await stage.tap(stage.width * 0.3, stage.size === "large" ? 410 : 180);
			},
		}),
		panelScene("spool-unlink-question", {
			...plain,
			async open(panel, stage) {
				spool(0)(panel);
				await stage.settle();
				await stage.tap(stage.width * 0.8, stage.size === "large" ? 410 : 180);
			},
		}),
		...inAllLooks("spool-list", { ...plain, open: choose }),
		panelScene("spool-list-failed", {
			parts: pictureSpools({}, async () => ({
				ok: false,
				code: "unreachable",
				message: "Nothing answers at 192.168.1.20:7912. Is Spoolman on, and is the address right?",
			})),
			state: plain.state,
			open: choose,
		}),
		...inAllLooks("spoolman", { ...short, open: setup }),
		panelScene("spoolman-failed", { ...off, open: setup }),
		...inAllLooks("held-tag", {
			parts,
			state: stateOf([printingP1S()], { spools: spoolsOfP1S(), filamentTag: heldTag() }),
			open: (panel) => panel.tools.refresh(),
		}),
		...inAllLooks("filament-spools", { ...short, open: (panel) => panel.navigator.go(filamentScreen()) }),
		panelScene("filament-spools-many", {
			parts,
			state: stateOf([manyUnits()], { spools: shortSpools() }),
			open: (panel) => panel.navigator.go(filamentScreen()),
		}),
		...inAllLooks("slot-spool", {
			...plain,
			open: (panel) => panel.navigator.go(slotScreen({ unit: 0, slot: 0 })),
		}),
		...inAllLooks("home-short", short),
		panelScene("home-low", { parts, state: lowState() }),
	];
}

function failed(): SpoolsState {
	const spools = spoolsOfP1S();
	return {
		...spools,
		spoolman: {
			state: "failed",
			error: "unreachable",
			help: "Nothing answers at 192.168.1.20:7912. Is Spoolman on, and is the address right?",
		},
		waiting: { grams: 31, spools: 2 },
		slots: spools.slots.map(({ printerId, tray }) => ({ printerId, tray, status: "unknown" })),
	};
}

function differing(): SpoolsState {
	const spools = spoolsOfP1S();
	return {
		...spools,
		slots: spools.slots.map((slot) => (slot.tray === 0 ? { ...slot, printerPercent: 47 } : slot)),
	};
}

function severalPrinters(): SpoolsState {
	const spools = spoolsOfP1S();
	const of = (tray: number) => ({ printerId: "09400A000000002", tray });
	return {
		...spools,
		slots: [
			...spools.slots,
			{ ...of(0), status: "missing", by: "slot" },
			{ ...of(1), status: "archived", by: "slot" },
			{ ...of(2), status: "tag_twice" },
			{ ...of(3), status: "reading" },
			{ ...of(128), status: "unknown" },
		],
	};
}

function manyUnits() {
	const { filament } = printingP1S();
	const ams = filament.units[0];
	const ht = idleH2D().filament.units[1];
	if (!ams || !ht) return printingP1S();
	return printingP1S({ filament: { ...filament, units: [ams, { ...ams, id: 1 }, ht, { ...ht, id: 129 }] } });
}

/** What is in use is low. */
function lowState() {
	const printer = printingP1S();
	const filament = { ...printer.filament, active: { unit: 0, slot: 2 } };
	return stateOf([{ ...printer, filament }], { spools: spoolsOfP1S() });
}
