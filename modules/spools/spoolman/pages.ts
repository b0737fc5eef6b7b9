// Lists of Spoolman in pieces that fit into memory.

import { notSpoolman } from "./answer-errors";
import { SpoolmanError } from "./spoolman-error";
import type { SpoolmanHttp } from "./spoolman-http";

export const MOST_IN_PAGE = 20;
const MOST_PAGES = 100;

export interface ListQuery<T> {
	/** Such as "/spool". */
	path: string;
	/** Already encoded, by name; without limit and offset. */
	filters: Readonly<Record<string, string>>;
	names: readonly string[];
	/** `undefined` for what does not belong into the list: then all of the answer is no Spoolman's. */
	read(value: unknown): T | undefined;
}

export interface Page<T> {
	items: T[];
	/** As Spoolman says it. */
	total?: number;
	/** Nothing follows. */
	isEnd: boolean;
}

export class Pages {
	private readonly http: SpoolmanHttp;
	/** Spools with long comments fit in smaller numbers. */
	private step = MOST_IN_PAGE;

	constructor(http: SpoolmanHttp) {
		this.http = http;
	}

	async page<T>(query: ListQuery<T>, offset: number, limit: number): Promise<Page<T>> {
		const page: Page<T> = { items: [], isEnd: false };
		while (page.items.length < limit && !page.isEnd) {
			const count = Math.min(limit - page.items.length, this.step);
			const piece = await this.piece(query, offset + page.items.length, count);
			if (!piece) continue;
			page.items.push(...piece.items);
			page.isEnd = piece.isEnd;
			if (piece.total !== undefined) page.total = piece.total;
		}
		return page;
	}

	/** Goes through all of them, without holding them, until `take` says true. */
	async walk<T>(query: ListQuery<T>, take: (item: T) => boolean): Promise<void> {
		let offset = 0;
		for (let count = 0; count < MOST_PAGES; count++) {
			const { items, isEnd } = await this.page(query, offset, MOST_IN_PAGE);
			if (items.some(take) || isEnd) return;
			offset += items.length;
		}
		throw new SpoolmanError(
			"too_large",
			`Spoolman has more than ${MOST_PAGES * MOST_IN_PAGE} entries to look through. Archive spools that are used up, or update Spoolman.`,
		);
	}

	/** `undefined`: too much, and the next one is smaller. */
	private async piece<T>(query: ListQuery<T>, offset: number, count: number): Promise<Page<T> | undefined> {
		const { path, filters, names, read } = query;
		const parameters = { ...filters, limit: String(count), offset: String(offset) };
		const search = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
		try {
			const { value, total } = await this.http.request({
				method: "GET",
				path: `${path}?${search.join("&")}`,
				names,
			});
			// One that gives more than was asked for would never come to an end.
			if (!Array.isArray(value) || value.length > count) throw notSpoolman();
			const items = value.map((item: unknown) => {
				const entry = read(item);
				if (entry === undefined) throw notSpoolman();
				return entry;
			});
			this.step = Math.min(MOST_IN_PAGE, this.step * 2);
			return { items, isEnd: items.length < count, ...(total !== undefined && { total }) };
		} catch (error) {
			if (!(error instanceof SpoolmanError) || error.code !== "too_large" || count === 1) throw error;
			this.step = Math.max(1, Math.floor(count / 2));
			return undefined;
		}
	}
}

/** As a parameter of a query: a part of what is looked for, since a comma would part it and quotes are a sign. */
export function searchTerm(text: string): string {
	const parts = text.split(",").map((part) => part.replace(/^[\s"]+|[\s"]+$/g, ""));
	return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}
