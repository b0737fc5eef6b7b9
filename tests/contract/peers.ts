// What a case may ask of the world around the port under test. All of it is plain data and promises, so that the
// peers may live in another process than the port. Each case has peers of its own, which end with it.

import type { CertificateSummary } from "../../modules/platform/port-error";
import type { TlsIdentity, TlsTrust } from "../../modules/platform/tls";

export interface Address {
	host: string;
	port: number;
}

/** Places where nobody is. */
export interface NowherePeers {
	/** A port of this computer that nobody listens on. */
	unusedPort(): Promise<Address>;
	/** A host that does not even answer whether anybody listens. */
	unanswered(): Promise<Address>;
}

/** A host name that has no address. */
export const UNKNOWN_HOST = "no-such-host.invalid";

// TLS

/** Of a peer with TLS. All but the strangers' lead to the authorities of its `trust`. */
export type PeerIdentity =
	/** Issued by a trusted root. */
	| "usual"
	/** Issued by a trusted intermediate that the broker does not show. */
	| "leafAlone"
	| "stranger"
	| "wrongName"
	| "strangerWrongName"
	/** Its subject has the right common name and another one. */
	| "twoNames"
	| "expired"
	| "notYetValid";

/** What a server does: in the first five cases instead of TLS 1.2. */
export type TlsServerBehaviour =
	/** Takes the connection and says nothing. */
	| "silent"
	/** Takes the connection and ends it. */
	| "hangs_up_at_once"
	| "resets_at_first_bytes"
	/** Answers the first bytes with bytes of no protocol. */
	| "talks_nonsense"
	| "tls13_only"
	/** Sends back what comes. */
	| "echoes"
	/** Sends 300,000 bytes, each of them its place modulo 251. */
	| "sends_much"
	/** Sends "goodbye" and ends the connection. */
	| "says_goodbye"
	| "vanishes_at_first_bytes"
	/** Sends without end. */
	| "floods"
	| "stops_reading";

export interface TlsServerOptions {
	/** "echoes" when left out. */
	behaviour?: TlsServerBehaviour;
	/** "usual" when left out. */
	identity?: PeerIdentity;
	/** Whether clients are asked who they are, and nobody is not let in. */
	asksClients?: boolean;
}

export interface TlsServerPeer extends Address {
	/** That of a client which expects this very server, without a pin. */
	trust: TlsTrust;
	/** What the server shows. */
	certificate: CertificateSummary;
	/** Of a client that a server which asks lets in; RSA and P-256. */
	clients: { rsa: TlsIdentity; ec: TlsIdentity };
	/** The common names that clients have shown so far. */
	clientNames(): Promise<readonly string[]>;
	/** Of all connections together, inside of TLS. */
	receivedBytes(): Promise<number>;
	openSockets(): Promise<number>;
	/** Connections so far that went on with the keys of an earlier one. */
	resumed(): Promise<number>;
}

export interface TlsPeers extends NowherePeers {
	startServer(options?: TlsServerOptions): Promise<TlsServerPeer>;
}

// MQTT

/** What a broker does instead of its work. Up to CONNECT it behaves, unless said otherwise. */
export type BrokerBehaviour =
	| "serves"
	/** Takes the connection and says nothing, not even TLS. */
	| "silent"
	/** Takes the connection and ends it: with TLS, in the handshake. */
	| "hangs_up_at_once"
	/** Resets the connection at the first bytes: with TLS, in the handshake. */
	| "resets_at_first_bytes"
	/** Answers the first bytes with bytes of no protocol: with TLS, in the handshake. */
	| "talks_nonsense"
	/** TLS 1.3 or nothing. */
	| "tls13_only"
	| "never_accepts"
	| "hangs_up_before_accepting"
	/** Answers CONNECT with bytes that are not MQTT. */
	| "accepts_in_nonsense"
	/** Sends a message before CONNACK. */
	| "message_before_accepting"
	/** Sends a message in one piece with CONNACK. */
	| "message_while_accepting"
	| "refuses_version"
	| "refuses_client_id"
	| "is_out_of_service"
	| "refuses_password"
	| "refuses_client"
	| "refuses_subscriptions"
	| "hangs_up_after_subscribe"
	/** Sends bytes that are not MQTT after SUBACK. */
	| "nonsense_after_subscribe"
	/** Sends one message of 300,000 bytes after SUBACK. */
	| "huge_message_after_subscribe"
	/** Sends messages without end after SUBACK. */
	| "floods_after_subscribe"
	/** Never answers PINGREQ. */
	| "forgets_pings"
	/** Reads nothing after CONNECT. */
	| "stops_reading";

export interface BrokerOptions {
	/** "serves" when left out. */
	behaviour?: BrokerBehaviour;
	/** TLS, when given. */
	identity?: PeerIdentity;
	/** The only credentials that a serving broker accepts. Anybody's, when left out. */
	credentials?: { username: string; password: string };
}

export interface SeenConnect {
	clientId: string;
	username: string | undefined;
	password: string | undefined;
	keepAliveSeconds: number;
	clean: boolean;
}

export interface MqttBroker extends Address {
	/** That of a client which expects this very broker, without a pin. Of no use without TLS. */
	trust: TlsTrust;
	/** What the broker shows, with TLS. */
	certificate: CertificateSummary | undefined;
	/** Of a serving broker. */
	publish(topic: string, payload: string): Promise<void>;
	/** Ends the connection of a client that was let in, without a word. */
	drop(clientId: string): Promise<void>;
	openSockets(): Promise<number>;
	/** DISCONNECT packets that came. */
	disconnects(): Promise<number>;
	/** Of a serving broker: whoever was let in. */
	connects(): Promise<readonly SeenConnect[]>;
	/** Of a serving broker: the messages that clients sent. */
	messages(): Promise<readonly { topic: string; payload: string }[]>;
}

export interface MqttPeers extends NowherePeers {
	startBroker(options?: BrokerOptions): Promise<MqttBroker>;
}

// HTTP and WebSocket, the clients of a server under test

export interface PeerRequest {
	port: number;
	/** "GET" when left out. */
	method?: string;
	/** With the query; "/" when left out. */
	target?: string;
	/** A name may come more than once. */
	headers?: readonly (readonly [name: string, value: string])[];
	body?: string | Uint8Array;
	/** Sends the body in pieces whose sum is not told before. */
	chunked?: boolean;
}

export interface PeerResponse {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: Uint8Array;
}

/** A TCP connection to the server that says just what the case wants. */
export interface RawSocket {
	send(bytes: string | Uint8Array): Promise<void>;
	/** All that came so far, as Latin-1. */
	received(): Promise<string>;
	/** The server has ended the connection. */
	ended(): Promise<boolean>;
	/** Sends, and ends the connection in the same moment: with a FIN, or with an RST. */
	sendLast(bytes: string | Uint8Array, end: "fin" | "reset"): Promise<void>;
	drop(): Promise<void>;
}

/** A WebSocket client. Frames are masked and otherwise just what the case wants. */
export interface PeerWebSocket {
	sendText(text: string): Promise<void>;
	sendBinary(bytes: Uint8Array): Promise<void>;
	/** One frame. `opcode`: 0 continuation, 1 text, 2 binary, 8 close, 9 ping. */
	sendFrame(frame: { opcode: number; final: boolean; payload: Uint8Array }): Promise<void>;
	/** How many messages came so far. */
	messages(): Promise<number>;
	/** The text messages so far. */
	texts(): Promise<readonly string[]>;
	/** The binary messages so far. */
	binaries(): Promise<readonly Uint8Array[]>;
	pongs(): Promise<number>;
	/** How the connection ended: 1006 when without a close frame; `undefined` as long as it is open. */
	closed(): Promise<{ code: number; reason: string } | undefined>;
	close(code: number, reason: string): Promise<void>;
	/** Ends the TCP connection without a word. */
	drop(): Promise<void>;
	pauseReading(): Promise<void>;
	resumeReading(): Promise<void>;
}

export interface HttpServerPeers {
	request(request: PeerRequest): Promise<PeerResponse>;
	openSocket(port: number): Promise<RawSocket>;
	/** Resolves when the WebSocket is open, or with the response that the server gave instead. */
	openWebSocket(request: PeerRequest): Promise<PeerWebSocket | PeerResponse>;
	/** A port that somebody else listens on. */
	takenPort(): Promise<number>;
	/** Whether anybody accepts connections there. */
	isListening(port: number): Promise<boolean>;
}

// HTTP and WebSocket, the servers of a client under test

export type HttpServerBehaviour =
	/** 200 with the text "hello". */
	| "greets"
	/** 200 with each byte from 0 to 255. */
	| "sends_every_byte"
	| "answers_404"
	/** 204, and nothing else. */
	| "answers_204"
	/** 302 to its own path "/elsewhere". */
	| "redirects"
	/** Two headers "X-List", and one "Set-Cookie". */
	| "repeats_headers"
	/** 5,000 bytes, announced. */
	| "sends_much"
	/** 5,000 bytes in chunks that nobody announced. */
	| "sends_much_in_chunks"
	| "never_answers"
	| "stops_in_the_body"
	| "hangs_up_at_once"
	| "hangs_up_in_the_body"
	| "talks_nonsense"
	/** 101, though nobody asked for another protocol. */
	| "switches_protocols";

export interface SeenRequest {
	method: string;
	target: string;
	headers: Readonly<Record<string, string>>;
	body: Uint8Array;
}

export interface HttpServerPeer extends Address {
	requests(): Promise<readonly SeenRequest[]>;
	openSockets(): Promise<number>;
}

export interface HttpClientPeers extends NowherePeers {
	startServer(behaviour: HttpServerBehaviour): Promise<HttpServerPeer>;
}

export type WebSocketServerBehaviour =
	/** Sends back each text. */
	| "echoes"
	/** Takes the connection and says nothing. */
	| "silent"
	| "hangs_up_in_the_handshake"
	| "talks_nonsense"
	/** 200, as for any other request. */
	| "answers_as_a_page"
	| "answers_401"
	| "answers_404"
	/** 101 with another key than the one to be proved. */
	| "proves_the_wrong_key"
	| "sends_binary"
	/** A text of 5,000 bytes. */
	| "sends_much"
	/** A frame that no extension allows. */
	| "sends_a_broken_frame"
	| "closes_at_once"
	| "vanishes_at_once"
	/** Texts without end. */
	| "floods"
	/** Opens, and never answers anything, not even a close frame. */
	| "ignores_everything"
	| "stops_reading";

export interface WebSocketServerPeer extends Address {
	/** The upgrades that were asked for. */
	requests(): Promise<readonly SeenRequest[]>;
	texts(): Promise<readonly string[]>;
	/** The binary messages so far. */
	binaries(): Promise<readonly Uint8Array[]>;
	/** How clients ended their connections. */
	closes(): Promise<readonly { code: number; reason: string }[]>;
	openSockets(): Promise<number>;
}

export interface WebSocketClientPeers extends NowherePeers {
	startServer(behaviour: WebSocketServerBehaviour): Promise<WebSocketServerPeer>;
}

// UDP

export interface UdpPeer {
	readonly port: number;
	send(bytes: Uint8Array, to: Address): Promise<void>;
	received(): Promise<readonly { bytes: Uint8Array; from: Address }[]>;
}

export interface UdpPeers {
	/** Where a peer and a socket under test reach each other. */
	readonly host: string;
	openPeer(): Promise<UdpPeer>;
	/** A port whose owner does not share it. */
	takenPort(): Promise<number>;
}

// mDNS

export interface SeenRecord {
	name: string;
	type: string;
	/** Seconds; 0 takes the record back. */
	ttl: number;
	/** An address, a name, "target:port", or the texts in their order joined by "|". */
	data: string;
}

export interface MdnsPeers {
	/** Asks all of the network. */
	query(name: string, type: "A" | "PTR" | "SRV" | "TXT"): Promise<void>;
	/** Asks as a program does that does not speak mDNS: from a port of its own. Resolves with the answer. */
	queryFromElsewhere(name: string, type: "A" | "PTR" | "SRV" | "TXT"): Promise<readonly SeenRecord[]>;
	/** All records that were sent so far by anybody but this peer. */
	heard(): Promise<readonly SeenRecord[]>;
	/** Sends an address for that name at once, and whenever somebody asks. */
	claim(name: string, address: string): Promise<void>;
	/** Sends bytes that are no DNS packet. */
	talkNonsense(): Promise<void>;
}

// Wi-Fi

export interface WifiPeers {
	/** A network in reach, and its password. */
	readonly network: { ssid: string; password: string };
	/** The network goes out of reach. */
	lose(): Promise<void>;
	/** The network comes back. */
	restore(): Promise<void>;
}
