// What MQTT on Node promises beside the contract: nothing leaks, neither secrets nor sockets nor exceptions.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { after, before, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { inspect, promisify } from "node:util";
import type { MqttOptions } from "../../../modules/platform/mqtt";
import type { PortError } from "../../../modules/platform/port-error";
import { createClock } from "../../../sim/host/clock";
import { createMqttClient } from "../../../sim/host/mqtt-client";
import { eventually } from "../../contract/contract";
import { type Authorities, createAuthorities } from "../../contract/node/peers/certificates";
import { NodeMqttPeers } from "../../contract/node/peers/mqtt-peers";
import type { BrokerOptions, MqttBroker } from "../../contract/peers";

let authorities: Authorities;
let peers: NodeMqttPeers;

before(async () => {
	authorities = await createAuthorities();
	peers = new NodeMqttPeers(authorities);
});

after(() => peers.close());

function options(broker: MqttBroker, changes: Partial<MqttOptions> = {}): MqttOptions {
	return {
		host: broker.host,
		port: broker.port,
		...(broker.certificate === undefined ? {} : { tls: broker.trust }),
		clientId: "culm",
		keepAliveMs: 60_000,
		connectTimeoutMs: 5000,
		onOpen() {},
		onSubscribed() {},
		onMessage() {},
		onClosed() {},
		...changes,
	};
}

async function failure(brokerOptions: BrokerOptions, changes: Partial<MqttOptions> = {}): Promise<PortError> {
	const broker = await peers.startBroker(brokerOptions);
	return new Promise((resolve) => {
		createMqttClient().connect(options(broker, { ...changes, onClosed: resolve }));
	});
}

test("the password is nowhere in an error, not even in its causes", async () => {
	for (const behaviour of ["refuses_password", "hangs_up_before_accepting", "accepts_in_nonsense"] as const) {
		const error = await failure({ behaviour }, { username: "bblp", password: "12345678" });
		assert.ok(!inspect(error, { depth: 10 }).includes("12345678"), behaviour);
	}
});

test("an error says at which address and stage it was met", async () => {
	const tls = await failure({ behaviour: "silent", identity: "usual" }, { connectTimeoutMs: 100 });
	assert.match(tls.message, /^127\.0\.0\.1:\d+: the TLS handshake was not complete after 100 ms$/);
	const mqtt = await failure({ behaviour: "never_accepts" }, { connectTimeoutMs: 100 });
	assert.match(mqtt.message, /^127\.0\.0\.1:\d+: the MQTT greeting was not complete after 100 ms$/);
});

test("certificates are checked also when the environment asks Node not to", async () => {
	const name = "NODE_TLS_REJECT_UNAUTHORIZED";
	const warnings = process.listeners("warning");
	process.removeAllListeners("warning");
	process.env[name] = "0";
	try {
		assert.equal((await failure({ identity: "stranger" })).code, "untrusted");
		assert.equal((await failure({ identity: "wrongName" })).code, "wrong_name");
		assert.equal((await failure({ identity: "expired" })).code, "untrusted");
	} finally {
		delete process.env[name];
		await nextTurn();
		for (const listener of warnings) process.on("warning", listener);
	}
});

test("the authorities of the system are not trusted", async () => {
	const broker = await peers.startBroker({ identity: "usual" });
	const error = await new Promise<PortError>((resolve) => {
		createMqttClient().connect(
			options(broker, { tls: { ...broker.trust, authorities: [] }, onClosed: resolve }),
		);
	});
	assert.equal(error.code, "untrusted");
});

test("an authority that is no certificate is the caller's mistake", async () => {
	const broker = await peers.startBroker({ identity: "usual" });
	const error = await new Promise<PortError>((resolve) => {
		const tls = { ...broker.trust, authorities: [Uint8Array.of(1, 2, 3)] };
		createMqttClient().connect(options(broker, { tls, onClosed: resolve }));
	});
	assert.equal(error.code, "invalid");
});

test("connections leave nothing behind, however they end", async () => {
	// None of them keeps timers of its own; "forgets_pings" serves well enough for this.
	const behaviours = [
		"forgets_pings",
		"silent",
		"never_accepts",
		"hangs_up_at_once",
		"hangs_up_before_accepting",
	] as const;
	const brokers: MqttBroker[] = [];
	for (const behaviour of behaviours) {
		brokers.push(
			await peers.startBroker({ behaviour, identity: "usual" }),
			await peers.startBroker({ behaviour }),
		);
	}
	const count = (kind: string): number =>
		process.getActiveResourcesInfo().filter((open) => open === kind).length;
	const timersAtFirst = count("Timeout");
	for (let round = 0; round < 5; round += 1) {
		for (const broker of brokers) {
			const ended = await new Promise<boolean>((resolve) => {
				const connection = createMqttClient().connect(
					options(broker, {
						connectTimeoutMs: 30,
						onOpen: () => void connection.close().then(() => resolve(true)),
						onClosed: () => resolve(true),
					}),
				);
			});
			assert.ok(ended);
		}
	}
	await eventually(createClock(), "all sockets are closed", () => count("TCPSocketWrap") === 0);
	assert.ok(count("Timeout") <= timersAtFirst);
});

test("what a callback throws is not swallowed", async () => {
	const server = createServer((socket) =>
		socket.once("data", () => socket.write(Uint8Array.of(0x20, 2, 0, 0))),
	);
	await once(server.listen(0, "127.0.0.1"), "listening");
	const { port } = server.address() as AddressInfo;
	const client = fileURLToPath(new URL("../../../sim/host/mqtt-client.ts", import.meta.url));
	const script = `
		import { createMqttClient } from ${JSON.stringify(client)};
		process.on("uncaughtException", ({ message }) => {
			process.stdout.write(message);
			process.exit(7);
		});
		createMqttClient().connect({
			host: "127.0.0.1", port: ${port}, clientId: "culm", keepAliveMs: 60000, connectTimeoutMs: 5000,
			onOpen() { throw new Error("from a callback"); }, onSubscribed() {}, onMessage() {}, onClosed() {},
		});
	`;
	const run = promisify(execFile)(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
	await assert.rejects(run, { code: 7, stdout: "from a callback" });
	server.close();
});
