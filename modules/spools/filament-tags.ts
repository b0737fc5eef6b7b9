// Takes OpenSpool tags, from a reader or from the network, and describes to a printer what is in a slot.

import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { PortError } from "../platform/port-error";
import type { ReadTag, TagReader, TagReaderPort } from "../platform/tag-reader";
import type { TextCodec } from "../platform/text-codec";
import type { CommandRefusal } from "../printers/command";
import { type CommandedPrinters, commandById } from "../printers/command-by-id";
import type { Printer } from "../printers/printer";
import type { HeldTag, TagError } from "./filament-tag";
import { readNdefJson } from "./ndef";
import {
	decodeOpenSpool,
	type OpenSpoolField,
	type OpenSpoolResult,
	type OpenSpoolTag,
	readOpenSpool,
	toFilamentSetting,
} from "./open-spool";
import { trayPlace } from "./tray-place";

/** As long as somebody needs to walk from the reader to the printer. */
const HELD_MS = 5 * 60_000;

/** Where a tag's spool is. */
export interface TagPlace {
	printerId: string;
	/** See `globalTray` in `slot-map.ts`. */
	tray: number;
}

/**
 * - `bad_tag`: `field` of it is wrong
 * - `no_tag`: none is held
 * - `no_profile`: the maker has no profile for that material, and its printers take none without
 * - `unknown_printer`
 */
export type TagFailureCode = "bad_tag" | "no_tag" | "no_profile" | "unknown_printer" | CommandRefusal;

export interface TagFailure {
	readonly ok: false;
	readonly code: TagFailureCode;
	readonly field?: OpenSpoolField;
	/** What is wrong and what to do, in words. */
	readonly message: string;
}

export type TagResult =
	| { readonly ok: true; readonly tag: OpenSpoolTag; readonly sent: boolean }
	| TagFailure;

export interface FilamentTagsOptions {
	clock: Clock;
	log: Log;
	text: TextCodec;
	printers: Pick<CommandedPrinters, "attend"> & {
		find(id: string): Pick<Printer, "command" | "state"> | undefined;
	};
	uptimeSeconds(): number;
	/** Of a device that has one. */
	reader?: TagReaderPort | undefined;
}

export class FilamentTags {
	private readonly options: FilamentTagsOptions;
	private listeners: readonly (() => void)[] = [];
	private heldTag: HeldTag | undefined;
	private lastError: TagError | undefined;
	/** Until what is held or went wrong is forgotten. */
	private expiry: Timer | undefined;
	private reader: TagReader | undefined;
	private isClosed = false;

	constructor(options: FilamentTagsOptions) {
		this.options = options;
	}

	/** The tag that waits for a place. Replaced, never changed in place. */
	get held(): HeldTag | undefined {
		return this.heldTag;
	}

	/** Of the reader; until the next tag is read. */
	get error(): TagError | undefined {
		return this.lastError;
	}

	/** Looks for tags, if there is a reader. */
	start(): void {
		const { reader, log } = this.options;
		if (!reader || this.reader || this.isClosed) return;
		try {
			this.reader = reader.open({
				onTag: (tag) => this.read(tag),
				onError: (error) => this.readerFailed(error),
			});
		} catch (error) {
			log.warn(`tags: the reader cannot be used: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	/** Calls back when what is held or went wrong has changed; the returned function ends that. */
	onChange(listener: () => void): () => void {
		const own = () => listener();
		this.listeners = [...this.listeners, own];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== own);
		};
	}

	/**
	 * A tag's JSON, parsed. With a place it is sent there, and resolves when the printer has answered or has not in
	 * time; without one it is held. Never rejects.
	 */
	async take(json: unknown, place?: TagPlace): Promise<TagResult> {
		const result = readOpenSpool(json);
		if (!result.ok) return badTag(result);
		const { tag } = result;
		if (place) return this.sendTag(tag, place);
		this.hold(tag);
		return { ok: true, tag, sent: false };
	}

	/** Sends the held tag to that slot. It is held no longer when the printer has taken it. Never rejects. */
	async give(printerId: string, tray: number): Promise<TagResult> {
		const tag = this.heldTag;
		if (!tag)
			return failure("no_tag", "No tag is held. Hold one to the reader, or send its JSON, and try again.");
		const { readAtSeconds: _, ...description } = tag;
		const result = await this.sendTag(description, { printerId, tray });
		// Another one may have been read meanwhile.
		if (result.ok && this.heldTag === tag) this.drop();
		return result;
	}

	/** Forgets the held tag, and what went wrong with the last one. False when there was neither. */
	drop(): boolean {
		const isThere = this.heldTag !== undefined || this.lastError !== undefined;
		if (isThere) this.keep(undefined, undefined);
		return isThere;
	}

	/** May be called any number of times; no callback comes afterwards. */
	close(): void {
		this.isClosed = true;
		this.listeners = [];
		this.reader?.close();
		this.reader = undefined;
		this.expiry?.cancel();
		this.expiry = undefined;
	}

	private read({ ndef }: ReadTag): void {
		const found = readNdefJson(ndef, this.options.text);
		if (!found.ok) {
			this.refuse(found.code, found.message);
			return;
		}
		const result = decodeOpenSpool(found.json);
		if (result.ok) this.hold(result.tag);
		else this.refuse("bad_tag", badTag(result).message);
	}

	private readerFailed(error: PortError): void {
		this.options.log.warn(`tags: ${error.message} (${error.code})`);
		if (error.code === "too_large" || error.code === "protocol")
			this.refuse(
				"unreadable",
				"That tag cannot be read. Use an NTAG215 or NTAG216, and hold it to the reader a moment longer.",
			);
	}

	private hold(tag: OpenSpoolTag): void {
		this.keep({ ...tag, readAtSeconds: this.options.uptimeSeconds() }, undefined);
	}

	/** What was read before is not what is at the reader now. */
	private refuse(code: TagError["code"], message: string): void {
		this.keep(undefined, { code, message, readAtSeconds: this.options.uptimeSeconds() });
	}

	private keep(tag: HeldTag | undefined, error: TagError | undefined): void {
		if (this.isClosed) return;
		this.expiry?.cancel();
		this.expiry =
			tag || error ? this.options.clock.after(HELD_MS, () => this.keep(undefined, undefined)) : undefined;
		this.heldTag = tag;
		this.lastError = error;
		for (const listener of this.listeners) listener();
	}

	private async sendTag(tag: OpenSpoolTag, { printerId, tray }: TagPlace): Promise<TagResult> {
		const { printers } = this.options;
		const printer = printers.find(printerId);
		if (!printer) return unknownPrinter();
		const setting = toFilamentSetting(tag);
		if (!setting)
			return failure(
				"no_profile",
				`Printers have no profile for "${tag.type}". Describe the spool on the printer, or write another type on the tag.`,
			);
		const spool = trayPlace(tray, printer.state.filament);
		const result = await commandById(printers, printerId, { command: "filament_setting", spool, ...setting });
		if (!result) return unknownPrinter();
		return result.ok ? { ok: true, tag, sent: true } : result;
	}
}

function unknownPrinter(): TagFailure {
	return failure("unknown_printer", "There is no such printer.");
}

function badTag({ field, message }: OpenSpoolResult & { ok: false }): TagFailure {
	return { ok: false, code: "bad_tag", field, message };
}

function failure(code: TagFailureCode, message: string): TagFailure {
	return { ok: false, code, message };
}
