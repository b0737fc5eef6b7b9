// A chamber heater on the network: what it says, what it does not say, and what can be asked of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkHelp } from "../../../../../modules/breath/remote/link-words";
import type { RemoteBreathState } from "../../../../../modules/breath/remote/remote-breath-state";
import { heaterConnectionView, NO_SEARCH } from "../../../../../ui/panel/models/heater-connection";
import { remoteHeaterView } from "../../../../../ui/panel/models/remote-heater";
import type { ModelInput } from "../../../../../ui/panel/screen";
import { type InputOptions, modelInput, seen, UPTIME_SECONDS } from "./model-input";

const ONLINE: RemoteBreathState = {
	host: "192.0.2.50",
	link: "online",
	version: "V1.0.3",
	mode: "always_on",
	on: true,
	target: 45,
	chamber: 41.26,
	bedThreshold: 80,
	filterThreshold: 30,
	drying: { running: false, target: 55, hours: 12 },
	printerConnected: true,
};

function withRemote(changes: Partial<RemoteBreathState> = {}, options: InputOptions = {}): ModelInput {
	const input = modelInput(options);
	return { ...input, state: { ...input.state, remoteBreath: { ...ONLINE, ...changes } } };
}

test("a heater on the network shows what it says, and nothing of what it does not tell", () => {
	const view = remoteHeaterView(withRemote());
	assert.deepEqual(view?.chamber, { value: "41.3", unit: "°C" });
	assert.deepEqual([view?.link, view?.linkHelp, view?.isOld], ["Connected · V1.0.3", "", false]);
	assert.deepEqual([view?.fan, view?.element, view?.heating, view?.fanOnly], ["", "", "", undefined]);
	assert.equal(remoteHeaterView(modelInput()), undefined);
});

test("a lost link is said with its age, and off alone can still be asked for", () => {
	const view = remoteHeaterView(
		withRemote({ link: "offline", linkError: "silent", heardAtSeconds: UPTIME_SECONDS - 95 }),
	);
	assert.equal(seen(view?.link ?? ""), "Not connected · 1 min old");
	assert.deepEqual([view?.isOld, view?.chamberTone, view?.start.enabled], [true, "muted", false]);
	assert.notEqual(view?.why, "");
	assert.deepEqual([view?.off.enabled, view?.off.changes], [true, { on: false }]);
});

test("why the link is lost has words for each reason, in English those of the firmware", () => {
	for (const linkError of ["unreachable", "unknown_name", "no_panda_breath", "silent"] as const) {
		const lost = { link: "offline", linkError, linkHelp: linkHelp(linkError, ONLINE.host) } as const;
		assert.equal(remoteHeaterView(withRemote(lost))?.linkHelp, lost.linkHelp);
		const german = remoteHeaterView(withRemote(lost, { language: "de" }))?.linkHelp ?? "";
		assert.match(german, /192\.0\.2\.50/);
		assert.notEqual(german, lost.linkHelp);
	}
});

test("it says what it is set to, since nobody tells whether it heats", () => {
	const reason = (changes: Partial<RemoteBreathState>) =>
		seen(remoteHeaterView(withRemote(changes))?.reason ?? "");
	assert.equal(reason({}), "On: it aims at 45 °C");
	assert.equal(reason({ mode: "auto" }), "Auto: heats to 45 °C from a bed of 80 °C");
	assert.match(reason({ mode: "auto", printerConnected: false }), /no connection to one$/);
	assert.equal(reason({ on: false }), "It is turned off");
	const drying = { running: true, target: 55, hours: 12 };
	assert.equal(reason({ mode: "drying", drying }), "Drying at 55 °C");
	assert.equal(
		reason({ mode: "drying", drying: { ...drying, remainingSeconds: 7_200 } }),
		"Drying at 55 °C, 2 h left",
	);
});

test("its fault covers it, and is not to be cleared from here", () => {
	const view = remoteHeaterView(withRemote({ fault: { code: "chamber_sensor_open", text: "" } }));
	assert.equal(view?.fault?.canClear, false);
	assert.match(view?.fault?.text ?? "", /sensor/);
	assert.equal(view?.start.enabled, false);
});

test("a drying cycle is not ended by another mode without a question", () => {
	const drying = { running: true, target: 55, hours: 12, remainingSeconds: 7_200 };
	const modes = remoteHeaterView(withRemote({ mode: "drying", drying }))?.modes ?? [];
	assert.deepEqual(
		modes.map(({ id, question }) => [id, question !== undefined]),
		[
			["auto", true],
			["always_on", true],
			["drying", false],
		],
	);
});

test("heaters that were found are offered, the one that is set up is marked and can be forgotten", () => {
	const input = withRemote();
	const place = () => ({ host: "192.0.2.50", port: 80 });
	const set = { ...input, device: { ...input.device, remoteHeater: { place } } } as unknown as ModelInput;
	const found = [
		{ name: "PandaBreath", host: "192.0.2.50", port: 80 },
		{ name: "PandaBreath-2", host: "192.0.2.51", port: 8080 },
	];
	const view = heaterConnectionView(set, { state: "done", found });
	assert.deepEqual(
		view.found.map(({ text, isChosen }) => [text, isChosen]),
		[
			["192.0.2.50", true],
			["192.0.2.51:8080", false],
		],
	);
	assert.match(view.forget?.title ?? "", /192\.0\.2\.50/);
	assert.match(heaterConnectionView(set, { state: "done", found: [] }).text, /enter its address/);
	const own = heaterConnectionView(modelInput(), NO_SEARCH);
	assert.deepEqual([own.isPossible, own.forget], [false, undefined]);
});
