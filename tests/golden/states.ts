// What printers and the device say of themselves in pictures. Each call makes it anew; `changes` replace parts of it.

import type { BreathState, DeviceState, HeldTag, SpoolsState } from "../../ui/panel/device";
import type { PrinterOfState } from "../../ui/panel/screen";

/** Of the device, in seconds. */
export const UPTIME_SECONDS = 10_000;

type Changes = Partial<PrinterOfState>;
type Slot = PrinterOfState["filament"]["external"][number];

/** A device on the network, with those printers. */
export function stateOf(
	printers: readonly PrinterOfState[] = [],
	changes: Partial<DeviceState> = {},
): DeviceState {
	return {
		device: { name: "Culm", firmware: "0.1.0", hostname: "culm", uptimeSeconds: UPTIME_SECONDS },
		printers: [...printers],
		wifi: {
			station: { status: "connected", ssid: "Home", address: "192.168.1.40", rssiDbm: -58 },
			accessPoint: { on: false, ssid: "Culm_A1B2", address: "192.168.254.1" },
			scanning: false,
			networks: [
				{ ssid: "Home", rssiDbm: -58, secure: true },
				{ ssid: "Workshop", rssiDbm: -66, secure: true },
				{ ssid: "Neighbours upstairs, 2.4 GHz", rssiDbm: -79, secure: true },
				{ ssid: "Guests", rssiDbm: -88, secure: false },
			],
		},
		update: { phase: "idle" },
		...changes,
	};
}

/** A P1S that prints with an AMS of four spools. */
export function printingP1S(changes: Changes = {}): PrinterOfState {
	return {
		id: "01P00A000000001",
		vendor: "bambu",
		model: "P1S",
		name: "P1S Workshop",
		serial: "01P00A000000001",
		host: "192.168.1.30",
		firmware: "01.09.00.00",
		watch: "live",
		link: "online",
		control: "full",
		capabilities: {
			nozzles: 1,
			maxNozzle: 300,
			maxBed: 100,
			chamberSensor: true,
			maxChamber: 0,
			auxFan: true,
			secondAuxFan: false,
			chamberFan: true,
			airDuct: [],
			lights: ["chamber"],
			camera: "jpeg",
			drying: false,
			bedMovesInZ: true,
			doorSensor: false,
			motion: true,
			loading: true,
			fastestSpeed: 4,
			filesIn: [],
			forms: { home: false, jog: false, bedTemperature: false, chamberTemperature: false },
		},
		job: {
			state: "printing",
			name: "Benchy plate 2",
			percent: 63,
			remainingMinutes: 72,
			layer: 129,
			totalLayers: 204,
			stage: { id: 0, name: "Printing" },
			speedLevel: 2,
		},
		nozzles: [{ current: 245, target: 245, diameterMm: 0.4, type: "hardened_steel", active: true }],
		bed: { current: 70, target: 70 },
		chamber: { current: 41 },
		fans: { part: 80, aux: 10, chamber: 30 },
		lights: { chamber: true },
		filament: {
			units: [
				{
					id: 0,
					kind: "ams",
					humidityLevel: 4,
					humidityPercent: 28,
					temperature: 27,
					slots: [
						loaded(0, "PETG", "PETG HF", "FF8A3DFF", 74),
						loaded(1, "PLA", "PLA Basic", "F1F5F4FF", 100),
						loaded(2, "PLA", "PLA Matte", "16181AFF", 12),
						{ id: 3, state: "empty" },
					],
				},
			],
			external: [{ id: 254, state: "unknown" }],
			active: { unit: 0, slot: 0 },
		},
		faults: [],
		...changes,
	};
}

/** An H2D with two nozzles, a chamber that heats and two kinds of units, which has nothing to do. */
export function idleH2D(changes: Changes = {}): PrinterOfState {
	return {
		id: "09400A000000002",
		vendor: "bambu",
		model: "H2D",
		name: "H2D",
		serial: "09400A000000002",
		host: "192.168.1.31",
		firmware: "01.02.00.00",
		watch: "live",
		link: "online",
		control: "full",
		capabilities: {
			nozzles: 2,
			maxNozzle: 350,
			maxBed: 120,
			chamberSensor: true,
			maxChamber: 65,
			auxFan: true,
			secondAuxFan: false,
			chamberFan: true,
			airDuct: ["cooling", "heating", "laser"],
			lights: ["chamber", "chamber_2", "work"],
			camera: "rtsps",
			drying: true,
			bedMovesInZ: true,
			doorSensor: true,
			motion: true,
			loading: true,
			fastestSpeed: 4,
			filesIn: [],
			forms: { home: true, jog: true, bedTemperature: true, chamberTemperature: true },
		},
		job: { state: "idle", speedLevel: 2 },
		nozzles: [
			{ current: 31, target: 0, diameterMm: 0.4, type: "hardened_steel", active: true },
			{ current: 96, target: 0, diameterMm: 0.6, type: "tungsten_carbide", active: false },
		],
		bed: { current: 28, target: 0 },
		chamber: { current: 26, target: 0 },
		fans: { part: 0, aux: 0, chamber: 0 },
		airDuct: "cooling",
		lights: { chamber: false, chamber_2: false },
		door: "closed",
		filament: {
			units: [
				{
					id: 0,
					kind: "ams_2_pro",
					nozzle: 0,
					humidityLevel: 5,
					humidityPercent: 18,
					temperature: 55,
					dryingMinutes: 280,
					slots: [
						loaded(0, "PLA", "PLA Basic", "C4262BFF", 88),
						loaded(1, "PLA", "PLA Basic", "FFC24BFF", 45),
						loaded(2, "PLA", "PLA Basic", "3DDC97FF", 60),
						loaded(3, "PLA", "PLA Basic", "5AA9FFFF", 91),
					],
				},
				{
					id: 128,
					kind: "ams_ht",
					nozzle: 1,
					humidityLevel: 2,
					humidityPercent: 52,
					temperature: 31,
					dryingMinutes: 0,
					slots: [loaded(0, "PA-CF", "PAHT-CF", "16181AFF", 33)],
				},
			],
			external: [
				{ id: 254, state: "loaded", material: "TPU", name: "TPU 95A", color: "5B6BFFFF" },
				{ id: 255, state: "unknown" },
			],
		},
		faults: [],
		...changes,
	};
}

/** A P1S that can only be watched. */
export function readOnlyP1S(changes: Changes = {}): PrinterOfState {
	return printingP1S({ control: "read_only", ...changes });
}

/** It prints, and has not been heard of for 40 s. */
export function staleP1S(changes: Changes = {}): PrinterOfState {
	return printingP1S({ link: "stale", heardAtSeconds: UPTIME_SECONDS - 40, ...changes });
}

/** An A1 mini that was never reached. */
export function offlineA1Mini(changes: Changes = {}): PrinterOfState {
	const { chamber: _, ...p1s } = printingP1S();
	return {
		...p1s,
		id: "03000A000000003",
		model: "A1 mini",
		name: "A1 mini",
		serial: "03000A000000003",
		host: "192.168.1.32",
		link: "offline",
		linkError: "unreachable",
		linkHelp: "Nothing answers at 192.168.1.32. Is the printer on, and is this still its address?",
		control: "unknown",
		capabilities: {
			...p1s.capabilities,
			maxBed: 80,
			chamberSensor: false,
			auxFan: false,
			chamberFan: false,
			bedMovesInZ: false,
		},
		job: { state: "unknown" },
		nozzles: [],
		bed: {},
		fans: {},
		lights: {},
		filament: { units: [], external: [] },
		...changes,
	};
}

/** Paused, with three faults of different weight. */
export function faultyP1S(changes: Changes = {}): PrinterOfState {
	const printing = printingP1S();
	return {
		...printing,
		job: { ...printing.job, state: "paused", stage: { id: 6, name: "Paused: filament ran out" } },
		faults: [
			{
				code: "0300_8004",
				severity: "serious",
				module: "Motion controller",
				text: "The filament has run out. Load new filament, then resume.",
				actions: ["resume", "stop"],
			},
			{
				code: "HMS_0700_2000_0002_0001",
				severity: "common",
				module: "AMS A, slot 1",
				text: "AMS A: the filament of slot 1 has run out. Put a new spool in.",
				url: "https://wiki.bambulab.com/en/hmscode/0700_2000_0002_0001",
				actions: [],
			},
			{
				code: "HMS_0500_0400_0003_0008",
				severity: "info",
				module: "Mainboard",
				text: "The door is open.",
				url: "https://wiki.bambulab.com/en/hmscode/0500_0400_0003_0008",
				actions: ["dismiss"],
			},
		],
		...changes,
	};
}

/** A Kobra 3 in its LAN mode, which prints with an ACE that dries. Its maker sees to moving and loading on its own screen. */
export function printingKobra3(changes: Changes = {}): PrinterOfState {
	const { chamber: _, door: __, ...p1s } = printingP1S();
	const slot = (id: number, material: string, color: string, remainPercent?: number): Slot => ({
		id,
		state: "loaded",
		material,
		color,
		...(remainPercent !== undefined && { remainPercent }),
	});
	return {
		...p1s,
		vendor: "anycubic",
		...named("Kobra 3", "0c1d2e3f405162738495a6b7c8d9eafb", "Kobra 3"),
		host: "192.168.1.33",
		firmware: "2.3.5.7",
		capabilities: {
			nozzles: 1,
			maxNozzle: 300,
			maxBed: 110,
			chamberSensor: false,
			maxChamber: 0,
			auxFan: false,
			secondAuxFan: false,
			chamberFan: false,
			airDuct: [],
			lights: ["work"],
			camera: "none",
			drying: true,
			bedMovesInZ: false,
			doorSensor: false,
			motion: false,
			loading: false,
			fastestSpeed: 3,
			filesIn: ["local", "usb"],
			forms: { home: false, jog: false, bedTemperature: true, chamberTemperature: false },
		},
		job: {
			state: "printing",
			name: "Bracket_PLA_0.2",
			percent: 41,
			remainingMinutes: 95,
			layer: 82,
			totalLayers: 190,
			speedLevel: 3,
		},
		nozzles: [{ current: 220, target: 220, active: true }],
		bed: { current: 60, target: 60 },
		fans: { part: 100 },
		lights: { work: true },
		filament: {
			units: [
				{
					id: 0,
					kind: "ace",
					temperature: 44,
					dryingMinutes: 215,
					slots: [
						slot(0, "PLA", "1F6FD0FF", 64),
						slot(1, "PLA", "F1F5F4FF", 91),
						slot(2, "PETG", "2B2B2BFF"),
						{ id: 3, state: "empty" },
					],
				},
			],
			external: [{ id: 254, state: "unknown" }],
			active: { unit: 0, slot: 0 },
		},
		...changes,
	};
}

/** The same at rest, with an ACE that does not dry. */
export function idleKobra3(changes: Changes = {}): PrinterOfState {
	const printing = printingKobra3();
	const { units, external } = printing.filament;
	return {
		...printing,
		job: { state: "idle" },
		nozzles: [{ current: 27, target: 0, active: true }],
		bed: { current: 25, target: 0 },
		fans: { part: 0 },
		filament: { units: units.map((unit) => ({ ...unit, dryingMinutes: 0, temperature: 26 })), external },
		...changes,
	};
}

/** As many as there can be, in every state that a printer has. */
export function tenPrinters(): readonly PrinterOfState[] {
	const p1s = printingP1S();
	const h2d = idleH2D();
	return [
		p1s,
		h2d,
		offlineA1Mini(),
		faultyP1S({ ...named("X1 Carbon Büro", "00M00A000000004", "X1C") }),
		readOnlyP1S({ ...named("Werkstatt P1S hinten links", "01P00A000000005", "P1S") }),
		staleP1S({ ...named("P1P", "01S00A000000006", "P1P") }),
		printingP1S({
			...named("A1 Kitchen", "03900A000000007", "A1"),
			watch: "polled",
			lookSeconds: 60,
			heardAtSeconds: UPTIME_SECONDS - 25,
			job: { ...p1s.job, name: "Shelf bracket, left", percent: 8, remainingMinutes: 1230 },
		}),
		printingP1S({
			...named("H2S", "09300A000000008", "H2S"),
			job: {
				state: "preparing",
				name: "Gear 3",
				percent: 0,
				stage: { id: 2, name: "Heating the bed" },
				speedLevel: 2,
			},
		}),
		printingP1S({
			...named("P2S", "22E00A000000009", "P2S"),
			job: { state: "finished", name: "Vase", percent: 100, layer: 400, totalLayers: 400, speedLevel: 2 },
		}),
		idleH2D({ ...named("X2D", "20P00A000000010", "X2D"), link: "connecting" }),
	];
}

/** A chamber heater that warms the chamber because the printer's bed is hot. */
export function heating(changes: Partial<BreathState> = {}): BreathState {
	return {
		mode: "auto",
		on: true,
		heating: true,
		fan: true,
		fanOnly: false,
		target: 45,
		activeTarget: 45,
		chamber: 38.4,
		ptc: 96,
		bedThreshold: 80,
		filterThreshold: 30,
		drying: { running: false, target: 60, hours: 12, remainingSeconds: 0 },
		reason: "Heating the chamber to 45 °C, about 12 min",
		reasonCode: "heating",
		reasonDetails: { printer: "P1S Workshop", bedTarget: 90, minutes: 12 },
		...changes,
	};
}

export function named(name: string, serial: string, model: string): Changes {
	return { id: serial, serial, name, model };
}

function loaded(id: number, material: string, name: string, color: string, remainPercent: number): Slot {
	return {
		id,
		state: "loaded",
		material,
		name,
		color,
		remainPercent,
		spoolUuid: `0000000000000000000000000000000${id}`,
		nozzleMin: material === "PLA" ? 190 : 230,
		nozzleMax: material === "PLA" ? 230 : 270,
	};
}

/** Spoolman with the spools of `printingP1S`: one has too little for the job, one is new, one has no tag. */
export function spoolsOfP1S(changes: Partial<SpoolsState> = {}): SpoolsState {
	const printerId = "01P00A000000001";
	return {
		spoolman: { state: "ready", version: "0.26.1" },
		slots: [
			{
				printerId,
				tray: 0,
				status: "linked",
				by: "tag",
				spool: {
					id: 12,
					vendor: "Bambu Lab",
					name: "PETG HF Orange",
					material: "PETG",
					color: "FF8A3D",
					remainingGrams: 640,
					fullGrams: 1000,
				},
				jobGrams: 43,
			},
			{ printerId, tray: 1, status: "new_tag" },
			{
				printerId,
				tray: 2,
				status: "linked",
				by: "tag",
				spool: {
					id: 7,
					vendor: "Bambu Lab",
					name: "PLA Matte Charcoal",
					material: "PLA",
					color: "16181A",
					remainingGrams: 38.4,
					fullGrams: 1000,
				},
				warning: "low",
			},
			{ printerId, tray: 254, status: "not_linked" },
		],
		...changes,
	};
}

/** The same, but the spool that is in use has too little for the job. */
export function shortSpools(): SpoolsState {
	const spools = spoolsOfP1S();
	const slots = spools.slots.map((slot) =>
		slot.tray === 0 && slot.spool
			? { ...slot, warning: "not_enough" as const, spool: { ...slot.spool, remainingGrams: 30 } }
			: slot,
	);
	return { ...spools, waiting: { grams: 12.2, spools: 1 }, slots };
}

/** A tag that was just read. */
export function heldTag(): HeldTag {
	return {
		version: "1.0",
		type: "PLA",
		subtype: "Silk",
		color: "C4262BFF",
		brand: "Prusament",
		nozzleMin: 205,
		nozzleMax: 225,
		readAtSeconds: UPTIME_SECONDS - 2,
	};
}
