// What the workbench's page may ask of the virtual Anycubic printers.

import { isKobraSwitch } from "../printers/anycubic/switches";
import type { VirtualKobra } from "../printers/anycubic/virtual-kobra";

export interface ShownKobra {
	printer: VirtualKobra;
	/** Where it is. */
	place: string;
}

export function isKobraWish(wish: Record<string, unknown>): boolean {
	return Object.hasOwn(wish, "kobra");
}

const actions: ReadonlyMap<string, (printer: VirtualKobra) => boolean> = new Map([
	["start", (printer) => printer.startJob()],
	["pause", (printer) => printer.pause()],
	["resume", (printer) => printer.resume()],
	["stop", (printer) => printer.stop()],
]);

/**
 * `{ "kobra": device id, "switch": name, "on": boolean }` or `{ "kobra": device id, "action": name }`. Returns what is
 * wrong with the wish, in words; `undefined` once it is done.
 */
export function changeKobra(
	{ kobra, switch: name, on, action }: Record<string, unknown>,
	kobras: readonly ShownKobra[],
): string | undefined {
	const printer = kobras.find((one) => one.printer.address.deviceId === kobra)?.printer;
	if (!printer) return "There is no such virtual Anycubic printer.";
	if (typeof name === "string" && isKobraSwitch(name) && typeof on === "boolean") {
		printer.switches.set(name, on);
		return undefined;
	}
	const act = typeof action === "string" ? actions.get(action) : undefined;
	if (!act) return "The request names nothing that a virtual Anycubic printer has.";
	return act(printer) ? undefined : "The virtual Anycubic printer cannot do that now.";
}
