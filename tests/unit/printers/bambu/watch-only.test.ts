// A printer on a device that is built without what a controller has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BambuPrinter } from "../../../../modules/printers/bambu/bambu-printer";
import { FakeMqtt } from "../../../fakes/fake-mqtt";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { textCodec } from "../../../fakes/text-codec";

function watched(serial: string) {
	const mqtt = new FakeMqtt();
	const printer = new BambuPrinter({
		clock: new ManualClock(),
		random: () => 0.5,
		log: new MemoryLog(),
		mqtt,
		tls: { connect: () => assert.fail("nobody asks for a picture") },
		cameraFrameBytes: 0,
		text: textCodec,
		authorities: [],
		clientId: "culm-test-0",
		name: "",
		host: "192.0.2.7",
		port: 8883,
		serial,
		accessCode: "12345678",
		pinnedSha256: "",
		spoolDetails: false,
	});
	printer.start();
	mqtt.last.accept();
	mqtt.last.grant();
	return { printer, mqtt };
}

test("without commands every one of them is refused in words, and nothing is sent", async () => {
	const { printer, mqtt } = watched("01P00A000000001");
	mqtt.last.deliver({ print: { command: "push_status", msg: 0, gcode_state: "RUNNING", fun: "0" } });
	const before = mqtt.last.published.length;
	for (const command of ["pause", "light", "no_such_thing"]) {
		const result = await printer.command({ command });
		assert.ok(!result.ok);
		assert.equal(result.code, "not_supported");
		assert.match(result.message, /only watches/);
		assert.equal(printer.refusal({ command })?.code, "not_supported");
	}
	assert.equal(mqtt.last.published.length, before);
});

test("it says from the start that it takes none from here, whatever the printer reports", () => {
	const { printer, mqtt } = watched("01P00A000000001");
	assert.equal(printer.state.control, "none");
	mqtt.last.deliver({ print: { command: "push_status", msg: 0, gcode_state: "IDLE", fun: "0" } });
	assert.equal(printer.state.job.state, "idle");
	assert.equal(printer.state.control, "none");
});

test("a camera whose pictures there is no room for is not offered", () => {
	const { printer, mqtt } = watched("01P00A000000001");
	mqtt.last.deliver({ print: { command: "push_status", msg: 0, gcode_state: "IDLE", fun: "0" } });
	assert.equal(printer.state.capabilities.camera, "no_room");
	assert.equal(printer.camera, undefined);
});

test("a fault whose text is left out is told by its module and its code, with the place to look it up", () => {
	const { printer, mqtt } = watched("01P00A000000001");
	mqtt.last.deliver({
		print: { command: "push_status", msg: 0, gcode_state: "FAILED", print_error: 0x03004000 },
	});
	const [fault] = printer.state.faults;
	assert.equal(fault?.code, "0300_4000");
	assert.match(fault?.text ?? "", /0300_4000/);
	assert.ok(fault?.url);
});
