// The files of the device's page, as they are in the image.

import type { HttpResponse } from "../platform/http";
import { apiError, file, nothingAt } from "./answers";
import type { Call } from "./route";

/** By the end of their names. */
const TYPES: Readonly<Record<string, string>> = Object.freeze({
	css: "text/css; charset=utf-8",
	js: "text/javascript; charset=utf-8",
	svg: "image/svg+xml",
});

export function readPage({ parts }: Call): HttpResponse {
	const body = parts.resources.read("index.html");
	return body
		? file("text/html; charset=utf-8", body)
		: apiError("not_found", "The page is not part of this image.");
}

export function readTokens({ parts }: Call): HttpResponse {
	return file("text/css; charset=utf-8", parts.tokensCss);
}

/** Any other one. */
export function readFile({ parts, name, request }: Call): HttpResponse {
	const ending = /^[a-z0-9-]{1,40}\.(css|js|svg)$/.exec(name)?.[1] ?? "";
	const type = TYPES[ending];
	const body = type === undefined ? undefined : parts.resources.read(name);
	return type !== undefined && body ? file(type, body) : nothingAt(request.path);
}
