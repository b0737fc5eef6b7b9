// How Spoolman is reached, and how what is used is counted there.

import { ask, attempt } from "./api.js";
import { button, element, form, input, isBusy } from "./dom.js";
import { words } from "./words.js";

/** Fields of the form by the name of their setting. */
const FIELDS = {
	"spoolman.url": "text",
	"spoolman.tagField": "text",
	"spools.source": "text",
	"spools.thresholdTenths": "tenths",
	"spools.intervalSeconds": "number",
	"spools.lowGrams": "number",
	"spools.location": "text",
};
const KEY = "spoolman.apiKey";

export function startSpoolSettings() {
	const status = element("spool-settings-status");
	form("spool-settings-form").onsubmit = (event) => {
		event.preventDefault();
		void attempt(status, () => save(read()));
	};
	button("spool-key-remove").onclick = () => void attempt(status, () => save({ [KEY]: "" }));
	load();
	return { load };
}

/** @param {Record<string, unknown>} changes */
async function save(changes) {
	show(await ask("PATCH", "/api/settings", changes));
	return words("done");
}

function load() {
	if (isBusy(form("spool-settings-form"))) return;
	ask("GET", "/api/settings").then(show, () => {});
}

/** @param {Record<string, any>} settings */
function show(settings) {
	for (const [name, kind] of Object.entries(FIELDS)) {
		const value = settings[name];
		input(`setting-${name}`).value = kind === "tenths" ? String(value / 10) : String(value ?? "");
	}
	input(`setting-${KEY}`).value = "";
	button("spool-key-remove").hidden = !settings[KEY]?.configured;
}

function read() {
	/** @type {Record<string, unknown>} */
	const changes = {};
	for (const [name, kind] of Object.entries(FIELDS)) {
		const field = input(`setting-${name}`);
		if (kind === "text") changes[name] = field.value.trim();
		else changes[name] = kind === "tenths" ? Math.round(field.valueAsNumber * 10) : field.valueAsNumber;
	}
	const key = input(`setting-${KEY}`).value.trim();
	return key === "" ? changes : { ...changes, [KEY]: key };
}
