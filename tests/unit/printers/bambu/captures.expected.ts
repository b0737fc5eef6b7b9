// What each Bambu capture means, read off by a person: the expectation that the state derivation is held to.

import type {
	Fault,
	FilamentSlot,
	FilamentUnit,
	PrinterState,
} from "../../../../modules/printers/printer-state";

/**
 * The part of a state that a report alone decides: no name or address of ours, no link, no words of a fault. What the
 * model can do has a table of its own.
 */
export type CaptureState = Omit<
	PrinterState,
	| "id"
	| "vendor"
	| "name"
	| "serial"
	| "host"
	| "link"
	| "linkError"
	| "linkHelp"
	| "linkCertificate"
	| "watch"
	| "lookSeconds"
	| "heardAtSeconds"
	| "capabilities"
	| "faults"
> & { faults: Omit<Fault, "text">[] };

export interface CaptureExpectation {
	/** The captures are scrubbed; this one has the prefix of the printer's model. */
	serial: string;
	state: CaptureState;
}

export interface CaptureMilestone {
	/** 1-based. The state is looked at when the message of this line has been applied, and none after it. */
	afterLine: number;
	/** Every field given here is equal as a whole (an absent field in it is absent); the others are not looked at. */
	expected: Partial<CaptureState>;
}

// The two X1C captures are of the same printer at the same moment and mean the same state. The second also
// has a `3D` block, with the layers that the flat fields give.
const x1cState: CaptureState = {
	model: "X1C",
	firmware: "01.09.00.01",
	control: "read_only", // fun 11A30F9CFB: last 8 digits A30F9CFB, bit 29 is set (A = 1010)
	job: {
		state: "finished",
		name: "Garden Hose Healer: Male fitting",
		key: "t702383065 Garden Hose Healer: Male", // task_id, and 24 characters of the name
		percent: 100,
		remainingMinutes: 0,
		layer: 480,
		totalLayers: 480,
		speedLevel: 2,
	},
	nozzles: [
		{
			current: 26, // packed 26: the high 16 bits, the target, are 0
			target: 0,
			diameterMm: 0.4,
			type: "hardened_steel", // HX01
			active: true,
		},
	],
	bed: { current: 23, target: 0 },
	chamber: { current: 25 }, // chamber_temper is not sent: device.ctc.info.temp. No chamber heater, so no target
	fans: { part: 0, aux: 0, chamber: 0 },
	lights: { chamber: true, work: true }, // work_light is "flashing"
	door: "closed", // home_flag -1067070064 = 0xC065CD90: bit 23 is clear
	filament: {
		tracksRemaining: true, // home_flag 0xC065CD90: bit 7 is set
		units: [
			{
				id: 0,
				kind: "ams", // info 1001
				humidityPercent: 8,
				humidityLevel: 5,
				temperature: 26.2,
				dryingMinutes: 0,
				slots: [
					{
						id: 0,
						state: "loaded",
						material: "PLA",
						name: "PLA Matte",
						color: "000000FF",
						remainPercent: 93,
						spoolUuid: "5F3D8925633343C29FB9A97FA9125971",
						fullGrams: 1000,
						nozzleMin: 190,
						nozzleMax: 230,
					},
					{
						id: 1,
						state: "loaded",
						material: "PLA",
						name: "PLA Matte",
						color: "7D6556FF",
						remainPercent: 100,
						spoolUuid: "A77739E606CA41FAA0693A6A3BA63726",
						fullGrams: 1000,
						nozzleMin: 190,
						nozzleMax: 230,
					},
					{
						id: 2,
						state: "loaded",
						material: "PLA",
						name: "PLA Matte",
						color: "4D3324FF",
						remainPercent: 100,
						spoolUuid: "6063E82DCBCB4E34839465BC6683401C",
						fullGrams: 1000,
						nozzleMin: 190,
						nozzleMax: 230,
					},
					{
						id: 3,
						state: "loaded",
						material: "PLA",
						name: "PLA Matte",
						color: "AE835BFF",
						remainPercent: 83,
						spoolUuid: "ED336607B9E645CEB9F845D42630A190",
						fullGrams: 1000,
						nozzleMin: 190,
						nozzleMax: 230,
					},
				],
			},
			{
				id: 1,
				kind: "ams", // info 1001
				humidityPercent: 4,
				humidityLevel: 5,
				temperature: 25.4,
				dryingMinutes: 0,
				slots: [
					{
						id: 0,
						state: "loaded",
						material: "ABS",
						name: "ABS",
						color: "D32941FF",
						remainPercent: 21,
						spoolUuid: "AD76420E81274E7DA363EEE5A6CAF619",
						fullGrams: 1000,
						nozzleMin: 240,
						nozzleMax: 270,
					},
					{
						id: 1,
						state: "loaded",
						material: "ABS",
						name: "ABS",
						color: "489FDFFF",
						remainPercent: 20,
						spoolUuid: "C403BA87D30649E5BF01C444E853C106",
						fullGrams: 1000,
						nozzleMin: 240,
						nozzleMax: 270,
					},
					{
						id: 2,
						state: "loaded",
						material: "ABS",
						name: "ABS",
						color: "FFFFFFFF",
						remainPercent: 71,
						spoolUuid: "53274C367223430D9F1BDAE5E0B5C5D2",
						fullGrams: 1000,
						nozzleMin: 240,
						nozzleMax: 270,
					},
					{
						id: 3,
						state: "loaded",
						material: "ABS",
						name: "ABS",
						color: "87909AFF",
						remainPercent: 100,
						spoolUuid: "77D5ADAF050A430A95109ABF1C601670",
						fullGrams: 1000,
						nozzleMin: 240,
						nozzleMax: 270,
					},
				],
			},
			{
				id: 2,
				kind: "ams_2_pro", // info 142023
				humidityPercent: 9,
				humidityLevel: 4,
				temperature: 65,
				dryingMinutes: 583,
				slots: [
					{ id: 0, state: "empty" }, // tray_exist_bits 10eff: bit 8 is clear
					{
						id: 1,
						state: "loaded",
						material: "ABS",
						name: "ABS",
						color: "FF6A13FF",
						remainPercent: 100,
						spoolUuid: "91AEE889453645DC9DC0FBFF4331C88D",
						fullGrams: 1000,
						nozzleMin: 240,
						nozzleMax: 270,
					},
					{
						id: 2,
						state: "loaded",
						material: "ABS",
						name: "ABS",
						color: "789D4AFF",
						remainPercent: 62,
						spoolUuid: "17552592AA0F4CB8A17490FC51A4C5F2",
						fullGrams: 1000,
						nozzleMin: 240,
						nozzleMax: 270,
					},
					{
						id: 3,
						state: "loaded",
						material: "ABS",
						name: "ABS",
						color: "000000FF",
						remainPercent: 100,
						spoolUuid: "2B44B97B1C674E8DAEE306FD771D7877",
						fullGrams: 1000,
						nozzleMin: 240,
						nozzleMax: 270,
					},
				],
			},
			{
				id: 128,
				kind: "ams_ht", // info 2004
				humidityPercent: 8,
				humidityLevel: 5,
				temperature: 45.2,
				dryingMinutes: 0,
				slots: [
					{
						id: 0,
						state: "loaded", // tray_exist_bits 10eff: bit 16
						material: "PA-CF",
						name: "PAHT-CF",
						color: "000000FF",
						remainPercent: 100,
						spoolUuid: "3912400D8BFC4A4D9578E9E643162E10",
						fullGrams: 1000,
						nozzleMin: 260,
						nozzleMax: 290,
					},
				],
			},
		],
		external: [{ id: 255, state: "unknown" }], // vir_slot: no tray_type, tray_color 00000000
		// snow 65535 = 0xFFFF: the low byte FF is "nothing loaded", so there is no active slot
	},
	faults: [],
};

const h2dDeltasUnits: FilamentUnit[] = [
	{
		id: 0,
		kind: "ams", // info 1101
		nozzle: 1,
		humidityPercent: 24,
		humidityLevel: 4,
		temperature: 26.2,
		dryingMinutes: 0,
		slots: [
			{
				id: 0,
				state: "loaded",
				material: "PLA",
				name: "PLA Matte",
				color: "FFFFFFFF",
				remainPercent: 47,
				spoolUuid: "D99401E841C14828BF2E1B859AF2F770",
				fullGrams: 1000,
				nozzleMin: 190,
				nozzleMax: 230,
			},
			{
				id: 1,
				state: "loaded",
				material: "PLA",
				name: "PLA Basic",
				color: "000000FF",
				remainPercent: 35,
				spoolUuid: "73C26A43CD6A42AFB35375345595F535",
				fullGrams: 1000,
				nozzleMin: 190,
				nozzleMax: 230,
			},
			{
				id: 2,
				state: "loaded",
				material: "PLA",
				name: "PLA Matte",
				color: "DE4343FF",
				remainPercent: 82,
				spoolUuid: "0C498B7595C1408C90DAE6A6A5957FB8",
				fullGrams: 1000,
				nozzleMin: 190,
				nozzleMax: 230,
			},
			{
				id: 3,
				state: "loaded",
				material: "PETG",
				name: "PETG HF",
				color: "000000FF",
				remainPercent: 26,
				spoolUuid: "95E6DD727C8F455C8C749C2ECD4343A3",
				fullGrams: 1000,
				nozzleMin: 230,
				nozzleMax: 260,
			},
		],
	},
	{
		id: 128,
		kind: "ams_ht", // info 2004
		nozzle: 0,
		humidityPercent: 6, // humidity is "0", which is no level
		temperature: 27.9,
		dryingMinutes: 0,
		slots: [
			{
				id: 0,
				state: "loaded", // tray_exist_bits 1000f: bit 16
				material: "PA-GF",
				name: "PA6-GF",
				color: "000000FF",
				remainPercent: 100,
				spoolUuid: "EED2E539AAC54C6BAD2559AA9C822F09",
				fullGrams: 1000,
				nozzleMin: 260,
				nozzleMax: 290,
			},
		],
	},
];

const h2dDeltasExternal: FilamentSlot[] = [
	{ id: 254, state: "unknown" },
	{ id: 255, state: "unknown" },
];

/** Of `pushall` and `get_version` of each capture, by file name. Deltas in the same file are not applied. */
export const expectedStates: Record<string, CaptureExpectation> = {
	"p1p-no-ams": {
		serial: "01S00A000000001",
		state: {
			model: "P1P",
			firmware: "01.08.02.00",
			control: "unknown", // `fun` is not sent
			job: {
				state: "finished",
				name: "sensor_altanlås_v2_v3",
				key: "t715417865 sensor_altanlås_v2_v3", // task_id
				percent: 100,
				remainingMinutes: 0,
				layer: 124,
				totalLayers: 124,
				speedLevel: 2,
			},
			nozzles: [{ current: 25.90625, target: 0, diameterMm: 0.4, type: "stainless_steel", active: true }],
			bed: { current: 23.125, target: 0 },
			// chamber_temper 5 is a dummy
			fans: { part: 0, aux: 0, chamber: 0 },
			lights: { chamber: true },
			filament: {
				tracksRemaining: false, // home_flag 0x0D614118: bit 7 is clear
				units: [],
				external: [
					{
						id: 254,
						state: "loaded",
						material: "PETG",
						color: "BCBCBCFF",
						nozzleMin: 230,
						nozzleMax: 280,
					},
				],
				active: "external", // tray_now 254
			},
			faults: [],
		},
	},

	"p1p-ams": {
		serial: "01S00A000000001",
		state: {
			model: "P1P",
			firmware: "01.07.00.00",
			control: "unknown", // `fun` is not sent
			job: {
				state: "failed", // stg_cur is 0, but no job is under way: no stage
				name: "Fidget Collection",
				percent: 0,
				remainingMinutes: 759,
				layer: 1,
				totalLayers: 70,
				speedLevel: 2,
			},
			nozzles: [{ current: 21.25, target: 0, diameterMm: 0.4, type: "hardened_steel", active: true }],
			bed: { current: 19.84375, target: 0 },
			// chamber_temper 5 is a dummy
			fans: { part: 0, aux: 0, chamber: 0 },
			lights: { chamber: false },
			filament: {
				tracksRemaining: false, // home_flag 0x0D614500: bit 7 is clear
				units: [
					{
						id: 0,
						kind: "ams", // no `info`: the module ams/0
						humidityLevel: 3,
						// temp "0.0" without humidity_raw is a dummy; dry_time is not sent
						slots: [
							{
								id: 0,
								state: "loaded",
								material: "PLA",
								color: "D357FEFF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
							{
								id: 1,
								state: "loaded",
								material: "PLA",
								color: "D357FEFF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
							{
								id: 2,
								state: "loaded",
								material: "PLA",
								color: "D357FEFF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
							{
								id: 3,
								state: "loaded",
								material: "PLA",
								color: "D357FEFF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
						],
					},
				],
				external: [
					{
						id: 254,
						state: "loaded",
						material: "PLA",
						color: "161616FF",
						nozzleMin: 190,
						nozzleMax: 240,
					},
				],
				active: { unit: 0, slot: 0 }, // tray_now 0
			},
			faults: [], // print_error 0
		},
	},

	"a1-ams-lite": {
		serial: "03900A000000001",
		state: {
			model: "A1",
			firmware: "01.05.00.00",
			control: "unknown", // `fun` is not sent
			job: {
				state: "idle", // stg_cur is 0, but no job is under way: no stage
				percent: 0, // subtask_name and gcode_file are both empty: no name
				remainingMinutes: 0,
				layer: 0,
				totalLayers: 0,
				speedLevel: 2,
			},
			nozzles: [{ current: 27.8125, target: 0, diameterMm: 0.4, type: "stainless_steel", active: true }],
			bed: { current: 29.75, target: 0 },
			// chamber_temper 5 is a dummy
			fans: { part: 0 }, // an A1 sends big_fan1_speed and big_fan2_speed and has neither fan
			lights: { chamber: false },
			filament: {
				tracksRemaining: true, // home_flag 0x337D459F: bit 7 is set
				units: [
					{
						id: 0,
						kind: "ams_lite", // no `info`: the module ams_f1/0. It has no sensors: "5" and "0.0" are dummies
						// remain is 100 everywhere, but no spool has a tag
						slots: [
							{
								id: 0,
								state: "loaded",
								material: "PLA",
								color: "76D9F4FF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
							{
								id: 1,
								state: "loaded",
								material: "PLA",
								color: "FFF144FF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
							{
								id: 2,
								state: "loaded",
								material: "PLA",
								color: "FF80FFFF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
							{
								id: 3,
								state: "loaded",
								material: "PLA",
								color: "0ACC38FF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
						],
					},
				],
				external: [
					{
						id: 254,
						state: "loaded",
						material: "PLA",
						color: "FFFFFFFF",
						nozzleMin: 190,
						nozzleMax: 240,
					},
				],
				// tray_now 255: none
			},
			faults: [],
		},
	},

	"x1c-multi-ams": { serial: "00M00A000000001", state: x1cState },

	"x1c-mixed-ams": { serial: "00M00A000000001", state: x1cState },

	p2s: {
		serial: "22E00A000000001",
		state: {
			model: "P2S",
			firmware: "01.01.00.00",
			control: "read_only", // fun 60029FD1A3FF9CB7: last 8 digits A3FF9CB7, bit 29 is set
			job: {
				state: "printing",
				name: "Rear Dry Pod AMS 2 PRO", // sent with a space at its end
				key: "t6456 Rear Dry Pod AMS 2 PRO", // task_id
				percent: 64,
				remainingMinutes: 62,
				layer: 170,
				totalLayers: 305,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [
				{
					current: 254, // 16711934 = 255 << 16 | 254
					target: 255,
					diameterMm: 0.4,
					type: "hardened_steel", // HS01
					active: true,
				},
			],
			bed: { current: 70, target: 70 },
			chamber: { current: 47 }, // chamber_temper is not sent: device.ctc.info.temp 47. No heater, so no target
			fans: {
				part: 90, // part 16 of the air duct; cooling_fan_speed "10" would be 67
				aux: 0, // part 32
				chamber: 0, // part 48 is not listed: big_fan2_speed "0"
			},
			lights: { chamber: true, work: true }, // work_light is "flashing"
			airDuct: "cooling", // modeCur 0
			door: "closed", // stat 10002080F0: bit 23 is clear
			filament: {
				tracksRemaining: true, // home_flag 0xC06555BF: bit 7 is set
				units: [
					{
						id: 0,
						kind: "ams_2_pro", // info 1003
						humidityPercent: 16,
						humidityLevel: 5,
						temperature: 38.4,
						dryingMinutes: 0,
						slots: [
							{
								id: 0,
								state: "loaded",
								material: "PLA",
								name: "PLA Matte",
								color: "FFFFFFFF",
								remainPercent: 41,
								spoolUuid: "C234B32CD1C14E0587B0CF6BF8753D0F",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
							{
								id: 1,
								state: "loaded",
								material: "PLA",
								name: "PLA Matte",
								color: "000000FF",
								remainPercent: 39,
								spoolUuid: "15A8808C6AC140F2B84FBAE990AD9E43",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
							{
								id: 2,
								state: "loaded",
								material: "PLA",
								color: "000000FF",
								nozzleMin: 190,
								nozzleMax: 240,
							},
							{
								id: 3,
								state: "loaded",
								material: "PETG",
								color: "FFFFFFFF",
								nozzleMin: 220,
								nozzleMax: 270,
							},
						],
					},
				],
				external: [{ id: 255, state: "unknown" }],
				active: { unit: 0, slot: 3 }, // snow 3 = 0x0003
			},
			faults: [],
		},
	},

	h2d: {
		serial: "09400A000000001",
		state: {
			model: "H2D",
			firmware: "01.01.01.00",
			control: "read_only", // fun 1AFFF9CFF: last 8 digits AFFF9CFF, bit 29 is set
			job: {
				state: "printing",
				name: "T-pose - slim H2D dual AMS riser",
				key: "t9012 T-pose - slim H2D dual A", // task_id, and 24 characters of the name
				percent: 6,
				remainingMinutes: 549,
				layer: 1,
				totalLayers: 200,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [
				{
					current: 245, // 16056565 = 245 << 16 | 245
					target: 245,
					diameterMm: 0.4,
					type: "hardened_steel", // HS01; the flat nozzle_type "stainless_steel" is not of this list
					active: true, // extruder.state 2 = 0x002: bits 4–7 are 0
				},
				{ current: 47, target: 0, diameterMm: 0.4, type: "hardened_steel", active: false }, // packed 47
			],
			bed: { current: 70, target: 70 },
			chamber: { current: 36, target: 0 }, // chamber_temper 36; target from ctc 35 = 0 << 16 | 35
			fans: {
				part: 0,
				aux: 0,
				chamber: 30, // part 48 of the air duct; big_fan2_speed "4" would be 27
			},
			lights: { chamber: true, chamber_2: true, work: true }, // work_light is "flashing"
			airDuct: "cooling", // modeCur 0
			door: "closed", // stat 16382181F0: bit 23 is clear
			filament: {
				tracksRemaining: true, // home_flag 0xC067DDFF: bit 7 is set
				units: [
					{
						id: 0,
						kind: "ams_2_pro", // info 2103
						nozzle: 1, // bits 8–11
						humidityPercent: 1,
						humidityLevel: 5,
						temperature: 27,
						dryingMinutes: 0,
						slots: [
							{
								id: 0,
								state: "loaded",
								material: "PLA-S",
								name: "Support for PLA",
								color: "FFFFFFFF",
								remainPercent: 1,
								spoolUuid: "95558FE23FB14F3A9E4985B8B37839B1",
								fullGrams: 250, // the tag of a small spool
								nozzleMin: 190,
								nozzleMax: 230,
							},
							{
								id: 1,
								state: "loaded",
								material: "PLA",
								name: "PLA Basic",
								color: "FFFFFFFF",
								remainPercent: 31,
								spoolUuid: "5998E373899342BE9FC6BFA51103AB78",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
							{
								id: 2,
								state: "loaded",
								material: "PETG",
								name: "PETG HF",
								color: "FFFFFFFF",
								remainPercent: 100,
								spoolUuid: "809D8CAB76D94C2C9AAAACBEB5620F3D",
								fullGrams: 1000,
								nozzleMin: 230,
								nozzleMax: 260,
							},
							{
								id: 3,
								state: "loaded",
								material: "PLA",
								name: "PLA Basic",
								color: "FFFFFFFF",
								remainPercent: 100,
								spoolUuid: "8CCF700805CD483086E38C8AC5BB6ED9",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
						],
					},
					{
						id: 1,
						kind: "ams_2_pro", // info 2003
						nozzle: 0, // bits 8–11
						humidityPercent: 6,
						humidityLevel: 5,
						temperature: 29.7,
						dryingMinutes: 0,
						slots: [
							{
								id: 0,
								state: "loaded",
								material: "PLA",
								name: "PLA Basic",
								color: "000000FF",
								remainPercent: 55,
								spoolUuid: "CA9B8419B0284ACA84044AA73FF17557",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
							{
								id: 1,
								state: "loaded",
								material: "PLA",
								name: "PLA Basic",
								color: "000000FF",
								remainPercent: 100,
								spoolUuid: "333D700B030E4A5E88ABE5F4A20E1D20",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
							{
								id: 2,
								state: "loaded",
								material: "PETG-CF",
								name: "PETG-CF",
								color: "000000FF",
								remainPercent: 100,
								spoolUuid: "DE69ECEBB924468D99CA2A9DFCB5FD3B",
								fullGrams: 1000,
								nozzleMin: 240,
								nozzleMax: 270,
							},
							{
								id: 3,
								state: "loaded",
								material: "PETG",
								name: "PETG HF",
								color: "ADB1B2FF",
								remainPercent: 51,
								spoolUuid: "31E07CBE145B460B8B0199223280DBD1",
								fullGrams: 1000,
								nozzleMin: 230,
								nozzleMax: 260,
							},
						],
					},
				],
				external: [
					{ id: 254, state: "unknown" },
					{ id: 255, state: "unknown" },
				],
				active: { unit: 1, slot: 3 }, // snow 259 = 0x0103; the flat tray_now "3" has lost the unit
			},
			faults: [],
		},
	},

	"h2d-deltas": {
		serial: "09400A000000001",
		state: {
			model: "H2D",
			firmware: "01.01.02.07",
			control: "read_only", // fun 41AFFF9CFF: last 8 digits AFFF9CFF, bit 29 is set
			job: {
				state: "printing",
				name: "Number 10 House Numbers_plate_1",
				key: "t690732215 Number 10 House Numbers_", // task_id, and 24 characters of the name
				percent: 0,
				remainingMinutes: 115,
				layer: 0,
				totalLayers: 26,
				stage: { id: 14, name: "Cleaning the nozzle tip" },
				speedLevel: 2,
			},
			nozzles: [
				{
					current: 264, // 14745864 = 225 << 16 | 264
					target: 225,
					diameterMm: 0.4,
					type: "hardened_steel", // HS01
					active: true, // extruder.state 2 = 0x002: bits 4–7 are 0
				},
				{
					current: 40, // packed 40
					target: 0,
					diameterMm: 0.4,
					type: "hardened_steel", // HH01
					active: false,
				},
			],
			bed: { current: 100, target: 100 },
			chamber: { current: 49, target: 60 }, // chamber_temper 49; target from ctc 3932208 = 60 << 16 | 48
			fans: { part: 0, aux: 0, chamber: 0 }, // part 16 is 0; cooling_fan_speed "1" would be 7
			lights: { chamber: true, chamber_2: true, work: true }, // work_light is "flashing"
			airDuct: "heating", // modeCur 1
			door: "closed", // stat 17802181F0: bit 23 is clear
			filament: {
				tracksRemaining: true, // home_flag 0xC067DDFF: bit 7 is set
				units: h2dDeltasUnits,
				external: h2dDeltasExternal,
				active: { unit: 128, slot: 0 }, // snow 32768 = 0x8000; the flat tray_now "0" is another slot
			},
			faults: [],
		},
	},

	"h2d-pro-developer-mode": {
		serial: "23900A000000001",
		state: {
			model: "H2D Pro",
			firmware: "01.01.00.00",
			control: "full", // fun 4023FF18FFF9CB3: last 8 digits 8FFF9CB3, bit 29 is clear (8 = 1000)
			job: {
				state: "idle",
				percent: 0,
				remainingMinutes: 0,
				layer: 0,
				totalLayers: 0,
				speedLevel: 2,
			},
			nozzles: [
				{ current: 23, target: 0, diameterMm: 0.4, type: "tungsten_carbide", active: false }, // HS05
				{
					current: 23,
					target: 0,
					diameterMm: 0.4,
					type: "tungsten_carbide", // HS05
					active: true, // extruder.state 274 = 0x112: bits 4–7 are 1
				},
			],
			bed: { current: 24, target: 0 },
			chamber: { current: 23, target: 0 }, // chamber_temper is not sent: ctc 23 = 0 << 16 | 23
			fans: { part: 0, aux: 0, chamber: 0 },
			lights: { chamber: true, chamber_2: true, work: true }, // work_light is "flashing"
			airDuct: "cooling", // modeCur 0
			door: "closed", // stat 640258000: bit 23 is clear
			filament: {
				tracksRemaining: true, // home_flag 0xC0675D90: bit 7 is set
				units: [
					{
						id: 0,
						kind: "ams_2_pro", // info 2103
						nozzle: 1, // bits 8–11
						humidityPercent: 18,
						humidityLevel: 5,
						temperature: 27.6,
						dryingMinutes: 0,
						// tray_exist_bits 10000: bits 0–3 are clear
						slots: [
							{ id: 0, state: "empty" },
							{ id: 1, state: "empty" },
							{ id: 2, state: "empty" },
							{ id: 3, state: "empty" },
						],
					},
					{
						id: 128,
						kind: "ams_ht", // info 2004
						nozzle: 0, // bits 8–11
						humidityPercent: 21, // humidity is "0", which is no level
						temperature: 24.9,
						dryingMinutes: 0,
						slots: [
							{
								id: 0,
								state: "loaded", // tray_exist_bits 10000: bit 16
								material: "PLA",
								name: "PLA Basic",
								color: "C12E1FFF",
								remainPercent: 87,
								spoolUuid: "28DB4DCAB3C348CC9C29E16D52DABFCC",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
						],
					},
				],
				external: [
					{ id: 254, state: "unknown" },
					{
						id: 255,
						state: "loaded",
						material: "TPU",
						color: "FFFFFFFF",
						nozzleMin: 200,
						nozzleMax: 250,
					},
				],
				// snow of the left one, which is active, is 65279 = 0xFEFF: nothing loaded
			},
			faults: [],
		},
	},

	quirks: {
		serial: "00M00A000000001",
		state: {
			model: "X1C",
			firmware: "99.00.00.00",
			control: "unknown", // `fun` is not sent
			job: {
				state: "printing",
				name: "CyberBrick Gridfinity Organizer Box",
				key: "t724977923 CyberBrick Gridfinity Or", // task_id, and 24 characters of the name
				percent: 22,
				remainingMinutes: 163,
				layer: 2,
				totalLayers: 37,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			// device has no `extruder`, and its nozzle.info is the number 7, not a list: the flat fields
			nozzles: [{ current: 219, target: 220, diameterMm: 0.4, type: "hardened_steel", active: true }],
			bed: { current: 60, target: 60 },
			chamber: { current: 36 }, // chamber_temper
			fans: {
				part: 100, // 15/15
				aux: 67, // 10/15
				chamber: 13, // 2/15
			},
			lights: { chamber: true, work: true }, // work_light is "flashing"
			door: "open", // home_flag 14798271 = 0xE1CDBF: bit 23 is set
			filament: {
				tracksRemaining: true, // home_flag 0x00E1CDBF: bit 7 is set
				units: [
					{
						id: 128,
						kind: "ams_ht", // no `info`: the module n3s/128
						humidityLevel: 3,
						temperature: 29.6,
						slots: [
							{
								id: 0,
								// ams_exist_bits "1" has no bit 4, so "f" of tray_exist_bits is not about this unit
								state: "loaded",
								material: "PLA",
								name: "PLA Matte",
								color: "F7D959FF",
								remainPercent: 65,
								spoolUuid: "BB23523A836741C3950F365DDE08B58D",
								fullGrams: 1000,
								nozzleMin: 190,
								nozzleMax: 230,
							},
						],
					},
				],
				external: [
					{
						id: 254,
						state: "loaded",
						material: "PLA",
						color: "FFFFFFFF",
						nozzleMin: 190,
						nozzleMax: 240,
					},
				],
				active: { unit: 128, slot: 0 }, // tray_now 128
			},
			faults: [
				{
					code: "HMS_0C00_0300_0003_0007", // attr 201327360 = 0x0C000300, code 196615 = 0x00030007
					severity: "common", // 3
					module: "Camera", // 0C
					url: "https://wiki.bambulab.com/en/hmscode/0C00_0300_0003_0007",
					actions: [],
				},
			],
		},
	},
};

/**
 * What each `push_*` of h2d-deltas.json changes when it alone is applied to the full report of that file.
 * Every field that is not named stays as in `expectedStates["h2d-deltas"]`.
 */
export const h2dDeltaExpectations: Record<string, Partial<CaptureState>> = {
	// An H2D tells of its door in `stat`; bit 23 of its home_flag is not about it.
	push_old_door_closed: {},
	push_old_door_opened: {},
	push_door_closed: {},
	push_door_opened: { door: "open" }, // stat: bit 23
	push_left_extruder: {
		nozzles: [
			{ current: 264, target: 225, diameterMm: 0.4, type: "hardened_steel", active: false },
			{
				current: 40,
				target: 0,
				diameterMm: 0.4,
				type: "hardened_steel",
				active: true, // extruder.state 274 = 0x112: bits 4–7 are 1
			},
		],
		// The list of extruders stays: snow of the left one is 65279 = 0xFEFF, nothing loaded.
		filament: { units: h2dDeltasUnits, external: h2dDeltasExternal, tracksRemaining: true },
	},
	push_alt_nozzle_info: {
		nozzles: [
			{
				current: 264,
				target: 225,
				diameterMm: 0.2,
				type: "stainless_steel", // HS00
				active: true,
			},
			{
				current: 40,
				target: 0,
				diameterMm: 0.6,
				type: "tungsten_carbide", // HX05
				active: false,
			},
		],
	},
};

/** The capture has no get_version: the model is the serial's, the firmware is unknown. */
export const a1PrintSerial = "03900A000000001";

// No full report and no delta of a1-print.jsonl changes a spool: only the active one comes and goes.
const a1Units: FilamentUnit[] = [
	{
		id: 0,
		kind: "ams_lite", // info 1002. It has no sensors: humidity "5", humidity_raw "0" and temp "0.0" are dummies
		slots: [
			{
				id: 0,
				state: "loaded",
				material: "PLA",
				color: "18C241FF",
				nozzleMin: 190,
				nozzleMax: 240,
			},
			{ id: 1, state: "empty" }, // tray_exist_bits d = 1101: bit 1 is clear
			{
				id: 2,
				state: "loaded",
				material: "PLA",
				name: "PLA Matte",
				color: "9B9EA0FF",
				spoolUuid: "886F70EC301A4376BA78700856FAE12E", // remain 0, but an AMS Lite does not measure
				fullGrams: 1000,
				nozzleMin: 190,
				nozzleMax: 230,
			},
			{
				id: 3,
				state: "loaded",
				material: "PLA",
				color: "FFFFFFFF",
				nozzleMin: 190,
				nozzleMax: 240,
			},
		],
	},
];

const a1External: FilamentSlot[] = [
	{ id: 254, state: "loaded", material: "PETG", color: "FFFFFFFF", nozzleMin: 220, nozzleMax: 270 },
];

/** Of the only nozzle, once the first full report has told its size. */
const a1Nozzle = { diameterMm: 0.4, type: "stainless_steel", active: true };

/** In order of `afterLine`. Where a number is not of that very line, a comment names the line that sent it. */
export const a1PrintMilestones: CaptureMilestone[] = [
	{
		afterLine: 3, // nothing but the signal strength so far
		expected: {
			model: "A1",
			control: "unknown",
			job: { state: "unknown" },
			nozzles: [],
			bed: {},
			fans: {},
			lights: {},
			filament: { units: [], external: [] },
			faults: [],
		},
	},
	{
		afterLine: 5,
		expected: { job: { state: "unknown" }, nozzles: [], bed: { current: 23.34375 } },
	},
	{
		afterLine: 36, // the last one before the first full report
		expected: {
			model: "A1",
			control: "unknown",
			job: { state: "unknown" },
			nozzles: [{ current: 22.71875, active: true }],
			bed: { current: 23.3125 }, // 31
			fans: {},
			lights: {},
			filament: { units: [], external: [] },
			faults: [],
		},
	},
	{
		afterLine: 37, // full, t = 110: the job before is finished
		expected: {
			model: "A1",
			control: "unknown",
			job: {
				state: "finished",
				name: "Würfel",
				key: "t626732162 Würfel", // task_id
				percent: 100,
				remainingMinutes: 0,
				layer: 50,
				totalLayers: 50,
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 22.6875, target: 0 }],
			bed: { current: 23.3125, target: 0 },
			fans: { part: 0 },
			lights: { chamber: false },
			filament: { units: a1Units, external: a1External, tracksRemaining: true }, // tray_now 255
			faults: [],
		},
	},
	{
		afterLine: 60, // IDLE
		expected: {
			job: {
				state: "idle",
				name: "Würfel", // "Würfel.3mf" now
				key: "t626732162 Würfel", // task_id of the job that ended
				percent: 100,
				remainingMinutes: 0,
				layer: 50,
				totalLayers: 50,
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 22.6875, target: 0 }], // 42
			bed: { current: 23.3125, target: 0 }, // 58
			fans: { part: 0 },
			lights: { chamber: false },
		},
	},
	{
		afterLine: 61, // PREPARE: mc_remaining_time is 0, which tells nothing yet; stg_cur is 255
		expected: {
			job: {
				state: "preparing",
				name: "Würfel",
				percent: 100, // of the job before
				layer: 50,
				totalLayers: 50,
				speedLevel: 2,
			},
		},
	},
	{
		afterLine: 62, // RUNNING; stg_cur is still 255
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 0,
				remainingMinutes: 0, // 37
				layer: 0,
				totalLayers: 50,
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 22.6875, target: 0 }], // 42
			bed: { current: 23.3125, target: 0 }, // 58
			filament: { units: a1Units, external: a1External, tracksRemaining: true },
		},
	},
	{
		afterLine: 63,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 0,
				remainingMinutes: 14,
				layer: 0,
				totalLayers: 50,
				stage: { id: 2, name: "Preheating the bed" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 25.125, target: 140 }],
			bed: { current: 23.40625, target: 65 },
			fans: { part: 0 },
		},
	},
	{
		afterLine: 64,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 0,
				remainingMinutes: 14,
				layer: 0,
				totalLayers: 50,
				stage: { id: 13, name: "Homing the toolhead" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 36.625, target: 140 }],
			bed: { current: 24, target: 65 },
		},
	},
	{
		afterLine: 69,
		expected: {
			nozzles: [{ ...a1Nozzle, current: 96.5, target: 103 }],
			bed: { current: 36.15625, target: 65 },
		},
	},
	{
		afterLine: 79,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 0,
				remainingMinutes: 14,
				layer: 0,
				totalLayers: 50,
				stage: { id: 24, name: "Loading filament" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 103.3125, target: 220 }],
			bed: { current: 62.84375, target: 65 },
		},
	},
	{
		afterLine: 80,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 0,
				remainingMinutes: 14,
				layer: 0,
				totalLayers: 50,
				stage: { id: 4, name: "Changing filament" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 103.6875, target: 220 }],
			bed: { current: 63.375, target: 65 },
		},
	},
	{
		afterLine: 81, // a partial `ams`, tray_tar alone: the spools stay, slot 3 is asked for but not active yet
		expected: { filament: { units: a1Units, external: a1External, tracksRemaining: true } },
	},
	{
		afterLine: 107, // a partial `ams`: tray_now "3"
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 0,
				remainingMinutes: 14,
				layer: 0,
				totalLayers: 50,
				stage: { id: 4, name: "Changing filament" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 248.1875, target: 250 }], // target: 96
			bed: { current: 64.5625, target: 65 }, // 106
			filament: { units: a1Units, external: a1External, tracksRemaining: true, active: { unit: 0, slot: 3 } },
		},
	},
	{
		afterLine: 114, // a partial `ams`: tray_pre alone
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 1,
				remainingMinutes: 14,
				layer: 0,
				totalLayers: 50,
				stage: { id: 4, name: "Changing filament" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 249, target: 249 }],
			bed: { current: 64.59375, target: 65 }, // 108
			filament: { units: a1Units, external: a1External, tracksRemaining: true, active: { unit: 0, slot: 3 } },
		},
	},
	{
		afterLine: 121,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 13, // 120
				remainingMinutes: 12, // 120
				layer: 0,
				totalLayers: 50,
				stage: { id: 4, name: "Changing filament" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 249.15625, target: 220 }], // target: 120
			bed: { current: 64.6875, target: 65 },
			fans: { part: 27 }, // 4/15
		},
	},
	{
		afterLine: 124,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 13,
				remainingMinutes: 12,
				layer: 0,
				totalLayers: 50,
				stage: { id: 3, name: "Compensating vibration" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 243.09375, target: 170 }],
			bed: { current: 64.6875, target: 65 }, // 121
			fans: { part: 33 }, // 5/15
		},
	},
	{ afterLine: 125, expected: { fans: { part: 100 } } }, // 15/15
	{
		afterLine: 139,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 13,
				remainingMinutes: 12,
				layer: 0,
				totalLayers: 50,
				stage: { id: 14, name: "Cleaning the nozzle tip" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 193.5625, target: 170 }],
			bed: { current: 63.75, target: 65 },
			fans: { part: 93 }, // 14/15, from line 136
		},
	},
	{
		afterLine: 147,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 47,
				remainingMinutes: 7,
				layer: 0,
				totalLayers: 50,
				stage: { id: 14, name: "Cleaning the nozzle tip" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 173.625, target: 170 }],
			bed: { current: 64.59375, target: 65 },
			fans: { part: 93 }, // 14/15
		},
	},
	{
		afterLine: 166, // full, t = 409
		expected: {
			model: "A1",
			control: "unknown",
			job: {
				state: "printing",
				name: "Würfel",
				percent: 48,
				remainingMinutes: 7,
				layer: 0,
				totalLayers: 50,
				stage: { id: 14, name: "Cleaning the nozzle tip" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 150.875, target: 140 }],
			bed: { current: 64.78125, target: 65 },
			fans: { part: 93 }, // 14/15
			lights: { chamber: false },
			filament: { units: a1Units, external: a1External, tracksRemaining: true, active: { unit: 0, slot: 3 } },
			faults: [],
		},
	},
	{
		afterLine: 172, // full, t = 425
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 48,
				remainingMinutes: 7,
				layer: 0,
				totalLayers: 50,
				stage: { id: 13, name: "Homing the toolhead" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 140.03125, target: 140 }],
			bed: { current: 64.96875, target: 65 },
			fans: { part: 13 }, // 2/15
			filament: { units: a1Units, external: a1External, tracksRemaining: true, active: { unit: 0, slot: 3 } },
		},
	},
	{
		afterLine: 191, // the first layer
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 49,
				remainingMinutes: 7, // 172
				layer: 1,
				totalLayers: 50,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 218.4375, target: 220 }], // target: 177
			bed: { current: 65.3125, target: 65 }, // 188
			fans: { part: 0 }, // 173
		},
	},
	{
		afterLine: 195,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 50, // 192
				remainingMinutes: 7, // 172
				layer: 2,
				totalLayers: 50,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 218.96875, target: 220 }],
			bed: { current: 65.28125, target: 65 },
			fans: { part: 73 }, // 11/15
		},
	},
	{
		afterLine: 203,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 53, // 202
				remainingMinutes: 6, // 197
				layer: 4, // 202
				totalLayers: 50,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 219.53125, target: 220 }],
			bed: { current: 64.90625, target: 65 },
			fans: { part: 80 }, // 12/15
		},
	},
	{
		afterLine: 240,
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 65,
				remainingMinutes: 5, // 219
				layer: 18,
				totalLayers: 50,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 220.0625, target: 220 }], // 231
			bed: { current: 64.34375, target: 65 }, // 236
			fans: { part: 73 }, // 11/15, from line 237
		},
	},
	{
		afterLine: 301, // full, t = 710
		expected: {
			model: "A1",
			control: "unknown",
			job: {
				state: "printing",
				name: "Würfel",
				percent: 85,
				remainingMinutes: 2,
				layer: 40,
				totalLayers: 50,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 219.96875, target: 220 }],
			bed: { current: 64.6875, target: 65 },
			fans: { part: 73 }, // 11/15
			lights: { chamber: false },
			filament: { units: a1Units, external: a1External, tracksRemaining: true, active: { unit: 0, slot: 3 } },
			faults: [],
		},
	},
	{
		afterLine: 323, // the remaining time is 0 well before the end
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 93,
				remainingMinutes: 0,
				layer: 47, // 322
				totalLayers: 50,
				stage: { id: 0, name: "Printing" },
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 219.6875, target: 220 }],
			bed: { current: 64.84375, target: 65 }, // 322
			fans: { part: 73 }, // 11/15, from line 322
		},
	},
	{
		afterLine: 334, // stg_cur 255 while still RUNNING: no stage
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 96, // 332
				remainingMinutes: 0, // 323
				layer: 50, // 331
				totalLayers: 50,
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 219.96875, target: 220 }], // 333
			bed: { current: 64.90625, target: 65 }, // 332
			fans: { part: 40 }, // 6/15
		},
	},
	{
		afterLine: 335, // a partial `ams`, tray_tar "255": slot 3 is still in the nozzle
		expected: {
			nozzles: [{ ...a1Nozzle, current: 220, target: 220 }],
			bed: { current: 64.90625, target: 0 }, // 332
			fans: { part: 7 }, // 1/15
			filament: { units: a1Units, external: a1External, tracksRemaining: true, active: { unit: 0, slot: 3 } },
		},
	},
	{
		afterLine: 342, // a partial `ams`: tray_now "255"
		expected: {
			nozzles: [{ ...a1Nozzle, current: 220.90625, target: 0 }],
			bed: { current: 64.5, target: 0 },
			fans: { part: 0 }, // 336
			filament: { units: a1Units, external: a1External, tracksRemaining: true },
		},
	},
	{
		afterLine: 348, // spd_lvl 253 is no speed level
		expected: {
			job: {
				state: "printing",
				name: "Würfel",
				percent: 96, // 332
				remainingMinutes: 0, // 323
				layer: 50, // 331
				totalLayers: 50,
			},
			nozzles: [{ ...a1Nozzle, current: 209.375, target: 0 }],
			bed: { current: 63.65625, target: 0 },
		},
	},
	{
		afterLine: 349, // FINISH; gcode_file becomes empty, subtask_name stays
		expected: {
			job: {
				state: "finished",
				name: "Würfel",
				percent: 100,
				remainingMinutes: 0, // 323
				layer: 50, // 331
				totalLayers: 50,
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 207.03125, target: 0 }],
			bed: { current: 63.5, target: 0 },
			fans: { part: 0 }, // 336
			filament: { units: a1Units, external: a1External, tracksRemaining: true },
		},
	},
	{
		afterLine: 406, // the last one
		expected: {
			model: "A1",
			control: "unknown",
			job: {
				state: "finished",
				name: "Würfel",
				percent: 100,
				remainingMinutes: 0,
				layer: 50,
				totalLayers: 50,
				speedLevel: 2,
			},
			nozzles: [{ ...a1Nozzle, current: 133.625, target: 0 }],
			bed: { current: 56.1875, target: 0 },
			fans: { part: 0 }, // 336
			lights: { chamber: false },
			filament: { units: a1Units, external: a1External, tracksRemaining: true },
			faults: [],
		},
	},
];
