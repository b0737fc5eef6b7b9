// SHA-256 by the SDK.

import { Digest } from "crypt";
import type { Sha256 } from "../sha256";

export function createSha256(): Sha256 {
	const digest = new Digest("SHA256") as unknown as SdkDigest;
	return {
		update: (bytes) => digest.write(bytes),
		digest: () => new Uint8Array(digest.close()),
	};
}

/** As it is: its typings know no views of a buffer. */
interface SdkDigest {
	write(bytes: Uint8Array): void;
	close(): ArrayBuffer;
}
