// The sheet of printers that the name in the head opens: state and percent of each.

import { choose } from "../components/choose";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Tone } from "../look/look";
import { severityTone } from "../models/faults";
import type { PrinterOfState } from "../screen";
import { percent } from "../words/format";
import type { FrameView } from "./frame-view";

export function openSwitcher(kit: Kit<FrameView>): void {
	const { words, choice, device } = kit;
	choose(kit, {
		title: words.navigation.printers,
		value: choice.id,
		choices: device.state().printers.map((printer) => ({
			value: printer.id,
			label: printer.name,
			text: textOf(kit, printer),
			...iconOf(printer),
		})),
		onChoose: (id) => choice.choose(id),
	});
}

/** "Printing, 63%"; of one that is lost that first: "offline · Printing, 63%". */
function textOf({ words }: Kit<FrameView>, { link, job }: PrinterOfState): string {
	if (job.state === "unknown") return words.link[link];
	const isCounted = job.percent !== undefined && job.state !== "idle";
	const state = words.job[job.state] + (isCounted ? words.format.list + percent(words, job.percent) : "");
	return link === "online" ? state : words.link[link] + words.format.part + state;
}

function iconOf({ link, watch, faults }: PrinterOfState): { icon: IconName; iconTone: Tone } {
	if (faults.length > 0)
		return { icon: "warning", iconTone: severityTone(faults.map((fault) => fault.severity)) };
	// One that is looked at now and then has no connection in between.
	if (link === "online" || watch === "polled") return { icon: "printer", iconTone: "muted" };
	return { icon: "unlink", iconTone: "warn" };
}
