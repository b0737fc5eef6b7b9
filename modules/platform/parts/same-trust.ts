// Whether two TLS clients would accept the same peers, as the same client: only then may one go on with the keys of the
// other.

import type { TlsTrust } from "../tls";

export function isSameTrust(a: TlsTrust, b: TlsTrust): boolean {
	return (
		a.commonName?.toLowerCase() === b.commonName?.toLowerCase() &&
		a.pinnedSha256?.toLowerCase() === b.pinnedSha256?.toLowerCase() &&
		a.identity === b.identity &&
		a.authorities.length === b.authorities.length &&
		a.authorities.every((authority, index) => authority === b.authorities[index])
	);
}
