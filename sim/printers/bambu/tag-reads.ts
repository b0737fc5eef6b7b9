// Reading the tags of spools: it takes a while after a spool was put in, and until then the printer knows nothing of it.

import { type Machine, spoolIn } from "./machine";
import { externalUnit, sameTray, type TrayAddress } from "./spools";

/** A spool whose tag is being read, or was not read yet. */
export interface TagRead {
	readonly tray: TrayAddress;
	/** Nothing is known of the spool before. */
	readonly isNew: boolean;
	/** `undefined`: nobody has told the printer to read it. */
	readonly remainingMs: number | undefined;
}

export const tagReadMs = 20_000;

/** A spool was put there. The printer reads its tag, unless it is told not to. */
export function withNewSpoolRead(machine: Machine, tray: TrayAddress): Machine {
	if (tray.unit === externalUnit || spoolIn(machine, tray) === undefined) return machine;
	const remainingMs = machine.amsOptions.readOnInsert ? tagReadMs : undefined;
	return withRead(machine, { tray, isNew: true, remainingMs });
}

/** Somebody tells the printer to read that tag. */
export function withTagRead(machine: Machine, tray: TrayAddress): Machine {
	const changed = { ...machine, amsVersion: machine.amsVersion + 1 };
	const isIn = tray.unit !== externalUnit && spoolIn(machine, tray) !== undefined;
	if (!isIn) return changed;
	const isNew = readOf(machine, tray)?.isNew ?? false;
	return withRead(changed, { tray, isNew, remainingMs: tagReadMs });
}

export function tickTagReads(machine: Machine, elapsedMs: number): Machine {
	if (machine.tagReads.every(({ remainingMs }) => remainingMs === undefined)) return machine;
	const tagReads = machine.tagReads.flatMap((read) => {
		if (read.remainingMs === undefined) return [read];
		return read.remainingMs > elapsedMs ? [{ ...read, remainingMs: read.remainingMs - elapsedMs }] : [];
	});
	const isLess = tagReads.length < machine.tagReads.length;
	return { ...machine, tagReads, amsVersion: machine.amsVersion + (isLess ? 1 : 0) };
}

export function readOf({ tagReads }: Machine, tray: TrayAddress): TagRead | undefined {
	return tagReads.find((read) => sameTray(read.tray, tray));
}

function withRead(machine: Machine, read: TagRead): Machine {
	const others = machine.tagReads.filter(({ tray }) => !sameTray(tray, read.tray));
	return { ...machine, tagReads: [...others, read] };
}
