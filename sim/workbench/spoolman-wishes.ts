// What the workbench's page may ask of the virtual Spoolman.

import { PortError } from "../../modules/platform/port-error";
import type { VirtualSpoolman } from "../spoolman/server";
import { type SpoolmanSwitch, spoolmanSwitchNames } from "../spoolman/switches";

export function isSpoolmanWish(wish: Record<string, unknown>): boolean {
	return Object.hasOwn(wish, "spoolmanSwitch");
}

/**
 * `{ "spoolmanSwitch": name, "on": boolean }`. Resolves with what is wrong with the wish, in words; with `undefined` once
 * it is done.
 */
export async function changeSpoolman(
	{ spoolmanSwitch: name, on }: Record<string, unknown>,
	spoolman: VirtualSpoolman,
): Promise<string | undefined> {
	if (!isSwitch(name) || typeof on !== "boolean")
		return "The request names no switch of the virtual Spoolman.";
	try {
		await spoolman.setSwitch(name, on);
		return undefined;
	} catch (error) {
		if (!(error instanceof PortError)) throw error;
		return `The virtual Spoolman stays down: ${error.message}.`;
	}
}

function isSwitch(name: unknown): name is SpoolmanSwitch {
	return (spoolmanSwitchNames as readonly unknown[]).includes(name);
}
