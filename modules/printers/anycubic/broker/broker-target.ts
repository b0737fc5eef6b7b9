// Which broker, and how it is trusted, from what a person has entered.

import { readCertificates, readIdentity } from "../../../platform/parts/pem";
import { PortError } from "../../../platform/port-error";
import type { TlsTrust } from "../../../platform/tls";

export interface BrokerTarget {
	host: string;
	port: number;
	/** Plain when left out. */
	tls?: TlsTrust;
	username?: string;
	password?: string;
}

/** Texts may be "": not given. */
export interface BrokerSettings {
	host: string;
	port: number;
	security: "plain" | "tls";
	username: string;
	password: string;
	/** PEM */
	authorities: string;
	/** SHA-256 of a certificate that a person has confirmed, 64 hex digits. */
	pinnedSha256: string;
	/** PEM. Both or none. */
	clientCertificate: string;
	clientKey: string;
}

/**
 * Throws a `PortError` `invalid` with words for a person when a certificate or key is of no use.
 *
 * With TLS a certificate is accepted that one of the authorities has issued to that host by its common name, or else the
 * one that was confirmed. Without either it is refused, and shown to be confirmed.
 */
export function brokerTarget(settings: BrokerSettings): BrokerTarget {
	const { host, port, username, password, security } = settings;
	const target: BrokerTarget = { host, port };
	// MQTT has no password without a user name.
	if (username !== "" || password !== "") target.username = username;
	if (password !== "") target.password = password;
	if (security === "tls") target.tls = trustOf(settings);
	return target;
}

function trustOf({
	host,
	authorities,
	pinnedSha256,
	clientCertificate,
	clientKey,
}: BrokerSettings): TlsTrust {
	const trust: TlsTrust = {
		authorities: authorities === "" ? [] : about("authority", () => readCertificates(authorities)),
	};
	// A confirmed certificate is that one, whatever it is called.
	if (pinnedSha256 !== "") trust.pinnedSha256 = pinnedSha256;
	else trust.commonName = host;
	if (clientCertificate !== "" || clientKey !== "")
		trust.identity = about("client certificate", () => readIdentity(clientCertificate, clientKey));
	return trust;
}

function about<Value>(what: string, read: () => Value): Value {
	try {
		return read();
	} catch (cause) {
		const words = cause instanceof PortError ? cause.message : String(cause);
		throw new PortError("invalid", `The broker's ${what}: ${words}`, { cause });
	}
}
