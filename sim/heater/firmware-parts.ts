// What the simulated board is made of that belongs to the firmware. A file of its own, since XS knows modules by their
// place below `modules/`: there `modules/boards/simulated_heater` puts a file with its own names here.

export { millivoltsOf, temperatureOf } from "../../modules/boards/panda_breath/ntc";
export { HEATER_HOLD_MS } from "../../modules/platform/heater-board";
export { PortError } from "../../modules/platform/port-error";
