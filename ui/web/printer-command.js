// Gives a printer a command, after a question where it cannot be undone, and says how it ended.

/** @import { PrinterState } from "../../modules/printers/printer-state" */
import { ask, attempt, Refusal } from "./api.js";
import { confirmed } from "./question.js";
import { commandWords, words } from "./words.js";

/** @typedef {{ command: string, [field: string]: unknown }} Request */

/**
 * @param {PrinterState} printer @param {Request} request @param {HTMLElement} status
 * @returns {Promise<boolean>} whether the printer took it
 */
export async function give({ id, name }, request, status) {
	if (request.command === "stop" && !(await confirmed(words("stopQuestion", { name }), words("stopConfirm"))))
		return false;
	let isTaken = false;
	await attempt(status, async () => {
		try {
			const confirm = request.command === "stop" && { confirm: true };
			await ask("POST", `/api/printers/${encodeURIComponent(id)}/command`, { ...request, ...confirm });
			isTaken = true;
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			throw new Refusal(error.status, error.code, commandWords(error.code, error.text));
		}
	});
	return isTaken;
}

/** Of one that takes no commands, everything but the light is greyed. @param {PrinterState} printer @param {string} command */
export function isOffered({ control, link, watch }, command) {
	// One that is only looked at now and then is connected to when it is asked.
	const isThere = link === "online" || link === "stale" || watch === "polled";
	return isThere && (control !== "read_only" || command === "light");
}

/** A device that is built without commands offers none. @param {PrinterState} printer */
export function isOnlyWatched({ control }) {
	return control === "none";
}
