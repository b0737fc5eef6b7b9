// An Anycubic printer as the rest of the firmware sees it: its connection, its state, its commands and its files.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
	CATCH_UP_MS,
	LOOK_LIMIT_MS,
	LOOK_SETTLE_MS,
} from "../../../../modules/printers/anycubic/anycubic-printer";
import type { CommandResult } from "../../../../modules/printers/command";
import type { FileList } from "../../../../modules/printers/printer-files";
import { benchPrinter, settle } from "./bench-printer";
import { DEVICE_ID } from "./bench-report";

test("before it is heard it has a name of its own, and nothing is made up", () => {
	const { printer, link } = benchPrinter({ modelId: "20023" });
	const { id, serial, vendor, model, name, control, job, filament, capabilities } = printer.state;
	assert.deepEqual([id, serial, vendor], [DEVICE_ID, DEVICE_ID, "anycubic"]);
	assert.deepEqual([model, name], ["Kobra 2 Max", "Kobra 2 Max cdef"]);
	assert.deepEqual([control, job, printer.state.link], ["unknown", { state: "unknown" }, "offline"]);
	assert.deepEqual(filament, { units: [], external: [] });
	assert.deepEqual([capabilities.motion, capabilities.loading, capabilities.fastestSpeed], [false, false, 3]);
	assert.deepEqual(capabilities.filesIn, ["local", "usb"]);
	assert.equal(printer.heardAtMs, undefined);
	assert.equal(link.isStarted, false);
	assert.equal(typeof JSON.stringify(printer.state), "string");
});

test("a name that a person gives stays, and none makes one of the model again", () => {
	const { printer } = benchPrinter({ name: "Ada" });
	assert.equal(printer.state.name, "Ada");
	printer.rename("Berta");
	assert.equal(printer.state.name, "Berta");
	printer.rename("");
	assert.equal(printer.state.name, "Kobra 2 Plus cdef");
});

test("a model that is learned with the connection names the printer and what it can do", () => {
	const { printer, link } = benchPrinter({ modelId: "", way: "lan" });
	assert.equal(printer.state.name, "Anycubic printer cdef");
	link.events.onModel?.("20025");
	assert.deepEqual([printer.state.model, printer.state.name], ["Kobra S1", "Kobra S1 cdef"]);
	assert.equal(printer.state.capabilities.maxNozzle, 320);
	printer.rename("Ada");
	link.events.onModel?.("20024");
	assert.deepEqual([printer.state.model, printer.state.name], ["Kobra 3", "Ada"]);
});

test("once online it takes everything; a lost connection does not make that unknown", () => {
	const bench = benchPrinter();
	bench.goOnline();
	assert.deepEqual([bench.printer.state.link, bench.printer.state.control], ["online", "full"]);
	assert.equal(bench.printer.state.job.state, "idle");
	bench.status({ status: "offline", error: "unreachable", help: "No broker." });
	const { link, linkError, linkHelp, control } = bench.printer.state;
	assert.deepEqual([link, linkError, linkHelp, control], ["offline", "unreachable", "No broker.", "full"]);
	bench.status({ status: "connecting" });
	assert.deepEqual([bench.printer.state.linkError, bench.printer.state.linkHelp], [undefined, undefined]);
});

test("a certificate that was refused is shown with what is wrong, and gone with it", () => {
	const bench = benchPrinter({ way: "lan", modelId: "20024" });
	bench.printer.start();
	const certificate = { commonName: "kobra", sha256: "ab".repeat(32) };
	bench.status({ status: "offline", error: "untrusted_certificate", help: "Compare it.", certificate });
	assert.deepEqual(bench.printer.state.linkCertificate, certificate);
	bench.printer.retarget({ host: "192.0.2.10", port: 18910, accessCode: "", pinnedSha256: "ab".repeat(32) });
	const { host, linkCertificate, linkError } = bench.printer.state;
	assert.deepEqual([host, linkCertificate, linkError], ["192.0.2.10", undefined, undefined]);
	assert.deepEqual(
		bench.link.targets.map(({ host: to }) => to),
		["192.0.2.10"],
	);
});

test("a printer at a broker is not moved by an address of its own: the connection and what is wrong with it stay", () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.status({ status: "stale" });
	bench.printer.retarget({ host: "192.0.2.10", port: 1883, accessCode: "", pinnedSha256: "" });
	assert.deepEqual([bench.printer.state.host, bench.printer.state.link], ["192.0.2.10", "stale"]);
});

test("the printer's last will shows it offline while the connection stays, and its next word shows it again", () => {
	for (const way of ["broker", "lan"] as const) {
		const bench = benchPrinter({ way, modelId: "20024" });
		bench.goOnline();
		bench.clock.advance(5_000);
		bench.tell("lastWill", { action: "onlineReport", state: "offline" });
		const { link, linkError, linkHelp } = bench.printer.state;
		assert.deepEqual([link, linkError], ["offline", "unreachable"]);
		assert.equal(linkHelp, "The printer is off or has lost its network.");
		assert.equal(bench.printer.heardAtMs, 0, "a last will is not its own word");
		bench.tell("lastWill", { action: "onlineReport", state: "online" });
		assert.deepEqual([bench.printer.state.link, bench.printer.state.linkError], ["online", undefined]);
		assert.equal(bench.printer.heardAtMs, 5_000);
	}
});

test("a new connection does not begin with the last will of the one before", () => {
	const bench = benchPrinter({ way: "lan", modelId: "20024" });
	bench.goOnline();
	bench.tell("lastWill", { state: "offline" });
	bench.status({ status: "offline", error: "unreachable", help: "Gone." });
	bench.status({ status: "connecting" });
	bench.status({ status: "online" });
	assert.equal(bench.printer.state.link, "online");
});

test("who listens is told what changed, and no more after the end", () => {
	const bench = benchPrinter();
	bench.goOnline();
	const changes: string[] = [];
	const end = bench.printer.onChange((_state, keys) => changes.push(...keys));
	bench.tell("tempature", { data: { curr_nozzle_temp: 210, target_nozzle_temp: 220 } });
	assert.deepEqual(changes, ["nozzles"]);
	bench.tell("tempature", { data: { curr_nozzle_temp: 210, target_nozzle_temp: 220 } });
	assert.deepEqual(changes, ["nozzles"]);
	end();
	bench.tell("tempature", { data: { curr_nozzle_temp: 211 } });
	assert.deepEqual(changes, ["nozzles"]);
	assert.deepEqual(bench.printer.state.nozzles, [{ current: 211, target: 220, active: true }]);
});

test("a command goes out by the task that the printer names, and ends with its report", async () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.job("printing", { supplies_usage: 12 });
	bench.sent();
	const ending = bench.printer.command({ command: "pause" });
	const [command] = bench.sentCommands();
	assert.deepEqual([command?.type, command?.action, command?.data], ["print", "pause", { taskid: "471" }]);
	bench.job("pausing", {}, { action: "pause", msgid: command?.msgid });
	assert.deepEqual(await ending, { ok: true });
	bench.job("paused", {}, { action: "pause" });
	assert.equal(bench.printer.state.job.state, "paused");
});

test("a job that was begun at the printer is stopped by the number that the printer gives it, whatever it is", async () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.job("printing", { taskid: "0", localtask: "local-1" });
	bench.sent();
	void bench.printer.command({ command: "stop", confirm: true });
	assert.deepEqual(bench.sentCommands()[0]?.data, { taskid: "0" });
	bench.tell("print", { action: "localtasktrans", data: { taskid: "9001", localtask: "local-1" } });
	void bench.printer.command({ command: "cancel", confirm: true });
	assert.deepEqual(bench.sentCommands()[0]?.data, { taskid: "9001" });
	assert.equal(bench.printer.state.job.key, "local-1", "it is the same job");
	await bench.printer.close();
});

test("what only says that a command has arrived does not end it, but is said when nothing else comes", async () => {
	const bench = benchPrinter();
	bench.goOnline();
	const ending = bench.printer.command({ command: "start", file: "boat.gcode" });
	const [command] = bench.sentCommands();
	bench.link.events.onResponse?.(JSON.stringify({ msgid: command?.msgid }));
	bench.link.events.onResponse?.("{");
	bench.clock.advance(10_000);
	const result = await ending;
	assert.ok(!result.ok && result.code === "timed_out" && result.message.includes("has reached"), "taken");
});

test("a second job is not sent before the first one is seen, and after its end it is", async () => {
	const bench = benchPrinter();
	bench.goOnline();
	const first = bench.printer.command({ command: "start", file: "boat.gcode" });
	bench.tell("print", { action: "start", state: "checking", data: { taskid: "471" } });
	assert.deepEqual(await first, { ok: true });
	const refusal = bench.printer.refusal({ command: "start", file: "cube.gcode" });
	assert.equal(refusal?.code, "wrong_state");
	bench.job("finished", { progress: 100 });
	assert.equal(bench.printer.refusal({ command: "start", file: "cube.gcode" }), undefined);
});

test("while it is busy without a job nothing is started, and why is said", () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.tell("status", { state: "busy" });
	assert.match(bench.printer.refusal({ command: "start", file: "boat.gcode" })?.message ?? "", /levelling/);
	bench.job("printing");
	bench.job("finished", { progress: 100 });
	bench.tell("status", { state: "busy" });
	assert.equal(bench.printer.state.job.state, "finished");
	assert.match(bench.printer.refusal({ command: "start", file: "boat.gcode" })?.message ?? "", /levelling/);
});

test("a job that ended while nobody listened is not shown as one under way", () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.job("printing");
	bench.status({ status: "offline", error: "unreachable", help: "Gone." });
	assert.equal(bench.printer.state.job.state, "printing", "nothing else is known");
	bench.status({ status: "online" });
	bench.tell("status", { state: "free" });
	assert.equal(bench.printer.state.job.state, "idle");
});

test("what the printer has told of its lights stays when its model is told again", () => {
	const bench = benchPrinter({ way: "lan", modelId: "20024" });
	bench.goOnline();
	bench.tell("light", { data: { lights: [{ type: 2, status: 1 }] } });
	bench.link.events.onModel?.("20024");
	assert.deepEqual(bench.printer.state.capabilities.lights, ["chamber"]);
	assert.deepEqual(bench.printer.state.lights, { chamber: true });
});

test("a last will, and another place to go to, end what waits for an answer", async () => {
	const place = { host: "192.0.2.10", port: 18910, accessCode: "", pinnedSha256: "" };
	for (const end of ["last will", "place"]) {
		const bench = benchPrinter({ way: "lan", modelId: "20024" });
		bench.goOnline();
		bench.job("printing");
		const ending = bench.printer.command({ command: "pause" });
		if (end === "place") bench.printer.retarget(place);
		else bench.tell("lastWill", { state: "offline" });
		assert.equal(bench.clock.pendingTimers, 0, end);
		const result = await ending;
		assert.equal(result.ok || result.code, "offline");
	}
});

test("a connection that is lost ends what waits for an answer", async () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.job("printing");
	const ending = bench.printer.command({ command: "pause" });
	bench.status({ status: "offline", error: "unreachable", help: "Gone." });
	const result = await ending;
	assert.equal(result.ok || result.code, "offline");
	const off = await bench.printer.command({ command: "pause" });
	assert.equal(off.ok || off.code, "offline");
});

test("after a lost connection no job is started before the printer has said what it does", async () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.status({ status: "offline", error: "unreachable", help: "Gone." });
	bench.status({ status: "online" });
	assert.equal(bench.printer.refusal({ command: "start", file: "boat.gcode" })?.code, "wrong_state");
	bench.sent();
	let result: CommandResult | undefined;
	const ending = bench.printer.command({ command: "start", file: "boat.gcode" }).then((ended) => {
		result = ended;
	});
	await settle();
	assert.deepEqual([bench.sent(), result], [[], undefined]);
	bench.tell("status", { action: "workReport", state: "free" });
	await settle();
	assert.deepEqual(bench.sent(), ["print/start"]);
	assert.equal(bench.clock.pendingTimers, 1, "only the answer is waited for");
	await bench.printer.close();
	await ending;
	assert.ok(result && !result.ok && result.code === "offline", "closed before the answer");
});

test("a printer that does not say what it does is not waited for any longer than a moment", async () => {
	const bench = benchPrinter();
	bench.printer.start();
	bench.status({ status: "online" });
	const ending = bench.printer.command({ command: "start", file: "boat.gcode" });
	bench.clock.advance(CATCH_UP_MS);
	const result = await ending;
	assert.equal(result.ok || result.code, "wrong_state");
	assert.equal(bench.clock.pendingTimers, 0);
	const other = bench.printer.command({ command: "start", file: "boat.gcode" });
	bench.status({ status: "offline", error: "unreachable", help: "Gone." });
	assert.equal(bench.clock.pendingTimers, 0, "nor without a connection");
	const off = await other;
	assert.equal(off.ok || off.code, "offline");
});

test("at a broker a job's settings are asked for once a job and connection, and in the LAN they are told anyway", () => {
	const bench = benchPrinter();
	bench.goOnline();
	assert.deepEqual(bench.sent(), []);
	bench.job("printing");
	bench.job("printing", { progress: 6 });
	assert.deepEqual(bench.sent(), ["print/update"]);
	bench.tell("print", {
		action: "update",
		state: "updated",
		data: { taskid: "471", settings: { print_speed_mode: 3, target_nozzle_temp: 215, fan_speed_pct: 40 } },
	});
	const { job, nozzles, fans } = bench.printer.state;
	assert.deepEqual([job.speedLevel, nozzles[0]?.target, fans.part], [3, 215, 40]);
	bench.status({ status: "offline", error: "unreachable", help: "Gone." });
	bench.status({ status: "online" });
	bench.job("printing", { progress: 7 });
	assert.deepEqual(bench.sent(), ["print/update"]);
	bench.job("finished", { progress: 100 });
	bench.job("preheating", { taskid: "472", progress: 0 });
	assert.deepEqual(bench.sent(), ["print/update"]);

	const lan = benchPrinter({ way: "lan", modelId: "20024" });
	lan.goOnline();
	lan.job("printing");
	assert.deepEqual(lan.sent(), []);
});

test("its files are listed, whichever type of report they come by", async () => {
	for (const type of ["file", "file_list"]) {
		const bench = benchPrinter();
		bench.goOnline();
		const listing = bench.printer.files.list("usb", "/");
		await settle();
		assert.deepEqual(bench.sent(), ["file/listUdisk"]);
		bench.tell(type, {
			action: "listUdisk",
			data: { records: [{ filename: "boat.gcode", size: 5, timestamp: 1_700_000_000, is_dir: false }] },
		});
		const list = await listing;
		assert.deepEqual(list, {
			ok: true,
			files: [{ name: "boat.gcode", isFolder: false, sizeBytes: 5, modifiedSeconds: 1_700_000_000 }],
		} satisfies FileList);
	}
});

test("files are not listed without a connection, and that is said", async () => {
	const { printer } = benchPrinter();
	const list = await printer.files.list("local", "/");
	assert.equal(list.ok || list.code, "offline");
});

test("what the printer has used of each spool is told with its job", () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.job("printing", { supplies_usage: 0, progress: 0 });
	bench.job("printing", { supplies_usage: 1234 });
	assert.deepEqual(bench.printer.state.job.filament, [{ tray: 254, usedLengthMm: 1234 }]);
});

test("what cannot be read is counted in the log, a command that comes back is not", () => {
	const bench = benchPrinter();
	bench.goOnline();
	bench.link.events.onReport("print", "{");
	bench.link.events.onReport("file", "[]");
	bench.link.events.onReport("status", JSON.stringify({ type: "status", action: "query" }));
	assert.deepEqual(bench.log.texts("warn"), [
		`printer ${DEVICE_ID}: a message is cut off or no JSON`,
		`printer ${DEVICE_ID}: a message has no sections`,
	]);
	assert.equal(bench.printer.state.job.state, "idle");
});

test("a look ends a moment after the printer has said what it does, and says goodbye", async () => {
	const bench = benchPrinter();
	const look = bench.printer.look();
	assert.equal(bench.link.isStarted, true);
	bench.status({ status: "connecting" });
	bench.status({ status: "online" });
	bench.tell("tempature", { data: { curr_hotbed_temp: 60 } });
	bench.clock.advance(LOOK_SETTLE_MS);
	assert.equal(bench.link.isStarted, true, "that alone is not enough");
	bench.tell("status", { state: "free" });
	bench.clock.advance(LOOK_SETTLE_MS - 1);
	bench.tell("ota", { action: "reportVersion", data: { firmware_version: "3.1.2" } });
	bench.clock.advance(1);
	await look;
	assert.equal(bench.link.isStarted, false);
	const { link, job, bed, firmware } = bench.printer.state;
	assert.deepEqual([link, job.state, bed.current, firmware], ["online", "idle", 60, "3.1.2"]);
	assert.equal(bench.clock.pendingTimers, 0);
});

test("between two looks what the last one found stays, also while the next one connects", async () => {
	const bench = benchPrinter();
	const first = bench.printer.look();
	bench.status({ status: "online" });
	bench.tell("status", { state: "free" });
	bench.clock.advance(LOOK_SETTLE_MS);
	await first;
	bench.printer.show({ watch: "polled", lookSeconds: 60, heardAtSeconds: 3 });
	const links: string[] = [];
	bench.printer.onChange(({ link }) => links.push(link));
	const second = bench.printer.look();
	bench.status({ status: "connecting" });
	bench.status({ status: "offline", error: "unreachable", help: "Gone." });
	await second;
	assert.deepEqual(links, ["offline"]);
	assert.equal(bench.clock.pendingTimers, 0);
});

test("a look at a printer that says nothing ends all the same, and one that is closed ends at once", async () => {
	const bench = benchPrinter();
	const look = bench.printer.look();
	bench.status({ status: "connecting" });
	bench.clock.advance(LOOK_LIMIT_MS);
	await look;
	assert.equal(bench.link.isStarted, false);
	const other = bench.printer.look();
	await bench.printer.close();
	await other;
	assert.deepEqual([bench.link.isStarted, bench.clock.pendingTimers], [false, 0]);
});

test("a look that becomes a connection that stays is not ended", async () => {
	const bench = benchPrinter();
	const look = bench.printer.look();
	bench.printer.start();
	await look;
	assert.equal(bench.link.isStarted, true);
	bench.goOnline();
	await bench.printer.pause();
	assert.equal(bench.link.isStarted, false);
	assert.equal(bench.printer.state.job.state, "idle", "what is known stays");
});
