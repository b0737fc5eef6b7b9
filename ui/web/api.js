// Requests to the device. Its password is asked for when it wants one, and kept for as long as the page is open.

import { button, element, form, input } from "./dom.js";
import { errorWords, words } from "./words.js";

let password = "";

/** Of a printer that was refused, for a person to compare. @typedef {{ commonName: string, sha256: string }} Certificate */

/** What the device has refused; `message` says why, in words. */
export class Refusal extends Error {
	/**
	 * @param {number} status @param {string} code @param {string} message
	 * @param {{ text?: string, certificate?: Certificate | undefined }} [more]
	 */
	constructor(status, code, message, { text = message, certificate } = {}) {
		super(message);
		this.status = status;
		this.code = code;
		/** As the device says it. */
		this.text = text;
		this.certificate = certificate;
	}
}

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
export async function ask(method, path, body) {
	for (;;) {
		const response = await fetch(path, {
			method,
			headers: {
				...authorization(),
				...(body === undefined ? {} : { "content-type": "application/json" }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		}).catch(() => {
			throw new Refusal(0, "unreachable", words("unreachable"));
		});
		if (response.status === 401 && (await askPassword(password !== ""))) continue;
		return answer(response);
	}
}

/** @returns {Record<string, string>} */
export function authorization() {
	return password === "" ? {} : { authorization: `Bearer ${password}` };
}

/** The one that this page has just given the device. @param {string} next */
export function keepPassword(next) {
	password = next;
}

/** What several requests that wait for the same answer share. @type {Promise<boolean> | undefined} */
let question;

/** Asks for the device's password; false when the person would rather not. @param {boolean} wasWrong @returns {Promise<boolean>} */
export function askPassword(wasWrong) {
	question ??= openQuestion(wasWrong).finally(() => {
		question = undefined;
	});
	return question;
}

/** @param {boolean} wasWrong @returns {Promise<boolean>} */
function openQuestion(wasWrong) {
	const dialog = /** @type {HTMLDialogElement} */ (element("password-dialog"));
	const field = input("password-field");
	element("password-wrong").hidden = !wasWrong;
	field.value = "";
	dialog.showModal();
	return new Promise((resolve) => {
		/** @param {boolean} given */
		const end = (given) => {
			password = given ? field.value : "";
			dialog.close();
			resolve(given);
		};
		form("password-form").onsubmit = (event) => {
			event.preventDefault();
			end(true);
		};
		button("password-cancel").onclick = () => end(false);
		dialog.oncancel = () => end(false);
	});
}

/** @param {Response} response */
async function answer(response) {
	const text = await response.text();
	/** @type {any} */
	let value;
	try {
		value = text === "" ? {} : JSON.parse(text);
	} catch {
		value = {};
	}
	if (response.ok) return value;
	const { code = "failed", message = words("failed"), certificate } = value.error ?? {};
	throw new Refusal(response.status, code, errorWords(code, message), { text: message, certificate });
}

/**
 * Runs what a form or button does: shows that it is under way, then how it ended, in the place for it.
 * @param {HTMLElement} status @param {() => Promise<string | void>} action
 */
export async function attempt(status, action) {
	status.className = "status";
	status.textContent = words("pending");
	try {
		status.textContent = (await action()) ?? words("done");
		status.classList.add("good");
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		status.textContent = error.message;
		status.classList.add("bad");
	}
}
