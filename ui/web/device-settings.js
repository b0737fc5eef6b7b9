// The device's own settings: name, language, sensors, password; restart and factory reset.

import { ask, attempt, keepPassword } from "./api.js";
import { button, element, form, input, isBusy, write } from "./dom.js";
import { setLanguage, words } from "./words.js";

/** Fields of the form by the name of their setting; offsets are kept in tenths of a kelvin. */
const FIELDS = {
	deviceName: "text",
	hostname: "text",
	language: "text",
	"breath.autoBy": "text",
	"breath.filamentTargets": "text",
	"breath.chamberOffsetTenths": "tenths",
	"breath.elementOffsetTenths": "tenths",
	"breath.deadmanMinutes": "number",
	"breath.fanReleaseCelsius": "number",
	webSocketLocked: "flag",
};

/** A restart that this page asked for, until the device is back. */
let isRestarting = false;

export function startDeviceSettings() {
	form("settings-form").onsubmit = (event) => {
		event.preventDefault();
		void attempt(element("settings-status"), async () => {
			await ask("PATCH", "/api/settings", read());
			await setLanguage(input("setting-language").value);
		});
	};
	form("device-password-form").onsubmit = (event) => {
		event.preventDefault();
		void attempt(element("device-password-status"), async () => {
			const next = input("new-password").value;
			await ask("PATCH", "/api/settings", { devicePassword: next });
			keepPassword(next);
			input("new-password").value = "";
		});
	};
	button("restart").onclick = () =>
		void attempt(element("restart-status"), async () => {
			await ask("POST", "/api/restart");
			isRestarting = true;
			return words("restarting");
		});
	const dialog = /** @type {HTMLDialogElement} */ (element("factory-dialog"));
	button("factory-reset").onclick = () => dialog.showModal();
	button("factory-cancel").onclick = () => dialog.close();
	button("factory-confirm").onclick = () => {
		dialog.close();
		void attempt(element("restart-status"), async () => {
			await ask("POST", "/api/factory-reset", { confirm: true });
			keepPassword("");
			isRestarting = true;
			return words("restarting");
		});
	};
	load().catch(() => {});
	return { deviceIsBack };
}

/** After a restart its settings may be others. */
function deviceIsBack() {
	if (isRestarting) write(element("restart-status"), words("restarted"));
	isRestarting = false;
	if (!isBusy(form("settings-form"))) load().catch(() => {});
}

async function load() {
	const settings = await ask("GET", "/api/settings");
	void setLanguage(settings.language);
	for (const [name, kind] of Object.entries(FIELDS)) {
		const field = input(`setting-${name}`);
		const value = settings[name];
		if (kind === "flag") field.checked = value === true;
		else field.value = kind === "tenths" ? String(value / 10) : String(value);
	}
}

function read() {
	/** @type {Record<string, unknown>} */
	const changes = {};
	for (const [name, kind] of Object.entries(FIELDS)) {
		const field = input(`setting-${name}`);
		if (kind === "flag") changes[name] = field.checked;
		else if (kind === "number") changes[name] = field.valueAsNumber;
		else if (kind === "tenths") changes[name] = Math.round(field.valueAsNumber * 10);
		else changes[name] = field.value;
	}
	return changes;
}
