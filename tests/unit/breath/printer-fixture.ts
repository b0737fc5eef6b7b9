// A printer for tests: online, cold and idle unless told otherwise.

import { capabilitiesOf } from "../../../modules/printers/bambu/capabilities";
import type { PrinterState } from "../../../modules/printers/printer-state";

export function printerState(changes: Partial<PrinterState> = {}): PrinterState {
	return {
		id: "01P00A000000001",
		vendor: "bambu",
		model: "P1S",
		name: "P1S Workshop",
		serial: "01P00A000000001",
		host: "192.168.1.20",
		watch: "live",
		link: "online",
		control: "full",
		capabilities: capabilitiesOf("P1S", {}),
		job: { state: "idle" },
		nozzles: [],
		bed: { current: 24, target: 0 },
		fans: {},
		lights: {},
		filament: { units: [], external: [] },
		faults: [],
		...changes,
	};
}
