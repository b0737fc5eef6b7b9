// Which trays a job takes from, and how much of each is due by how far it has come. Pure.

import type { JobReport, Progress, Sight, TrayUse } from "./job-progress";
import { isWeight } from "./spool";

/** A spool was empty, and the printer went on with another one; or a person had it do so. */
export interface Relief {
	readonly to: number;
	/** g that are due of the tray that is relieved. */
	readonly grams: number;
}

/** More than any printer has; what is kept by tray or by spool ends there. */
export const MOST_TRAYS = 32;

/** What is still to come of a tray comes from another one, when that is in the nozzle without being one of the job's. */
export function relieve(
	progress: Progress,
	sight: Sight | undefined,
	{ state, use, active }: JobReport,
	isThere: (tray: number) => boolean,
): Progress {
	if (state !== "printing" || progress.percent === 0) return progress;
	const plan = planOf(progress, use);
	const { counted, lengths, reliefs: known } = progress;
	// After a restart it shows in what was counted.
	const before = sight ? [...planOf(progress, sight.job.use).keys()] : [...counted.keys()];
	const [gone, ...othersGone] = before.filter(
		(tray) => !plan.has(tray) && !lengths.has(tray) && (sight !== undefined || !known.has(tray)),
	);
	const [come, ...othersCome] = [...plan.keys()].filter(
		(tray) => !before.includes(tray) && (sight !== undefined || !progress.active.has(tray)),
	);
	let from: number | undefined;
	let to: number | undefined;
	if (gone !== undefined && come !== undefined && othersGone.length + othersCome.length === 0) {
		// Where the printer says from which trays the job comes, it may say the other one from then on.
		from = gone;
		to = come;
	} else if (active !== undefined && plan.size > 0 && !plan.has(active) && isThere(active)) {
		const last = sight?.job.active;
		const [empty, ...othersEmpty] = [...plan.keys()].filter((tray) => !isThere(tray));
		if (empty !== undefined && othersEmpty.length === 0) from = empty;
		else if (last !== undefined && plan.has(last)) from = last;
		else if (plan.size === 1) [from] = plan.keys();
		to = active;
	}
	if (from === undefined || to === undefined || known.size >= MOST_TRAYS) return progress;
	const isCounted = !sight && from === gone;
	const grams = isCounted ? (counted.get(from) ?? 0) : gramsDue(progress, sight?.job.use ?? use, from);
	const reliefs = new Map(known).set(from, { to, grams });
	// It gives again itself.
	reliefs.delete(to);
	return { ...progress, reliefs };
}

/** g by tray of the whole job, by its slicer. */
export function planned(use: readonly TrayUse[] | undefined): Map<number, number> {
	const plan = new Map<number, number>();
	for (const { tray, grams } of use ?? []) if (isWeight(grams)) plan.set(tray, (plan.get(tray) ?? 0) + grams);
	return plan;
}

/** The same as it has turned out: without the trays that others give for, and with what is left for those. */
export function planOf(
	{ reliefs }: Progress,
	use: readonly TrayUse[] | undefined,
): ReadonlyMap<number, number> {
	const plan = planned(use);
	for (const [tray, { to, grams }] of reliefs) {
		const relieved = plan.get(tray);
		if (relieved !== undefined) {
			plan.delete(tray);
			plan.set(to, (plan.get(to) ?? 0) + relieved);
		}
		const own = plan.get(to);
		if (own !== undefined) plan.set(to, Math.max(0, own - grams));
	}
	return plan;
}

/**
 * What the job gained while a tray was in the nozzle is that tray's. Where that is not known, or where it was none of
 * the job's, it is shared out by what each may still take.
 */
export function gramsDue(progress: Progress, use: readonly TrayUse[] | undefined, tray: number): number {
	const { from, percent, active } = progress;
	const plan = planOf(progress, use);
	const own = plan.get(tray);
	if (from === undefined || own === undefined) return 0;
	let whole = 0;
	for (const grams of planned(use).values()) whole += grams;
	const shareOf = (other: number): number => (whole * (active.get(other) ?? 0)) / 100;
	let knownG = givenG(progress, plan, shareOf);
	let openG = 0;
	for (const [other, grams] of plan) {
		knownG += shareOf(other);
		openG += Math.max(0, grams - shareOf(other));
	}
	const ownG = Math.min(own, shareOf(tray));
	const unknownG = Math.max(0, (whole * (percent - from)) / 100 - knownG);
	return openG > 0 ? ownG + (own - ownG) * Math.min(1, unknownG / openG) : ownG;
}

/** g of trays that are none of the job's any longer. */
function givenG(
	{ reliefs, counted, lengths }: Progress,
	plan: ReadonlyMap<number, number>,
	shareOf: (tray: number) => number,
): number {
	let sum = 0;
	for (const [tray, { grams }] of reliefs) if (!plan.has(tray)) sum += Math.max(grams, shareOf(tray));
	for (const [tray, grams] of counted)
		if (!plan.has(tray) && !reliefs.has(tray) && !lengths.has(tray)) sum += grams;
	return sum;
}
