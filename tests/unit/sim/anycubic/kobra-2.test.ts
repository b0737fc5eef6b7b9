import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { PortError } from "../../../../modules/platform/port-error";
import { lockUpMs, reportIntervalMs, VirtualKobra } from "../../../../sim/printers/anycubic/virtual-kobra";
import { ManualClock } from "../../../fakes/manual-clock";
import { deviceId, objectOf, ofType, only, phases, powerOn, root, wallTimeMs } from "./kobra";

const commands = `${root}/server/printer/20022/${deviceId}`;
const reports = `${root}/printer/public/20022/${deviceId}`;
const start = { taskid: "4711", filename: "benchmark_boat.gcode", filepath: "/", filetype: 1, task_mode: 1 };
const fetched = {
	taskid: "4712",
	filename: "new.gcode",
	url: "http://192.168.1.5/new.gcode",
	filesize: 1000,
	md5: "0".repeat(32),
	filetype: 0,
};
const minuteMs = 60_000;

function printing() {
	const kobra = powerOn();
	kobra.send("print", "start", start);
	kobra.pass(12 * minuteMs);
	assert.equal(kobra.printer.snapshot().job?.phase, "printing");
	return kobra;
}

test("a report names type, action, state, code and time, with its slashes escaped", () => {
	const { send } = powerOn();
	const [response, status] = send("status", "query");
	assert.deepEqual([response?.topic, response?.report], [`${reports}/response`, { msgid: "m1" }]);
	assert.equal(status?.topic, `${reports}/status/report`);
	assert.deepEqual(status?.report, {
		type: "status",
		action: "workReport",
		msgid: "m1",
		state: "free",
		timestamp: wallTimeMs,
		code: 200,
		msg: "",
		data: null,
	});
	const [, list] = send("file", "listUdisk", { path: "/brackets" });
	assert.ok(!/[^\\]\//.test(list?.text ?? "/"));
});

test("who joins its broker says so first, with state, firmware, temperatures and fan", () => {
	const { printer, heard } = powerOn();
	printer.announce();
	assert.deepEqual(
		heard.map(({ topic, report }) => [topic.slice(reports.length + 1), report.state]),
		[
			["lastWill/report", "online"],
			["status/report", "free"],
			["ota/report", "done"],
			["tempature/report", "done"],
			["fan/report", "done"],
		],
	);
	assert.deepEqual(only(heard, "tempature").data, {
		curr_hotbed_temp: 22,
		curr_nozzle_temp: 22,
		target_hotbed_temp: 0,
		target_nozzle_temp: 0,
	});
	const { topic, text } = printer.lastWill();
	assert.equal(topic, `${reports}/lastWill/report`);
	assert.equal(JSON.parse(text).state, "offline");
});

test("a file in its memory is checked, heated for and printed to the end", () => {
	const { send, pass, printer } = powerOn();
	const said = [...send("print", "start", start), ...pass(60 * minuteMs)];
	assert.deepEqual(phases(said), [
		"start checking",
		"start preheating",
		"start printing",
		"start finished",
		"start done",
	]);
	assert.deepEqual(
		ofType(said, "status").map(({ state }) => state),
		["busy", "free"],
	);
	const bodies = ofType(said, "print")
		.filter(({ state }) => state === "printing" || state === "finished")
		.map(({ data }) => objectOf(data));
	for (const body of bodies) assert.equal(body.taskid, "4711");
	const numbers = (key: string): number[] => bodies.map((body) => Number(body[key]));
	for (const key of ["progress", "curr_layer", "print_time", "supplies_usage"])
		assert.deepEqual(
			numbers(key),
			numbers(key).toSorted((a, b) => a - b),
			`${key} never goes back`,
		);
	assert.deepEqual(
		numbers("remain_time"),
		numbers("remain_time").toSorted((a, b) => b - a),
	);
	assert.deepEqual(
		{ ...bodies.at(-1), print_time: 0 },
		{
			taskid: "4711",
			filename: "benchmark_boat.gcode",
			progress: 100,
			curr_layer: 60,
			total_layers: 60,
			print_time: 0,
			remain_time: 0,
			supplies_usage: 4200,
		},
	);
	assert.equal(printer.snapshot().nozzle.target, 0);
});

test("no state of the job is left out, however much time passes at once", () => {
	const { printer, heard, clock } = powerOn();
	printer.startJob();
	clock.advance(0);
	const late = new ManualClock({ wallTimeMs });
	const jumping = new VirtualKobra({ clock: late, deviceId });
	const states: string[] = [];
	jumping.onMessage((topic, text) => {
		if (topic.endsWith("/print/report")) states.push(JSON.parse(text).state);
	});
	jumping.startJob();
	late.advance(60 * minuteMs);
	jumping.snapshot();
	assert.deepEqual(states, ["checking", "preheating", "printing", "finished", "done"]);
	assert.deepEqual(phases(heard), ["start checking"]);
});

test("a file to fetch shows the progress of its download, and is in the memory afterwards", () => {
	const { send, pass } = powerOn();
	const said = [...send("print", "start", fetched), ...pass(12_000)];
	const downloads = ofType(said, "print").filter(({ state }) => state === "downloading");
	assert.deepEqual(
		downloads.map(({ data }) => data),
		[0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((progress) => ({ taskid: "4712", progress })),
	);
	assert.equal(phases(said).at(-1), "start checking");
	const { records } = objectOf(only(send("file", "listLocal", { path: "/" }), "file").data);
	assert.ok(JSON.stringify(records).includes('"new.gcode"'));
});

test("a download that fails ends the job with a code and words", () => {
	const { send, pass, printer } = powerOn();
	printer.switches.set("downloadFails", true);
	const said = [...send("print", "start", fetched), ...pass(20_000)];
	const failed = objectOf(ofType(said, "print").at(-1));
	assert.equal(failed.state, "failed");
	assert.notEqual(failed.code, 200);
	assert.equal(failed.msg, "download failed");
	assert.equal(objectOf(failed.data).progress, undefined);
	assert.equal(printer.snapshot().isBusy, false);
});

test("broken filament fails the print with code 10107", () => {
	const { printer, pass } = printing();
	printer.switches.set("brokenFilament", true);
	const failed = objectOf(ofType(pass(1000), "print").at(-1));
	assert.deepEqual([failed.state, failed.code, failed.msg], ["failed", 10107, "filament broken"]);
	assert.equal(printer.snapshot().nozzle.target, 0);
});

test("pause, resume and stop go through their states, and name who asked", () => {
	const { send, pass } = printing();
	assert.deepEqual(phases([...send("print", "pause", { taskid: "4711" }), ...pass(5000)]), [
		"pause pausing",
		"pause paused",
	]);
	assert.deepEqual(phases([...send("print", "resume", { taskid: "4711" }), ...pass(5000)]), [
		"resume resuming",
		"resume resumed",
		"start printing",
	]);
	assert.deepEqual(phases([...send("print", "stop", { taskid: "4711" }), ...pass(5000)]), [
		"stop stopping",
		"stop stoped",
	]);
});

test("the first report after a command carries its msgid", () => {
	const { send } = printing();
	const [response, report] = send("print", "pause", { taskid: "4711" });
	assert.equal(report?.report.msgid, response?.report.msgid);
});

test("answers can be made to have numbers of their own", () => {
	const { printer, send } = powerOn();
	printer.switches.set("unnamedAnswers", true);
	const [response, report] = send("status", "query");
	assert.deepEqual(response?.report, { msgid: "m1" });
	assert.match(String(report?.report.msgid), /^[0-9a-f-]{36}$/);
});

test("a paused print stands still: no layer, no filament", () => {
	const { send, pass, printer } = printing();
	send("print", "pause", { taskid: "4711" });
	pass(5000);
	const before = printer.snapshot().job;
	pass(10 * minuteMs);
	assert.deepEqual(printer.snapshot().job, before);
});

test("commands with the number of another job are not heeded", () => {
	for (const taskid of ["4710", "-1", ""]) {
		const { send, printer } = printing();
		const said = send("print", "stop", { taskid });
		assert.deepEqual(ofType(said, "print"), []);
		assert.equal(printer.snapshot().job?.phase, "printing");
		assert.equal(printer.snapshot().lastCommands[0]?.ignored, "another job is under way");
	}
});

test("settings are changed during a print, and told", () => {
	const { send, printer } = printing();
	const settings = {
		target_nozzle_temp: 215,
		target_hotbed_temp: 500,
		fan_speed_pct: 40,
		print_speed_mode: 3,
		z_comp: "-0.05",
	};
	const { state, data } = only(send("print", "update", { taskid: "0", settings }), "print");
	assert.equal(state, "updated");
	assert.deepEqual(objectOf(data).settings, {
		...settings,
		target_hotbed_temp: 90,
		print_speed_pct: 150,
	});
	assert.equal(printer.snapshot().nozzle.target, 215);
});

test("settings are dropped without a word while it does not print, but can be asked for", () => {
	const { send, printer } = powerOn();
	const dropped = send("print", "update", { taskid: "0", settings: { target_nozzle_temp: 200 } });
	assert.deepEqual(
		dropped.map(({ topic }) => topic),
		[`${reports}/response`],
	);
	assert.equal(printer.snapshot().nozzle.target, 0);
	const asked = only(send("print", "update", { taskid: "0" }), "print");
	assert.equal(asked.state, "updated");
	assert.equal(objectOf(objectOf(asked.data).settings).print_speed_mode, 2);
});

test("a start while it is busy is refused with code 10101, with a job and without", () => {
	const withJob = printing();
	const refused = only(withJob.send("print", "start", { ...start, taskid: "5" }), "print");
	assert.deepEqual([refused.state, refused.code], ["failed", 10101]);
	assert.equal(objectOf(refused.data).taskid, "5");
	assert.equal(withJob.printer.snapshot().job?.taskId, "4711");

	const without = powerOn();
	without.printer.switches.set("busy", true);
	assert.equal(only(without.heard, "status").state, "busy");
	assert.equal(only(without.send("print", "start", start), "print").code, 10101);
	without.printer.switches.set("busy", false);
	assert.equal(only(without.send("print", "start", start), "print").state, "checking");
});

test("a printer that locks up says nothing for a while after a start while busy, and then how it is", () => {
	const { printer, send, pass } = printing();
	printer.switches.set("locksUp", true);
	send("print", "start", { ...start, taskid: "5" });
	assert.deepEqual(send("status", "query"), []);
	assert.deepEqual(pass(lockUpMs - 1), []);
	const said = pass(2 * reportIntervalMs);
	assert.equal(only(said, "lastWill").state, "online");
	assert.equal(ofType(said, "status")[0]?.state, "busy");
	assert.equal(objectOf(ofType(said, "print")[0]?.data).taskid, "4711");
});

test("a start of a file that is not there, or without what a download needs, fails with words", () => {
	for (const data of [
		{ ...start, filename: "other.gcode" },
		{ ...start, filepath: "/brackets" },
		{ ...fetched, md5: "?" },
		{ ...fetched, filesize: "1000" },
		{ taskid: "1" },
	]) {
		const { send } = powerOn();
		const { state, code, msg } = only(send("print", "start", data), "print");
		assert.equal(state, "failed");
		assert.ok(Number(code) > 10000 && String(msg).length > 0);
	}
});

test("a stick's file in a folder can be started, the folder beside its name or in it", () => {
	for (const file of [
		{ filename: "bracket left.gcode", filepath: "/brackets" },
		{ filename: "brackets/bracket left.gcode", filepath: "/" },
	]) {
		const { send } = powerOn();
		assert.equal(
			only(send("print", "start", { taskid: "1", filetype: 2, ...file }), "print").state,
			"checking",
		);
	}
});

test("files are listed by folder and deleted, save the one that is printed", () => {
	const { send } = powerOn();
	const names = (action: string, path: string) => {
		const { state, data } = only(send("file", action, { path }), "file");
		assert.equal(state, "done");
		return JSON.parse(JSON.stringify(objectOf(data).records)) as Record<string, unknown>[];
	};
	const local = names("listLocal", "/");
	assert.equal(local.length, 3);
	assert.deepEqual(Object.keys(local[0] ?? {}), ["filename", "size", "timestamp", "is_dir", "file_location"]);
	assert.deepEqual(
		names("listUdisk", "/").map(({ filename, is_dir }) => [filename, is_dir]),
		[
			["calibration_cube.gcode", false],
			["brackets", true],
		],
	);
	assert.equal(names("listUdisk", "brackets/")[0]?.filename, "bracket left.gcode");
	const file = { path: "/brackets", filename: "bracket left.gcode" };
	assert.equal(only(send("file", "deleteUdisk", file), "file").state, "success");
	assert.deepEqual(names("listUdisk", "/brackets"), []);
	assert.equal(only(send("file", "deleteUdisk", file), "file").state, "failed");
	send("print", "start", start);
	const printed = { path: "/", filename: start.filename };
	assert.equal(only(send("file", "deleteLocal", printed), "file").state, "failed");
});

test("the folder is also taken beside the data, as some clients send it", () => {
	const { sendTo } = powerOn();
	const message = { type: "file", action: "listUdisk", path: "/brackets", data: { task_mode: 2 } };
	const { data } = only(sendTo(`${commands}/file`, message), "file");
	assert.ok(JSON.stringify(data).includes("bracket left"));
});

test("every other question has its answer", () => {
	const { send, sendTo } = powerOn();
	assert.deepEqual(only(send("ota", "reportVersion"), "ota").data, {
		firmware_version: "3.1.2",
		device_unionid: deviceId,
		machine_version: "1.1.0",
		peripheral_version: "",
		model_id: "20022",
	});
	assert.deepEqual(only(send("peripherie", "query"), "peripherie").data, {
		camera: 0,
		multiColorBox: 0,
		udisk: 1,
	});
	assert.deepEqual(only(send("wifi", "getSignalStrength"), "wifi").data, { signal_strength: -52 });
	assert.equal(only(send("video", "startCapture"), "video").state, "initSuccess");
	assert.equal(only(send("video", "stopCapture"), "video").state, "pushStopped");
	assert.equal(only(send("print", "query"), "print").state, "done");
	const params = objectOf(only(send("print", "getSliceParam"), "print").data);
	assert.equal(objectOf(params.slice_param).layer_height, 0.2);
	assert.deepEqual(only(send("file", "cloudRecommendList"), "file").data, { records: [] });
	const bare = sendTo(`${commands}/cloudRecommendList`, { type: "cloudRecommendList", records: {} });
	assert.equal(only(bare, "file").action, "cloudRecommendList");
});

test("a job that was started at the printer gets its number by localtasktrans", () => {
	const { printer, send, heard } = powerOn();
	assert.equal(printer.startJob(), true);
	assert.equal(objectOf(ofType(heard, "print")[0]?.data).taskid, "0");
	const answer = ofType(send("print", "localtasktrans", { taskid: "99", localtask: "700001" }), "print")[0];
	assert.deepEqual(answer?.data, { taskid: "99", localtask: "700001" });
	assert.equal(objectOf(only(send("print", "query"), "print").data).taskid, "99");
	assert.deepEqual(ofType(send("print", "localtasktrans", { taskid: "1", localtask: "other" }), "print"), []);
});

test("firmware before 3.1.0 takes commands from <type>/<action> alone, later firmware from <type> alone", () => {
	const { printer, sendTo } = powerOn();
	const query = { type: "ota", action: "reportVersion", msgid: "1" };
	assert.equal(sendTo(`${commands}/ota`, query).length, 2);
	assert.deepEqual(sendTo(`${commands}/ota/reportVersion`, query), []);
	printer.switches.set("oldFirmware", true);
	assert.deepEqual(sendTo(`${commands}/ota`, query), []);
	const { data } = only(sendTo(`${commands}/ota/reportVersion`, query), "ota");
	assert.equal(objectOf(data).firmware_version, "3.0.9");
});

test("a firmware update downloads, installs and tells the new version; a failed one changes nothing", () => {
	for (const [downloadFails, last, version] of [
		[false, "update-success", "3.1.4"],
		[true, "download-failed", "3.1.2"],
	] as const) {
		const { printer, send, pass } = powerOn();
		printer.switches.set("downloadFails", downloadFails);
		const said = [...send("ota", "update", { firmware_version: "3.1.4" }), ...pass(30_000)];
		const states = [...new Set(ofType(said, "ota").map(({ state }) => state))];
		assert.deepEqual(
			states,
			downloadFails ? ["start", "downloading", last] : ["start", "downloading", "updating", last],
		);
		assert.equal(printer.snapshot().firmware, version);
		assert.equal(printer.snapshot().isBusy, false);
	}
});

test("a silent printer takes commands and says nothing; afterwards it tells how it is", () => {
	const { printer, send, heard } = powerOn();
	printer.switches.set("silent", true);
	assert.deepEqual(send("print", "start", start), []);
	assert.equal(printer.snapshot().job?.phase, "checking");
	printer.switches.set("silent", false);
	assert.equal(only(heard, "lastWill").state, "online");
	assert.equal(only(heard, "print").state, "checking");
});

test("temperatures are told once a second while they change, and not at all while they do not", () => {
	const { printer, pass } = powerOn();
	assert.deepEqual(pass(minuteMs), []);
	printer.startJob();
	pass(4000);
	const warming = ofType(pass(10_000), "tempature").length;
	assert.ok(warming >= 8 && warming <= 10, `${warming} reports in 10 s`);
});

test("what is no command for it changes nothing and makes it say nothing", () => {
	const { printer, heard, sendTo } = powerOn();
	const text = JSON.stringify({ type: "print", action: "start", data: start });
	for (const topic of [
		`${root}/server/printer/20021/${deviceId}/print`,
		`${root}/server/printer/20022/${"f".repeat(32)}/print`,
		`${root}/web/printer/20022/${deviceId}/print`,
		`${commands}/print/start/more`,
		`${commands}/status`,
		`${reports}/print/report`,
		"print",
	])
		printer.handleMessage(topic, text);
	for (const broken of ["", "null", "[]", "{", '{"type":1}', `"${"x".repeat(70_000)}"`])
		printer.handleMessage(`${commands}/print`, broken);
	assert.deepEqual(heard, []);
	assert.deepEqual(
		sendTo(`${commands}/toString`, { type: "toString", action: "", msgid: "1" }).map(({ topic }) => topic),
		[`${reports}/response`],
	);
});

test("hostile commands never throw, and leave a printer that still answers", () => {
	const key = fc.constantFrom("taskid", "filename", "settings", "path", "url", "multi_color_box", "z_comp");
	const type = fc.constantFrom("print", "file", "ota", "status", "video", "light", "multiColorBox", "wifi");
	const action = fc.constantFrom("start", "update", "listLocal", "deleteLocal", "query", "stop", "setDry");
	fc.assert(
		fc.property(
			fc.array(fc.record({ type, action, data: fc.dictionary(key, fc.jsonValue()) }), { maxLength: 20 }),
			(messages) => {
				const { sendTo, send, pass } = powerOn();
				for (const message of messages) sendTo(`${commands}/${message.type}`, message as never);
				pass(3000);
				assert.equal(ofType(send("status", "query"), "status")[0]?.code, 200);
			},
		),
		{ seed: 8, numRuns: 150 },
	);
});

test("a closed printer says nothing, takes nothing, and holds no timer", () => {
	const { printer, clock, heard, send } = powerOn();
	printer.startJob();
	printer.close();
	printer.close();
	const before = heard.length;
	assert.equal(clock.pendingTimers, 0);
	assert.deepEqual(send("status", "query"), []);
	assert.equal(printer.stop(), false);
	printer.switches.set("silent", true);
	assert.equal(heard.length, before);
});

test("a model or a device id that there cannot be is refused", () => {
	const clock = new ManualClock();
	for (const options of [{ model: "Kobra 9" }, { deviceId: "123" }, { deviceId: "g".repeat(32) }])
		assert.throws(
			() => new VirtualKobra({ clock, ...options }),
			(error) => error instanceof PortError && error.code === "invalid",
		);
});
