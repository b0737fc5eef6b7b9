// What a printer's camera wants to hear before it sends pictures.

import type { TextCodec } from "../../../platform/text-codec";

/** All printers know this one user; the access code is the password. */
const USER = "bblp";
const PACKET_BYTES = 80;
/** Of user and password, each of them filled up with zeros. */
const FIELD_BYTES = 32;
const USER_AT = 16;
const PASSWORD_AT = USER_AT + FIELD_BYTES;

/** Four numbers of 32 bits, lowest byte first (64 bytes follow; kind 0x3000; 0; 0), user and password. */
export function cameraRequest(accessCode: string, text: TextCodec): Uint8Array {
	const packet = new Uint8Array(PACKET_BYTES);
	packet[0] = 2 * FIELD_BYTES;
	packet[5] = 0x30;
	packet.set(text.encode(USER), USER_AT);
	packet.set(text.encode(accessCode).subarray(0, FIELD_BYTES), PASSWORD_AT);
	return packet;
}
