// The virtual Spoolman's WebSockets against a recording of a real one, and who may open them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { type TestContext, test } from "node:test";
import { type ClientOptions, WebSocket } from "ws";
import { startVirtualSpoolman, type VirtualSpoolman } from "../../sim/spoolman/server";
import { MemoryLog } from "../fakes/memory-log";

const LIMIT_MS = 5_000;
/** The recording waited 2 s for an event that did not come. */
const SILENCE_MS = 300;

const transcript = readFileSync(new URL("../fixtures/spoolman/ws-transcript.txt", import.meta.url), "utf8");

/** What is in the recording of one path: the JSON behind EVENT, EVENT missing, and the JSON behind REPLY. */
function recorded(path: string): { event: unknown; reply: unknown } {
	const line = (what: string): string | undefined =>
		transcript.split("\n").find((text) => text.startsWith(`${path} ${what} `));
	const json = (text: string | undefined) => text && JSON.parse(masked(text.slice(text.indexOf("{"))));
	return { event: json(line("EVENT")), reply: json(line("REPLY")) };
}

function masked(text: string): string {
	return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => (time.includes(".") ? "moment" : "second"));
}

async function put(url: string, body: object, method = "PUT", headers: Record<string, string> = {}) {
	const response = await fetch(url, {
		method,
		headers: { "content-type": "application/json", ...headers },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: await response.json() };
}

/** Spool 1 as it was when the recording began. */
async function start(t: TestContext): Promise<VirtualSpoolman> {
	const spoolman = await startVirtualSpoolman({ port: 0, log: new MemoryLog() });
	t.after(() => spoolman.close());
	const post = (path: string, body: object) => put(`${spoolman.url}${path}`, body, "POST");
	await post("/vendor", { name: "Bambu Lab", empty_spool_weight: 250 });
	await post("/filament", {
		name: "PLA Basic Red",
		vendor_id: 1,
		material: "PLA",
		density: 1.26,
		diameter: 1.75,
		weight: 1000,
		spool_weight: 250,
		color_hex: "FF0000",
	});
	await post("/field/spool/active_tray", { name: "Active Tray", field_type: "text" });
	const extra = { active_tray: '"01S00A_0_1"' };
	await post("/spool", { filament_id: 1, used_weight: 350, location: "AMS A1", extra });
	return spoolman;
}

interface Listener {
	send(text: string): void;
	/** The next message, or `undefined` when there is none for a while. */
	next(limitMs?: number): Promise<string | undefined>;
}

/** Resolves with the status when the handshake is refused. */
function listen(t: TestContext, spoolman: VirtualSpoolman, path: string, options: ClientOptions = {}) {
	return new Promise<Listener | number>((resolve, reject) => {
		const socket = new WebSocket(`${spoolman.url.replace("http:", "ws:")}${path}`, options);
		t.after(() => socket.terminate());
		const texts: string[] = [];
		let wake = (): void => {};
		socket.on("message", (data, isBinary) => {
			assert.equal(isBinary, false);
			texts.push(data.toString());
			wake();
		});
		socket.on("open", () =>
			resolve({
				send: (text) => socket.send(text),
				next: (limitMs = LIMIT_MS) =>
					new Promise((told) => {
						const timer = setTimeout(() => told(texts.shift()), limitMs);
						wake = () => {
							if (texts.length === 0) return;
							clearTimeout(timer);
							told(texts.shift());
						};
						wake();
					}),
			}),
		);
		socket.on("unexpected-response", (_, response) => {
			resolve(response.statusCode ?? 0);
			response.resume();
		});
		socket.on("error", reject);
	});
}

async function listening(...args: Parameters<typeof listen>): Promise<Listener> {
	const listener = await listen(...args);
	return typeof listener === "object" ? listener : assert.fail(`refused with ${listener}`);
}

test("each recorded path is told of a use as it was recorded, and a ping is answered", async (t) => {
	const spoolman = await start(t);
	for (const path of ["/spool/1", "/spool", "/"]) {
		const listener = await listening(t, spoolman, path);
		assert.equal((await put(`${spoolman.url}/spool/1/use`, { use_weight: 1.25 })).status, 200);
		const { event, reply } = recorded(path);
		assert.ok(event && reply, "it is in the recording");
		assert.deepEqual(JSON.parse(masked((await listener.next()) ?? "")), event, path);
		listener.send("ping");
		assert.deepEqual(JSON.parse((await listener.next()) ?? ""), reply, path);
	}
});

test("a spool that does not exist can be listened to, and nothing is heard of it but answers", async (t) => {
	const spoolman = await start(t);
	const listener = await listening(t, spoolman, "/spool/999");
	await put(`${spoolman.url}/spool/1/use`, { use_weight: 1.25 });
	assert.equal(await listener.next(SILENCE_MS), undefined);
	assert.match(transcript, /^\/spool\/999 no event/m);
	listener.send("ping");
	assert.deepEqual(JSON.parse((await listener.next()) ?? ""), recorded("/spool/999").reply);
});

test("the root without its slash is refused with 403 and no words", async (t) => {
	const spoolman = await start(t);
	assert.match(transcript, /^\(none\) CONNECT FAIL .*status_code=403/m);
	assert.equal(await listen(t, spoolman, ""), 403);
	for (const path of ["/nope", "/spool/x", "/spool/1/use"])
		assert.equal(await listen(t, spoolman, path), 403, path);
});

test("other resources are told of too: who is added, changed, deleted, and a setting", async (t) => {
	const spoolman = await start(t);
	const all = await listening(t, spoolman, "/");
	const vendors = await listening(t, spoolman, "/vendor");
	const second = await listening(t, spoolman, "/vendor/2");
	await put(`${spoolman.url}/vendor`, { name: "Two" }, "POST");
	await put(`${spoolman.url}/vendor/2`, { name: "Deux" }, "PATCH");
	await put(`${spoolman.url}/vendor/2`, {}, "DELETE");
	await put(`${spoolman.url}/setting/currency`, '"SEK"' as unknown as object, "POST");
	const types = async (listener: Listener, count: number) => {
		const found: string[] = [];
		for (let i = 0; i < count; i++) {
			const { type, resource, payload } = JSON.parse((await listener.next()) ?? "");
			found.push(`${resource} ${payload.id ?? payload.key} ${type}`);
		}
		return found;
	};
	const ofVendor = ["vendor 2 added", "vendor 2 updated", "vendor 2 deleted"];
	assert.deepEqual(await types(all, 4), [...ofVendor, "setting currency updated"]);
	assert.deepEqual(await types(vendors, 3), ofVendor);
	assert.deepEqual(await types(second, 3), ofVendor);
	assert.equal(await vendors.next(SILENCE_MS), undefined);
});

test("a page of another site opens no WebSocket and writes nothing; a program without an origin does", async (t) => {
	const spoolman = await start(t);
	const origin = "http://evil.example";
	assert.equal(await listen(t, spoolman, "/spool", { origin }), 403);
	const { status, body } = await raw(spoolman, "POST", "/vendor", { origin }, '{"name":"Mine"}');
	assert.equal(status, 403);
	assert.match(JSON.parse(body).message, /^Request refused: /);
	const own = new URL(spoolman.url).origin;
	assert.equal(typeof (await listen(t, spoolman, "/spool", { origin: own })), "object");
	assert.equal((await raw(spoolman, "POST", "/vendor", { origin: own }, '{"name":"Own"}')).status, 200);
	assert.equal((await raw(spoolman, "POST", "/vendor", {}, '{"name":"Program"}')).status, 200);
	const { body: vendors } = await raw(spoolman, "GET", "/vendor", { origin }, "");
	assert.deepEqual(
		JSON.parse(vendors).map(({ name }: { name: string }) => name),
		["Bambu Lab", "Own", "Program"],
	);
});

test("a binary message ends the connection, and the others go on", async (t) => {
	const spoolman = await start(t);
	const other = await listening(t, spoolman, "/spool");
	const socket = new WebSocket(`${spoolman.url.replace("http:", "ws:")}/spool`);
	const code = await new Promise((resolve) => {
		socket.on("open", () => socket.send(Buffer.from([1, 2, 3])));
		socket.on("close", resolve);
	});
	assert.equal(code, 1003);
	await put(`${spoolman.url}/spool/1/use`, { use_weight: 1 });
	assert.ok(await other.next());
});

/** `fetch` sets the origin by itself. */
function raw(
	{ url }: VirtualSpoolman,
	method: string,
	path: string,
	headers: Record<string, string>,
	body: string,
): Promise<{ status: number; body: string }> {
	return new Promise((resolve, reject) => {
		const sent = request(
			`${url}${path}`,
			{ method, headers: { "content-type": "application/json", ...headers } },
			(response) => {
				let text = "";
				response.setEncoding("utf8");
				response.on("data", (part) => {
					text += part;
				});
				response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
			},
		);
		sent.on("error", reject);
		sent.end(body);
	});
}
