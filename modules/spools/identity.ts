// Which of Spoolman's spools is in a tray. The spool's own tag decides; where there is none, what a person has said.

import { type Spool, tagOf } from "./spool";

export interface TrayIdentity {
	isThere: boolean;
	/** Its tag is being read, or waits to be: what is known of it may be another spool's. */
	isReading: boolean;
	/** As the printer says it; all zeros is none. */
	uuid?: string | undefined;
}

/**
 * - `empty`: nothing is in there
 * - `reading`: to be asked again when the tag is read
 * - `not_mapped`: it has no tag, and nobody has said which spool it is
 * - `mapped_spool_missing`, `mapped_spool_archived`: somebody has, but Spoolman has no such spool, or put it away
 * - `tag_twice`: two spools have the same tag in Spoolman
 */
export type NoSpoolReason =
	| "empty"
	| "reading"
	| "not_mapped"
	| "mapped_spool_missing"
	| "mapped_spool_archived"
	| "tag_twice";

export type Identity =
	| { readonly kind: "spool"; readonly spool: Spool; readonly by: "tag" | "slot" }
	/** A tag that Spoolman does not know: to be linked, perhaps to the suggested spool, or created. */
	| { readonly kind: "offer"; readonly uuid: string; readonly suggestedSpoolId?: number }
	| { readonly kind: "none"; readonly reason: NoSpoolReason }
	/** Spoolman could not be asked yet: nothing is concluded. Never by {@link identify}. */
	| { readonly kind: "unknown" };

/**
 * `found`: what Spoolman answered when it was asked for the tag. Each is looked at again, since a server that does not
 * know the field answers with all spools. `mapped`: the spool that a person has put into this tray, as Spoolman has it.
 */
export function identify(
	{ isThere, isReading, uuid }: TrayIdentity,
	found: readonly Spool[],
	mapped: { readonly spoolId: number; readonly spool: Spool | undefined } | undefined,
): Identity {
	if (!isThere) return none("empty");
	if (isReading) return none("reading");
	const tag = tagOf(uuid);
	if (tag !== undefined) return byTag(tag, found, mapped?.spool);
	if (!mapped) return none("not_mapped");
	if (!mapped.spool || mapped.spool.id !== mapped.spoolId) return none("mapped_spool_missing");
	if (mapped.spool.archived) return none("mapped_spool_archived");
	return { kind: "spool", spool: mapped.spool, by: "slot" };
}

/** A tag outweighs what a person has said of the slot, also while nobody knows it: the spool may have been exchanged. */
function byTag(tag: string, found: readonly Spool[], mapped: Spool | undefined): Identity {
	const known = new Map<number, Spool>();
	for (const spool of mapped ? [...found, mapped] : found)
		if (spool.tag === tag && !spool.archived) known.set(spool.id, spool);
	const [spool, another] = known.values();
	if (another) return none("tag_twice");
	if (spool) return { kind: "spool", spool, by: "tag" };
	const isFree = mapped !== undefined && mapped.tag === undefined && !mapped.archived;
	return isFree ? { kind: "offer", uuid: tag, suggestedSpoolId: mapped.id } : { kind: "offer", uuid: tag };
}

function none(reason: NoSpoolReason): Identity {
	return { kind: "none", reason };
}
