// Why a camera cannot be watched, in words.

import type { CameraRefusal } from "./cameras";

export const cameraRefusalWords: Readonly<Record<CameraRefusal, string>> = Object.freeze({
	not_found: "There is no such printer.",
	none: "This printer has no camera.",
	rtsps: "This printer's camera speaks RTSPS, which this device cannot show.",
	no_room: "This device has no memory for pictures.",
	taken: "Somebody else is watching a camera, and this device shows one to one viewer at a time.",
});
