// Why an image is not taken.

/**
 * - `not_an_image`: it does not begin as an application image of an ESP32 does
 * - `wrong_chip`: it is for another chip
 * - `no_hash`: it carries no SHA-256, so that nobody can tell whether it is whole
 * - `wrong_project`: it is neither Culm's nor what else this board takes
 * - `wrong_board`: it is Culm's, for another board
 * - `malformed`: its parts contradict each other
 * - `wrong_size`: it is shorter or longer than its parts say
 * - `wrong_checksum`, `wrong_hash`: it was changed on the way
 */
export type ImageErrorCode =
	| "not_an_image"
	| "wrong_chip"
	| "no_hash"
	| "wrong_project"
	| "wrong_board"
	| "malformed"
	| "wrong_size"
	| "wrong_checksum"
	| "wrong_hash";

/** The message is for the person who sent the image. */
export class ImageError extends Error {
	override readonly name = "ImageError";
	readonly code: ImageErrorCode;

	constructor(code: ImageErrorCode, message: string) {
		super(message);
		this.code = code;
	}
}
