// The tag that was read last, until a person says which slot its spool is in.

import type { NdefErrorCode } from "./ndef";
import type { OpenSpoolTag } from "./open-spool";

export interface HeldTag extends OpenSpoolTag {
	/** Seconds of the device's uptime. */
	readAtSeconds: number;
}

/** Why the tag that was held to the reader last could not be read. */
export interface TagError {
	/** `bad_tag`: its JSON is no description of a spool. `unreadable`: the reader gives up on that kind of tag. */
	code: NdefErrorCode | "bad_tag" | "unreadable";
	/** What is wrong and what to do, in words. */
	message: string;
	/** Seconds of the device's uptime. */
	readAtSeconds: number;
}
