// What the HTTP server on Node promises beside the contract: nobody can occupy it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import type { HttpServer, HttpServerOptions } from "../../../modules/platform/http";
import { createHttpServer } from "../../../sim/host/http-server";

const options: HttpServerOptions = {
	port: 0,
	maxBodyBytes: 1000,
	onBody: () => {
		bodies++;
		return undefined;
	},
	onRequest: () => ({ status: 200, body: "hello" }),
	onUpgrade: () => ({ status: 404 }),
	onError() {},
};

/** That were announced. */
let bodies = 0;
let server: HttpServer;
let sockets: Socket[] = [];

beforeEach(async () => {
	server = await createHttpServer({
		address: "127.0.0.1",
		headersTimeoutMs: 200,
		requestTimeoutMs: 400,
	}).listen(options);
});

afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	sockets = [];
	await server.close();
});

async function open(): Promise<Socket> {
	const socket = connect(server.port, "127.0.0.1");
	sockets.push(socket);
	socket.on("error", () => {});
	await once(socket, "connect");
	return socket;
}

test("a client that does not finish its headers is sent away", { timeout: 10_000 }, async () => {
	const socket = await open();
	socket.write("GET / HTTP/1.1\r\nX-Slow:");
	const [answer] = (await once(socket, "data")) as [Buffer];
	assert.match(answer.toString(), /^HTTP\/1\.1 408 /);
	await once(socket, "close");
});

test("a client that does not finish its body is sent away", { timeout: 10_000 }, async () => {
	const socket = await open();
	socket.resume();
	socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
	await once(socket, "close");
});

test("of more than 64 connections the last ones are refused, and there is room again afterwards", {
	timeout: 10_000,
}, async () => {
	for (let index = 0; index < 64; index += 1) await open();
	const refused = await open();
	refused.resume();
	await once(refused, "close");
	for (const socket of sockets) socket.destroy();
	for (let answered = false; !answered; ) {
		const socket = await open();
		socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
		const chunks: Buffer[] = [];
		socket.on("data", (chunk: Buffer) => chunks.push(chunk));
		await once(socket, "close");
		answered = Buffer.concat(chunks).toString().startsWith("HTTP/1.1 200 ");
	}
});

test("clients that do not finish their requests keep nobody out", { timeout: 10_000 }, async () => {
	const reachesServer = async () => {
		const response = await fetch(`http://127.0.0.1:${server.port}/`, { method: "POST", body: "whole" });
		return response.text();
	};
	for (let index = 0; index < 100; index++) await open();
	assert.equal(await reachesServer(), "hello", "without a word");
	for (let index = 0; index < 100; index++) {
		const announced = bodies;
		(await open()).write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
		while (bodies === announced) await new Promise((resolve) => setImmediate(resolve));
	}
	assert.equal(await reachesServer(), "hello", "with half a body");
});

test("it listens on the address that it is given", async () => {
	const other = await createHttpServer({ address: "127.0.0.2" }).listen(options);
	try {
		const socket = connect(other.port, "127.0.0.2");
		await once(socket, "connect");
		socket.destroy();
		await assert.rejects(once(connect(other.port, "127.0.0.1"), "connect"), { code: "ECONNREFUSED" });
	} finally {
		await other.close();
	}
});

test("it refuses an address that this computer does not have", async () => {
	await assert.rejects(createHttpServer({ address: "192.0.2.1" }).listen(options), { code: "invalid" });
});
