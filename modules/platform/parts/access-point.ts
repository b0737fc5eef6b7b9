// What a network of our own may be called.

import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { isIPv4 } from "./addresses";

export interface AccessPoint {
	ssid: string;
	/** "" = open to everyone. */
	password: string;
	address: string;
}

/** IEEE 802.11: bytes of a network's name, characters of a WPA2 password. */
const MAX_SSID_BYTES = 32;
const MIN_PASSWORD_LENGTH = 8;
const MAX_PASSWORD_LENGTH = 63;

/** Throws a {@link PortError} `invalid`. */
export function checkAccessPoint({ ssid, password, address }: AccessPoint, text: TextCodec): void {
	const ssidBytes = text.encode(ssid).length;
	if (ssidBytes === 0 || ssidBytes > MAX_SSID_BYTES)
		throw new PortError("invalid", `a network's name has 1 to ${MAX_SSID_BYTES} bytes`);
	const { length } = password;
	if (length !== 0 && (length < MIN_PASSWORD_LENGTH || length > MAX_PASSWORD_LENGTH))
		throw new PortError(
			"invalid",
			`a network's password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters, or none`,
		);
	if (!isIPv4(address)) throw new PortError("invalid", `${address} is no IPv4 address`);
}
