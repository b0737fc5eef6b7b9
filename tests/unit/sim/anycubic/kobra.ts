// A virtual Kobra on a clock of the test, and what it says.

import assert from "node:assert/strict";
import { VirtualKobra, type VirtualKobraOptions } from "../../../../sim/printers/anycubic/virtual-kobra";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../../sim/printers/bambu/json";
import { ManualClock } from "../../../fakes/manual-clock";

export const deviceId = "0123456789abcdef0123456789abcdef";
export const root = "anycubic/anycubicCloud/v1";
export const wallTimeMs = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface Heard {
	readonly topic: string;
	readonly text: string;
	readonly report: JsonObject;
}

export function powerOn(options: Omit<VirtualKobraOptions, "clock"> = {}) {
	const clock = new ManualClock({ wallTimeMs });
	const printer = new VirtualKobra({ clock, deviceId, ...options });
	const { modelId } = printer.address;
	const heard: Heard[] = [];
	printer.onMessage((topic, text) => heard.push({ topic, text, report: objectOf(JSON.parse(text)) }));
	printer.start();
	let count = 0;

	/** On the topic that the printer listens on; what it says to it at once. */
	function send(type: string, action: string, data: JsonValue = null, from = defaultSource(type, action)) {
		const topic = `${root}/${from}/printer/${modelId}/${deviceId}/${type}`;
		return sendTo(topic, { type, action, msgid: `m${++count}`, timestamp: wallTimeMs, data });
	}

	function sendTo(topic: string, message: JsonObject): readonly Heard[] {
		const before = heard.length;
		printer.handleMessage(topic, JSON.stringify(message));
		return heard.slice(before);
	}

	function defaultSource(type: string, action: string): string {
		if (printer.model.way === "broker") return "server";
		return type === "file" || `${type}/${action}` === "print/start" ? "slicer" : "web";
	}

	/** Lets time pass; what is said meanwhile. */
	function pass(ms: number): readonly Heard[] {
		const before = heard.length;
		clock.advance(ms);
		return heard.slice(before);
	}

	return { clock, printer, heard, send, sendTo, pass };
}

/** Reports of that type, in order. */
export function ofType(heard: readonly Heard[], type: string): readonly JsonObject[] {
	return heard.filter(({ topic }) => topic.endsWith(`/${type}/report`)).map(({ report }) => report);
}

/** The one report of that type. */
export function only(heard: readonly Heard[], type: string): JsonObject {
	const found = ofType(heard, type);
	assert.equal(found.length, 1, `${found.length} reports of ${type}`);
	return objectOf(found[0]);
}

/** States of the job, each time it enters another one. */
export function phases(heard: readonly Heard[]): readonly string[] {
	const states = ofType(heard, "print").map(({ action, state }) => `${action} ${state}`);
	return states.filter((state, index) => state !== states[index - 1]);
}

export function objectOf(value: unknown): JsonObject {
	assert.ok(isJsonObject(value as JsonValue), `${JSON.stringify(value)} is no object`);
	return value as JsonObject;
}
