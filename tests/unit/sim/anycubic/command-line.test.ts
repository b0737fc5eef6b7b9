import assert from "node:assert/strict";
import { test } from "node:test";
import { helpText, parseKobraCommandLine } from "../../../../sim/printers/anycubic/command-line";
import { kobraSwitchNames } from "../../../../sim/printers/anycubic/switches";

const broker = ["--broker", "mqtt://127.0.0.1:1883"];

function run(args: readonly string[]) {
	const parsed = parseKobraCommandLine(args);
	assert.equal(parsed.kind, "run", JSON.stringify(parsed));
	return parsed.kind === "run" ? parsed.options : assert.fail();
}

test("a broker is all that a Kobra 2 needs", () => {
	const { model, ...options } = run(broker);
	assert.equal(model.id, "20022");
	assert.deepEqual(options, {
		speed: 1,
		hasJob: false,
		switches: [],
		way: { kind: "broker", url: "mqtt://127.0.0.1:1883" },
	});
});

test("everything about a Kobra 2 can be given", () => {
	const id = "0123456789ABCDEF0123456789ABCDEF";
	const tls = ["--ca", "ca.pem", "--cert", "c.pem", "--key", "c.key"];
	const more = ["--model", "Kobra 2 Max", "--id", id, "--speed", "10", "--job"];
	const switches = ["--switch", "silent", "--switch", "busy"];
	const { model, ...options } = run(["--broker", "mqtts://u:p@h", ...tls, ...more, ...switches]);
	assert.equal(model.id, "20023");
	assert.deepEqual(options, {
		deviceId: id.toLowerCase(),
		speed: 10,
		hasJob: true,
		switches: ["silent", "busy"],
		way: { kind: "broker", url: "mqtts://u:p@h", caFile: "ca.pem", certFile: "c.pem", keyFile: "c.key" },
	});
});

test("a printer in the LAN listens where real ones do unless told otherwise", () => {
	assert.deepEqual(run(["--lan"]).way, {
		kind: "lan",
		address: "127.0.0.1",
		port: 18910,
		brokerPort: 9883,
	});
	const args = ["--lan", "--port", "20000", "--broker-port", "20001", "--storage", "d", "--address", "::1"];
	assert.deepEqual(run(args).way, {
		kind: "lan",
		address: "::1",
		port: 20000,
		brokerPort: 20001,
		storage: "d",
	});
	assert.equal(run(["--lan"]).model.id, "20024");
});

test("what is wrong is said in words that name the option", () => {
	for (const [args, word] of [
		[[], "--broker"],
		[["--lan", ...broker], "--lan"],
		[["--broker", "http://h"], "--broker"],
		[["--broker", "h:1883"], "--broker"],
		[[...broker, "--ca", "x"], "--ca"],
		[["--broker", "mqtts://h", "--cert", "x"], "--key"],
		[[...broker, "--port", "1"], "--port"],
		[["--lan", "--ca", "x"], "--ca"],
		[["--lan", "--port", "0"], "--port"],
		[["--lan", "--port", "70000"], "--port"],
		[["--lan", "--broker-port", "18910"], "differ"],
		[["--lan", "--address", "0.0.0.0"], "--address"],
		[["--lan", "--address", "here"], "--address"],
		[["--lan", "--storage", ""], "--storage"],
		[[...broker, "--model", "20024"], "20021"],
		[["--lan", "--model", "20021"], "20024"],
		[[...broker, "--id", "12"], "--id"],
		[[...broker, "--speed", "0"], "--speed"],
		[[...broker, "--speed", "x"], "--speed"],
		[[...broker, "--switch", "toString"], "--switch"],
		[[...broker, "--other"], "--other"],
		[[...broker, "word"], "word"],
	] as const) {
		const parsed = parseKobraCommandLine(args);
		assert.equal(parsed.kind, "bad", args.join(" "));
		assert.ok(parsed.kind === "bad" && parsed.message.includes(word), `${args.join(" ")}: ${word}`);
	}
});

test("the help names every option and every switch", () => {
	assert.deepEqual(parseKobraCommandLine(["--help"]), { kind: "help" });
	const options = "broker ca cert key lan address port broker-port storage model id speed job switch help";
	for (const option of options.split(" ")) assert.ok(helpText.includes(`--${option} `), option);
	for (const name of kobraSwitchNames) assert.ok(helpText.includes(name), name);
	for (const line of helpText.split("\n")) assert.ok(line.length <= 160, line);
});
