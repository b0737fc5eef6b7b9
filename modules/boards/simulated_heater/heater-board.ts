// The heater board of Moddable's simulator: the same simulated heater and chamber that the simulator on Node has.

import { createClock } from "platform/xs/clock";
import { openSimulatedHeater, type SimulatedHeater } from "sim/heater/simulated-heater";
import type { HeaterBoard } from "../../platform/heater-board";

/** Outlives the boards: the chamber stays warm while the firmware restarts. */
let heater: SimulatedHeater | undefined;

export function openHeaterBoard(): HeaterBoard {
	heater ??= openSimulatedHeater({ clock: createClock(), random: Math.random });
	return heater.openBoard();
}
