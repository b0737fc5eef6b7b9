// The archives in a folder, from what a file server lists: lines as those of `ls -l`, with English months.

export interface ListedArchive {
	name: string;
	/** To be compared with others of the same listing or another one: the larger, the newer. 0 when not understood. */
	age: number;
}

const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
const MOST_ARCHIVES = 200;

/**
 * Lines that are no file's are passed over. `wallTimeMs`: files of the last half-year come without the year; without
 * the time it is taken to be the same for all of them.
 */
export function listedArchives(listing: string, wallTimeMs: number | undefined): ListedArchive[] {
	const archives: ListedArchive[] = [];
	for (const line of listing.split("\n")) {
		const archive = archiveOf(line.trimEnd(), wallTimeMs);
		if (archive && archives.length < MOST_ARCHIVES) archives.push(archive);
	}
	return archives;
}

function archiveOf(line: string, wallTimeMs: number | undefined): ListedArchive | undefined {
	if (!line.toLowerCase().endsWith(".3mf")) return undefined;
	const pattern =
		/^-\S{9}\S?\s+\d+\s+\S+\s+\S+\s+\d+\s+([A-Za-z]{3})\s+(\d{1,2})\s+(?:(\d{4})|(\d{1,2}):(\d{2}))\s(.+)$/;
	const match = pattern.exec(line);
	if (match === null) return undefined;
	const [, monthName = "", day = "", year, hours = "0", minutes = "0", name = ""] = match;
	const at = MONTHS.indexOf(monthName.toLowerCase());
	if (at < 0 || at % 3 !== 0) return { name, age: 0 };
	const month = at / 3;
	const of = (years: number): number =>
		Date.UTC(years, month, Number(day), year === undefined ? Number(hours) : 0, Number(minutes));
	if (year !== undefined) return { name, age: of(Number(year)) };
	// Later than any with a year, as they are.
	if (wallTimeMs === undefined) return { name, age: of(3000) };
	const thisYear = new Date(wallTimeMs).getUTCFullYear();
	// A day for the printer's time zone.
	const isLastYear = of(thisYear) > wallTimeMs + 24 * 60 * 60 * 1000;
	return { name, age: of(isLastYear ? thisYear - 1 : thisYear) };
}
