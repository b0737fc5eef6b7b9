// What the simulated board is made of that belongs to the firmware, by the names it has on XS.

export { millivoltsOf, temperatureOf } from "boards/panda_breath/ntc";
export { HEATER_HOLD_MS } from "platform/heater-board";
export { PortError } from "platform/port-error";
