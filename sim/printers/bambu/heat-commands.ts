// Commands of the section `print` that heat, blow and move.

import { type CommandTable, RefusedCommand } from "./command-fields";
import { fans, type GcodeEffect, readGcode } from "./gcode";
import { type Machine, withBedTarget, withChamberTarget, withNozzleTarget } from "./machine";
import { movableC } from "./machine-run";
import { hasFunction } from "./models";
import { externalUnit, trayFromFlat } from "./spools";
import { withTagRead } from "./tag-reads";

/** Bits of `fun` that tell which of the newer commands a printer knows. */
const functionBits = { home: 32, jog: 38, bedTemperature: 39 };

export const heatCommands: CommandTable = {
	gcode_line: {
		result: "SUCCESS",
		run: (machine, fields) => ({
			machine: readGcode(fields.text("param")).reduce(withGcode, machine),
		}),
	},
	set_bed_temp: {
		run(machine, fields) {
			requireFunction(machine, functionBits.bedTemperature);
			return { machine: withBedTarget(machine, fields.number("temp")) };
		},
	},
	set_nozzle_temp: {
		run(machine, fields) {
			requireExtended(machine);
			const nozzle = fields.optionalNumber("extruder_index") ?? 0;
			requireNozzle(machine, nozzle);
			return { machine: withNozzleTarget(machine, nozzle, fields.number("target_temp")) };
		},
	},
	set_ctt: {
		run(machine, fields) {
			if (!machine.model.chamberHeater) throw new RefusedCommand("there is no chamber heater");
			return { machine: withChamberTarget(machine, fields.number("ctt_val")) };
		},
	},
	set_fan: {
		run(machine, fields) {
			requireAirDuct(machine);
			const index = fields.number("fan_index");
			const fan = fans[index];
			// The parts of the duct have these numbers in the high digit of their ids.
			const isPart = machine.model.airDuct?.partIds.includes(index << 4) ?? false;
			if (fan === undefined || !isPart) throw new RefusedCommand("fan_index names no fan");
			const percent = Math.min(100, Math.max(0, fields.number("speed")));
			const speed = Math.round(percent * 2.55);
			return { machine: { ...machine, fans: { ...machine.fans, [fan]: speed } } };
		},
	},
	set_airduct: {
		run(machine, fields) {
			requireAirDuct(machine);
			const mode = fields.number("modeId");
			if (machine.model.airDuct?.modes.every(({ modeId }) => modeId !== mode)) {
				throw new RefusedCommand("modeId names no mode");
			}
			return { machine: { ...machine, airDuctMode: mode } };
		},
	},
	back_to_center: {
		run(machine) {
			requireFunction(machine, functionBits.home);
			return { machine: { ...machine, homed: true } };
		},
	},
	xyz_ctrl: {
		run(machine, fields) {
			requireFunction(machine, functionBits.jog);
			if (!["X", "Y", "Z", "E"].includes(fields.text("axis"))) {
				throw new RefusedCommand("axis must be X, Y, Z or E");
			}
			if (Math.abs(fields.number("dir")) !== 1) throw new RefusedCommand("dir must be 1 or -1");
			return { machine };
		},
	},
	set_extrusion_length: {
		run(machine, fields) {
			requireExtended(machine);
			const index = fields.optionalNumber("extruder_index") ?? 0;
			requireNozzle(machine, index);
			fields.number("length");
			const isHot = (machine.nozzles[index]?.currentC ?? 0) >= movableC;
			if (!isHot) throw new RefusedCommand("the nozzle is too cold");
			return { machine };
		},
	},
	select_extruder: {
		run(machine, fields) {
			const activeNozzle = fields.number("extruder_index");
			requireNozzle(machine, activeNozzle);
			return { machine: { ...machine, activeNozzle } };
		},
	},
};

function withGcode(machine: Machine, effect: GcodeEffect): Machine {
	switch (effect.kind) {
		case "nozzle":
			return withNozzleTarget(machine, effect.nozzle ?? machine.activeNozzle, effect.targetC);
		case "bed":
			return withBedTarget(machine, effect.targetC);
		case "chamber":
			return withChamberTarget(machine, effect.targetC);
		case "fan":
			return { ...machine, fans: { ...machine.fans, [effect.fan]: effect.speed } };
		case "tag":
			return withTagRead(machine, trayFromFlat(effect.flat) ?? { unit: externalUnit, slot: 0 });
		case "home":
			return { ...machine, homed: true };
	}
}

function requireFunction({ model }: Machine, bit: number): void {
	if (!hasFunction(model, bit)) throw new RefusedCommand("unknown command");
}

function requireExtended({ model }: Machine): void {
	if (model.dialect !== "extended") throw new RefusedCommand("unknown command");
}

function requireAirDuct({ model }: Machine): void {
	if (model.airDuct === undefined) throw new RefusedCommand("unknown command");
}

function requireNozzle({ nozzles }: Machine, nozzle: number): void {
	if (nozzles[nozzle] === undefined) throw new RefusedCommand("there is no such nozzle");
}
