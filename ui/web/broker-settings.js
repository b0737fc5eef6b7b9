// The broker that Anycubic's Kobra 2 printers use.

import { ask, attempt } from "./api.js";
import { button, element, form, input, isBusy } from "./dom.js";
import { words } from "./words.js";

/** Shown as they are. */
const FIELDS = [
	"anycubic.brokerHost",
	"anycubic.brokerPort",
	"anycubic.brokerSecurity",
	"anycubic.brokerUser",
	"anycubic.brokerPin",
];
/** Secrets: left empty they stay. */
const SECRETS = ["anycubic.brokerPassword"];
/** Long ones go each in a request of its own: the device takes 8 KB at once. */
const BLOCKS = ["anycubic.brokerCa", "anycubic.clientCertificate", "anycubic.clientKey"];

export function startBrokerSettings() {
	const status = element("broker-status");
	form("broker-form").onsubmit = (event) => {
		event.preventDefault();
		void attempt(status, save);
	};
	button("broker-secrets-remove").onclick = () =>
		void attempt(status, async () => {
			show(await ask("PATCH", "/api/settings", { "anycubic.brokerPassword": "", "anycubic.clientKey": "" }));
			return words("done");
		});
	load();
	return { load };
}

/** What says whom to trust goes first, and whom to connect to last. */
async function save() {
	const password = input("setting-anycubic.brokerPassword").value;
	const secret = password !== "" && { "anycubic.brokerPassword": password };
	const before = await ask("GET", "/api/settings");
	for (const name of BLOCKS) {
		const text = input(`setting-${name}`).value;
		const isSecret = typeof before[name] === "object";
		if (isSecret ? text === "" : text === before[name]) continue;
		await ask("PATCH", "/api/settings", { [name]: text, ...secret });
	}
	/** @type {Record<string, unknown>} */
	const changes = { ...secret };
	for (const name of FIELDS) {
		const field = input(`setting-${name}`);
		changes[name] = name === "anycubic.brokerPort" ? field.valueAsNumber : field.value.trim();
	}
	changes["anycubic.brokerPin"] = String(changes["anycubic.brokerPin"]).replaceAll(":", "").toLowerCase();
	show(await ask("PATCH", "/api/settings", changes));
	return words("done");
}

function load() {
	if (isBusy(form("broker-form"))) return;
	ask("GET", "/api/settings").then(show, () => {});
}

/** @param {Record<string, any>} settings */
function show(settings) {
	for (const name of [...FIELDS, ...BLOCKS]) {
		const value = settings[name];
		input(`setting-${name}`).value = typeof value === "object" ? "" : String(value ?? "");
	}
	for (const name of SECRETS) input(`setting-${name}`).value = "";
	button("broker-secrets-remove").hidden = !["anycubic.brokerPassword", "anycubic.clientKey"].some(
		(name) => settings[name]?.configured,
	);
}
