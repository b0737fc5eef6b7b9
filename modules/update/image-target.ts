// Which images each board takes.

export interface ImageTarget {
	/** As the image's descriptor names it. */
	board: string;
	/** Espressif's number of the chip, as the image's header has it. */
	chip: number;
	/** Projects whose images are taken although they are not Culm's, by the name in their `esp_app_desc_t`. */
	otherProjects: readonly string[];
}

const ESP32_C3 = 5;
const ESP32_S3 = 9;

/** `undefined` for a board that is not in the list: it takes no updates. */
export function imageTarget(board: string): ImageTarget | undefined {
	switch (board) {
		// The simulator's slots are files, of the size and for the images of a Panda Breath.
		case "simulator":
		case "panda_breath":
			// Its second project is the stock firmware: the way back.
			return { board: "panda_breath", chip: ESP32_C3, otherProjects: ["panda_breath"] };
		case "moddable_six":
		case "m5stack_cores3":
			return { board, chip: ESP32_S3, otherProjects: [] };
		default:
			return undefined;
	}
}

export function chipName(chip: number): string {
	switch (chip) {
		case 0:
			return "ESP32";
		case 2:
			return "ESP32-S2";
		case ESP32_C3:
			return "ESP32-C3";
		case ESP32_S3:
			return "ESP32-S3";
		case 13:
			return "ESP32-C6";
		default:
			return `chip ${chip}`;
	}
}
