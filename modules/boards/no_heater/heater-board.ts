// The heater board of boards that have none.

import type { HeaterBoard } from "../../platform/heater-board";

export const openHeaterBoard: (() => HeaterBoard) | undefined = undefined;
