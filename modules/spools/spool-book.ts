// What Spoolman has last said of the spools that are in printers: by their tags, and by their numbers.

import type { SpoolDetails } from "./spoolman/spool-details";
import { type SpoolmanLink, toSpoolmanError } from "./spoolman-link";

/** Another spool may have been given the same tag meanwhile. */
const FIND_INTERVAL_MS = 600_000;

interface Found {
	spools: readonly SpoolDetails[];
	foundAtMs: number;
	/** When one of them alone was asked for, or they were found. */
	askedAtMs: number;
}

interface Known {
	/** `undefined`: Spoolman has no such spool. */
	spool: SpoolDetails | undefined;
	askedAtMs: number;
}

/** What is to be asked next. */
export type Question = { readonly tag: string } | { readonly id: number };

export class SpoolBook {
	private readonly byTag = new Map<string, Found>();
	private readonly byId = new Map<number, Known>();
	private tags: readonly string[] = [];
	private ids: readonly number[] = [];
	/** What was found for questions from before a change of the links is thrown away. */
	private edition = 0;

	/** Only what is wanted is kept, so there are never more than there are slots. */
	want(tags: readonly string[], ids: readonly number[]): void {
		this.tags = tags;
		this.ids = ids;
		for (const tag of this.byTag.keys()) if (!tags.includes(tag)) this.byTag.delete(tag);
		for (const id of this.byId.keys()) if (!ids.includes(id)) this.byId.delete(id);
	}

	/** `undefined` as long as Spoolman was not asked. */
	found(tag: string): readonly SpoolDetails[] | undefined {
		return this.byTag.get(tag)?.spools;
	}

	/** Likewise; `spool` is `undefined` when there is none. */
	known(id: number): { readonly spool: SpoolDetails | undefined } | undefined {
		return this.byId.get(id);
	}

	/** As Spoolman has just said it. */
	put(spool: SpoolDetails, nowMs: number): void {
		if (this.byId.has(spool.id)) this.byId.set(spool.id, { spool, askedAtMs: nowMs });
		for (const [tag, { spools, foundAtMs }] of this.byTag) {
			if (!spools.some(({ id }) => id === spool.id)) continue;
			const others = spools.filter(({ id }) => id !== spool.id);
			const isHere = spool.tag === tag && !spool.archived;
			this.byTag.set(tag, {
				spools: isHere ? [...others, spool] : others,
				// Whose tag that is now has to be found out.
				foundAtMs: isHere ? foundAtMs : Number.NEGATIVE_INFINITY,
				askedAtMs: nowMs,
			});
		}
	}

	/** All is to be asked anew; what is known stays until then. */
	refresh(): void {
		this.edition++;
		for (const [tag, found] of this.byTag)
			this.byTag.set(tag, {
				...found,
				foundAtMs: Number.NEGATIVE_INFINITY,
				askedAtMs: Number.NEGATIVE_INFINITY,
			});
		for (const [id, known] of this.byId) this.byId.set(id, { ...known, askedAtMs: Number.NEGATIVE_INFINITY });
	}

	/** It is another Spoolman. */
	clear(): void {
		this.edition++;
		this.byTag.clear();
		this.byId.clear();
	}

	/** The question that is due, what was never asked first; else ms until one is. */
	next(nowMs: number, intervalMs: number): Question | number {
		let first: Question | undefined;
		let dueAtMs = Number.POSITIVE_INFINITY;
		const consider = (question: Question, atMs: number): void => {
			if (atMs >= dueAtMs) return;
			dueAtMs = atMs;
			first = question;
		};
		for (const tag of this.tags) {
			const found = this.byTag.get(tag);
			if (!found) return { tag };
			const [spool, another] = found.spools;
			if (spool && !another) consider({ id: spool.id }, found.askedAtMs + intervalMs);
			else consider({ tag }, found.foundAtMs + intervalMs);
			consider({ tag }, found.foundAtMs + FIND_INTERVAL_MS);
		}
		for (const id of this.ids) {
			const known = this.byId.get(id);
			if (!known) return { id };
			consider({ id }, known.askedAtMs + intervalMs);
		}
		return first && dueAtMs <= nowMs ? first : Math.max(1, dueAtMs - nowMs);
	}

	/** Rejects when it cannot be asked. */
	async ask(question: Question, link: SpoolmanLink, now: () => number): Promise<void> {
		const { edition } = this;
		if ("tag" in question) {
			const spools = await this.find(question.tag, link);
			const nowMs = now();
			if (edition !== this.edition || !this.tags.includes(question.tag)) return;
			this.byTag.set(question.tag, { spools, foundAtMs: nowMs, askedAtMs: nowMs });
			for (const spool of spools) this.put(spool, nowMs);
			return;
		}
		const { id } = question;
		const spool = await this.get(id, link);
		if (edition !== this.edition) return;
		const nowMs = now();
		if (spool) this.put(spool, nowMs);
		else this.drop(id, nowMs);
		if (this.ids.includes(id)) this.byId.set(id, { spool, askedAtMs: nowMs });
	}

	/** Spoolman has no such spool any longer. */
	drop(id: number, nowMs: number): void {
		if (this.byId.has(id)) this.byId.set(id, { spool: undefined, askedAtMs: nowMs });
		for (const [tag, { spools }] of this.byTag) {
			if (!spools.some((spool) => spool.id === id)) continue;
			const others = spools.filter((spool) => spool.id !== id);
			this.byTag.set(tag, { spools: others, foundAtMs: Number.NEGATIVE_INFINITY, askedAtMs: nowMs });
		}
	}

	private async find(tag: string, link: SpoolmanLink): Promise<readonly SpoolDetails[]> {
		try {
			return await link.ask((client) => client.findByTag(tag));
		} catch (error) {
			// It does not know the field, so it knows no tag.
			if (toSpoolmanError(error).code === "invalid") return [];
			throw error;
		}
	}

	private async get(id: number, link: SpoolmanLink): Promise<SpoolDetails | undefined> {
		try {
			return await link.ask((client) => client.get(id));
		} catch (error) {
			if (toSpoolmanError(error).code === "not_found") return undefined;
			throw error;
		}
	}
}
