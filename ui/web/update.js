// Sending a firmware image to the device, with its progress and how it ended.

/** @import { UpdateStatus } from "../../modules/update/firmware-update" */
import { askPassword, authorization } from "./api.js";
import { button, element, form, input } from "./dom.js";
import { errorWords, words } from "./words.js";

let isSending = false;
/** The image was taken, and the device has not come back yet. */
let isRestarting = false;

export function startUpdate() {
	form("update-form").onsubmit = (event) => {
		event.preventDefault();
		const file = input("update-file").files?.[0];
		if (file) void send(file);
	};
	return { show, deviceIsBack };
}

/** @param {string} firmware */
function deviceIsBack(firmware) {
	if (!isRestarting) return;
	isRestarting = false;
	say(words("updateDone", { firmware }), "good");
}

/** How the device sees it. @param {UpdateStatus | undefined} status */
function show(status) {
	if (!status || isSending) return;
	if (status.phase === "restarting") say(words("updateRestarting"), "good");
	else if (status.phase === "failed" && status.message) say(status.message, "bad");
}

/** @param {File} file */
async function send(file) {
	const progress = /** @type {HTMLProgressElement} */ (element("update-progress"));
	const start = button("update-start");
	isSending = true;
	start.disabled = true;
	progress.hidden = false;
	progress.value = 0;
	say(words("updateSending"), "");
	try {
		for (;;) {
			const { status, text } = await upload(file, (part) => {
				progress.value = part;
				if (part === 1) say(words("updateChecking"), "");
			});
			if (status === 401 && (await askPassword(authorization().authorization !== undefined))) continue;
			if (status === 200) {
				isRestarting = true;
				form("update-form").reset();
				say(words("updateRestarting"), "good");
			} else say(messageOf(text), "bad");
			return;
		}
	} finally {
		isSending = false;
		start.disabled = false;
		progress.hidden = true;
	}
}

/**
 * `fetch` tells nothing of what has been sent. @param {File} file @param {(part: number) => void} onProgress
 * @returns {Promise<{ status: number, text: string }>}
 */
function upload(file, onProgress) {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		request.open("POST", "/ota");
		request.setRequestHeader("content-type", "application/octet-stream");
		request.setRequestHeader("ota-type", "ota_fw");
		for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
		request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
		request.onloadend = () => resolve({ status: request.status, text: request.responseText });
		request.send(file);
	});
}

/** @param {string} text */
function messageOf(text) {
	try {
		const { code, message } = JSON.parse(text).error;
		return errorWords(code, message);
	} catch {
		return words("updateLost");
	}
}

/** @param {string} text @param {string} kind */
function say(text, kind) {
	const status = element("update-status");
	status.textContent = text;
	status.className = `status ${kind}`;
}
