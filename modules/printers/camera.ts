// A printer's camera as whoever shows it sees it: one picture after the other, for one viewer at a time.

/**
 * - `unreachable`: nothing answers at the printer's address
 * - `camera_off`: the printer answers, and offers no camera
 * - `hung_up`: the printer ended the connection before it sent a picture
 * - `no_pictures`: it accepts us and sends none
 * - `too_large`: its pictures are larger than there is room for
 * - `not_understood`: what it sends are no pictures
 * - the others: as for the link of the printer
 */
export type CameraError =
	| "unreachable"
	| "camera_off"
	| "hung_up"
	| "no_pictures"
	| "too_large"
	| "not_understood"
	| "wrong_serial"
	| "untrusted_certificate"
	| "certificate_changed";

export interface CameraStatus {
	/** `live`: pictures come. `waiting`: for the next attempt to connect. */
	readonly state: "connecting" | "live" | "waiting";
	readonly error?: CameraError;
	/** What is wrong and what to do, in words. There when `error` is. */
	readonly help?: string;
}

export interface CameraViewer {
	/**
	 * Asked when a picture begins to come; no lets it pass. A viewer that still has the last picture to get rid of says
	 * no: so there is never more than one in memory, and none is old.
	 */
	isReady(): boolean;
	/** A whole picture, which is the viewer's from then on. */
	onPicture(jpeg: Uint8Array): void;
	onStatus(status: CameraStatus): void;
	/** The camera is gone: the printer was forgotten, or set up anew. Nothing more comes. */
	onGone(): void;
}

export interface Camera {
	/**
	 * Connects, and keeps connecting for as long as there is a viewer. Nothing is called before it returns. The returned
	 * function ends it; nothing is called afterwards. `undefined`: somebody else is watching.
	 */
	watch(viewer: CameraViewer): (() => void) | undefined;
}
