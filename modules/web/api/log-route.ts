// What happened on the device, newest first.

import type { HttpResponse } from "../../platform/http";
import { jsonText } from "../answers";
import type { Call, WebParts } from "../route";

/**
 * Made into bytes one event after the other, twice: once for their length. All of them as objects and as one text
 * would be more than a small device has memory for.
 */
export function readLog({ parts }: Call): HttpResponse {
	const { uptimeSeconds } = parts.state().device;
	const pieces = function* (): Generator<Uint8Array> {
		yield parts.text.encode(`{"uptimeSeconds":${uptimeSeconds},"events":[`);
		for (let index = 0; index < parts.events.length; index++) yield encodeEvent(parts, index);
		yield parts.text.encode("]}");
	};
	let length = 0;
	for (const piece of pieces()) length += piece.length;
	const body = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces()) {
		body.set(piece, at);
		at += piece.length;
	}
	return jsonText(body);
}

function encodeEvent({ events, text }: WebParts, index: number): Uint8Array {
	return text.encode((index === 0 ? "" : ",") + JSON.stringify(events.at(index) ?? null));
}
