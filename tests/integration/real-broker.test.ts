// The firmware against Debian's mosquitto: a broker that nobody here wrote.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { PrinterState } from "../../modules/printers/printer-state";
import { ACCESS_CODE, freePort, Mosquitto, SERIAL } from "./mosquitto";
import { SimulatorProcess, until } from "./simulator-process";

let broker: Mosquitto;

before(async () => {
	broker = await Mosquitto.create();
	await broker.start();
});
after(() => broker.remove());

async function startCulm({ serial = SERIAL, accessCode = ACCESS_CODE, ca = true } = {}) {
	const printer = ["--printer", `127.0.0.1:${broker.port}`, "--serial", serial, "--access-code", accessCode];
	const culm = new SimulatorProcess({
		port: await freePort(),
		args: [...printer, ...(ca ? ["--ca", broker.caFile] : []), "--headless"],
	});
	await culm.started();
	const printerState = async (): Promise<PrinterState> => {
		const [state] = (await culm.state()).printers;
		return state ?? assert.fail("no printer");
	};
	return { culm, printerState };
}

test("a report published with mosquitto_pub shows in /api/state within a second", async () => {
	const { culm, printerState } = await startCulm();
	try {
		// Online needs a first report, and a report needs a subscriber.
		await until(async () => {
			broker.publish({ print: { command: "push_status", msg: 1, bed_temper: 21 } });
			return (await printerState()).link === "online";
		}, 10_000);
		broker.publish({ print: { command: "push_status", msg: 1, gcode_state: "RUNNING", mc_percent: 42 } });
		await until(async () => (await printerState()).job.percent === 42, 1_000);
		assert.equal((await printerState()).job.state, "printing");
		assert.equal((await printerState()).linkError, undefined);
		assert.equal(await culm.interrupt(), 0);
		assert.ok(!culm.output.includes(ACCESS_CODE), "the access code is in no line of output");
	} finally {
		await culm.remove();
	}
});

test("a broker killed and started again 20 times costs time and nothing else", {
	timeout: 180_000,
}, async () => {
	const { culm, printerState } = await startCulm();
	try {
		const goOnline = () =>
			until(async () => {
				broker.publish({ print: { command: "push_status", msg: 1, bed_temper: 21 } });
				return (await printerState()).link === "online";
			}, 20_000);
		await goOnline();
		broker.publish({ print: { command: "push_status", msg: 1, mc_percent: 42, gcode_state: "RUNNING" } });
		for (let round = 0; round < 20; round++) {
			await broker.kill();
			await until(async () => (await printerState()).link !== "online", 5_000);
			assert.equal((await printerState()).job.percent, 42, "what was known stays");
			await broker.start();
			await goOnline();
		}
		assert.equal((await printerState()).job.percent, 42);
		assert.equal(await culm.interrupt(), 0);
	} finally {
		await culm.remove();
	}
});

test("a wrong access code is told from all other errors, and is not repeated", async () => {
	const { culm, printerState } = await startCulm({ accessCode: "wr0ngc0d" });
	try {
		await until(async () => (await printerState()).linkError === "wrong_access_code", 10_000);
		assert.ok(!(culm.output + JSON.stringify(await culm.state())).includes("wr0ngc0d"));
	} finally {
		await culm.remove();
	}
});

test("a certificate of an unknown authority is refused, and shown with its fingerprint", async () => {
	const { culm, printerState } = await startCulm({ ca: false });
	try {
		await until(async () => (await printerState()).linkError === "untrusted_certificate", 10_000);
		const { linkCertificate } = await printerState();
		assert.equal(linkCertificate?.commonName, SERIAL);
		assert.match(linkCertificate?.sha256 ?? "", /^[0-9a-f]{64}$/);
	} finally {
		await culm.remove();
	}
});

test("a certificate with another serial number is refused, and the number is named", async () => {
	const { culm, printerState } = await startCulm({ serial: "01S00A999999999" });
	try {
		await until(async () => (await printerState()).linkError === "wrong_serial", 10_000);
		assert.match((await printerState()).linkHelp ?? "", new RegExp(SERIAL));
	} finally {
		await culm.remove();
	}
});
