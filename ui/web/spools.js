// The card of the spools: which one is in which slot, what is left of it, what waits for Spoolman, and the tag that was read.

/** @import { FilamentSlot, PrinterState } from "../../modules/printers/printer-state" */
/** @import { HeldTag, TagError } from "../../modules/spools/filament-tag" */
/** @import { SpoolSlot, SpoolsState } from "../../modules/spools/spools-state" */
import { attempt } from "./api.js";
import { button, colorDot, element, isBusy, node, write } from "./dom.js";
import { confirmed } from "./question.js";
import { askSpools, chooseSpool, grams, spoolName } from "./spool-chooser.js";
import { startSpoolSettings } from "./spool-settings.js";
import { jobNotCountedWords, refusedWords, spoolmanWords, words } from "./words.js";

/** @typedef {{ tray: number, label: string, slot: FilamentSlot }} Place */

/** @type {Map<string, PrinterState>} */
const printers = new Map();
/** @type {SpoolsState | undefined} */
let state;
/** @type {HeldTag | undefined} */
let tag;
/** @type {TagError | undefined} */
let tagError;
/** Where it is said how it went, by slot. @type {Map<string, HTMLElement>} */
const said = new Map();
/** What the rows were made of; they are made anew when it has changed. */
let drawn = "";

export function startSpools() {
	const settings = startSpoolSettings();
	const status = element("spools-status");
	button("spools-retry").onclick = () => void act(status, { action: "retry" });
	button("spools-discard").onclick = async () => {
		if (await confirmed(words("discardQuestion"), words("discard"))) await act(status, { action: "discard" });
	};
	button("tag-give").onclick = () =>
		void attempt(element("tag-status"), async () => {
			const { value } = /** @type {HTMLSelectElement} */ (element("tag-place"));
			const [printer = "", tray = ""] = JSON.parse(value);
			await askSpools("POST", `/api/filament-tag?printer=${encodeURIComponent(printer)}&tray=${tray}`);
			return words("tagGiven");
		});
	button("tag-drop").onclick = () =>
		void attempt(element("tag-status"), async () => {
			await askSpools("DELETE", "/api/filament-tag");
			return "";
		});
	return {
		/** @param {SpoolsState | undefined} next */
		show(next) {
			state = next;
			draw();
		},
		/** @param {HeldTag | undefined} nextTag @param {TagError | undefined} nextError */
		showTag(nextTag, nextError) {
			if (nextTag && nextTag.readAtSeconds !== tag?.readAtSeconds) write(element("tag-status"), "");
			tag = nextTag;
			tagError = nextError;
			drawTag();
		},
		/** @param {PrinterState} printer */
		showPrinter(printer) {
			printers.set(printer.id, printer);
			draw();
			drawTag();
		},
		/** @param {string} id */
		removePrinter(id) {
			printers.delete(id);
			draw();
			drawTag();
		},
		clear: () => printers.clear(),
		redraw() {
			drawn = "";
			draw();
			drawTag();
		},
		deviceIsBack: settings.load,
	};
}

/** @param {HTMLElement} status @param {Record<string, unknown>} action @param {string} [done] */
function act(status, action, done = "") {
	return attempt(status, async () => {
		await askSpools("POST", "/api/spools", action);
		return done;
	});
}

function draw() {
	element("spools").hidden = !state;
	if (!state) return;
	const { spoolman, waiting, refused } = state;
	write(element("spoolman-state"), spoolmanWords(spoolman));
	element("spoolman-state").classList.toggle("notice", spoolman.error !== undefined);
	write(
		element("spools-waiting"),
		[
			waiting &&
				words(waiting.spools === 1 ? "waitingOne" : "waiting", {
					grams: grams(waiting.grams),
					count: waiting.spools,
				}),
			refused &&
				words("refusedUse", {
					grams: grams(refused.grams),
					id: refused.spoolId,
					why: refusedWords(refused.message),
				}),
		]
			.filter(Boolean)
			.join(" "),
	);
	element("spools-waiting-box").hidden = !waiting && !refused && spoolman.state !== "failed";
	button("spools-discard").hidden = !waiting && !refused;
	write(element("spools-not-counted"), notCounted());

	const rows = state.slots.map((slot) => ({ slot, ...placeOf(slot) }));
	const now = JSON.stringify([spoolman.state === "not_set_up", rows]);
	if (now === drawn) return;
	drawn = now;
	const list = element("spool-slots");
	const focused = /** @type {HTMLElement | null} */ (document.activeElement);
	const key = isBusy(list) ? focused?.dataset.key : undefined;
	list.replaceChildren(...rows.map(row));
	// What is made anew has lost the focus.
	if (key !== undefined)
		/** @type {HTMLElement | null} */ (list.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus();
}

/** Which jobs are not counted as they are, and why. */
function notCounted() {
	const isCounting = state !== undefined && state.spoolman.state !== "not_set_up";
	return [...printers.values()]
		.flatMap(({ name, job: { filamentHelp } }) =>
			isCounting && filamentHelp !== undefined ? jobNotCountedWords(name, filamentHelp) : [],
		)
		.join(" ");
}

/** @param {SpoolSlot} slot @returns {{ place: string, filament: FilamentSlot | undefined }} */
function placeOf({ printerId, tray }) {
	const printer = printers.get(printerId);
	const found = printer && places(printer).find((place) => place.tray === tray);
	return { place: `${printer?.name ?? printerId} · ${found?.label ?? tray}`, filament: found?.slot };
}

/** @param {PrinterState} printer @returns {Place[]} */
function places({ filament: { units, external } }) {
	const inUnits = units.flatMap((unit, index) =>
		unit.slots.map((slot) => ({
			tray: unit.id >= 128 ? unit.id : unit.id * 4 + slot.id,
			label: `${String.fromCharCode(65 + index)}${slot.id + 1}`,
			slot,
		})),
	);
	const outside = external.map((slot) => ({
		tray: slot.id,
		label: words(external.length < 2 ? "externalSpool" : slot.id === 254 ? "externalLeft" : "externalRight"),
		slot,
	}));
	return [...inUnits, ...outside];
}

/** @param {{ slot: SpoolSlot, place: string, filament: FilamentSlot | undefined }} shown */
function row({ slot, place, filament }) {
	const { printerId, tray, status, spool, warning, jobGrams, printerPercent } = slot;
	const item = node("li");
	const title = node("p", "row");
	const color = spool?.color ?? filament?.color;
	if (color) title.append(colorDot(color));
	title.append(node("b", "", place));
	item.append(title);
	const what = spool ? spoolName(spool) : (filament?.name ?? filament?.material);
	if (what) item.append(node("p", "", what));
	if (spool?.remainingGrams !== undefined)
		item.append(...amount(spool.remainingGrams, spool.fullGrams, place));
	const facts = [
		status === "linked"
			? words(slot.by === "slot" ? "linkedBySlot" : "linkedByTag")
			: words(`spool_${status}`),
		jobGrams === undefined ? "" : words("jobTakes", { grams: grams(jobGrams) }),
	];
	item.append(node("p", "muted", facts.filter(Boolean).join(" · ")));
	if (warning) item.append(node("p", "notice", words(`warning_${warning}`)));
	if (printerPercent !== undefined)
		item.append(node("p", "notice", words("differs", { percent: Math.round(printerPercent) })));

	const outcome = saidOf(`${printerId} ${tray}`);
	const buttons = node("div", "row");
	/** @param {string} name @param {string} text @param {() => void} onclick */
	const offer = (name, text, onclick) => {
		const offered = /** @type {HTMLButtonElement} */ (node("button", "", text));
		offered.type = "button";
		offered.dataset.key = `${printerId} ${tray} ${name}`;
		offered.setAttribute("aria-label", words("actionOf", { action: text, place }));
		offered.onclick = onclick;
		buttons.append(offered);
	};
	const at = { printerId, tray };
	const link = async () => {
		const chosen = await chooseSpool(place);
		if (chosen !== undefined) await act(outcome, { action: "link", ...at, spoolId: chosen });
	};
	if (state?.spoolman.state !== "not_set_up") {
		if (printerPercent !== undefined)
			for (const by of /** @type {const} */ (["printer", "spoolman"]))
				offer(by, words(`right_${by}`), () => void act(outcome, { action: "resync", ...at, by }));
		const { suggestedSpoolId: spoolId } = slot;
		if (spoolId !== undefined)
			offer(
				"suggested",
				words("linkSuggested", { id: spoolId }),
				() => void act(outcome, { action: "link", ...at, spoolId }),
			);
		if (["new_tag", "not_linked", "missing", "archived", "linked"].includes(status))
			offer("link", words(status === "linked" ? "linkOther" : "link"), () => void link());
		if (status === "new_tag")
			offer("create", words("create"), () => void act(outcome, { action: "create", ...at }));
		if (["linked", "missing", "archived"].includes(status))
			offer("unlink", words("unlink"), () => void act(outcome, { action: "unlink", ...at }));
	}
	item.append(buttons, outcome);
	return item;
}

/** Stays when the row is made anew: it may say why something was not done. @param {string} key */
function saidOf(key) {
	let place = said.get(key);
	if (!place) {
		place = node("p", "status");
		place.setAttribute("role", "status");
		said.set(key, place);
	}
	return place;
}

/** @param {number} left @param {number | undefined} full @param {string} place */
function amount(left, full, place) {
	const text = words(full === undefined ? "gramsLeft" : "gramsLeftOf", {
		left: grams(left),
		full: grams(full ?? 0),
	});
	if (!full) return [node("p", "", text)];
	const bar = /** @type {HTMLProgressElement} */ (node("progress"));
	bar.max = full;
	bar.value = Math.min(left, full);
	bar.setAttribute("aria-label", words("leftOn", { place }));
	return [node("p", "", text), bar];
}

function drawTag() {
	element("tag-box").hidden = !tag && !tagError;
	if (!tag && !tagError) return;
	const select = /** @type {HTMLSelectElement} */ (element("tag-place"));
	const choices = [...printers.values()].flatMap((printer) =>
		places(printer)
			// A spool with the maker's tag describes itself, and the printer takes nothing else.
			.filter(({ slot }) => slot.state !== "empty" && slot.spoolUuid === undefined)
			.map(({ tray, label }) => [JSON.stringify([printer.id, tray]), `${printer.name} · ${label}`]),
	);
	// A list that is open must not be made anew.
	if (JSON.stringify(choices) !== select.dataset.choices && !isBusy(select)) {
		const { value } = select;
		select.replaceChildren(...choices.map(([key = "", label = ""]) => new Option(label, key)));
		if (choices.some(([key]) => key === value)) select.value = value;
		select.dataset.choices = JSON.stringify(choices);
	}
	element("tag-color").replaceChildren(...(tag ? [colorDot(tag.color)] : []));
	write(
		element("tag-text"),
		tag
			? words("tagRead", {
					tag: [tag.brand, tag.type, tag.subtype].filter(Boolean).join(" "),
					min: tag.nozzleMin,
					max: tag.nozzleMax,
				})
			: words("tagNotRead", { why: tagError?.message ?? "" }),
	);
	element("tag-choice").hidden = button("tag-give").hidden = !tag;
}
