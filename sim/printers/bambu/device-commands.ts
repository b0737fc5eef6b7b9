// Commands of the sections `system`, `camera`, `xcam` and `update`: lights, camera, detectors, name.

import { type CommandFields, type CommandTable, RefusedCommand } from "./command-fields";
import type { DetectorFlags, LightMode, Machine } from "./machine";

export const systemCommands: CommandTable = {
	ledctrl: {
		unsigned: true,
		run(machine, fields) {
			const node = fields.text("led_node");
			const mode = lightModes.get(fields.text("led_mode"));
			if (mode === undefined) throw new RefusedCommand("led_mode must be on, off or flashing");
			for (const timing of ["led_on_time", "led_off_time", "loop_times", "interval_time"])
				fields.number(timing);
			// This light is switched, but its state is never reported.
			if (node === "heatbed_light" && machine.model.nozzles === 2) return { machine };
			if (!Object.hasOwn(machine.lights, node)) throw new RefusedCommand("did not find the valid led");
			return { machine: { ...machine, lights: { ...machine.lights, [node]: mode } } };
		},
	},
	get_access_code: { run: (machine) => ({ machine, reply: { access_code: machine.accessCode } }) },
	set_door_stat: { run: (machine) => ({ machine }) },
	print_cache_set: { run: (machine) => ({ machine }) },
	uiop: {
		run: (machine, fields) => ({
			machine: fields.optionalText("name") === "print_error" ? { ...machine, printError: 0 } : machine,
		}),
	},
	set_accessories: {
		run(machine, fields) {
			if (fields.text("accessory_type") !== "nozzle") throw new RefusedCommand("unknown accessory_type");
			return {
				machine: {
					...machine,
					nozzleDiameter: String(fields.number("nozzle_diameter")),
					nozzleType: fields.text("nozzle_type"),
				},
			};
		},
	},
	get_accessories: {
		run: (machine) => ({
			machine,
			reply: {
				accessory_type: "nozzle",
				nozzle_diameter: Number(machine.nozzleDiameter),
				nozzle_type: machine.nozzleType,
			},
		}),
	},
};

/** Cameras answer with the number 0 instead of "success". */
export const cameraCommands: CommandTable = {
	ipcam_record_set: {
		unsigned: true,
		result: 0,
		run: (machine, fields) => ({
			machine: { ...machine, camera: { ...machine.camera, record: isEnabled(fields) } },
		}),
	},
	ipcam_timelapse: {
		result: 0,
		run: (machine, fields) => ({
			machine: { ...machine, camera: { ...machine.camera, timelapse: isEnabled(fields) } },
		}),
	},
	ipcam_resolution_set: {
		result: 0,
		run: (machine, fields) => ({
			machine: { ...machine, camera: { ...machine.camera, resolution: fields.text("resolution") } },
		}),
	},
};

export const xcamCommands: CommandTable = {
	xcam_control_set: {
		run(machine, fields) {
			const name = fields.text("module_name");
			const detector = detectorNames.get(name);
			const enabled = fields.optionalFlag("control") ?? fields.flag("enable");
			if (detector === undefined && !unreportedDetectors.has(name)) {
				throw new RefusedCommand("unknown module_name");
			}
			return { machine: { ...machine, detectors: withDetector(machine, fields, detector, enabled) } };
		},
	},
};

/** Renaming has no command name: it is the section with a field `name`. */
export const updateCommands: CommandTable = {
	"": {
		run(machine, fields) {
			const name = fields.text("name");
			if (name === "") throw new RefusedCommand("name is empty");
			return { machine: { ...machine, name } };
		},
	},
};

const lightModes: ReadonlyMap<string, LightMode> = new Map([
	["on", "on"],
	["off", "off"],
	["flashing", "flashing"],
]);

type Detector = "firstLayer" | "spaghetti" | "plateMarker" | "monitoring";

const detectorNames: ReadonlyMap<string, Detector> = new Map([
	["first_layer_inspector", "firstLayer"],
	["spaghetti_detector", "spaghetti"],
	["buildplate_marker_detector", "plateMarker"],
	["printing_monitor", "monitoring"],
]);

const unreportedDetectors = new Set([
	"pileup_detector",
	"clump_detector",
	"airprint_detector",
	"plate_offset_switch",
	"fod_check",
	"model_movement_check",
]);

function withDetector(
	{ detectors }: Machine,
	fields: CommandFields,
	detector: Detector | undefined,
	enabled: boolean,
): DetectorFlags {
	return {
		...detectors,
		...(detector === undefined ? {} : { [detector]: enabled }),
		halt: fields.optionalFlag("print_halt") ?? detectors.halt,
		sensitivity: fields.optionalText("halt_print_sensitivity") ?? detectors.sensitivity,
	};
}

function isEnabled(fields: CommandFields): boolean {
	const control = fields.text("control");
	if (control !== "enable" && control !== "disable")
		throw new RefusedCommand("control must be enable or disable");
	return control === "enable";
}
