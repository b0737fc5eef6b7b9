// Every fault that turns the heater off until a person clears it.

/**
 * - `element_overheat`: the heating element was above its limit
 * - `chamber_overheat`: the chamber was above its limit
 * - `chamber_sensor_open`, `chamber_sensor_short`, `chamber_sensor_failed`: no number can be had from that sensor
 * - `element_sensor_open`, `element_sensor_short`, `element_sensor_failed`: likewise
 * - `heating_too_slow`: the element gets power and does not get warmer as it should
 * - `cooling_while_heating`: the chamber gets colder although the heater is on: a sensor that came loose
 * - `sensors_swapped`: the chamber's sensor follows the power as only the element's can
 * - `heater_stuck_on`: the element heats although it is turned off
 * - `no_mains`: no zero cross of the mains comes
 * - `storage_unreadable`: whether there was a fault before the restart cannot be read
 * - `control_failed`: the control itself failed; the log says how
 */
export type FaultCode =
	| "element_overheat"
	| "chamber_overheat"
	| "chamber_sensor_open"
	| "chamber_sensor_short"
	| "chamber_sensor_failed"
	| "element_sensor_open"
	| "element_sensor_short"
	| "element_sensor_failed"
	| "heating_too_slow"
	| "cooling_while_heating"
	| "sensors_swapped"
	| "heater_stuck_on"
	| "no_mains"
	| "storage_unreadable"
	| "control_failed";
