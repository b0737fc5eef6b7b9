// What of the state is different from what clients were told last: only that is sent to them.

import type { PrinterRoot, Snapshot } from "./snapshot";

/** Some roots, each with some fields. */
export type ChangeFrame = { [root in keyof Snapshot]?: Record<string, unknown> };

/**
 * These go on by themselves and are sent otherwise: temperatures each second, and the time left only in a snapshot,
 * from which clients count down.
 */
const unpushed: readonly string[] = Object.freeze([
	"remaining_seconds",
	"warehouse_temper",
	"cal_warehouse_temp",
]);
/** What is sent of a printer field that is there no longer. Absent fields of other roots mean nothing to clients. */
const emptied: Readonly<PrinterRoot> = Object.freeze({ name: "", sn: "", ip: "", host: "", state: 0 });

/**
 * `undefined` when nothing differs. Never holds an unchanged field: a page that is told its mode sends it back, and
 * two of them would go on with that for ever.
 */
export function difference(before: Snapshot, now: Snapshot): ChangeFrame | undefined {
	const frame: ChangeFrame = {};
	let isEmpty = true;
	for (const root of ["settings", "printer", "wifi", "sta", "ap"] as const) {
		const fields = changedFields(before[root], now[root], root === "printer" ? emptied : {});
		if (Object.keys(fields).length === 0) continue;
		frame[root] = fields;
		isEmpty = false;
	}
	return isEmpty ? undefined : frame;
}

function changedFields(before: object, now: object, whenGone: object): Record<string, unknown> {
	const old = before as Readonly<Record<string, unknown>>;
	const changed: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(now))
		if (old[name] !== value && !unpushed.includes(name)) changed[name] = value;
	for (const [name, value] of Object.entries(whenGone))
		if (old[name] !== undefined && !(name in now)) changed[name] = value;
	return changed;
}
