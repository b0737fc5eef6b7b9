// The gates in front of the SDK's parsers: whole units out, however the bytes come in, and nothing that would harm them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, assert as hold, integer, property, uint8Array } from "fast-check";
import { PortError, type PortErrorCode } from "../../../modules/platform/port-error";
import type { Gate } from "../../../modules/platform/xs/gates/gate";
import { HttpGate, type HttpHead } from "../../../modules/platform/xs/gates/http-gate";
import { MqttGate } from "../../../modules/platform/xs/gates/mqtt-gate";
import { CloseCode, FrameError, WebSocketGate } from "../../../modules/platform/xs/gates/web-socket-gate";

const ABOUT = "192.168.1.20:80";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function bytes(text: string): Uint8Array {
	return Uint8Array.from(Buffer.from(text, "latin1"));
}

function text(unit: Uint8Array): string {
	return Buffer.from(unit).toString("latin1");
}

/** All units for bytes that come in pieces of that length. */
function units(gate: Gate, input: Uint8Array, pieceBytes = input.length): Uint8Array[] {
	const found: Uint8Array[] = [];
	for (let start = 0; start < input.length; start += Math.max(1, pieceBytes)) {
		gate.push(Uint8Array.from(input.subarray(start, start + pieceBytes)));
		for (let unit = gate.next(); unit !== undefined; unit = gate.next()) found.push(unit);
	}
	return found;
}

function refuses(code: PortErrorCode, gate: Gate, input: Uint8Array): PortError {
	for (const pieceBytes of [input.length, 1]) {
		try {
			units(gate, input, pieceBytes);
		} catch (error) {
			assert.ok(error instanceof PortError, String(error));
			assert.equal(error.code, code, error.message);
			assert.ok(error.message.startsWith(ABOUT), error.message);
			return error;
		}
	}
	return assert.fail(`${code} was expected`);
}

// MQTT

const CONNACK = Uint8Array.of(0x20, 2, 0, 0);

function mqttGate(empty: string[] = []): MqttGate {
	return new MqttGate({
		maxPacketBytes: 1000,
		owner: { about: ABOUT, onEmptyMessage: (topic) => empty.push(text(topic)) },
	});
}

function publish(topic: string, payload: string, first = 0x30): Uint8Array {
	const length = 2 + topic.length + payload.length;
	const lengthField = length < 128 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
	return Uint8Array.of(
		first,
		...lengthField,
		topic.length >> 8,
		topic.length & 0xff,
		...bytes(topic + payload),
	);
}

test("an MQTT packet is handed on whole, its content as it comes", () => {
	const stream = Buffer.concat([
		CONNACK,
		Uint8Array.of(0x90, 3, 0, 1, 0),
		publish("a/b", "x".repeat(300)),
		Uint8Array.of(0xd0, 0),
		publish("a/b", "y", 0x31),
	]);
	const whole = units(mqttGate(), stream);
	assert.deepEqual(whole.map(text), [
		text(CONNACK),
		"\x90\x03\0\x01\0",
		`\x30\xb1\x02\0\x03a/b`,
		"x".repeat(300),
		"\xd0\0",
		"\x31\x06\0\x03a/b",
		"y",
	]);
	for (const pieceBytes of [1, 2, 7, 64])
		assert.deepEqual(Buffer.concat(units(mqttGate(), stream, pieceBytes)), stream);
});

test("an MQTT message without content is told of and not handed on: the SDK would wait for it for ever", () => {
	for (const pieceBytes of [1, 100]) {
		const empty: string[] = [];
		const stream = Buffer.concat([CONNACK, publish("a/b", ""), publish("c", "d")]);
		assert.deepEqual(units(mqttGate(empty), stream, pieceBytes).at(-1), Uint8Array.from(bytes("d")));
		assert.deepEqual(empty, ["a/b"]);
	}
});

test("what no MQTT broker sends to a subscriber with QoS 0 is refused", () => {
	const after = (...packet: number[]) => Buffer.concat([CONNACK, Uint8Array.from(packet)]);
	refuses("protocol", mqttGate(), bytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
	refuses("protocol", mqttGate(), publish("early", "message"));
	refuses("protocol", mqttGate(), after(...CONNACK));
	refuses("protocol", mqttGate(), after(0x32, 9, 0, 3, 97, 98, 99, 0, 1, 120, 121));
	refuses("protocol", mqttGate(), after(0x30, 0xff, 0xff, 0xff, 0xff, 0x01));
	refuses("protocol", mqttGate(), after(0x30, 2, 0, 0));
	refuses("protocol", mqttGate(), after(0x30, 5, 0, 9, 97, 98, 99));
	refuses("protocol", mqttGate(), after(0xf0, 0));
	refuses("protocol", mqttGate(), after(0x40, 2, 0, 1));
	refuses("protocol", mqttGate(), after(0x90, 0xff, 0x7f));
	refuses("too_large", mqttGate(), after(0x30, 0xff, 0x7f));
});

test("each way in which an MQTT broker says no has its code", () => {
	const codes = [
		"protocol",
		"protocol",
		"handshake_closed",
		"unauthorized",
		"unauthorized",
		"protocol",
	] as const;
	for (const [index, code] of codes.entries())
		refuses(code, mqttGate(), Uint8Array.of(0x20, 2, 0, index + 1));
});

// HTTP

function httpGate(kind: "request" | "response", heads: HttpHead[] = []): HttpGate {
	return new HttpGate({
		kind,
		maxHeadBytes: 500,
		owner: {
			about: ABOUT,
			text: { encode: (input) => encoder.encode(input), decode: (input) => decoder.decode(input) },
			maxBodyBytes: 100,
			onHead: (head) => heads.push(head),
		},
	});
}

test("of an HTTP request the SDK gets the start line and the length, and the head is told in full", () => {
	const request =
		"\r\nPOST /api?x=1 HTTP/1.1\r\nHost: culm.local\r\nX-List: one\r\nx-list:  two \r\nContent-Length: 5\r\n\r\nhello";
	for (const pieceBytes of [request.length, 1, 10]) {
		const heads: HttpHead[] = [];
		const found = units(httpGate("request", heads), bytes(request), pieceBytes);
		assert.equal(found.map(text).join(""), "POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nhello");
		assert.equal(heads.length, 1);
		assert.deepEqual([heads[0]?.method, heads[0]?.target], ["POST", "/api?x=1"]);
		assert.deepEqual(
			{ ...heads[0]?.headers },
			{
				host: "culm.local",
				"x-list": "one, two",
				"content-length": "5",
			},
		);
	}
});

test("a body in chunks is handed on in chunks, without their extensions and trailers", () => {
	const request =
		"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;ext=1\r\nbody\r\n2\r\n!!\r\n0\r\nX-Trailer: a\r\n\r\nrest";
	for (const pieceBytes of [request.length, 1, 5]) {
		const gate = httpGate("request");
		assert.equal(
			units(gate, bytes(request), pieceBytes).map(text).join(""),
			"PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbody\r\n2\r\n!!\r\n0\r\n\r\n",
		);
		assert.equal(text(gate.takeRest()), "rest");
	}
});

test("of an upgrade the SDK gets what it answers the handshake with", () => {
	const found = units(
		httpGate("request"),
		bytes(
			"GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: abc\r\n\r\n",
		),
	);
	assert.equal(
		found.map(text).join(""),
		"GET / HTTP/1.1\r\ncontent-length: 0\r\nupgrade: websocket\r\nsec-websocket-key: abc\r\nconnection: upgrade\r\n\r\n",
	);
});

test("an interim answer is left out, and a body without a length ends with its connection", () => {
	const gate = httpGate("response");
	const answer = bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\nbody");
	assert.equal(units(gate, answer).map(text).join(""), "HTTP/1.1 200 -\r\n\r\nbody");
	assert.equal(gate.end(), true);
	const cut = httpGate("response");
	units(cut, bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
	assert.equal(cut.end(), false);
});

test("a request that could hide a second one, or that is none, is refused", () => {
	for (const request of [
		"\x16\x03\x01\x02",
		"nonsense\r\n\r\n",
		"GET / HTTP/2.0\r\n\r\n",
		"GET /a b HTTP/1.1\r\n\r\n",
		"GET / HTTP/1.1\r\nno colon\r\n\r\n",
		"GET / HTTP/1.1\r\n folded: a\r\n\r\n",
		"GET / HTTP/1.1\r\nName : a\r\n\r\n",
		"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n",
		"GET / HTTP/1.1\r\nContent-Length: minus one\r\n\r\n",
		"GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
		"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
	])
		refuses("protocol", httpGate("request"), bytes(request));
	refuses("protocol", httpGate("response"), bytes("SSH-2.0-OpenSSH"));
});

test("heads and bodies over the limits are refused before they are kept", () => {
	refuses("too_large", httpGate("request"), bytes(`GET / HTTP/1.1\r\nX-Long: ${"x".repeat(600)}`));
	refuses("too_large", httpGate("request"), bytes("POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n"));
	const chunk = `40\r\n${"x".repeat(64)}\r\n`;
	refuses(
		"too_large",
		httpGate("request"),
		bytes(`POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`),
	);
	refuses("too_large", httpGate("response"), bytes(`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(101)}`));
});

test("two equal lengths are one", () => {
	const request = "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok";
	assert.equal(text(units(httpGate("request"), bytes(request)).at(-1) ?? new Uint8Array()), "ok");
});

// WebSocket

const MASK = [1, 2, 3, 4];

function frame(first: number, payload: string | Uint8Array, mask: readonly number[] = MASK): Uint8Array {
	const content = typeof payload === "string" ? bytes(payload) : payload;
	const { length } = content;
	const flag = mask.length > 0 ? 0x80 : 0;
	const lengthField = length < 126 ? [flag | length] : [flag | 126, length >> 8, length & 0xff];
	return Uint8Array.of(first, ...lengthField, ...mask, ...content);
}

function webSocketGate(peer: "client" | "server" = "client"): WebSocketGate {
	return new WebSocketGate({ peer, about: ABOUT, maxMessageBytes: 300 });
}

test("a WebSocket frame is handed on whole, also an empty one that is torn in its head", () => {
	const frames = [
		frame(0x81, ""),
		frame(0x01, "a".repeat(130)),
		frame(0x89, "ping"),
		frame(0x80, "b"),
		frame(0x88, ""),
	];
	for (const pieceBytes of [1000, 1, 3])
		assert.deepEqual(units(webSocketGate(), Buffer.concat(frames), pieceBytes), frames);
});

test("nothing is handed on after a WebSocket's close frame", () => {
	const close = frame(0x88, "");
	assert.deepEqual(units(webSocketGate(), Buffer.concat([close, frame(0x81, "late")])), [close]);
});

test("each kind of wrong WebSocket frame is refused with the code to close with", () => {
	const cases: readonly (readonly [closeCode: number, code: PortErrorCode, ...frames: Uint8Array[]])[] = [
		[CloseCode.protocolError, "protocol", frame(0xc1, "compressed")],
		[CloseCode.protocolError, "protocol", frame(0x81, "bare", [])],
		[CloseCode.protocolError, "protocol", frame(0x85, "")],
		[CloseCode.protocolError, "protocol", frame(0x8b, "")],
		[CloseCode.protocolError, "protocol", frame(0x09, "ping")],
		[CloseCode.protocolError, "protocol", frame(0x89, "p".repeat(126))],
		[CloseCode.protocolError, "protocol", frame(0x80, "continues nothing")],
		[CloseCode.protocolError, "protocol", frame(0x01, "a"), frame(0x81, "b")],
		[CloseCode.unsupportedData, "protocol", frame(0x82, "binary")],
		[CloseCode.tooLarge, "too_large", frame(0x81, "x".repeat(301))],
		[CloseCode.tooLarge, "too_large", frame(0x01, "x".repeat(200)), frame(0x80, "x".repeat(101))],
		[
			CloseCode.tooLarge,
			"too_large",
			Uint8Array.of(0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
		],
	];
	for (const [closeCode, code, ...frames] of cases) {
		const error = refuses(code, webSocketGate(), Buffer.concat(frames));
		assert.ok(error instanceof FrameError);
		assert.equal(error.closeCode, closeCode, error.message);
	}
	refuses("protocol", webSocketGate("server"), frame(0x81, "masked"));
	assert.equal(units(webSocketGate("server"), frame(0x81, "bare", [])).length, 1);
});

// Whatever comes

const gates: Record<string, () => Gate> = {
	mqtt: () => mqttGate(),
	request: () => httpGate("request"),
	response: () => httpGate("response"),
	webSocket: () => webSocketGate(),
};

test("whatever comes, a gate ends by itself, and throws nothing but errors that say what is wrong", () => {
	const piece = uint8Array({ maxLength: 40 });
	const start = constantFrom(
		bytes(""),
		CONNACK,
		bytes("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"),
		bytes("HTTP/1.1 200 OK\r\n"),
		frame(0x01, "a"),
	);
	hold(
		property(
			constantFrom(...Object.keys(gates)),
			start,
			array(piece, { maxLength: 20 }),
			(name, first, pieces) => {
				const gate = gates[name]?.() ?? assert.fail();
				try {
					let handedOn = 0;
					for (const input of [first, ...pieces]) {
						gate.push(input.slice());
						for (let unit = gate.next(); unit !== undefined; unit = gate.next()) handedOn += 1;
					}
					assert.ok(handedOn < 2000);
				} catch (error) {
					assert.ok(error instanceof PortError, String(error));
				}
			},
		),
		{ numRuns: 3000 },
	);
});

test("how the network tears a stream makes no difference to what is handed on", () => {
	const streams: [name: string, stream: Uint8Array][] = [
		["mqtt", Buffer.concat([CONNACK, publish("t", "abc"), publish("t", ""), publish("u", "x".repeat(200))])],
		[
			"request",
			bytes("PUT /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"),
		],
		["webSocket", Buffer.concat([frame(0x81, "abc"), frame(0x89, ""), frame(0x81, "x".repeat(200))])],
	];
	hold(
		property(constantFrom(...streams), integer({ min: 1, max: 50 }), ([name, stream], pieceBytes) => {
			const whole = Buffer.concat(units(gates[name]?.() ?? assert.fail(), stream));
			const torn = Buffer.concat(units(gates[name]?.() ?? assert.fail(), stream, pieceBytes));
			assert.deepEqual(torn, whole);
		}),
	);
});
