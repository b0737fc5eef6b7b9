// What has to be so before a command goes out. Each guard says in words why not, and what to do.

import { type CommandFailure, failed } from "../../command";
import type { SpoolPlace } from "../../commands/fields";
import { atRest, NOT_KNOWN, ONE_NOZZLE } from "../../commands/job-guards";
import { isUnderWay } from "../../job-status";
import type { FilamentSlot } from "../../printer-state";
import type { CommandContext, Guard } from "./entry";

/** °C from which filament can be moved; below, the extruder grinds it. */
export const EXTRUDE_FROM = 170;
/** Bits of `home_flag`: X, Y and Z. */
const ALL_HOMED = 0b111;

const RUNNING = failed("wrong_state", "The printer is printing. Pause the job first, or wait for its end.");
const NOT_HOMED = failed(
	"not_homed",
	"The printer does not know where its nozzle is. Home it first, or the nozzle may be driven into the bed.",
);
const NO_ERROR = failed("wrong_state", "The printer shows no error.");

/** Also when a job waits, as after its filament ran out. */
export const notRunning: Guard<unknown> = (_values, { state, isCurrent }) => {
	const { state: job } = state.job;
	if (job === "unknown" || !isCurrent) return NOT_KNOWN;
	return job === "preparing" || job === "printing" ? RUNNING : undefined;
};

export const errorShown: Guard<unknown> = (_values, { print }) => (print.print_error ? undefined : NO_ERROR);

export const homed: Guard<unknown> = (_values, { print }) => {
	return ((print.home_flag ?? 0) & ALL_HOMED) === ALL_HOMED ? undefined : NOT_HOMED;
};

export const hotEnough: Guard<{ readonly nozzle?: number }> = ({ nozzle }, context) => {
	const current = context.state.nozzles[nozzle ?? activeNozzle(context)]?.current;
	if (current !== undefined && current >= EXTRUDE_FROM) return undefined;
	const is = current === undefined ? "has not said how hot its nozzle is" : `is at ${Math.round(current)} °C`;
	return failed(
		"too_cold",
		`Filament can be moved from ${EXTRUDE_FROM} °C; the printer ${is}. Heat the nozzle first.`,
	);
};

/** That tray is there; whether a spool is in it is asked by {@link spoolInPlace}. */
export const placeExists: Guard<{ readonly spool: SpoolPlace }> = ({ spool }, context) =>
	placeProblem(spool, context);

export function placeProblem(spool: SpoolPlace, context: CommandContext): CommandFailure | undefined {
	if (spool === "external") return undefined;
	if (spool === "external_left") return context.capabilities.nozzles === 2 ? undefined : ONE_NOZZLE;
	return slotAt(spool, context)
		? undefined
		: failed("not_supported", `The printer has no slot ${spool.slot} in a unit ${spool.unit}.`);
}

/** Outside of a unit the printer does not know it itself. */
export const spoolInPlace: Guard<{ readonly spool: SpoolPlace }> = ({ spool }, context) =>
	slotAt(spool, context)?.state === "empty"
		? failed("wrong_state", "That slot is empty. Put a spool in first.")
		: undefined;

/** A spool with a tag of the maker describes itself. */
export const describable: Guard<{ readonly spool: SpoolPlace }> = ({ spool }, context) =>
	slotAt(spool, context)?.spoolUuid === undefined
		? undefined
		: failed("wrong_state", "That spool has a tag which says what it is; the printer takes nothing else.");

/** What a spool is may be changed during a job by newer firmware only, which says so. */
export const editableNow: Guard<unknown> = (values, context) =>
	context.print.flag3 && isUnderWay(context.state.job.state) ? undefined : atRest(values, context);

export function slotAt(spool: SpoolPlace, { state }: CommandContext): FilamentSlot | undefined {
	const { units, external } = state.filament;
	if (typeof spool === "string") return externalSlot(external, spool);
	return units.find(({ id }) => id === spool.unit)?.slots.find(({ id }) => id === spool.slot);
}

/** The number of the nozzle in use, as the state has it: 0 is the right or only one. */
export function activeNozzle({ state }: CommandContext): number {
	return Math.max(
		0,
		state.nozzles.findIndex(({ active }) => active),
	);
}

/** Of two, 255 is the right one's and 254 the left one's; the only one is 254 or 255. */
function externalSlot(external: readonly FilamentSlot[], which: SpoolPlace): FilamentSlot | undefined {
	if (external.length < 2) return which === "external" ? external[0] : undefined;
	return external.find(({ id }) => id === (which === "external" ? 255 : 254));
}
