// Applies what a report says of a job to what is known of it: which one it is, how far it is, and how it ended.

import { jobTitle } from "../../job-title";
import type { AnycubicReport, JobReport } from "./anycubic-report";
import { isUnderWay, type JobWord, jobWord } from "./job-words";
import { takeUsage } from "./merge-usage";
import { Section, type Sections } from "./sections";
import { between, finite, plainText, type Values, wholeBetween } from "./values";

const OK = 200;
/** A start was refused, for another job is still under way: that one is not concerned. */
const TASK_ACTIVE = 10101;
const PAUSED_BY_USER = 10401;
const STOPPED_BY_USER = 10601;
/** A job that was begun at the printer is given the cloud's number. */
const RENAMING = "localtasktrans";
/** What fails with these is the command, not the job. */
const COMMANDS: readonly string[] = Object.freeze([
	"pause",
	"resume",
	"cancel",
	"update",
	"getSliceParam",
	RENAMING,
]);

const MAX_NAME = 255;
const MAX_ID = 64;
const MOST_IDS = 4;
const MAX_LAYERS = 1_000_000;
const MAX_MINUTES = 1_000_000;
/** Said of a job that has no number of its own. */
const NO_IDS: readonly string[] = Object.freeze(["", "-1", "0"]);
/** A printer that does nothing says so of itself, and once more when it is asked. */
const FREE_TIMES = 2;

export interface JobNews {
	modelId: string;
	/** "printing", "stoped"; as the report says it. */
	state: string;
	action: string;
	code?: number | undefined;
	msg?: string | undefined;
	data: Values;
}

export function mergeJob(report: AnycubicReport, news: JobNews): Sections {
	const { job } = report;
	if (job && news.action === RENAMING) takeIds(job, news.data);
	const word = jobWord(news.state) ?? wordOfAction(news, job);
	if (!word || isOfCommand(news) || isOfOtherJob(job, word, news)) return Section.none;
	const isNew = !job || isBeginning(job, word, news);
	const now: JobReport = isNew ? { word, ids: [] } : { ...job, word };
	delete now.isGone;
	if (isNew) beginUsage(report, word, news);
	takeIds(now, news.data);
	const name = nameOf(news.data);
	if (name !== undefined) now.name = name;
	if (word.hasValues) takeValues(now, news.data);
	if (word.status === "failed" && isByUser(news)) now.isCancelled = true;
	else delete now.isCancelled;
	report.job = now;
	report.isBehind = false;
	report.timesFree = 0;
	const faults = takeFailure(report, news, now);
	const used = word.hasUsage ? takeUsage(report, news.data.supplies_usage, news.modelId) : Section.none;
	return Section.job | faults | used;
}

/** The printer says whether it does anything, be it a job or not. */
export function mergeBusy(report: AnycubicReport, isBusy: boolean): Sections {
	report.isBusy = isBusy;
	const { job } = report;
	if (isBusy) report.timesFree = 0;
	else if (job && isUnderWay(job.word)) {
		// It may say so a moment before it tells how the job ended.
		report.timesFree++;
		if (report.isBehind || report.timesFree >= FREE_TIMES) job.isGone = true;
	}
	if (!isBusy) report.isBehind = false;
	return Section.job;
}

export function isJobUnderWay({ job }: Pick<AnycubicReport, "job">): boolean {
	return job !== undefined && !job.isGone && isUnderWay(job.word);
}

/** Some only say that a job is done. */
function wordOfAction({ action }: JobNews, job: JobReport | undefined): JobWord | undefined {
	return action === "done" && job && isUnderWay(job.word) ? jobWord("finished") : undefined;
}

function isOfCommand({ state, action, code, data }: JobNews): boolean {
	if (state !== "failed") return false;
	// An answer that names a job tells how that one is.
	const isUnanswered = action === "query" && idsOf(data).length === 0 && nameOf(data) === undefined;
	return code === TASK_ACTIVE || isUnanswered || COMMANDS.includes(action);
}

/** An end that is told of a job which is not the one under way, such as one that was refused. */
function isOfOtherJob(job: JobReport | undefined, word: JobWord, { data }: JobNews): boolean {
	return !!job && !job.isGone && isUnderWay(job.word) && !isUnderWay(word) && isOther(job, idsOf(data));
}

function isBeginning(job: JobReport, word: JobWord, { data }: JobNews): boolean {
	const ids = idsOf(data);
	if (isOther(job, ids)) return true;
	if (!isUnderWay(word)) return false;
	const isOver = job.isGone || !isUnderWay(job.word);
	// One that is known by its number may go on after all.
	if (ids.length > 0 && job.ids.length > 0) return isOver && word.isBeginning === true;
	const name = nameOf(data);
	const isRenamed = name !== undefined && job.name !== undefined && name !== job.name;
	return isOver || isRenamed || (word.isFirst === true && job.word.hasUsage === true);
}

function beginUsage(report: AnycubicReport, { isBeginning }: JobWord, { data }: JobNews): void {
	// Of a printer that was watched while it did nothing, the beginning was not missed.
	const wasWatched = !report.isBehind && (report.job !== undefined || report.isBusy === false);
	// One that goes on after a pause may heat once more.
	const isAtZero = isBeginning === true && !between(Number.MIN_VALUE, data.progress, 100);
	report.usage = { byTray: new Map(), isWhole: isAtZero || wasWatched };
}

function idOf(value: unknown): string | undefined {
	return typeof value === "number" ? String(finite(value) ?? "") : plainText(value, MAX_ID);
}

/** What the printer, the cloud and a slicer call it. */
function idsOf({ taskid, task_id, localtask }: Values): string[] {
	const ids: string[] = [];
	for (const value of [taskid, task_id, localtask]) {
		const id = idOf(value);
		if (id !== undefined && !NO_IDS.includes(id) && !ids.includes(id)) ids.push(id);
	}
	return ids;
}

function isOther(job: JobReport, ids: readonly string[]): boolean {
	return ids.length > 0 && job.ids.length > 0 && !ids.some((id) => job.ids.includes(id));
}

/** A job that was begun at the printer gets the cloud's number later. */
function takeIds(job: JobReport, data: Values): void {
	const ids = idsOf(data);
	if (isOther(job, ids)) return;
	const task = idOf(data.taskid);
	if (task) job.taskId = task;
	if (ids.every((id) => job.ids.includes(id))) return;
	job.ids = [...new Set([...job.ids, ...ids])].slice(0, MOST_IDS);
}

export function nameOf({ filename }: Values): string | undefined {
	const file = plainText(filename, MAX_NAME);
	return file ? jobTitle(file) || undefined : undefined;
}

function takeValues(job: JobReport, { progress, curr_layer, total_layers, remain_time }: Values): void {
	const percent = between(0, progress, 100);
	const layer = wholeBetween(0, curr_layer, MAX_LAYERS);
	const totalLayers = wholeBetween(0, total_layers, MAX_LAYERS);
	const remainingMinutes = between(0, remain_time, MAX_MINUTES);
	if (percent !== undefined) job.percent = percent;
	if (layer !== undefined) job.layer = layer;
	if (totalLayers !== undefined) job.totalLayers = totalLayers;
	if (remainingMinutes !== undefined) job.remainingMinutes = Math.round(remainingMinutes);
}

function isByUser({ state, code = OK }: JobNews): boolean {
	return code === STOPPED_BY_USER || (state !== "failed" && code === OK);
}

function takeFailure(report: AnycubicReport, { state, code = OK, msg }: JobNews, job: JobReport): Sections {
	const { status } = job.word;
	const isHalt = status === "failed" || state === "pausing" || state === "paused";
	const isFault = code !== OK && code !== PAUSED_BY_USER && code !== STOPPED_BY_USER;
	const had = report.failure !== undefined;
	if ((isHalt && isFault) || (state === "failed" && !job.isCancelled))
		report.failure = msg ? { code, msg } : { code };
	// A report that only repeats that the job is paused does not take away why.
	else if (job.isCancelled || !(isHalt || state === "stopping" || state === "resuming"))
		delete report.failure;
	return had || report.failure ? Section.faults : Section.none;
}
