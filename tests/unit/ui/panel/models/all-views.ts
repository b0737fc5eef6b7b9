// The views of all screens for one input, by the names of their models.

import { aboutView } from "../../../../../ui/panel/models/about";
import { addPrinterView, emptyForm } from "../../../../../ui/panel/models/add-printer";
import { cameraView } from "../../../../../ui/panel/models/camera";
import { dryingView, firstDrying } from "../../../../../ui/panel/models/drying";
import { faultsView } from "../../../../../ui/panel/models/faults";
import { filamentView } from "../../../../../ui/panel/models/filament";
import { filamentFormView, firstForm } from "../../../../../ui/panel/models/filament-form";
import { filesView, fileView } from "../../../../../ui/panel/models/files";
import { heaterView } from "../../../../../ui/panel/models/heater";
import { heldTagView } from "../../../../../ui/panel/models/held-tag";
import { historyView } from "../../../../../ui/panel/models/history";
import { homeView } from "../../../../../ui/panel/models/home";
import { idleView } from "../../../../../ui/panel/models/idle-view";
import { moveView } from "../../../../../ui/panel/models/move";
import { printerDetailsView, printersView } from "../../../../../ui/panel/models/printers";
import { readOnlyView } from "../../../../../ui/panel/models/read-only";
import { settingsView } from "../../../../../ui/panel/models/settings";
import { slotScreenView } from "../../../../../ui/panel/models/slot";
import { speedView } from "../../../../../ui/panel/models/speed";
import { spoolView } from "../../../../../ui/panel/models/spool";
import { answered, noPages, spoolListView } from "../../../../../ui/panel/models/spool-list";
import { spoolmanView } from "../../../../../ui/panel/models/spoolman";
import { spoolsView } from "../../../../../ui/panel/models/spools";
import { statusBarView } from "../../../../../ui/panel/models/status-bar";
import { temperaturesView } from "../../../../../ui/panel/models/temperatures";
import { updateView } from "../../../../../ui/panel/models/update";
import { passwordProblem, ssidProblem, wifiView } from "../../../../../ui/panel/models/wifi";
import type { ModelInput } from "../../../../../ui/panel/screen";

const HELD_TAG = {
	version: "1.0",
	type: "PLA",
	color: "C4262BFF",
	brand: "Prusament",
	nozzleMin: 205,
	nozzleMax: 225,
	readAtSeconds: 1,
};

const FILES = [
	{ name: "a", isFolder: true },
	{ name: "b.gcode", isFolder: false },
	{ name: "c.gcode", isFolder: false, sizeBytes: Number.NaN, modifiedSeconds: Number.NaN },
];

export function allViews(input: ModelInput): Readonly<Record<string, unknown>> {
	const { printer } = input;
	const { units = [], external = [] } = printer?.filament ?? {};
	const places = [
		...units.flatMap((unit) => unit.slots.map((slot) => ({ unit: unit.id, slot: slot.id }))),
		...(external.length > 0 ? (["external"] as const) : []),
		{ unit: 99, slot: 9 },
	];
	return {
		about: aboutView(input),
		addPrinter: addPrinterView(input, emptyForm, {
			scan: "done",
			found: [{ vendor: "bambu", serial: "01P00A000000002", host: "192.0.2.8", name: "", model: "P1S" }],
			phase: "editing",
		}),
		camera: cameraView(input, { isGone: false }),
		drying: [...units.map(({ id }) => id), 99].map((id) => dryingView(input, id, firstDrying(input, id))),
		faults: faultsView(input),
		filament: filamentView(input),
		filamentForm: places.map((place) => filamentFormView(input, place, firstForm(input, place))),
		files: input.state.printers.map(({ id }) =>
			filesView(input, { printerId: id, place: "usb", folder: "/" }, { files: FILES, isLoading: false }),
		),
		file: input.state.printers.map(({ id }) =>
			FILES.map((file) => fileView(input, { printerId: id, place: "local", folder: "/a" }, file)),
		),
		heater: heaterView(input),
		history: historyView(input, [
			{ printerId: "1", printerName: "P1S", result: "failed" },
			{
				printerId: "1",
				printerName: "P1S",
				name: "Benchy",
				result: "finished",
				endedAt: "2026-11-20T13:32:00.000Z",
				seconds: 4_320,
				layers: 204,
				filament: [{ slot: "A1", material: "PLA", grams: 12 }, { slot: "external" }],
			},
		]),
		home: homeView(input),
		idle: idleView(input),
		move: moveView(input, { step: 10, length: 10 }),
		printers: printersView(input),
		printerDetails: input.state.printers.map(({ id }) => printerDetailsView(input, id)),
		readOnly: readOnlyView(input),
		settings: settingsView(input),
		slots: places.map((place) => slotScreenView(input, place)),
		speed: speedView(input),
		heldTag: heldTagView({ ...input, state: { ...input.state, filamentTag: HELD_TAG } }),
		spool: input.state.printers.flatMap(({ id: printerId }) =>
			[0, 1, 128, 254].map((tray) => spoolView(input, { printerId, tray })),
		),
		spoolList: spoolListView(
			input,
			{ printerId: "", tray: 0 },
			answered(noPages("PLA"), { ok: true, value: { spools: [{ id: 12 }] } }),
		),
		spoolman: spoolmanView(input),
		spools: spoolsView(input),
		statusBar: statusBarView(input),
		temperatures: temperaturesView(input),
		update: updateView(input),
		wifi: wifiView(input),
		join: [ssidProblem(input, ""), passwordProblem(input, "", false)],
	};
}
