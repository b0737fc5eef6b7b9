// In place of the driver of the board's motion sensor, which the firmware has no use for: XS's linker takes 8,192 names in
// all, and the driver has 177 of its own.

export default class {
	constructor() {
		throw new Error("this image has no driver for the motion sensor");
	}
}
