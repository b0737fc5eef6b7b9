// Commands about the printer itself: what it is and has, its camera, its light, its firmware.

import { type Command, type CommandTable, ignored } from "./command";
import { textOf, wholeOf } from "./fields";
import { startUpdate } from "./firmware-update";
import { isBusy, type Machine } from "./machine";
import {
	fanReport,
	infoReport,
	lightReport,
	peripheralReport,
	type Report,
	statusReport,
	temperatureReport,
	updateReport,
	versionReport,
} from "./report";

/** What is told by itself names itself so when it was asked for. */
function telling(report: (machine: Machine) => Report): Command {
	return (machine) => ({ machine, answers: [{ ...report(machine), action: "query" }] });
}

function answering(report: (machine: Machine) => Report): Command {
	return (machine) => ({ machine, answers: [report(machine)] });
}

const wifi: Command = (machine) => ({
	machine,
	answers: [
		{ type: "wifi", action: "getSignalStrength", state: "done", data: { signal_strength: machine.wifiDbm } },
	],
});

function filming(isFilming: boolean): Command {
	return (machine, { action }) => {
		const state = isFilming ? "initSuccess" : "pushStopped";
		return { machine: { ...machine, isFilming }, answers: [{ type: "video", action, state }] };
	};
}

const updateFirmware: Command = (machine, { data }) => {
	const version = textOf(data.firmware_version);
	if (isBusy(machine)) return ignored(machine, "no update while it is busy");
	if (version === undefined || !/^\d+(\.\d+){2,3}$/.test(version))
		return ignored(machine, "no version is named");
	const updating = { ...machine, update: startUpdate(version) };
	const report = updateReport(updating);
	return { machine: updating, ...(report && { answers: [report] }) };
};

const controlLight: Command = (machine, { data }) => {
	const light = machine.lights.find(({ type }) => type === data.type);
	const status = wholeOf(data.status, 0, 1);
	if (light === undefined || status === undefined) return ignored(machine, "there is no such light");
	const isOn = status === 1;
	const brightness = isOn ? (wholeOf(data.brightness, 0, 100) ?? 100) : 0;
	const lights = machine.lights.map((other) => (other === light ? { ...light, isOn, brightness } : other));
	const changed = { ...machine, lights };
	return { machine: changed, answers: [{ ...lightReport(changed), action: "control" }] };
};

export const deviceCommands: CommandTable = {
	"status/query": answering(statusReport),
	"ota/reportVersion": answering(versionReport),
	"ota/update": updateFirmware,
	"peripherie/query": answering(peripheralReport),
	"wifi/getSignalStrength": wifi,
	"video/startCapture": filming(true),
	"video/stopCapture": filming(false),
	"tempature/query": telling(temperatureReport),
	"fan/query": telling(fanReport),
};

/** Of printers that are reached in the LAN. */
export const lanDeviceCommands: CommandTable = {
	"info/query": (machine, _, { place }) => ({ machine, answers: [infoReport(machine, place)] }),
	"light/query": telling(lightReport),
	"light/control": controlLight,
};
