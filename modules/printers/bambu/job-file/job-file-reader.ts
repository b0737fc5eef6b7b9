// Reads what a job takes from its file on the printer, over the printer's own file server.

import type { Clock } from "../../../platform/clock";
import type { Inflate } from "../../../platform/inflate";
import type { Log } from "../../../platform/log";
import { PortError } from "../../../platform/port-error";
import type { TextCodec } from "../../../platform/text-codec";
import type { TlsPort } from "../../../platform/tls-stream";
import type { JobFileErrorCode, JobFileQuery, JobFileResult, JobFiles } from "../../job-files";
import { plateOfFile } from "./archive-names";
import { findArchive } from "./find-archive";
import { FtpSession } from "./ftp-session";
import { jobFileHelp } from "./job-file-words";
import { readArchived } from "./read-archived";
import { readSliceInfo, type SlicedPlate } from "./slice-info";

/** Where printers serve their files; they tell no other port. */
export const FILE_PORT = 990;
/** What slicers write into the archive beside the code for the printer. */
const SLICE_INFO = "Metadata/slice_info.config";
/** A plate with a thousand objects has 100 KB, which compress to a tenth. */
const MOST_COMPRESSED_BYTES = 64 * 1024;
const MOST_BYTES = 256 * 1024;
/** A file of 100 MB that has to come whole takes minutes. */
const TIME_LIMIT_MS = 10 * 60 * 1000;
/** As many as there are printers. */
const MOST_WAITING = 10;

export interface FtpsJobFilesOptions {
	tls: TlsPort;
	clock: Clock;
	log: Log;
	inflate: Inflate;
	text: TextCodec;
	/** DER certificates that a printer's chain may end at. */
	authorities: readonly Uint8Array[];
}

type Failure = { code: JobFileErrorCode; message: string };

export class FtpsJobFiles implements JobFiles {
	private readonly options: FtpsJobFilesOptions;
	private session: FtpSession | undefined;
	/** Resolves when the read before is over. */
	private turn: Promise<unknown> = Promise.resolve();
	private waiting = 0;
	private isClosed = false;

	constructor(options: FtpsJobFilesOptions) {
		this.options = options;
	}

	read(query: JobFileQuery): Promise<JobFileResult> {
		if (this.waiting >= MOST_WAITING)
			return Promise.resolve(failed({ code: "busy", message: jobFileHelp("busy") }));
		this.waiting += 1;
		const reading = this.turn.then(async () => {
			const result = await this.readNow(query);
			this.waiting -= 1;
			return result;
		});
		this.turn = reading;
		return reading;
	}

	close(): void {
		this.isClosed = true;
		this.session?.close();
	}

	private async readNow(query: JobFileQuery): Promise<JobFileResult> {
		if (this.isClosed) return failed({ code: "unreachable", message: jobFileHelp("closed") });
		const { clock, log, tls, text, authorities } = this.options;
		const { host, serial, accessCode, pinnedSha256, port = FILE_PORT } = query;
		const session = new FtpSession({
			tls,
			clock,
			text,
			host,
			port,
			accessCode,
			trust: { authorities, commonName: serial, ...(pinnedSha256 && { pinnedSha256 }) },
		});
		this.session = session;
		const limit = clock.after(TIME_LIMIT_MS, () => session.close());
		try {
			await session.open();
			return await this.readFrom(session, query);
		} catch (error) {
			const failure = failureOf(error, query);
			log.warn(`file of the job on ${serial}: ${failure.message} (${errorText(error)})`);
			return failed(failure);
		} finally {
			limit.cancel();
			session.close();
			this.session = undefined;
		}
	}

	private async readFrom(session: FtpSession, query: JobFileQuery): Promise<JobFileResult> {
		const { clock, log, inflate, text } = this.options;
		const archive = await findArchive(session, query, clock.wallTime());
		if (archive === undefined) return failed({ code: "not_found", message: jobFileHelp("not_found") });
		const found = await readArchived(session, archive, {
			name: text.encode(SLICE_INFO),
			maxBytes: MOST_COMPRESSED_BYTES,
		});
		// There may be a wait for the goodbye, and nothing more is needed.
		session.close();
		if (typeof found === "string") {
			log.warn(`file of the job on ${query.serial}: ${archive.path} is of no use: ${found}`);
			return failed({ code: "no_use", message: jobFileHelp(found) });
		}
		const plates = readSliceInfo(found.isDeflated ? inflate(found.bytes, MOST_BYTES) : found.bytes, text);
		return useOf(plates, query.plate ?? plateOfFile(query.file));
	}
}

function useOf(plates: readonly SlicedPlate[], wanted: number | undefined): JobFileResult {
	const sliced = plates.filter(({ filaments }) => filaments.length > 0);
	const fitting = wanted === undefined ? sliced : sliced.filter(({ index }) => index === wanted);
	const [plate, ...others] = fitting;
	if (plate !== undefined && others.length === 0) return { ok: true, filaments: plate.filaments };
	if (sliced.length === 0) return failed({ code: "no_use", message: jobFileHelp("not_sliced") });
	return failed({
		code: "no_use",
		message: jobFileHelp(plate === undefined ? "other_plate" : "many_plates"),
	});
}

function failureOf(error: unknown, { host }: JobFileQuery): Failure {
	const code = error instanceof PortError ? error.code : "protocol";
	switch (code) {
		case "unauthorized":
			return { code: "refused", message: jobFileHelp("unauthorized") };
		case "untrusted":
		case "wrong_name":
		case "certificate_changed":
			return { code: "refused", message: jobFileHelp("certificate") };
		case "protocol":
		case "too_large":
		case "unsupported":
		case "invalid":
			return { code: "no_use", message: jobFileHelp("not_understood") };
		case "refused":
			return { code: "unreachable", message: jobFileHelp("no_server", host) };
		default:
			return { code: "unreachable", message: jobFileHelp("unreachable", host) };
	}
}

function failed(failure: Failure): JobFileResult {
	return { ok: false, ...failure };
}

function errorText(error: unknown): string {
	return error instanceof PortError ? `${error.code}: ${error.message}` : String(error);
}
