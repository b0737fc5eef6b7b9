// Chooses one of Spoolman's spools: searched for, and listed page by page.

/** @import { ShownSpool } from "../../modules/spools/spools-state" */
import { ask, attempt, Refusal } from "./api.js";
import { button, colorDot, element, form, input, node, write } from "./dom.js";
import { commandWords, spoolErrorWords, words } from "./words.js";

const PAGE = 20;

/** As `ask`, with the words for what can be wrong with spools. @param {string} method @param {string} path @param {unknown} [body] */
export async function askSpools(method, path, body) {
	try {
		return await ask(method, path, body);
	} catch (error) {
		if (!(error instanceof Refusal) || error.status === 0) throw error;
		const { status, code, text } = error;
		const why = path.startsWith("/api/filament-tag") ? commandWords(code, text) : spoolErrorWords(code, text);
		throw new Refusal(status, code, why, { text });
	}
}

/** @param {string} place For the title. @returns {Promise<number | undefined>} its number, or none */
export function chooseSpool(place) {
	const dialog = /** @type {HTMLDialogElement} */ (element("spool-dialog"));
	const list = element("spool-choices");
	const status = element("spool-choice-status");
	const more = button("spool-more");
	write(element("spool-title"), words("whichSpool", { place }));
	input("spool-search").value = "";
	/** Answers to older questions come to nothing. */
	let question = 0;
	/** @type {number | undefined} */
	let chosen;

	const load = (/** @type {number} */ offset) => {
		const own = ++question;
		if (offset === 0) list.replaceChildren();
		more.hidden = true;
		const search = input("spool-search").value.trim();
		const query = new URLSearchParams({
			offset: String(offset),
			limit: String(PAGE),
			...(search && { search }),
		});
		return attempt(status, async () => {
			const { spools, total } = await askSpools("GET", `/api/spools?${query}`);
			if (own !== question) return words("pending");
			const rows = /** @type {ShownSpool[]} */ (spools).map(choice);
			list.append(...rows);
			if (offset > 0) rows[0]?.querySelector("button")?.focus();
			more.hidden = total === undefined ? spools.length < PAGE : list.children.length >= total;
			return list.children.length === 0 ? words("nothingFound") : "";
		});
	};
	const choice = (/** @type {ShownSpool} */ spool) => {
		const item = node("li");
		const pick = /** @type {HTMLButtonElement} */ (node("button"));
		pick.type = "button";
		if (spool.color) pick.append(colorDot(spool.color));
		pick.append(` ${spoolName(spool)}`);
		const left =
			spool.remainingGrams === undefined ? "" : words("gramsLeft", { left: grams(spool.remainingGrams) });
		pick.append(node("small", "", [left, spool.location].filter(Boolean).join(" · ")));
		pick.onclick = () => {
			chosen = spool.id;
			dialog.close();
		};
		item.append(pick);
		return item;
	};

	form("spool-search-form").onsubmit = (event) => {
		event.preventDefault();
		void load(0);
	};
	more.onclick = () => void load(list.children.length);
	button("spool-cancel").onclick = () => dialog.close();
	dialog.showModal();
	void load(0);
	return new Promise((resolve) => {
		dialog.onclose = () => {
			question++;
			resolve(chosen);
		};
	});
}

/** @param {ShownSpool} spool */
export function spoolName({ id, vendor, name, material }) {
	// Many name it in the filament's name.
	const isNamed = material !== undefined && name?.includes(material);
	return [`#${id}`, vendor, name, isNamed ? "" : material].filter(Boolean).join(" ");
}

/** @param {number} weight */
export function grams(weight) {
	return weight < 10 ? String(Math.round(weight * 10) / 10) : String(Math.round(weight));
}
