// What of a printer's state a report may have changed, as bits of a number.

export type Sections = number;

export const Section = Object.freeze({
	none: 0,
	/** Whether the printer is connected to its broker. */
	online: 1,
	job: 2,
	nozzle: 4,
	bed: 8,
	chamber: 16,
	fans: 32,
	lights: 64,
	filament: 128,
	faults: 256,
	firmware: 512,
	all: 1023,
} as const);
