// The firmware's parts, of a chamber heater: none that it can heat without, since its chip has no room for them.

import type { FirmwareParts } from "../../firmware-parts";

export const parts: FirmwareParts = Object.freeze({});
