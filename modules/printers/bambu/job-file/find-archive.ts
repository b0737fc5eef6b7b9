// Finds the file of a job on a printer.

import { archiveNames, FOLDERS, type JobWords, likeness, pathOf } from "./archive-names";
import { type ListedArchive, listedArchives } from "./folder-listing";
import type { FtpSession } from "./ftp-session";

export interface FoundArchive {
	path: string;
	/** `undefined` when the server does not tell. */
	sizeBytes: number | undefined;
}

/** Of one folder; a line has about 100 bytes. */
const LISTING_BYTES = 32 * 1024;

/**
 * `undefined` when it is not there. When the printer says neither file nor title it is the newest one; otherwise a file
 * of another name is no guess: what it takes would be counted for a job that takes something else.
 */
export async function findArchive(
	session: FtpSession,
	job: JobWords,
	wallTimeMs: number | undefined,
): Promise<FoundArchive | undefined> {
	const names = archiveNames(job);
	const byName = await newestOf(session, await findNames(session, names));
	if (byName !== undefined) return byName;
	const wanted = names.map(likeness).filter((like) => like !== "");
	let newest: (ListedArchive & { path: string }) | undefined;
	for (const folder of FOLDERS) {
		for (const archive of listedArchives(await session.list(folder, LISTING_BYTES), wallTimeMs)) {
			if (names.length > 0 && !wanted.includes(likeness(archive.name))) continue;
			if (newest === undefined || archive.age > newest.age)
				newest = { ...archive, path: pathOf(folder, archive.name) };
		}
	}
	if (newest === undefined) return undefined;
	const size = await session.size(newest.path);
	return size === "missing" ? undefined : { path: newest.path, sizeBytes: size };
}

async function findNames(session: FtpSession, names: readonly string[]): Promise<FoundArchive[]> {
	const found: FoundArchive[] = [];
	for (const name of names) {
		for (const folder of FOLDERS) {
			const path = pathOf(folder, name);
			const size = await session.size(path);
			// The lists tell the same to servers without this command.
			if (size === undefined) return found;
			if (size !== "missing") found.push({ path, sizeBytes: size });
		}
	}
	return found;
}

/** A file of the same name may be left from an earlier day, in another folder. */
async function newestOf(
	session: FtpSession,
	[first, ...others]: readonly FoundArchive[],
): Promise<FoundArchive | undefined> {
	if (first === undefined || others.length === 0) return first;
	let newest = first;
	let newestAt = (await session.modified(first.path)) ?? "";
	for (const other of others) {
		const at = (await session.modified(other.path)) ?? "";
		if (at <= newestAt) continue;
		newest = other;
		newestAt = at;
	}
	return newest;
}
