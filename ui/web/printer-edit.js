// Changing a printer that is set up: its name, how it is reached, and whether it keeps a connection before others.

/** @import { PrinterState } from "../../modules/printers/printer-state" */
import { ask, attempt } from "./api.js";
import { button, element, form, input, write } from "./dom.js";
import { words } from "./words.js";

/**
 * With the SHA-256 of a certificate that one is trusted too. The printer is sent the access code then, so it is asked for.
 * @param {PrinterState} printer @param {HTMLElement} status Of its card. @param {string} [pinnedSha256]
 */
export function editPrinter({ id, serial, host }, status, pinnedSha256) {
	const dialog = /** @type {HTMLDialogElement} */ (element("edit-dialog"));
	return attempt(status, async () => {
		const settings = await ask("GET", "/api/settings");
		const [key = ""] =
			Object.entries(settings).find(
				([name, value]) => /^printer\d+\.serial$/.test(name) && value === serial,
			) ?? [];
		const slot = key.slice(0, -".serial".length);
		element("edit-status").textContent = "";
		input("edit-name").value = settings[`${slot}.name`] ?? "";
		input("edit-host").value = host;
		input("edit-code").value = "";
		const isAnycubic = settings[`${slot}.vendor`] === "anycubic";
		const isAtBroker = isAnycubic && settings[`${slot}.way`] === "broker";
		const isPinning = pinnedSha256 !== undefined;
		// Its certificate and its password are the broker's.
		offer("edit-code", isAtBroker ? isPinning : !isAnycubic);
		offer("edit-host", !isAtBroker);
		input("edit-code").required = isPinning && !isAnycubic;
		const code = isPinning ? "codeForCertificate" : "newAccessCode";
		write(element("edit-code-label"), words(isAtBroker ? "brokerPasswordAgain" : code));
		input("edit-live").checked = settings[`${slot}.live`] === true;
		button("edit-cancel").onclick = () => dialog.close();
		form("edit-form").onsubmit = (event) => {
			event.preventDefault();
			void attempt(element("edit-status"), async () => {
				const secret = input("edit-code").value;
				const accessCode = isAnycubic ? "" : secret.trim();
				if (isAtBroker && isPinning)
					await ask("PATCH", "/api/settings", {
						"anycubic.brokerPin": pinnedSha256,
						...(secret !== "" && { "anycubic.brokerPassword": secret }),
					});
				await changePrinter(id, {
					name: input("edit-name").value.trim(),
					live: input("edit-live").checked,
					...(!isAtBroker && { host: input("edit-host").value.trim() }),
					...(accessCode !== "" && { accessCode }),
					...(isPinning && !isAtBroker && { pinnedSha256 }),
				});
				dialog.close();
			});
		};
		dialog.showModal();
		return "";
	});
}

/** A field that is not offered is not asked for either. @param {string} id @param {boolean} isOffered */
export function offer(id, isOffered) {
	const field = input(id);
	field.disabled = !isOffered;
	const label = field.closest("label");
	if (label) label.hidden = !isOffered;
}

/** @param {string} id @param {Record<string, unknown>} changes */
export function changePrinter(id, changes) {
	return ask("PATCH", `/api/printers/${encodeURIComponent(id)}`, changes);
}
