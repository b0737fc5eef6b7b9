// All that is known of an Anycubic printer from its reports: the latest of each thing, whichever report said it.

import type { JobWord } from "./job-words";

export interface AnycubicReport {
	/** Whether the printer is connected to its broker, which tells it in its stead. */
	isOnline?: boolean;
	/** It does something, be it a job or not. */
	isBusy?: boolean;
	/** °C */
	nozzle: HeatReport;
	bed: HeatReport;
	chamber: HeatReport;
	/** Percent. */
	fans: { part?: number; aux?: number; chamber?: number };
	/** 1 silent, 2 standard, 3 sport. */
	speedMode?: 1 | 2 | 3;
	/** By the printer's number of the kind, whether they are on. */
	lights: Map<number, boolean>;
	/** What is plugged in. */
	parts: { camera?: boolean; box?: boolean; usb?: boolean };
	firmware?: string;
	/** Of firmware, while the printer installs some; started at the printer or by its maker's app. */
	update?: { isFailed: boolean; percent?: number };
	/** The present job, or the last one. */
	job?: JobReport;
	/** What went wrong with it. */
	failure?: Failure;
	usage: UsageReport;
	/** `undefined` as long as it is not known whether there are any. */
	boxes?: BoxReport[];
	/** The spool outside of boxes. */
	external?: { material?: string; color?: string; isLoaded?: boolean };
	/** There was a time in which nothing was heard: a job may have ended or begun. */
	isBehind: boolean;
	/** How often the printer has said, since it last told of its job, that it does nothing. */
	timesFree: number;
}

export interface HeatReport {
	current?: number;
	/** 0 = not heating */
	target?: number;
}

export interface JobReport {
	word: JobWord;
	/** What the printer, a slicer and the cloud call it; the first one that was heard comes first. */
	ids: readonly string[];
	/** What the printer calls it at present, also when that tells it from no other. */
	taskId?: string;
	name?: string;
	percent?: number;
	layer?: number;
	totalLayers?: number;
	remainingMinutes?: number;
	/** A person has ended it. */
	isCancelled?: true;
	/** It is over, but how it ended was not heard. */
	isGone?: true;
}

export interface Failure {
	code: number;
	/** In the printer's words. */
	msg?: string;
}

/** Of the present job. */
export interface UsageReport {
	/** mm by tray. */
	byTray: Map<number, number>;
	/** The most that was said of all trays together; `undefined` before it was said at all. */
	mostMm?: number;
	/** The job began in our sight: all that it has used is in `byTray`. */
	isWhole: boolean;
	/** The tray that has fed last. */
	fedBy?: number;
}

export interface BoxReport {
	/** As in the state. */
	unit: number;
	loadedSlot?: number;
	temperature?: number;
	humidity?: number;
	isDrying?: boolean;
	dryingMinutes?: number;
	/** By their number. */
	slots: BoxSlotReport[];
}

export interface BoxSlotReport {
	id: number;
	/** "" = empty; `undefined` when it was not said. */
	material?: string;
	/** RRGGBBAA, upper-case hex */
	color?: string;
	sku?: string;
	/** What the spool's own tag says is left. */
	remainPercent?: number;
}

export function emptyReport(): AnycubicReport {
	return {
		nozzle: {},
		bed: {},
		chamber: {},
		fans: {},
		lights: new Map(),
		parts: {},
		usage: { byTray: new Map(), isWhole: false },
		isBehind: false,
		timesFree: 0,
	};
}

/** The connection is lost: what is heard next may be of another job. */
export function loseSight(report: AnycubicReport): void {
	report.isBehind = true;
}
