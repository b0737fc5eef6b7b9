// What a reconnect leaves behind: nothing. The firmware in this process, mosquitto killed and started beside it.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { after, before, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { startFirmware } from "../../modules/firmware";
import { createPlatform } from "../../sim/host/platform";
import { MemoryLog } from "../fakes/memory-log";
import { ACCESS_CODE, Mosquitto, SERIAL } from "./mosquitto";
import { until } from "./simulator-process";

const WARM_UP_ROUNDS = 20;
const ROUNDS = 20;
/** A connection costs some 100 KB; one that stayed behind in each round would be far above this. */
const ALLOWED_GROWTH_BYTES = 500_000;

let broker: Mosquitto;
before(async () => {
	broker = await Mosquitto.create();
	await broker.start();
});
after(() => broker.remove());

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What keeps the process alive, counted by kind, and the live part of the heap. */
async function footprint() {
	for (let i = 0; i < 5; i++) {
		// Sockets and promises of the last round end over a few turns of the loop.
		await new Promise((resolve) => setTimeout(resolve, 20));
		collectGarbage();
	}
	const handles: Record<string, number> = {};
	for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
	return { handles, heapBytes: process.memoryUsage().heapUsed };
}

test(`after ${ROUNDS} lost connections there are as many handles and timers as before, and no more memory`, {
	timeout: 400_000,
}, async (context) => {
	const log = new MemoryLog();
	const platform = await createPlatform({
		log,
		webPort: 0,
		extraAuthorities: [new Uint8Array(new X509Certificate(broker.authority).raw)],
	});
	const firmware = startFirmware(platform, allParts);
	firmware.settings.set({
		"printer0.host": "127.0.0.1",
		"printer0.port": broker.port,
		"printer0.serial": SERIAL,
		"printer0.accessCode": ACCESS_CODE,
	});
	const link = () => firmware.printers.states[0]?.link;
	const goOnline = () =>
		until(() => {
			broker.publish({ print: { command: "push_status", msg: 1, bed_temper: 21 } });
			return link() === "online";
		}, 20_000);
	const rounds = async (count: number) => {
		for (let round = 0; round < count; round++) {
			await broker.kill();
			await until(() => link() === "offline", 5_000);
			await broker.start();
			await goOnline();
		}
	};

	await goOnline();
	// The first rounds fill caches that stay: TLS contexts, compiled code. After about 20 the heap no longer grows.
	await rounds(WARM_UP_ROUNDS);
	const before = await footprint();
	await rounds(ROUNDS);
	const grown = await footprint();

	context.diagnostic(
		`heap ${before.heapBytes} → ${grown.heapBytes} bytes, handles ${JSON.stringify(grown.handles)}`,
	);
	assert.deepEqual(grown.handles, before.handles);
	assert.ok(
		grown.heapBytes - before.heapBytes < ALLOWED_GROWTH_BYTES,
		`${grown.heapBytes - before.heapBytes} bytes`,
	);
	await firmware.close();
	const closed = (await footprint()).handles;
	assert.ok(!("TCPSocketWrap" in closed) && !("TCPServerWrap" in closed), JSON.stringify(closed));
});
