import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBrokerUrl } from "../../../sim/broker-url";
import { helpText, parseCommandLine } from "../../../sim/command-line";

const run = (...args: string[]) => {
	const parsed = parseCommandLine(args);
	assert.equal(parsed.kind, "run", JSON.stringify(parsed));
	return parsed.kind === "run" ? parsed.options : assert.fail();
};
const bad = (...args: string[]) => {
	const parsed = parseCommandLine(args);
	return parsed.kind === "bad" ? parsed.message : assert.fail(`accepted: ${args.join(" ")}`);
};

test("nothing given starts the device on 8080, for this computer only, with a virtual printer", () => {
	assert.deepEqual(run(), {
		port: 8080,
		address: "127.0.0.1",
		speed: 1,
		storage: ".culm",
		headless: false,
		panel: "large",
	});
});

test("a real printer is an address, a serial number and an access code", () => {
	const { printer, headless, caFile } = run(
		..."--printer 127.0.0.1:18883 --serial 01S00A123456789 --access-code 12345678 --ca ca.pem --headless".split(
			" ",
		),
	);
	assert.deepEqual(printer, {
		host: "127.0.0.1",
		port: 18883,
		serial: "01S00A123456789",
		accessCode: "12345678",
	});
	assert.equal(headless, true);
	assert.equal(caFile, "ca.pem");
	assert.equal(run("--printer", "p1s.local", "--serial", "S", "--access-code", "C").printer?.port, 8883);
	assert.equal(
		run("--printer", "[fe80::1]:1", "--serial", "S", "--access-code", "C").printer?.host,
		"fe80::1",
	);
});

test("a confirmed certificate is given by its fingerprint, with or without colons", () => {
	const place = ["--printer", "h", "--serial", "S", "--access-code", "C"];
	assert.equal(run(...place, "--pin", "AB".repeat(32)).printer?.pinnedSha256, "ab".repeat(32));
	assert.equal(run(...place, "--pin", Array(32).fill("0F").join(":")).printer?.pinnedSha256, "0f".repeat(32));
	for (const pin of ["", "ab", "x".repeat(64)])
		assert.match(bad(...place, `--pin=${pin}`), /--pin has to be/);
	assert.match(bad("--pin", "ab".repeat(32)), /--printer/);
});

test("a replay and its speed are for the virtual printer", () => {
	assert.deepEqual(
		{ ...run("--replay", "a1-print.jsonl", "--speed", "20", "--model", "A1") },
		{
			port: 8080,
			address: "127.0.0.1",
			speed: 20,
			storage: ".culm",
			headless: false,
			panel: "large",
			model: "A1",
			replayFile: "a1-print.jsonl",
		},
	);
	assert.match(bad("--replay", "x", "--headless"), /--replay is for the virtual printer/);
	assert.match(
		bad("--speed", "2", "--printer", "h", "--serial", "s", "--access-code", "c"),
		/--speed is for/,
	);
});

test("what is wrong is said in words that name the option", () => {
	assert.match(bad("--prot", "1"), /--prot/);
	assert.match(bad("stray"), /stray/);
	assert.match(bad("--port"), /--port/);
	for (const port of ["0", "65535", "80a", "-1", "1.5", ""])
		assert.match(bad(`--port=${port}`), /--port has to be/);
	for (const speed of ["0", "-1", "NaN", "fast", "1001"])
		assert.match(bad(`--speed=${speed}`), /--speed has to be/);
	for (const address of ["", "localhost", "myhost", "300.1.1.1"])
		assert.match(bad(`--address=${address}`), /--address has to be/);
	for (const place of ["", "a:b", "h:0", "h:70000", "http://h"])
		assert.match(bad(`--printer=${place}`, "--serial", "s", "--access-code", "c"), /--printer has to be/);
	assert.match(bad("--printer", "h", "--access-code", "c"), /--serial/);
	assert.match(bad("--printer", "h", "--serial", "s"), /--access-code/);
	assert.match(bad("--serial", "s"), /--printer/);
});

test("an access code is not repeated in a complaint", () => {
	assert.ok(!bad("--access-code", "s3cr3t77").includes("s3cr3t77"));
});

test("virtual Anycubic printers come beside the virtual printer, and not without it", () => {
	assert.equal(run().withAnycubic, undefined);
	assert.equal(run("--with-anycubic", "--speed", "20").withAnycubic, true);
	assert.match(bad("--with-anycubic", "--headless"), /--with-anycubic/);
	const printer = ["--printer", "h", "--serial", "S", "--access-code", "C"];
	assert.match(bad("--with-anycubic", ...printer), /--with-anycubic/);
});

test("a real broker of Anycubic printers is an address, beside any printer or none", () => {
	const urls = [
		"mqtt://192.168.1.5",
		"mqtts://me:s3cr3t77@nas.local:8884",
		"mqtt://[fe80::1]:1",
		"mqtt://h/",
	];
	for (const url of urls) assert.equal(run("--anycubic-broker", url).anycubicBroker, url);
	assert.equal(run("--anycubic-broker", "mqtt://h", "--headless").anycubicBroker, "mqtt://h");
	assert.equal(run("--anycubic-broker", "mqtt://h", "--with-anycubic").withAnycubic, true);
	for (const url of [
		"",
		"h",
		"h:1883",
		"http://h",
		"mqtt://",
		"mqtt://h:0",
		"mqtt://h:99999",
		"mqtt://h/x",
		"mqtt://h?x",
	])
		assert.match(bad(`--anycubic-broker=${url}`), /^--anycubic-broker has to be/);
	assert.ok(!bad("--anycubic-broker", "http://me:s3cr3t77@h").includes("s3cr3t77"));
	assert.deepEqual(parseBrokerUrl("mqtts://me%40x:p%3Aw@[fe80::1]"), {
		host: "fe80::1",
		port: 8883,
		isSecure: true,
		user: "me@x",
		password: "p:w",
	});
	assert.equal(parseBrokerUrl("mqtt://h")?.port, 1883);
});

test("a real Spoolman is an address as the device takes it, beside any printer or none", () => {
	assert.equal(run().spoolman, undefined);
	for (const url of ["http://192.168.1.5:7912", "nas.local:8000/spoolman/", "http://h/api/v1"])
		assert.equal(run("--spoolman", url).spoolman, url);
	assert.equal(run("--spoolman", "http://h", "--headless").spoolman, "http://h");
	const printer = ["--printer", "h", "--serial", "S", "--access-code", "C"];
	assert.equal(run("--spoolman", "http://h", ...printer).spoolman, "http://h");
	for (const url of [
		"",
		" ",
		"https://h",
		"ftp://h",
		"http://",
		"http://me:secret@h",
		"http://h:99999",
		"http://h?x",
	])
		assert.match(bad(`--spoolman=${url}`), /^--spoolman: /);
	assert.ok(!bad("--spoolman", "http://me:s3cr3t77@h").includes("s3cr3t77"));
});

test("the help names every option", () => {
	assert.equal(parseCommandLine(["--help"]).kind, "help");
	const options =
		"port address storage headless printer serial access-code pin ca model replay speed with-anycubic anycubic-broker spoolman help";
	for (const option of options.split(" ")) assert.ok(helpText.includes(`--${option}`), option);
});

test("the panel is large, small or not there, and nothing else", () => {
	assert.equal(run("--panel", "small").panel, "small");
	assert.equal(run("--panel", "none").panel, "none");
	assert.equal(run("--headless").panel, "none");
	assert.equal(run("--headless", "--panel", "none").panel, "none");
	assert.match(bad("--panel", "huge"), /--panel has to be large, small or none/);
	assert.match(bad("--panel="), /--panel has to be/);
	assert.match(bad("--headless", "--panel", "small"), /--headless/);
});
