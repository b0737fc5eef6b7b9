// What the printers have printed, newest first, whenever a person wants to see it.

/** @import { FilamentUse, FinishedJob } from "../../modules/printers/history/finished-job" */
/** @import { PrinterState } from "../../modules/printers/printer-state" */
import { ask, attempt } from "./api.js";
import { button, colorDot, element, node } from "./dom.js";
import { confirmed } from "./question.js";
import { words } from "./words.js";

/** So long after its end a job is surely in the list: the device waits for the reason of one that has failed. */
const WRITTEN_MS = 7_000;

/** By the printer's id. @type {Map<string, string>} */
const states = new Map();
const panel = /** @type {HTMLDetailsElement} */ (element("jobs"));

export function startJobs() {
	panel.ontoggle = () => panel.open && load();
	button("jobs-again").onclick = load;
	button("jobs-clear").onclick = async () => {
		if (!(await confirmed(words("jobsQuestion"), words("jobsClear")))) return;
		void attempt(element("jobs-status"), async () => draw(await ask("DELETE", "/api/history")));
	};
	return { redraw: () => panel.open && load() };
}

/** Reads the list again when a job has ended. @param {PrinterState} printer */
export function watchJob({ id, job }) {
	const before = states.get(id);
	states.set(id, job.state);
	const hasEnded = job.state === "finished" || job.state === "failed" || job.state === "idle";
	if (hasEnded && before !== undefined && before !== job.state)
		setTimeout(() => panel.open && load(), WRITTEN_MS);
}

function load() {
	void attempt(element("jobs-status"), async () => draw(await ask("GET", "/api/history")));
}

/** @param {{ jobs: FinishedJob[] }} answer */
function draw({ jobs }) {
	element("jobs-rows").replaceChildren(...jobs.map(row));
	button("jobs-clear").hidden = jobs.length === 0;
	return jobs.length === 0 ? words("jobsEmpty") : "";
}

/** @param {FinishedJob} job */
function row({ name, printerName, result, endedAt, seconds, layers, filament = [] }) {
	const item = node("li");
	const when = endedAt && new Date(endedAt).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
	const minutes = seconds === undefined ? undefined : Math.round(seconds / 60);
	const facts = [
		printerName,
		when,
		minutes === undefined
			? undefined
			: words(minutes < 60 ? "minutes" : "hoursMinutes", {
					hours: Math.floor(minutes / 60),
					minutes: minutes % 60,
				}),
		layers === undefined ? undefined : words("layersPrinted", { layers }),
	];
	item.append(
		node("b", "", name ?? "–"),
		node("span", result === "failed" ? "bad" : "", words(`result_${result}`)),
		node("span", "muted", facts.filter(Boolean).join(" · ")),
	);
	if (filament.length > 0) {
		const spools = node("span", "row");
		spools.append(...filament.map(use));
		item.append(spools);
	}
	return item;
}

/** @param {FilamentUse} use */
function use({ slot, material, color, grams, percent }) {
	const spool = node("span", "slot");
	if (color) spool.append(colorDot(color));
	const amount = grams !== undefined ? `${grams} g` : percent !== undefined ? `${percent} %` : "";
	const place = slot === "external" ? words("externalSpool") : slot;
	spool.append([place, material, amount].filter(Boolean).join(" "));
	return spool;
}
