// The files of the device's page, as they are in the image.

import type { HttpResponse } from "../platform/http";
import { apiError, file, nothingAt } from "./answers";
import { takesGzip, unpack } from "./gzip";
import type { Call } from "./route";

/** By the end of their names. */
const TYPES: Readonly<Record<string, string>> = Object.freeze({
	css: "text/css; charset=utf-8",
	js: "text/javascript; charset=utf-8",
	svg: "image/svg+xml",
});

const GZIP = Object.freeze({ "content-encoding": "gzip" });

export function readPage(call: Call): HttpResponse {
	return (
		read(call, "index.html", "text/html; charset=utf-8") ??
		apiError("not_found", "The page is not part of this image.")
	);
}

export function readTokens({ parts }: Call): HttpResponse {
	return file("text/css; charset=utf-8", parts.tokensCss);
}

/** Any other one. */
export function readFile(call: Call): HttpResponse {
	const { name, request } = call;
	const ending = /^[a-z0-9-]{1,40}\.(css|js|svg)$/.exec(name)?.[1] ?? "";
	const type = TYPES[ending];
	return (type === undefined ? undefined : read(call, name, type)) ?? nothingAt(request.path);
}

/** `undefined` when it is not there. */
function read({ parts, request }: Call, name: string, type: string): HttpResponse | undefined {
	const { resources, inflate } = parts;
	const body = resources.read(name);
	if (!body || !resources.isPacked) return body && file(type, body);
	if (takesGzip(request.headers["accept-encoding"])) return file(type, body, GZIP);
	if (inflate) return file(type, unpack(body, inflate));
	return apiError(
		"not_acceptable",
		'The page is packed in this device. Ask with "accept-encoding: gzip", as browsers do and curl with --compressed.',
	);
}
