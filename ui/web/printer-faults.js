// What is wrong with a printer: how bad, which part, what it means, and what can be done from here.

/** @import { Fault, FaultAction, PrinterState } from "../../modules/printers/printer-state" */
import { node } from "./dom.js";
import { give, isOffered, isOnlyWatched } from "./printer-command.js";
import { words } from "./words.js";

/** @type {Record<FaultAction, import("./printer-command.js").Request>} */
const REQUESTS = {
	resume: { command: "resume" },
	retry: { command: "ams_control", step: "resume" },
	done: { command: "ams_control", step: "done" },
	ignore: { command: "ignore_error" },
	stop: { command: "stop" },
	dismiss: { command: "clear_error" },
};

/** What each list shows, so that it is built again only for something else. @type {WeakMap<HTMLElement, string>} */
const drawn = new WeakMap();

/** @param {HTMLElement} list @param {HTMLElement} status @param {PrinterState} printer */
export function drawFaults(list, status, printer) {
	list.setAttribute("aria-label", words("faults"));
	const { faults, control, link, watch } = printer;
	const content = JSON.stringify([faults, control, link, watch, words("faults")]);
	if (drawn.get(list) === content) return;
	drawn.set(list, content);
	const focused = list.contains(document.activeElement)
		? /** @type {HTMLElement} */ (document.activeElement).dataset.key
		: undefined;
	list.replaceChildren(...faults.map((fault) => row(fault, printer, status)));
	if (focused === undefined) return;
	for (const pressable of list.querySelectorAll("button"))
		if (pressable.dataset.key === focused) pressable.focus();
}

/** @param {Fault} fault @param {PrinterState} printer @param {HTMLElement} status */
function row({ code, severity, module, text, url, actions }, printer, status) {
	const item = node("li", severity);
	item.append(node("strong", "", `${words(`severity_${severity}`)} · ${module}`), node("p", "", text));
	if (url) {
		const link = /** @type {HTMLAnchorElement} */ (node("a", "", words("faultWiki", { code })));
		link.href = url;
		link.target = "_blank";
		link.rel = "noreferrer";
		item.append(link);
	} else item.append(node("small", "", code));
	if (actions.length === 0 || isOnlyWatched(printer)) return item;
	const buttons = node("div", "row");
	for (const action of actions) {
		const request = REQUESTS[action];
		const press = /** @type {HTMLButtonElement} */ (
			node("button", action === "stop" ? "danger" : "", words(`fault_action_${action}`))
		);
		press.type = "button";
		press.dataset.key = `${code} ${action}`;
		press.disabled = !isOffered(printer, request.command);
		press.onclick = () => void give(printer, request, status);
		buttons.append(press);
	}
	item.append(buttons);
	return item;
}
