// The names of messages: version 4 UUIDs, as the printers' own clients write them.

import type { Random } from "../../../platform/random";

/** Where the dashes are. */
const GROUP_ENDS: readonly number[] = Object.freeze([8, 12, 16, 20]);
/** The digit that tells the version, and the one that tells the variant. */
const VERSION_AT = 12;
const VARIANT_AT = 16;

export function messageId(random: Random): string {
	let id = "";
	for (let at = 0; at < 32; at++) {
		if (GROUP_ENDS.includes(at)) id += "-";
		const digit = Math.floor(random() * 16) & 0xf;
		if (at === VERSION_AT) id += "4";
		else id += (at === VARIANT_AT ? (digit & 0x3) | 0x8 : digit).toString(16);
	}
	return id;
}
