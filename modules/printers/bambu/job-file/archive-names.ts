// Under which names a job's file can be on its printer, from what the printer says of the job.

/** LAN prints lie in the root, prints from the cloud in /cache, those from the card in /model. */
export const FOLDERS: readonly string[] = Object.freeze(["/", "/cache", "/model"]);

/** Names on the printers' file systems have no more. */
const LONGEST_NAME = 200;

export interface JobWords {
	/** "cube.gcode.3mf", or "/data/Metadata/plate_1.gcode": that is in the printer's memory, where nobody can read it. */
	file: string;
	title: string;
}

/** The likeliest first; none when the printer says neither. */
export function archiveNames({ file, title }: JobWords): string[] {
	const names: string[] = [];
	const add = (name: string): void => {
		if (isName(name) && !names.includes(name)) names.push(name);
	};
	const addBoth = (base: string): void => {
		if (base === "") return;
		add(`${base}.gcode.3mf`);
		add(`${base}.3mf`);
	};
	const last = lastPart(file);
	if (endsWith(last, ".3mf")) add(last);
	addBoth(baseName(title));
	if (plateOfFile(file) === undefined) addBoth(baseName(last));
	// Slicers write spaces so for some printers.
	for (const name of [...names]) add(name.replaceAll(" ", "_"));
	return names;
}

/** 3 of "/data/Metadata/plate_3.gcode". */
export function plateOfFile(file: string): number | undefined {
	const digits = /^plate_(\d{1,3})\.gcode$/i.exec(lastPart(file))?.[1];
	return digits === undefined ? undefined : Number(digits) || undefined;
}

export function pathOf(folder: string, name: string): string {
	return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/**
 * What two names have in common when one of them was written by somebody who does not like spaces, capitals or signs
 * in names. "" for a name of signs alone.
 */
export function likeness(name: string): string {
	let like = "";
	for (const character of baseName(name).toLowerCase()) {
		if (!" _-+.,;:*?\"'<>|/\\()[]&".includes(character)) like += character;
	}
	return like;
}

function baseName(name: string): string {
	let base = name.trim();
	for (const ending of [".3mf", ".gcode"]) {
		if (endsWith(base, ending)) base = base.slice(0, -ending.length);
	}
	return base;
}

function lastPart(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1).trim();
}

function endsWith(name: string, ending: string): boolean {
	return name.toLowerCase().endsWith(ending);
}

function isName(name: string): boolean {
	if (name.length > LONGEST_NAME || name.includes("/")) return false;
	for (let i = 0; i < name.length; i++) {
		const code = name.charCodeAt(i);
		if (code < 0x20 || code === 0x7f) return false;
	}
	return true;
}
