// The address of an MQTT broker, as a person gives it on a command line.

export interface BrokerUrl {
	host: string;
	port: number;
	isSecure: boolean;
	/** "": none. */
	user: string;
	password: string;
}

const PLAIN_PORT = 1883;
const TLS_PORT = 8883;

/** `mqtt[s]://[USER:PASS@]HOST[:PORT]`; `undefined` for anything else. */
export function parseBrokerUrl(text: string): BrokerUrl | undefined {
	if (!URL.canParse(text)) return undefined;
	const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
	const isSecure = protocol === "mqtts:";
	if (!isSecure && protocol !== "mqtt:") return undefined;
	if (
		hostname === "" ||
		port === "0" ||
		(pathname !== "" && pathname !== "/") ||
		search !== "" ||
		hash !== ""
	)
		return undefined;
	try {
		return {
			host: hostname.replace(/^\[(.*)\]$/, "$1"),
			port: port === "" ? (isSecure ? TLS_PORT : PLAIN_PORT) : Number(port),
			isSecure,
			user: decodeURIComponent(username),
			password: decodeURIComponent(password),
		};
	} catch {
		return undefined;
	}
}
