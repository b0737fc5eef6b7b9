// The radio's own network, for which the SDK's Wi-Fi module of ECMA-419 has no words. See access-point.h.

import type { AccessPoint } from "../../parts/access-point";
import { PortError } from "../../port-error";

/** Opens it, or changes the one that is open. Throws a {@link PortError} `unreachable` with ESP-IDF's number. */
export function openAccessPoint({ ssid, password, address }: AccessPoint): void {
	const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
	check(open(ssid, password, a, b, c, d));
}

export function closeAccessPoint(): void {
	check(close());
}

function open(
	this: unknown,
	ssid: string,
	password: string,
	a: number,
	b: number,
	c: number,
	d: number,
): number {
	return native("xs_culm_open_access_point").call(this, ssid, password, a, b, c, d);
}

function close(this: unknown): number {
	return native("xs_culm_close_access_point").call(this);
}

function check(error: number): void {
	if (error === 0) return;
	throw new PortError("unreachable", `the radio cannot do that now (ESP-IDF error 0x${error.toString(16)})`);
}
