// Joining a Wi-Fi network, and binding the printer that auto mode follows.

/** @import { PrinterState } from "../../modules/printers/printer-state" */
/** @import { WifiStatus } from "../../modules/wifi/wifi-setup" */
import { ask, attempt, Refusal } from "./api.js";
import { button, element, form, input, node, write } from "./dom.js";
import { offer } from "./printer-edit.js";
import { savePrinter } from "./printers.js";
import { addingWords, linkWords, words } from "./words.js";

/** The printer whose connection the form waits for, by its id. @type {string | undefined} */
let awaitedPrinter;
/** The network that the form waits for, and how things stood before. @type {{ ssid: string, before: string } | undefined} */
let awaitedNetwork;

export function startNetwork() {
	button("wifi-scan").onclick = () =>
		void attempt(element("wifi-scan-status"), async () => {
			write(element("wifi-scan-status"), words("searching"));
			const { networks } = await ask("POST", "/api/wifi/scan");
			choose("wifi-networks", networks, (network) => ({
				label: network.ssid,
				note: `${network.rssiDbm} dBm${network.secure ? "" : `, ${words("openNetwork")}`}`,
				take: () => {
					input("wifi-ssid").value = network.ssid;
					input("wifi-password").focus();
				},
			}));
			return networks.length === 0 ? words("nothingFound") : "";
		});
	form("wifi-form").onsubmit = (event) => {
		event.preventDefault();
		void attempt(element("wifi-status"), async () => {
			const ssid = input("wifi-ssid").value;
			const before = JSON.stringify(shown?.station);
			await ask("POST", "/api/wifi", { ssid, password: input("wifi-password").value });
			input("wifi-password").value = "";
			awaitedNetwork = { ssid, before };
			return words("wifiJoining");
		});
	};
	button("printer-scan").onclick = () =>
		void attempt(element("printer-scan-status"), async () => {
			write(element("printer-scan-status"), words("printerScanning"));
			const { printers } = await ask("POST", "/api/printers/scan");
			choose("printer-found", printers, (printer) => ({
				label: printer.name || printer.model,
				note: `${printer.model} · ${printer.host} · ${printer.serial}`,
				take: () => {
					const maker = printer.vendor === "anycubic" ? printer.way : "bambu";
					input("printer-maker").value = maker;
					chooseMaker();
					input("printer-host").value = printer.host;
					input(maker === "broker" ? "printer-device" : "printer-serial").value = printer.serial;
					if (maker === "bambu") input("printer-code").focus();
					else button("printer-add").focus();
				},
			}));
			return printers.length === 0 ? words("printerNotFound") : "";
		});
	input("printer-maker").onchange = chooseMaker;
	form("printer-form").onreset = () => setTimeout(chooseMaker);
	form("printer-form").onsubmit = (event) => {
		event.preventDefault();
		addPrinter();
	};
	return { show, showPrinter, showVendors, redraw: () => shown && show(shown) };
}

/** A device that works with one maker's printers offers no others. @param {readonly string[]} [vendors] Absent: all. */
function showVendors(vendors) {
	const hasAnycubic = vendors === undefined || vendors.includes("anycubic");
	element("broker-settings").hidden = !hasAnycubic;
	const makers = input("printer-maker").closest("label");
	if (makers) makers.hidden = !hasAnycubic;
	if (hasAnycubic || input("printer-maker").value === "bambu") return;
	input("printer-maker").value = "bambu";
	chooseMaker();
}

/** Asks for what such a printer is reached by, and for nothing else. */
function chooseMaker() {
	const maker = input("printer-maker").value;
	offer("printer-host", maker !== "broker");
	offer("printer-code", maker === "bambu");
	offer("printer-serial", maker === "bambu");
	offer("printer-device", maker === "broker");
	button("printer-trust").hidden = true;
}

/** What is sent of the form. @param {string | undefined} pinnedSha256 */
function newPrinter(pinnedSha256) {
	const maker = input("printer-maker").value;
	if (maker === "broker")
		return { vendor: "anycubic", way: "broker", deviceId: input("printer-device").value.trim() };
	const serial = input("printer-serial").value.trim();
	const common = {
		host: input("printer-host").value.trim(),
		...(pinnedSha256 !== undefined && { pinnedSha256 }),
	};
	if (maker === "lan") return { ...common, vendor: "anycubic", way: "lan" };
	const accessCode = input("printer-code").value.trim();
	return { ...common, accessCode, ...(serial !== "" && { serial }) };
}

/** @param {string} [pinnedSha256] of a certificate that the person trusts */
function addPrinter(pinnedSha256) {
	const trust = button("printer-trust");
	trust.hidden = true;
	void attempt(element("printer-status"), async () => {
		const host = input("printer-host").value.trim();
		const printer = newPrinter(pinnedSha256);
		if (!("serial" in printer) && !("deviceId" in printer))
			write(element("printer-status"), words("printerAsking"));
		try {
			const { id } = await savePrinter(printer);
			awaitedPrinter = id;
			return words("printerConnecting");
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const { status, code, message, certificate } = error;
			if (certificate) {
				trust.hidden = false;
				trust.onclick = () => addPrinter(certificate.sha256);
			}
			throw new Refusal(status, code, addingWords(code, message, host, certificate));
		}
	});
}

/** Says beside the form how binding ended. @param {PrinterState} printer */
function showPrinter(printer) {
	if (printer.id !== awaitedPrinter) return;
	if (printer.linkError) end("printer-status", linkWords(printer), "bad");
	if (printer.link !== "online") return;
	end("printer-status", words("printerOnline", { name: printer.name }), "good");
	form("printer-form").reset();
	element("printer-found").replaceChildren();
	awaitedPrinter = undefined;
}

/** Says beside the form how joining ended. @param {WifiStatus["station"]} station */
function showJoining(station) {
	if (!awaitedNetwork) return;
	// What was so before says nothing of the new try.
	if (JSON.stringify(station) !== awaitedNetwork.before) awaitedNetwork.before = "";
	if (awaitedNetwork.before !== "" || !("ssid" in station) || station.ssid !== awaitedNetwork.ssid) return;
	const { ssid } = station;
	if (station.status === "connected") end("wifi-status", words("wifiJoined", { ssid }), "good");
	else if (station.status === "disconnected")
		end("wifi-status", words(`wifi_${station.reason}`, { ssid }), "bad");
	else return;
	awaitedNetwork = undefined;
}

/** @param {string} id @param {string} text @param {string} kind */
function end(id, text, kind) {
	write(element(id), text);
	element(id).className = `status ${kind}`;
}

/** @type {WifiStatus | undefined} */
let shown;

/** @param {WifiStatus} wifi */
function show(wifi) {
	shown = wifi;
	const { station, accessPoint } = wifi;
	showJoining(station);
	const rows = [];
	if (station.status === "connected")
		rows.push(
			words("wifiConnected", { ssid: station.ssid, address: station.address, signal: station.rssiDbm }),
		);
	else if (station.status === "connecting") rows.push(words("wifiConnecting", { ssid: station.ssid }));
	else if (station.status === "disconnected")
		rows.push(words(`wifi_${station.reason}`, { ssid: station.ssid }));
	else rows.push(words("wifiNone"));
	if (accessPoint.on)
		rows.push(words("accessPointOpen", { ssid: accessPoint.ssid, address: accessPoint.address }));
	write(element("wifi-state"), rows.join(" "));
}

/**
 * A list of buttons, one for each thing that was found.
 * @template T
 * @param {string} id @param {T[]} found @param {(entry: T) => { label: string, note: string, take(): void }} describe
 */
function choose(id, found, describe) {
	element(id).replaceChildren(
		...found.map((entry) => {
			const { label, note, take } = describe(entry);
			const row = node("li");
			const pick = node("button", "pick", label);
			pick.setAttribute("type", "button");
			pick.append(node("small", "", note));
			pick.onclick = take;
			row.append(pick);
			return row;
		}),
	);
}
