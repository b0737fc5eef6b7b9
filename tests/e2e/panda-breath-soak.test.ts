// An hour of clients that come, send what they like and vanish, in simulated time, over the real heater control.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Breath } from "../../modules/breath/breath";
import { MAX_CLIENTS, SNAPSHOT_DELAY_MS } from "../../modules/breath/protocol/clients";
import { PandaBreathServer } from "../../modules/breath/protocol/panda-breath-server";
import { EventLog } from "../../modules/event-log/event-log";
import { PortError } from "../../modules/platform/port-error";
import { Settings } from "../../modules/settings/settings";
import { seededRandom } from "../../sim/heater/seeded-random";
import { openSimulatedHeater } from "../../sim/heater/simulated-heater";
import { createMemoryStorage } from "../../sim/host/memory-storage";
import { FakeSocket } from "../fakes/fake-http-server";
import { ManualClock } from "../fakes/manual-clock";
import { MemoryLog } from "../fakes/memory-log";

const HOUR_MS = 3_600_000;
/** The control ticks twice a second; OFF counts within one tick. */
const TICK_MS = 500;
const OFFS = [
	{ settings: { work_on: false } },
	{ settings: { work_on: 0 } },
	{ settings: { isrunning: 0, drying_running: false, target_temp: 0 } },
	{ settings: { set_temp: 0 } },
];
const WRITES = [
	{ settings: { work_on: true, work_mode: 2, set_temp: 55 } },
	{ settings: { work_mode: 2, set_temp: 60 } },
	{ settings: { set_temp: 40, target_temp: 40 } },
	{ settings: { work_mode: 3, filament_temp: 50, filament_timer: 2, filament_drying_mode: 3, isrunning: 1 } },
	{ settings: { work_mode: 1, hotbedtemp: 70, filtertemp: 30 } },
	{ settings: { language: "zh" } },
	{ settings: { printer_type: 2 } },
	{ settings: { printer_type: 1 } },
	{ query: 1 },
	{ wifi: { scan: 1 } },
	{ printer: { scan: 1 } },
	{ unknown: [1, 2, 3] },
	{ settings: { work_on: "yes", set_temp: null } },
];

interface Connected {
	socket: FakeSocket;
	/** When it was accepted, and when the last frame came. */
	sinceMs: number;
	heardMs: number;
	frames: number;
}

test("an hour with eight clients at random: no leak, no missed OFF, pushes on time", async () => {
	const random = seededRandom(20_260_801);
	const clock = new ManualClock();
	const log = new MemoryLog();
	const storage = createMemoryStorage();
	const settings = new Settings({ storage, clock, log });
	const world = openSimulatedHeater({ clock, random });
	const breath = new Breath({
		board: world.openBoard(),
		settings,
		storage,
		clock,
		log,
		events: new EventLog({ clock }),
		printer: () => undefined,
	});
	const server = new PandaBreathServer({
		clock,
		log,
		breath,
		settings,
		wifi: {
			status: {
				station: { status: "off" },
				accessPoint: { on: true, ssid: "Panda_Breath_0", address: "192.168.254.1" },
				scanning: false,
				networks: [],
			},
			scan: async () => [],
			join() {},
			setAccessPoint() {},
			onChange: () => () => {},
		},
		printers: { states: [], onChange: () => () => {} },
		discovery: { scan: async () => [] },
		httpClient: { request: () => Promise.reject(new PortError("refused", "nobody")) },
		hostname: () => "PandaBreath",
		restart() {},
		factoryReset: async () => {},
	});
	const timersAtRest = clock.pendingTimers;

	const clients: Connected[] = [];
	const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
	let served = 0;
	let offs = 0;
	let heated = 0;
	let offUntilMs = 0;
	const connect = (): void => {
		if (server.isFull) return;
		const socket = new FakeSocket((connection) => server.add(connection, { mayWrite: random() < 0.9 }));
		clients.push({ socket, sinceMs: clock.now(), heardMs: clock.now(), frames: 0 });
		served++;
	};
	const vanish = (client: Connected): void => {
		clients.splice(clients.indexOf(client), 1);
		client.socket.events.onClosed();
	};
	const turnOff = (client: Connected): void => {
		client.socket.events.onText(JSON.stringify(pick(OFFS)));
		if (random() < 0.5) vanish(client);
		assert.equal(breath.state.activeTarget, 0);
		assert.equal(world.snapshot().outputs.heater, false);
		offUntilMs = clock.now() + TICK_MS;
		offs++;
	};
	const act = (): void => {
		const client = pick(clients);
		const chance = random();
		if (!client || chance < 0.2) connect();
		else if (chance < 0.35) vanish(client);
		else if (chance < 0.4) turnOff(client);
		else if (chance < 0.6 && clock.now() >= offUntilMs)
			client.socket.events.onText(JSON.stringify(pick(WRITES)));
	};
	const check = (): void => {
		assert.ok(clients.length <= MAX_CLIENTS);
		if (clock.now() <= offUntilMs) assert.equal(world.snapshot().outputs.heater, false, "an OFF was missed");
		if (world.snapshot().outputs.heater) heated++;
		for (const client of clients) {
			const { frames } = client.socket;
			if (frames.length > client.frames) {
				client.frames = frames.length;
				client.heardMs = clock.now();
				assert.ok(clock.now() - client.sinceMs >= SNAPSHOT_DELAY_MS, "the first frame came too early");
			}
			assert.ok(clock.now() - client.heardMs <= 1_250, "a push was late");
			for (const frame of frames) assert.ok(frame.length < 4096);
			frames.length = 0;
			client.frames = 0;
		}
	};

	for (; clock.now() < HOUR_MS; check()) {
		act();
		clock.advance(50);
		// Scans and probes of others' printers end in between.
		await Promise.resolve();
	}
	assert.ok(
		served > 5_000 && offs > 1_000 && heated > 1_000,
		`${served} served, ${offs} offs, ${heated} heated`,
	);
	assert.deepEqual(log.texts("error"), []);
	for (const client of [...clients]) vanish(client);
	settings.set({ "breath.printerType": "bambu" });
	breath.change({ on: false }, "page");
	clock.advance(10_000);
	assert.ok(clock.pendingTimers <= timersAtRest, `${clock.pendingTimers} timers, ${timersAtRest} at first`);
	assert.equal(server.isFull, false);
	server.close();
	breath.close();
	world.close();
	await settings.close();
	assert.equal(clock.pendingTimers, 0);
});
