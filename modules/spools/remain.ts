// Whether what a printer says of a spool's rest is a measurement, and how much it then is. Pure.

import type { FilamentUnitKind } from "../printers/printer-state";
import type { Identity } from "./identity";
import { tagOf } from "./spool";

export interface TrayReport {
	tray: number;
	kind: FilamentUnitKind | "external";
	isThere: boolean;
	/** Its tag is being read, or waits to be. */
	isReading: boolean;
	uuid?: string;
	/** Whole percent as the printer says it: −1 is unknown, 0 may be. */
	remain?: number;
	/** g that were on the spool when it was new, by its tag. */
	trayWeightG?: number;
	identity: Identity;
}

export interface Measurement {
	/** Of a full spool. */
	readonly percent: number;
	/** What one whole percent of the printer's is of this spool; it says no less. */
	readonly point: number;
}

/** Percent. Only who was as low as this can be at 0 now. */
const NEARLY_EMPTY = 3;
/** g */
const USUAL_SPOOL_G = 1000;

/** `lastPercent`: the last one that was believed of this spool. `undefined` for what is no measurement. */
export function measurementOf(
	{ kind, isThere, isReading, uuid, remain, trayWeightG, identity }: TrayReport,
	lastPercent: number | undefined,
	tracksRemaining: boolean | undefined,
	isSmallSpoolScaled: boolean,
): Measurement | undefined {
	const tag = tagOf(uuid);
	// Without a tag, and in these units, printers do not measure, whatever they say.
	if (tag === undefined || kind === "ams_lite" || kind === "ace" || kind === "external") return undefined;
	if (identity.kind !== "spool" || identity.by !== "tag" || identity.spool.tag !== tag) return undefined;
	if (identity.spool.baseG === undefined || !isThere || isReading) return undefined;
	if (remain === undefined || !Number.isInteger(remain) || remain < 0 || remain > 100) return undefined;
	if (tracksRemaining === false) return undefined;
	const isSmall = trayWeightG !== undefined && trayWeightG > 0 && trayWeightG < USUAL_SPOOL_G;
	// Printers measure a spool of less than 1 kg as if it were one of 1 kg.
	const point = isSmall && isSmallSpoolScaled ? USUAL_SPOOL_G / trayWeightG : 1;
	// It also stands for "not measured".
	const isZeroSure =
		tracksRemaining === true && lastPercent !== undefined && lastPercent <= NEARLY_EMPTY * point;
	if (remain === 0 && !isZeroSure) return undefined;
	return { percent: Math.min(100, remain * point), point };
}
