// OpenSpool tags, as a phone or a reader on the network sends them.

import type { HttpResponse } from "../../platform/http";
import type { TagFailure, TagFailureCode, TagPlace, TagResult } from "../../spools/filament-tags";
import { MOST_TAG_BYTES } from "../../spools/ndef";
import { ApiError, json } from "../answers";
import { COMMAND_STATUS } from "../api/command-route";
import { readFields, readObject, required } from "../json-body";
import { readQuery } from "../query";
import type { Call, WebParts } from "../route";

const PLACE = Object.freeze({ printer: "text", tray: "integer" } as const);

const STATUS: Readonly<Record<TagFailureCode, number>> = Object.freeze({
	...COMMAND_STATUS,
	bad_tag: 400,
	no_tag: 404,
	unknown_printer: 404,
	no_profile: 409,
});

/** Without a body, the held tag is meant. */
export async function takeTag({ request, parts }: Call): Promise<HttpResponse> {
	const tags = tagsOf(parts);
	const place = readPlace(request.query);
	if (request.body.length > MOST_TAG_BYTES)
		throw new ApiError("bad_field", `The tag has to be at most ${MOST_TAG_BYTES} bytes long.`);
	return answer(await take());

	function take(): Promise<TagResult> {
		if (request.body.length > 0) return tags.take(readObject(request.body, parts.text), place);
		if (!place)
			throw new ApiError("bad_field", "The body has to be a tag's JSON, or the query has to name a slot.");
		return tags.give(place.printerId, place.tray);
	}
}

export function dropTag({ request, parts }: Call): HttpResponse {
	readFields(readObject(request.body, parts.text), {});
	return json({ dropped: tagsOf(parts).drop() });
}

function readPlace(query: string): TagPlace | undefined {
	const { printer, tray } = readQuery(query, PLACE);
	if (printer === undefined && tray === undefined) return undefined;
	const place = { printerId: required("printer", printer || undefined), tray: required("tray", tray) };
	if (place.tray > 255) throw new ApiError("bad_field", '"tray" has to be from 0 to 255.');
	return place;
}

function answer(result: TagResult): HttpResponse {
	if (result.ok) return json({ tag: result.tag, sent: result.sent });
	const { code, field, message }: TagFailure = result;
	return json({ error: { code, message, ...(field !== undefined && { field }) } }, STATUS[code]);
}

function tagsOf({ filamentTags }: WebParts): NonNullable<WebParts["filamentTags"]> {
	if (!filamentTags) throw new ApiError("no_spools", "This device describes no spools to printers.");
	return filamentTags;
}
