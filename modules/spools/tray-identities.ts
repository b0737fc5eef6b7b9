// Which spool is in which slot of all printers: each spool in one slot only.

import type { PrinterState } from "../printers/printer-state";
import { sameValue } from "../printers/same-value";
import { type Identity, identify } from "./identity";
import type { SlotMap } from "./slot-map";
import { tagOf } from "./spool";
import type { SpoolBook } from "./spool-book";
import { type Tray, traysOf } from "./trays";

/** Of one slot. */
export interface IdentifiedTray extends Tray {
	/** In upper case. */
	tag: string | undefined;
	/** The spool that a person has put there. */
	mappedId: number | undefined;
	identity: Identity;
	/** Spoolman has still to say what is in there. */
	awaits: boolean;
}

/** A printer, and what a person has put into its slots. */
export interface MappedPrinter {
	state: PrinterState;
	map: SlotMap;
}

interface Claim {
	entry: IdentifiedTray;
	isOnline: boolean;
	sinceMs: number;
}

const UNKNOWN: Identity = Object.freeze({ kind: "unknown" } as const);
const NOT_MAPPED: Identity = Object.freeze({ kind: "none", reason: "not_mapped" } as const);

export class TrayIdentities {
	private byPrinter = new Map<string, readonly IdentifiedTray[]>();
	/** By printer and slot: which tag is in there, and since when. */
	private seen = new Map<string, { tag: string | undefined; sinceMs: number }>();

	of(printerId: string): readonly IdentifiedTray[] {
		return this.byPrinter.get(printerId) ?? [];
	}

	/** What Spoolman is to be asked for. */
	get wanted(): { tags: string[]; ids: number[] } {
		const tags = new Set<string>();
		const ids = new Set<number>();
		for (const trays of this.byPrinter.values())
			for (const { tag, mappedId } of trays) {
				if (tag !== undefined) tags.add(tag);
				// Also of an empty slot: it is known then when the spool comes back.
				if (mappedId !== undefined) ids.add(mappedId);
			}
		return { tags: [...tags], ids: [...ids] };
	}

	/** `book` is `undefined` as long as no Spoolman is entered. True when some slot has another identity than before. */
	update(printers: readonly MappedPrinter[], book: SpoolBook | undefined, nowMs: number): boolean {
		const seen = new Map<string, { tag: string | undefined; sinceMs: number }>();
		const byPrinter = new Map<string, readonly IdentifiedTray[]>();
		const claims = new Map<number, Claim[]>();
		const mapped = new Set<number>();
		for (const { state, map } of printers) {
			const entries = traysOf(state.filament).map((tray) => {
				const entry = identified(tray, uniquely(map.get(tray.tray), mapped, tray), book);
				const key = `${state.id}/${tray.tray}`;
				const before = this.seen.get(key);
				const sinceMs = before && before.tag === entry.tag ? before.sinceMs : nowMs;
				seen.set(key, { tag: entry.tag, sinceMs });
				if (entry.identity.kind === "spool") {
					const { id } = entry.identity.spool;
					const claim = { entry, sinceMs, isOnline: state.link === "online" };
					claims.set(id, [...(claims.get(id) ?? []), claim]);
				}
				return entry;
			});
			byPrinter.set(state.id, entries);
		}
		for (const several of claims.values()) if (several.length > 1) settle(several);
		const before = this.byPrinter;
		this.byPrinter = byPrinter;
		this.seen = seen;
		for (const [id, entries] of byPrinter) {
			const last = before.get(id) ?? [];
			if (entries.length !== last.length) return true;
			if (entries.some(({ identity }, index) => !sameValue(identity, last[index]?.identity))) return true;
		}
		return before.size !== byPrinter.size;
	}
}

/** Of two slots that a person has put one spool into, the first one counts. */
function uniquely(id: number | undefined, mapped: Set<number>, { slot }: Tray): number | undefined {
	if (id === undefined || mapped.has(id)) return undefined;
	// Where there is nothing, it is not.
	if (slot.state !== "empty") mapped.add(id);
	return id;
}

function identified(tray: Tray, mappedId: number | undefined, book: SpoolBook | undefined): IdentifiedTray {
	const { slot } = tray;
	const tag = tagOf(slot.spoolUuid);
	const found = tag === undefined ? [] : book?.found(tag);
	const known = mappedId === undefined ? undefined : book?.known(mappedId);
	const isAsked =
		book !== undefined &&
		found !== undefined &&
		(tag !== undefined || mappedId === undefined || known !== undefined);
	const isThere = slot.state !== "empty";
	const isReading = slot.isReading === true;
	if (isThere && !isReading && !isAsked)
		return { ...tray, tag, mappedId, identity: UNKNOWN, awaits: book !== undefined };
	const identity = identify(
		{ isThere, isReading, uuid: slot.spoolUuid },
		found ?? [],
		mappedId !== undefined && known ? { spoolId: mappedId, spool: known.spool } : undefined,
	);
	return { ...tray, tag, mappedId, identity, awaits: false };
}

/** A tag outweighs a word, and what is seen now what was seen last; of two the later one, since spools are moved. */
function settle(claims: readonly Claim[]): void {
	const rank = ({ entry: { identity }, isOnline }: Claim): number =>
		(identity.kind === "spool" && identity.by === "tag" ? 2 : 0) + (isOnline ? 1 : 0);
	const winner = claims.reduce((best, claim) => {
		const more = rank(claim) - rank(best);
		return more > 0 || (more === 0 && claim.sinceMs > best.sinceMs) ? claim : best;
	});
	for (const claim of claims) {
		if (claim === winner) continue;
		const { entry } = claim;
		entry.identity = entry.tag === undefined ? NOT_MAPPED : UNKNOWN;
	}
}
