// The slots of all printers, each as its printer and as Spoolman tell of it.

import type { SpoolSlot } from "../device";
import type { ModelInput, PrinterOfState } from "../screen";
import { filamentView, type SlotView } from "./filament";
import { spoolSlotOf } from "./spool-slots";

/** A slot of a printer as that printer and Spoolman tell of it. */
export interface FoundSlot {
	readonly printer: PrinterOfState;
	readonly slot: SlotView;
	/** Absent while Spoolman has nothing to say of it. */
	readonly spoolSlot: SpoolSlot | undefined;
}

/** Of all printers, the shown one first. */
export function slotsOf(input: ModelInput): readonly FoundSlot[] {
	const { state, printer: shown } = input;
	const printers = [...state.printers].sort((one, other) => Number(other === shown) - Number(one === shown));
	return printers.flatMap((printer) => {
		const { units, external } = filamentView({ ...input, printer });
		return [...units.flatMap(({ slots }) => slots), ...external].map((slot) => ({
			printer,
			slot,
			spoolSlot: spoolSlotOf(state.spools, { printerId: printer.id, tray: slot.tray }),
		}));
	});
}
