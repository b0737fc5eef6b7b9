// What no radio can take, although it is a text of the right length: the limits of Wi-Fi are in bytes.

import { utf8Length } from "./utf8-length";

/** IEEE 802.11. */
const MAX_SSID_BYTES = 32;
const MAX_PASSWORD_BYTES = 63;

export function isNetworkName(ssid: string): boolean {
	return ssid !== "" && utf8Length(ssid) <= MAX_SSID_BYTES;
}

/** Whether a password is short enough; how long it has to be is the settings' business. */
export function isPasswordLength(password: string): boolean {
	return utf8Length(password) <= MAX_PASSWORD_BYTES;
}

/** Whether a device in a network of 256 addresses can have that one: not the network's own, nor everybody's. */
export function isDeviceAddress(address: string): boolean {
	const [first = 0, , , last = 0] = address.split(".").map(Number);
	return first > 0 && first !== 127 && first < 224 && last > 0 && last < 255;
}
