// What has to be so before an Anycubic printer is given a command, beside what every printer needs.

import { failed } from "../../command";
import { NOT_KNOWN } from "../../commands/job-guards";
import { isUnderWay } from "../../job-status";
import type { FilamentUnit } from "../../printer-state";
import { BUSY_STAGE } from "../report/job-words";
import { type CommandContext, type Guard, isSeries2 } from "./entry";

const BUSY = failed(
	"wrong_state",
	"The printer is busy with something of its own, such as levelling. Wait until it is ready: a job sent now can lock it up.",
);
const NO_JOB = failed(
	"wrong_state",
	"The printer is busy with something of its own, such as levelling; that is no job.",
);
const IDLE_DROPS = failed(
	"wrong_state",
	"The printer takes this only while it prints: when idle it drops it without a word. Start a job first, or set it on the printer's screen.",
);
const NOT_OF_SERIES_2 = failed("not_supported", "Printers of the Kobra 2 series do not have this.");

/** For what begins a job: nothing but a job may be in its way, which is asked elsewhere. */
export const notBusy: Guard<unknown> = (_values, context) => (isBusyAlone(context) ? BUSY : undefined);

/** For what is about the job under way. */
export const busyWithJob: Guard<unknown> = (_values, context) => (isBusyAlone(context) ? NO_JOB : undefined);

/** For what an idle printer drops. */
export const whilePrinting: Guard<unknown> = (_values, context) => {
	const { state, isCurrent } = context;
	if (isBusyAlone(context)) return IDLE_DROPS;
	if (isUnderWay(state.job.state)) return undefined;
	return state.job.state === "unknown" || !isCurrent ? NOT_KNOWN : IDLE_DROPS;
};

export const notSeries2: Guard<unknown> = (_values, context) =>
	isSeries2(context) ? NOT_OF_SERIES_2 : undefined;

export const unitExists: Guard<{ readonly unit: number }> = ({ unit }, context) =>
	unitOf(unit, context) ? undefined : failed("not_supported", `The printer has no filament unit ${unit}.`);

export function unitOf(unit: number, { state }: CommandContext): FilamentUnit | undefined {
	return state.filament.units.find(({ id }) => id === unit);
}

/** Without a job. The state shows that as a stage, or not yet. */
function isBusyAlone({ state: { job }, isBusy }: CommandContext): boolean {
	return job.stage === undefined ? isBusy && !isUnderWay(job.state) : job.stage.id === BUSY_STAGE.id;
}
