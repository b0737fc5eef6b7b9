// Asks once before something that cannot be undone.

import { button, element, write } from "./dom.js";

/** Whether the person means it; the safe answer has the focus. @param {string} question @param {string} yes @returns {Promise<boolean>} */
export function confirmed(question, yes) {
	const dialog = /** @type {HTMLDialogElement} */ (element("question-dialog"));
	write(element("question"), question);
	write(button("question-confirm"), yes);
	return new Promise((resolve) => {
		/** @param {boolean} answer */
		const end = (answer) => {
			dialog.onclose = null;
			dialog.close();
			resolve(answer);
		};
		button("question-cancel").onclick = () => end(false);
		button("question-confirm").onclick = () => end(true);
		dialog.onclose = () => resolve(false);
		dialog.showModal();
	});
}
