// What the first bytes of an application image say: which chip, project, board and version it is for.

import { ImageError } from "./image-error";
import { chipName, type ImageTarget } from "./image-target";

// ESP-IDF, "App Image Format": `esp_image_header_t`, a header of 8 bytes for the first segment, `esp_app_desc_t`, and
// then what a project adds in the section `.rodata_custom_desc`. Numbers are little-endian.
export const IMAGE_HEADER_BYTES = 24;
export const SEGMENT_HEADER_BYTES = 8;
const IMAGE_MAGIC = 0xe9;
const MOST_SEGMENTS = 16;
const CHIP_OFFSET = 12;
const HASH_APPENDED_OFFSET = 23;

const APP_OFFSET = IMAGE_HEADER_BYTES + SEGMENT_HEADER_BYTES;
const APP_BYTES = 256;
const APP_MAGIC = 0xabcd5432;
const APP_VERSION_OFFSET = APP_OFFSET + 16;
const APP_PROJECT_OFFSET = APP_OFFSET + 48;
const APP_TEXT_BYTES = 32;

/** Culm's own, `CulmImageDescriptor` of `platform/xs/esp32/image-descriptor.h`. */
const OWN_OFFSET = APP_OFFSET + APP_BYTES;
const OWN_BYTES = 64;
const OWN_MAGIC = "CULM";
const OWN_FORMAT = 1;
const OWN_BOARD_BYTES = 24;
const OWN_VERSION_BYTES = 32;

/** All that is looked at here; no image is shorter. */
export const IMAGE_HEAD_BYTES = OWN_OFFSET + OWN_BYTES;

export interface ImageHead {
	segments: number;
	/** Culm's: of the firmware. Another project's: what it says itself. */
	version: string;
	/** Only of Culm's images. */
	board?: string;
	/** Only of other projects' images. */
	project?: string;
}

/** Throws an {@link ImageError} for what is not for this target. `head` has {@link IMAGE_HEAD_BYTES}. */
export function parseImageHead(head: Uint8Array, target: ImageTarget): ImageHead {
	const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
	if (head[0] !== IMAGE_MAGIC) throw notAnImage();
	const segments = view.getUint8(1);
	const chip = view.getUint16(CHIP_OFFSET, true);
	if (segments < 1 || segments > MOST_SEGMENTS) throw notAnImage();
	if (chip !== target.chip) {
		throw new ImageError(
			"wrong_chip",
			`This image is for ${chipName(chip)}, but this device has an ${chipName(target.chip)}.`,
		);
	}
	if (view.getUint32(APP_OFFSET, true) !== APP_MAGIC) {
		// A bootloader, or an image that was merged with one.
		throw new ImageError(
			"not_an_image",
			"This image is no application. Choose the application's file alone, without bootloader and partition table.",
		);
	}
	if (view.getUint8(HASH_APPENDED_OFFSET) !== 1) {
		throw new ImageError(
			"no_hash",
			"This image has no SHA-256 at its end, so that nobody can tell whether it is whole. Build it with one.",
		);
	}
	const firstSegmentBytes = view.getUint32(IMAGE_HEADER_BYTES + 4, true);
	if (firstSegmentBytes >= APP_BYTES + OWN_BYTES && textAt(head, OWN_OFFSET, 4) === OWN_MAGIC)
		return { segments, ...parseOwnDescriptor(view, head, target) };
	const project = textAt(head, APP_PROJECT_OFFSET, APP_TEXT_BYTES);
	if (firstSegmentBytes >= APP_BYTES && target.otherProjects.includes(project))
		return { segments, project, version: textAt(head, APP_VERSION_OFFSET, APP_TEXT_BYTES) };
	throw new ImageError(
		"wrong_project",
		`This image is of ${project === "" ? "another project" : `the project "${project}"`}, not of Culm.`,
	);
}

function parseOwnDescriptor(
	view: DataView,
	head: Uint8Array,
	target: ImageTarget,
): Omit<ImageHead, "segments"> {
	const format = view.getUint16(OWN_OFFSET + 4, true);
	if (format !== OWN_FORMAT || view.getUint16(OWN_OFFSET + 6, true) < OWN_BYTES) {
		throw new ImageError(
			"malformed",
			`This image describes itself in a form (${format}) that this firmware does not know.`,
		);
	}
	const board = textAt(head, OWN_OFFSET + 8, OWN_BOARD_BYTES);
	if (board !== target.board) {
		throw new ImageError(
			"wrong_board",
			`This image is for the board "${board}", but this device is a "${target.board}".`,
		);
	}
	return { board, version: textAt(head, OWN_OFFSET + 8 + OWN_BOARD_BYTES, OWN_VERSION_BYTES) };
}

/** Up to the zero that ends it. What is not printable ASCII is "?": it is shown to people. */
function textAt(bytes: Uint8Array, offset: number, length: number): string {
	let text = "";
	for (const byte of bytes.subarray(offset, offset + length)) {
		if (byte === 0) break;
		text += byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : "?";
	}
	return text;
}

function notAnImage(): ImageError {
	return new ImageError(
		"not_an_image",
		"This file is no firmware image of an ESP32. Choose the file that ends with .bin.",
	);
}
