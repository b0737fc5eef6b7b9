// Reads one file of an archive on a printer: from the archive's end where the server allows it, or all that comes first.

import { type ArchiveEnd, findInDirectory } from "./archive-directory";
import { type ArchivedFile, ArchiveScan, type ArchiveScanOptions, type ScanFailure } from "./archive-scan";
import type { FoundArchive } from "./find-archive";
import type { FtpSession } from "./ftp-session";

/** Directories have about 100 bytes for each of their files, of which there are some dozens. */
const END_BYTES = 32 * 1024;
/** Of an archive without a directory that is understood. */
const MOST_BYTES = 512 * 1024 * 1024;

export async function readArchived(
	session: FtpSession,
	archive: FoundArchive,
	options: ArchiveScanOptions,
): Promise<ArchivedFile | ScanFailure> {
	const { sizeBytes } = archive;
	const end =
		sizeBytes !== undefined && sizeBytes > 2 * END_BYTES
			? await readEnd(session, archive.path, sizeBytes)
			: undefined;
	const from = end && findInDirectory(end, options.name);
	if (from === "absent") return "absent";
	if (from !== undefined && end !== undefined && from >= end.before) {
		const scan = new ArchiveScan(options);
		scan.take(end.bytes.subarray(from - end.before));
		if (scan.file !== undefined || !scan.wantsMore) return scan.file ?? scan.failure;
	}
	return scanFrom(session, archive.path, from ?? 0, options);
}

async function readEnd(
	session: FtpSession,
	path: string,
	sizeBytes: number,
): Promise<ArchiveEnd | undefined> {
	const bytes = new Uint8Array(END_BYTES);
	const before = sizeBytes - END_BYTES;
	let length = 0;
	const result = await session.read(path, {
		from: before,
		onData(piece) {
			const taken = piece.subarray(0, END_BYTES - length);
			bytes.set(taken, length);
			length += taken.length;
			// One that does not begin where it was asked to sends far more.
			return length < END_BYTES || piece.length === taken.length;
		},
	});
	return result === "whole" && length === END_BYTES ? { bytes, before } : undefined;
}

async function scanFrom(
	session: FtpSession,
	path: string,
	from: number,
	options: ArchiveScanOptions,
): Promise<ArchivedFile | ScanFailure> {
	const scan = new ArchiveScan(options);
	let length = 0;
	const result = await session.read(path, {
		from,
		onData(piece) {
			length += piece.length;
			return scan.take(piece) && length <= MOST_BYTES;
		},
	});
	if (result === "missing") return "absent";
	return scan.file ?? scan.failure;
}
