// Spoolman over HTTP: what the device asks of it, and what it writes.

import type { Clock } from "../../platform/clock";
import type { HttpClientPort } from "../../platform/http";
import type { TextCodec } from "../../platform/text-codec";
import { isRecord, isSpoolId, isWeight, tagOf } from "../spool";
import { notSpoolman, toSpoolmanError } from "./answer-errors";
import {
	Catalog,
	type FilamentQuery,
	LONGEST_NAME,
	type NewFilament,
	type NewSpool,
	type TagData,
} from "./catalog";
import { ensureTagField, isFieldKey, spoolFields, writeTag } from "./extra-fields";
import { type ListQuery, MOST_IN_PAGE, Pages, searchTerm } from "./pages";
import { readSpoolDetails, SPOOL_NAMES, type SpoolDetails } from "./spool-details";
import { SpoolmanError } from "./spoolman-error";
import { SpoolmanHttp } from "./spoolman-http";
import { Turns } from "./turns";

export interface SpoolmanClientOptions {
	http: HttpClientPort;
	text: TextCodec;
	clock: Clock;
	/** As it was entered. A wrong one makes every call reject with `invalid`. */
	url: string;
	/** "": none. */
	apiKey: string;
	/** The extra field of spools that holds their tag. */
	tagField: string;
	/** Of one request; a call may take several. */
	timeoutMs?: number;
}

export interface SpoolListQuery {
	offset: number;
	/** At most {@link MOST_IN_PAGE}. */
	limit: number;
	/** Part of the filament's name, material or vendor. */
	search?: string;
}

export interface SpoolList {
	spools: SpoolDetails[];
	/** All that match, as far as Spoolman can say it. */
	total?: number;
}

const TIMEOUT_MS = 8000;
const MOST_LOCATIONS = 100;
/** More spools with one tag tell no more than that there is more than one. */
const MOST_OF_ONE_TAG = 4;

/** Every promise rejects with a {@link SpoolmanError}. One request is under way at a time; the others wait. */
export class SpoolmanClient {
	private readonly clock: Clock;
	private readonly tagField: string;
	private readonly http: SpoolmanHttp;
	private readonly pages: Pages;
	private readonly catalog: Catalog;
	/** For what looks first and writes then: two at once would both write. */
	private readonly turns = new Turns();
	private closed: Promise<void> | undefined;

	constructor({ tagField, timeoutMs = TIMEOUT_MS, ...options }: SpoolmanClientOptions) {
		this.clock = options.clock;
		this.tagField = tagField;
		this.http = new SpoolmanHttp({ ...options, timeoutMs });
		this.pages = new Pages(this.http);
		this.catalog = new Catalog(this.http, this.pages);
	}

	/** Makes sure that it is a Spoolman, and that it is well. */
	async info(): Promise<{ version: string }> {
		const { value: health } = await this.askInfo("/health", ["status"]);
		if (!isRecord(health) || health.status !== "healthy") throw notSpoolman();
		const { value: info } = await this.askInfo("/info", ["version"]);
		const version = isRecord(info) ? info.version : undefined;
		if (typeof version !== "string" || !/^[0-9A-Za-z.+_-]{1,32}$/.test(version)) throw notSpoolman();
		return { version };
	}

	/** The newest first, without archived ones. */
	async list({ offset, limit, search = "" }: SpoolListQuery): Promise<SpoolList> {
		if (!isCount(offset) || !isCount(limit) || limit === 0 || limit > MOST_IN_PAGE)
			throw invalid(`A page has 1 to ${MOST_IN_PAGE} spools.`);
		if (searchTerm(search) === "") return this.listOf({}, offset, limit);
		const { ids, isAll } = await this.catalog.search(search);
		if (ids.length === 0) return { spools: [], total: 0 };
		const { spools, total } = await this.listOf({ "filament.id": ids.join(",") }, offset, limit);
		return isAll && total !== undefined ? { spools, total } : { spools };
	}

	/** Also of an archived one. */
	async get(id: number): Promise<SpoolDetails> {
		checkId(id);
		return this.ask(id, { method: "GET", path: `/spool/${id}` });
	}

	/**
	 * Usually one or none. Spoolman is asked for the tag; where it does not know the field and answers with all spools,
	 * those are looked through.
	 */
	async findByTag(uuid: string, { hasArchived = false } = {}): Promise<SpoolDetails[]> {
		const tag = tagOf(uuid);
		if (tag === undefined) return [];
		if (!isFieldKey(this.tagField))
			throw invalid("The name of the tag's field is not one that Spoolman takes.");
		const query = this.spools({
			[`extra.${this.tagField}`]: tag,
			sort: "id:asc",
			...(hasArchived && { allow_archived: "true" }),
		});
		const first = await this.pages.page(query, 0, MOST_IN_PAGE);
		if (first.isEnd) return first.items.filter((spool) => spool.tag === tag);
		// No spool has a value in a field that is not there.
		if (!(await spoolFields(this.http)).includes(this.tagField)) return [];
		const all = new Map<number, SpoolDetails>();
		await this.pages.walk(query, (spool) => {
			if (spool.tag === tag) all.set(spool.id, spool);
			return all.size === MOST_OF_ONE_TAG;
		});
		return [...all.values()];
	}

	/** g that were used of it in all. Safe to repeat. */
	async setUsed(id: number, usedG: number, { isFirstUse = false } = {}): Promise<SpoolDetails> {
		checkId(id);
		checkWeight(usedG);
		return this.patch(id, { used_weight: usedG, ...this.usedNow(isFirstUse) });
	}

	/** g that are left. `fullGrams`: what a new one has, for a spool of which Spoolman does not know it. */
	async setRemaining(
		id: number,
		grams: number,
		{ fullGrams }: { fullGrams?: number | undefined } = {},
	): Promise<SpoolDetails> {
		checkId(id);
		checkWeight(grams);
		const used = this.usedNow(false);
		let refusal: unknown;
		try {
			return await this.patch(id, { remaining_weight: grams, ...used });
		} catch (error) {
			if (!isInvalid(error)) throw error;
			refusal = error;
		}
		// It does so for a spool without a weight of its own, also where it knows that of its filament.
		const { baseG } = await this.get(id);
		if (baseG !== undefined) return this.patch(id, { used_weight: Math.max(0, baseG - grams), ...used });
		if (fullGrams !== undefined && fullGrams > 0)
			return this.patch(id, { initial_weight: fullGrams, remaining_weight: grams, ...used });
		throw new SpoolmanError(
			"invalid",
			`Spoolman does not know how much was on spool ${id} when it was new. Enter its weight there.`,
			{ cause: refusal },
		);
	}

	/** Adds to what was used. Not safe to repeat, and never repeated. */
	async use(id: number, amount: { grams: number } | { lengthMm: number }): Promise<SpoolDetails> {
		checkId(id);
		const body = "grams" in amount ? { use_weight: amount.grams } : { use_length: amount.lengthMm };
		if (!Object.values(body).every(Number.isFinite)) throw invalid("The amount used has to be a number.");
		return this.ask(id, { method: "PUT", path: `/spool/${id}/use`, body });
	}

	/** g on scales, with the empty spool. */
	async measure(id: number, grossGrams: number): Promise<SpoolDetails> {
		checkId(id);
		checkWeight(grossGrams);
		try {
			return await this.ask(id, {
				method: "PUT",
				path: `/spool/${id}/measure`,
				body: { weight: grossGrams },
			});
		} catch (error) {
			// It says so in the same way whether there is no such spool, or none with a known weight.
			if (isInvalid(error)) await this.get(id);
			throw error;
		}
	}

	/** `undefined` takes it off. Makes the field where it is missing. `invalid` for a spool that has another tag. */
	async setTag(id: number, uuid: string | undefined): Promise<SpoolDetails> {
		checkId(id);
		const tag = tagOf(uuid);
		if (uuid !== undefined && tag === undefined) throw invalid("That is no spool's tag.");
		return this.turns.run(() =>
			guarded(async () => {
				const answer = await writeTag(this.http, { id, uuid: tag, tagField: this.tagField });
				const spool = this.read(id, answer);
				if (spool.tag !== tag) throw tagNotKept();
				return spool;
			}),
		);
	}

	/** `undefined` or "": none. */
	async setLocation(id: number, location: string | undefined): Promise<SpoolDetails> {
		checkId(id);
		checkLocation(location);
		// An empty text would be kept as a location of its own.
		return this.patch(id, { location: location?.trim() ? location.trim() : null });
	}

	/** Those that spools are in. */
	async locations(): Promise<string[]> {
		const { value } = await this.http.request({ method: "GET", path: "/location", names: [] });
		if (!Array.isArray(value) || !value.every((item: unknown) => typeof item === "string"))
			throw notSpoolman();
		return value.filter((location) => location !== "").slice(0, MOST_LOCATIONS);
	}

	/** Their numbers, as of filaments. */
	async findVendor(name: string): Promise<number | undefined> {
		return this.catalog.findVendor(name);
	}

	async createVendor(name: string): Promise<number> {
		return this.catalog.createVendor(name);
	}

	async findFilament(filament: FilamentQuery): Promise<number | undefined> {
		return this.catalog.findFilament(filament);
	}

	async createFilament(filament: NewFilament): Promise<number> {
		return this.catalog.createFilament(filament);
	}

	/** Makes the tag's field where it is missing. */
	async createSpool(spool: NewSpool): Promise<SpoolDetails> {
		checkId(spool.filamentId);
		checkSpool(spool);
		const { fullGrams = 0, remainingGrams } = spool;
		const uuid = tagOf(spool.uuid);
		if (uuid !== undefined) await ensureTagField(this.http, this.tagField);
		const made = this.readNew(await this.catalog.createSpool({ ...spool, uuid }, this.tagField));
		if (made.tag !== uuid) throw tagNotKept();
		// Of a new one Spoolman takes what is left only with its weight; now it knows that of the filament.
		return remainingGrams !== undefined && fullGrams === 0 && made.baseG !== undefined
			? this.patch(made.id, { used_weight: Math.max(0, made.baseG - remainingGrams) })
			: made;
	}

	/** The spool with that tag: the one that is there, or else a new one, with filament and vendor. */
	async ensureSpoolFor(tag: TagData): Promise<{ spool: SpoolDetails; isNew: boolean }> {
		const { uuid, fullGrams, remainingGrams, location } = tag;
		checkSpool(tag);
		return this.turns.run(() =>
			guarded(async () => {
				const found = await this.findByTag(uuid, { hasArchived: true });
				const [spool, another] = found.filter(({ archived }) => !archived);
				if (another) throw invalid("Two spools have that tag in Spoolman. Take it off one of them there.");
				if (spool) return { spool, isNew: false };
				if (found[0])
					throw invalid(
						`Spool ${found[0].id} has that tag, and is archived. Take it out of Spoolman's archive.`,
					);
				const filamentId = await this.catalog.ensureFilament(tag);
				const made = await this.createSpool({ filamentId, fullGrams, remainingGrams, uuid, location });
				return { spool: made, isNew: true };
			}),
		);
	}

	/** Rejects what waits; resolves when what is on its way has ended. May be called any number of times. */
	close(): Promise<void> {
		this.closed ??= Promise.all([this.http.close(), this.turns.close()]).then(() => {});
		return this.closed;
	}

	private async askInfo(path: string, names: readonly string[]): Promise<{ value: unknown }> {
		try {
			return await this.http.request({ method: "GET", path, names });
		} catch (error) {
			// Every Spoolman has these.
			const isOther =
				error instanceof SpoolmanError && (error.code === "not_found" || error.code === "invalid");
			throw isOther && error.status !== undefined ? notSpoolman(error.status) : error;
		}
	}

	private async listOf(
		filters: Readonly<Record<string, string>>,
		offset: number,
		limit: number,
	): Promise<SpoolList> {
		const query = this.spools({ ...filters, sort: "id:desc" });
		const { items, total } = await this.pages.page(query, offset, limit);
		return { spools: items, ...(total !== undefined && { total }) };
	}

	private spools(filters: Readonly<Record<string, string>>): ListQuery<SpoolDetails> {
		return {
			path: "/spool",
			filters,
			names: this.names,
			read: (value) => readSpoolDetails(value, this.tagField),
		};
	}

	private patch(id: number, body: Readonly<Record<string, unknown>>): Promise<SpoolDetails> {
		return this.ask(id, { method: "PATCH", path: `/spool/${id}`, body });
	}

	private async ask(
		id: number,
		request: { method: "GET" | "PUT" | "PATCH"; path: string; body?: Readonly<Record<string, unknown>> },
	): Promise<SpoolDetails> {
		const { value } = await this.http.request({ ...request, names: this.names });
		return this.read(id, value);
	}

	private read(id: number, value: unknown): SpoolDetails {
		const spool = this.readNew(value);
		if (spool.id !== id) throw notSpoolman();
		return spool;
	}

	private readNew(value: unknown): SpoolDetails {
		const spool = readSpoolDetails(value, this.tagField);
		if (!spool) throw notSpoolman();
		return spool;
	}

	private get names(): string[] {
		return [...SPOOL_NAMES, this.tagField];
	}

	/** Nothing, as long as the device does not know the time: Spoolman does not do it by itself for an absolute weight. */
	private usedNow(isFirst: boolean): Record<string, string> {
		const time = this.clock.wallTime();
		if (time === undefined) return {};
		const now = new Date(time).toISOString();
		return isFirst ? { first_used: now, last_used: now } : { last_used: now };
	}
}

/** What looks first and writes then may meet anything on its way. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toSpoolmanError(error);
	}
}

function tagNotKept(): SpoolmanError {
	return invalid(
		"Spoolman did not keep the tag. Look at its extra field for tags: it has to be of the type text.",
	);
}

function checkSpool({ fullGrams, remainingGrams, uuid, location }: Omit<NewSpool, "filamentId">): void {
	if (fullGrams !== undefined) checkWeight(fullGrams);
	if (remainingGrams !== undefined) checkWeight(remainingGrams);
	checkLocation(location);
	if (uuid !== undefined && tagOf(uuid) === undefined) throw invalid("That is no spool's tag.");
}

function checkLocation(location: string | undefined): void {
	if (location !== undefined && [...location.trim()].length > LONGEST_NAME)
		throw invalid(`A location has at most ${LONGEST_NAME} characters.`);
}

function checkId(id: number): void {
	if (!isSpoolId(id)) throw invalid("A spool's number is 1 or more.");
}

function checkWeight(grams: number): void {
	if (!isWeight(grams)) throw invalid("A weight has to be 0 g or more.");
}

function isCount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0;
}

function isInvalid(error: unknown): boolean {
	return error instanceof SpoolmanError && error.code === "invalid";
}

function invalid(message: string): SpoolmanError {
	return new SpoolmanError("invalid", message);
}
