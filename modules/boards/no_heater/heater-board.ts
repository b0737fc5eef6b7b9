// The heater board of boards and hosts that have none.

import type { HeaterBoard } from "../../platform/heater-board";

export function openHeaterBoard(): HeaterBoard | undefined {
	return undefined;
}
