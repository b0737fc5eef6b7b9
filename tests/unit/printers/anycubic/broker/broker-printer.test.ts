// One printer at a broker: whether it is there, and on which topics it listens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { formOf } from "../../../../../modules/printers/anycubic/broker/command-form";
import { BenchBroker, BenchPrinter, ID, OTHER_ID, PAUSE } from "./bench-broker";

const ONLINE = { type: "lastWill", action: "onlineReport", state: "online", code: 200, data: null };
const OFFLINE = { ...ONLINE, state: "offline" };
const WORK = { type: "status", action: "workReport", state: "free", code: 200, data: null };
const BASE = `20022/${ID}`;

function version(msgid: string, firmware: string) {
	return {
		type: "ota",
		action: "reportVersion",
		msgid,
		state: "done",
		code: 200,
		data: { firmware_version: firmware, model_id: "20022" },
	};
}

function joined(): [broker: BenchBroker, printer: BenchPrinter] {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker);
	printer.link.start();
	broker.open();
	return [broker, printer];
}

test("both forms of topics are asked, and the one that answers is kept", () => {
	for (const [answered, topic] of [
		[0, `${BASE}/print`],
		[1, `${BASE}/print/pause`],
	] as const) {
		const [broker, printer] = joined();
		const asked = broker.sent();
		assert.deepEqual(
			asked.map((sent) => sent.topic),
			[`${BASE}/ota`, `${BASE}/ota/reportVersion`],
		);
		// A version that would say the other form: the answer itself is the better sign.
		broker.say("ota", version(asked[answered]?.msgid ?? "", answered === 0 ? "2.3.9" : "3.1.2"));
		const queries = broker.sent();
		assert.deepEqual(
			queries.map(({ type, action }) => `${type}/${action}`),
			["status/query", "print/query", "peripherie/query"],
		);
		assert.ok(printer.link.publish(PAUSE));
		assert.equal(broker.sent()[0]?.topic, topic);
	}
});

test("of a printer that does not name the question its version tells the form", () => {
	const forms = ["3.1.0", "3.1.2", "3.2", "4.0.0", "2.3.9", "3.0.9", "3.0.10"].map((firmware) =>
		formOf(JSON.stringify(version("of somebody else", firmware)), undefined),
	);
	assert.deepEqual(forms, ["type", "type", "type", "type", "type_action", "type_action", "type_action"]);
	for (const firmware of ["", "3", "a.b", "-1.0", "3.1.x"])
		assert.equal(formOf(JSON.stringify(version("", firmware)), undefined), undefined, firmware);
	assert.equal(formOf("{", undefined), undefined);
});

test("a printer that talks and never says its version is spoken to as today's firmware wants it", () => {
	const [broker, printer] = joined();
	for (let round = 0; round < 4; round++) {
		broker.say("status", WORK);
		broker.clock.advance(10_000);
	}
	broker.sent();
	assert.ok(printer.link.publish(PAUSE));
	assert.equal(broker.sent()[0]?.topic, `${BASE}/print`);
});

test("it is online from its first word on, offline by its last will, and asked again when it is back", () => {
	const [broker, printer] = joined();
	assert.equal(printer.last?.status, "connecting");
	broker.say("status", WORK);
	assert.equal(printer.last?.status, "online");
	broker.say("lastWill", OFFLINE);
	assert.equal(printer.last?.status, "offline");
	assert.match(printer.last?.help ?? "", /lost its network/);
	assert.equal(printer.link.publish(PAUSE), false);
	broker.sent();
	broker.clock.advance(600_000);
	assert.deepEqual(broker.sent(), [], "one that is off is not asked");
	broker.say("lastWill", ONLINE);
	assert.equal(printer.last?.status, "online");
	assert.deepEqual(
		broker.sent().map(({ topic }) => topic),
		[`${BASE}/ota`, `${BASE}/ota/reportVersion`],
		"its firmware may be another one now",
	);
	assert.equal(printer.reports.filter((report) => report.startsWith("lastWill")).length, 2);
});

test("a printer that never says anything is told to be missing, and found when it comes", () => {
	const [broker, printer] = joined();
	broker.clock.advance(10_000);
	assert.equal(printer.last?.status, "offline");
	assert.match(printer.last?.help ?? "", /nothing is heard of the printer/);
	broker.clock.advance(3_600_000);
	assert.ok(broker.sent().length <= 2 * 123, "it is asked twice a minute at most");
	broker.say("tempature", WORK);
	assert.equal(printer.last?.status, "online");
	assert.equal(printer.last?.error, undefined);
});

test("a silent printer is asked before it is called stale, and is online again with its next word", () => {
	const [broker, printer] = joined();
	broker.say("ota", version(broker.sent()[0]?.msgid ?? "", "3.1.2"));
	broker.sent();
	broker.clock.advance(30_000);
	assert.deepEqual(
		broker.sent().map(({ type, action }) => `${type}/${action}`),
		["status/query"],
	);
	broker.say("status", WORK);
	broker.clock.advance(30_000);
	assert.equal(printer.last?.status, "online");
	broker.clock.advance(10_000);
	assert.equal(printer.last?.status, "stale");
	broker.say("status", WORK);
	assert.equal(printer.last?.status, "online");
	assert.deepEqual(
		printer.statuses.map(({ status }) => status),
		["connecting", "online", "stale", "online"],
	);
});

test("a printer that is gone without a last will, or of which the broker kept an old word, is offline in the end", () => {
	const [broker, printer] = joined();
	broker.say("ota", version(broker.sent()[0]?.msgid ?? "", "3.1.2"));
	broker.clock.advance(85_000);
	assert.equal(printer.last?.status, "stale");
	broker.clock.advance(45_000);
	assert.equal(printer.last?.status, "offline");
	assert.match(printer.last?.help ?? "", /nothing is heard of the printer/);
	broker.sent();
	broker.clock.advance(600_000);
	const asked = broker.sent();
	assert.ok(asked.length > 0 && asked.length <= 2 * 20, `${asked.length}`);
	const [, older] = asked.slice(-2);
	// It comes back with older firmware, and is asked for everything.
	broker.say("ota", version(older?.msgid ?? "", "2.3.9"));
	assert.equal(printer.last?.status, "online");
	assert.deepEqual(
		broker.sent().map(({ topic }) => topic),
		["status", "print", "peripherie"].map((type) => `${BASE}/${type}/query`),
	);
	assert.ok(printer.link.publish(PAUSE));
	assert.equal(broker.sent()[0]?.topic, `${BASE}/print/pause`);
});

test("what is of another printer or of another model, and what is no report, does not reach it", () => {
	const [broker, printer] = joined();
	broker.say("status", WORK, { id: OTHER_ID });
	broker.say("status", WORK, { model: "20023" });
	broker.mqtt.last.deliver({ msgid: "x" }, 100, `anycubic/anycubicCloud/v1/printer/public/${BASE}/response`);
	assert.deepEqual(printer.reports, []);
	assert.equal(printer.last?.status, "connecting");
});

test("an id in other letters is the same printer, which is spoken to as it spells itself", () => {
	const [broker, printer] = joined();
	const id = ID.toUpperCase();
	broker.sent();
	broker.say("status", WORK, { id });
	assert.equal(printer.last?.status, "online");
	assert.ok(broker.sent().every(({ topic }) => topic.startsWith(`20022/${id}/`)));
});

test("commands go nowhere as long as there is no connection", async () => {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker);
	assert.equal(printer.link.publish(PAUSE), false);
	printer.link.start();
	assert.equal(printer.link.publish(PAUSE), false);
	broker.open();
	assert.equal(printer.link.publish(PAUSE), true);
	broker.mqtt.last.fail("closed_by_peer");
	assert.equal(printer.link.publish(PAUSE), false);
	await printer.link.close();
	assert.equal(broker.clock.pendingTimers, 0);
});

test("a printer whose model is not known is called by each name that it can have, and by its own once it is heard", () => {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker, { modelId: "" });
	printer.link.start();
	broker.open();
	const models = ["20021", "20022", "20023"];
	assert.deepEqual(
		broker.sent().map(({ topic }) => topic),
		["ota", "ota/reportVersion"].flatMap((form) => models.map((model) => `${model}/${ID}/${form}`)),
	);
	broker.say("status", WORK, { id: OTHER_ID });
	assert.deepEqual(printer.models, []);
	broker.say("ota", version("", "3.1.2"), { model: "20023" });
	assert.deepEqual([printer.models, printer.last?.status], [["20023"], "online"]);
	broker.sent();
	assert.ok(printer.link.publish(PAUSE));
	assert.deepEqual(
		broker.sent().map(({ topic }) => topic),
		[`20023/${ID}/print`],
	);
});

test("whoever is told the model may close the printer: nothing is heard or asked afterwards", async () => {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker, { modelId: "" });
	printer.onModel = () => void printer.link.close();
	printer.link.start();
	broker.open();
	broker.say("status", WORK);
	assert.deepEqual([printer.models, printer.reports], [["20022"], []]);
	await printer.link.close();
	assert.equal(broker.clock.pendingTimers, 0);
});

test("that a command has arrived is passed on, and is no report of the printer", () => {
	const [broker, printer] = joined();
	const ack = { msgid: PAUSE.msgid };
	broker.mqtt.last.deliver(ack, 100, `anycubic/anycubicCloud/v1/printer/public/${BASE}/response`);
	assert.deepEqual([printer.responses, printer.reports], [[JSON.stringify(ack)], []]);
	assert.equal(printer.last?.status, "connecting");
	broker.mqtt.last.deliver(ack, 100, `anycubic/anycubicCloud/v1/printer/public/20022/${OTHER_ID}/response`);
	assert.deepEqual(broker.link.found, []);
	assert.equal(printer.responses.length, 1);
});
