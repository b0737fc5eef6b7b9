// What a failed connection to a camera means for the person who wants to see it.

import type { PortError } from "../../../platform/port-error";
import type { CameraError } from "../../camera";
import { certificateErrorOf } from "../../connection-errors";
import { linkHelp } from "../link-errors";

/** `undefined` where it says nothing: a connection that had brought pictures was lost. */
export function cameraErrorOf(error: PortError, hadPictures: boolean): CameraError | undefined {
	switch (error.code) {
		case "refused":
			return "camera_off";
		case "handshake_closed":
		case "closed_by_peer":
			return hadPictures ? undefined : "hung_up";
		case "protocol":
			return "not_understood";
		default:
			return certificateErrorOf(error) ?? "unreachable";
	}
}

/** Trying again soon does not help against these, and printers do not like it. */
export function needsPerson(error: CameraError | undefined): boolean {
	return (
		error === "untrusted_certificate" ||
		error === "certificate_changed" ||
		error === "wrong_serial" ||
		error === "not_understood"
	);
}

/** What is wrong and what to do, in words. */
export function cameraHelp(
	error: CameraError,
	facts: { host: string; serial: string; cause: PortError | undefined; roomBytes: number },
): string {
	switch (error) {
		case "unreachable":
			return `The camera at ${facts.host} does not answer. Is the printer on, and is this still its address?`;
		case "camera_off":
			return "The printer answers and offers no camera. Is live view in the local network turned on in its settings?";
		case "hung_up":
			return "The printer hangs up before it sends a picture. Is the access code right? Apps that show the camera may also have taken all its places.";
		case "no_pictures":
			return "The printer accepts us and sends no picture. Its camera may be asleep or unplugged; restarting the printer helps most often.";
		case "too_large":
			return `The camera's pictures are larger than the ${Math.floor(facts.roomBytes / 1024)} KB that this device has room for.`;
		case "not_understood":
			return `What comes from the camera at ${facts.host} are no pictures that this device understands.`;
		case "wrong_serial":
		case "untrusted_certificate":
		case "certificate_changed":
			return linkHelp(error, facts);
	}
}
