// What happened on the device, newest first, whenever a person wants to see it.

import { ask, attempt } from "./api.js";
import { button, element, node } from "./dom.js";
import { eventWords, words } from "./words.js";

export function startLog() {
	const panel = /** @type {HTMLDetailsElement} */ (element("log"));
	const load = () =>
		attempt(element("log-status"), async () => {
			const { events, uptimeSeconds } = await ask("GET", "/api/log");
			element("log-rows").replaceChildren(
				...events.map((/** @type {LogEntry} */ event) => {
					const row = node("li");
					row.append(node("time", "muted", when(event, uptimeSeconds)), node("span", "", eventWords(event)));
					return row;
				}),
			);
			return events.length === 0 ? words("logEmpty") : "";
		});
	panel.ontoggle = () => panel.open && void load();
	button("log-again").onclick = () => void load();
}

/** @typedef {{ uptimeSeconds: number, time?: string, event: string, by?: string, a: number, b: number, text: string }} LogEntry */

/** @param {LogEntry} event @param {number} nowSeconds */
function when({ time, uptimeSeconds }, nowSeconds) {
	if (time) return new Date(time).toLocaleString([], { dateStyle: "short", timeStyle: "medium" });
	const minutes = Math.floor((nowSeconds - uptimeSeconds) / 60);
	return words("minutesAgo", { minutes });
}
