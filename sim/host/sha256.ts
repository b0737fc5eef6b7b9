// SHA-256 by Node.

import { createHash } from "node:crypto";
import type { Sha256 } from "../../modules/platform/sha256";

export function createSha256(): Sha256 {
	const hash = createHash("sha256");
	return {
		update(bytes) {
			hash.update(bytes);
		},
		digest: () => new Uint8Array(hash.digest()),
	};
}
