// The network that the device is in.

import type { HttpResponse } from "../../platform/http";
import { json } from "../answers";
import { readFields, readObject, required } from "../json-body";
import type { Call } from "../route";

const NETWORK = Object.freeze({ ssid: "text", password: "text" } as const);

/** The answer goes out before the network changes. */
export function joinWifi({ request, parts }: Call): HttpResponse {
	const { ssid, password = "" } = readFields(readObject(request.body, parts.text), NETWORK);
	parts.wifi.join({ ssid: required("ssid", ssid || undefined), password });
	return json(parts.wifi.status);
}

export function forgetWifi({ parts }: Call): HttpResponse {
	parts.wifi.forget();
	return json(parts.wifi.status);
}

export async function scanWifi({ parts }: Call): Promise<HttpResponse> {
	return json({ networks: await parts.wifi.scan() });
}
