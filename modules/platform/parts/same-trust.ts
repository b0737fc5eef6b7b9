// Whether two TLS clients would accept the same peers: only then may one go on with the keys of the other.

import type { TlsTrust } from "../tls";

export function isSameTrust(a: TlsTrust, b: TlsTrust): boolean {
	return (
		a.commonName?.toLowerCase() === b.commonName?.toLowerCase() &&
		a.pinnedSha256?.toLowerCase() === b.pinnedSha256?.toLowerCase() &&
		a.authorities.length === b.authorities.length &&
		a.authorities.every((authority, index) => authority === b.authorities[index])
	);
}
