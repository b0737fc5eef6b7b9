// The contract of MqttClient.

import type { MqttClient, MqttConnection, MqttOptions } from "../../../modules/platform/mqtt";
import type { PortError, PortErrorCode } from "../../../modules/platform/port-error";
import type { TlsTrust } from "../../../modules/platform/tls";
import {
	type ContractCase,
	type ContractContext,
	Events,
	equal,
	eventually,
	ok,
	PATIENCE_MS,
	pause,
	portError,
	within,
} from "../contract";
import {
	type BrokerBehaviour,
	type BrokerOptions,
	type MqttBroker,
	type MqttPeers,
	type PeerIdentity,
	UNKNOWN_HOST,
} from "../peers";

export interface MqttContext extends ContractContext<MqttClient> {
	peers: MqttPeers;
}

type MqttEvent =
	| { type: "open"; certificateName: string | undefined }
	| { type: "subscribed"; topic: string; granted: boolean }
	| { type: "message"; topic: string; payload: string }
	| { type: "closed"; error: PortError };

/** What a case sets of the options; the rest is as a printer wants it. */
type Wishes = Partial<Omit<MqttOptions, "onOpen" | "onSubscribed" | "onMessage" | "onClosed">> & {
	/** Called at each event, from within the port's callback. */
	onEvent?(event: MqttEvent, session: Session): void;
};

const TOPIC = "device/01P00A123456789/report";

/** A connection under test and all that was heard of it. */
class Session {
	readonly events: Events<MqttEvent>;
	readonly connection: MqttConnection;
	readonly #context: MqttContext;

	constructor(context: MqttContext, wishes: Wishes & { host: string; port: number }) {
		const { onEvent, ...options } = wishes;
		this.#context = context;
		this.events = new Events(context.clock);
		const hear = (event: MqttEvent): void => {
			this.events.push(event);
			onEvent?.(event, this);
		};
		const pieces = new Pieces(context);
		this.connection = context.port.connect({
			clientId: "contract",
			keepAliveMs: 60_000,
			connectTimeoutMs: PATIENCE_MS,
			...options,
			onOpen: (certificateName) => hear({ type: "open", certificateName }),
			onSubscribed: (topic, granted) => hear({ type: "subscribed", topic, granted }),
			onMessage: (topic, bytes, remainingBytes) => {
				const payload = pieces.add(topic, bytes, remainingBytes);
				if (payload !== undefined) hear({ type: "message", topic, payload });
			},
			onClosed: (error) => hear({ type: "closed", error }),
		});
		equal(this.events.all, [], "callbacks before connect() returned");
	}

	async open(): Promise<string | undefined> {
		const event = await this.events.first(
			"onOpen or onClosed",
			({ type }) => type === "open" || type === "closed",
		);
		if (event.type === "closed") throw event.error;
		return event.type === "open" ? event.certificateName : undefined;
	}

	async subscribe(topic: string): Promise<boolean> {
		this.connection.subscribe(topic);
		const event = await this.events.first(
			`onSubscribed for ${topic}`,
			(heard): heard is Subscribed => heard.type === "subscribed" && heard.topic === topic,
		);
		return event.granted;
	}

	async messages(howMany: number): Promise<Message[]> {
		const isMessage = (event: MqttEvent): boolean => event.type === "message";
		return (await this.events.count(`${howMany} messages`, howMany, isMessage)) as Message[];
	}

	/** The error of onClosed, which must be the last that is heard. */
	async closed(code: PortErrorCode): Promise<PortError> {
		const event = await this.events.first(
			`onClosed with ${code}`,
			(heard): heard is Closed => heard.type === "closed",
		);
		portError(code, event.error);
		await this.events.quiet("callbacks after onClosed");
		return event.error;
	}

	/** Closes, and checks that it takes no longer than it may and that nothing is heard afterwards. */
	async close(): Promise<void> {
		const before = this.events.all.length;
		await within(this.#context.clock, 3000, "close()", this.connection.close());
		await this.events.quiet("callbacks after close()");
		equal(this.events.all.length, before, "events heard during and after close()");
	}
}

type Subscribed = Extract<MqttEvent, { type: "subscribed" }>;
type Message = Extract<MqttEvent, { type: "message" }>;
type Closed = Extract<MqttEvent, { type: "closed" }>;

/** Puts messages together and checks that their pieces are in order. */
class Pieces {
	readonly #context: MqttContext;
	#topic: string | undefined;
	#text = "";
	#remainingBytes = 0;

	constructor(context: MqttContext) {
		this.#context = context;
	}

	add(topic: string, bytes: Uint8Array, remainingBytes: number): string | undefined {
		if (this.#topic !== undefined) {
			equal(topic, this.#topic, "topic of a further piece");
			equal(bytes.length + remainingBytes, this.#remainingBytes, "bytes still to come");
		}
		this.#topic = topic;
		// Of the cases' messages each piece can be decoded by itself: they are ASCII.
		this.#text += this.#context.text.decode(bytes);
		this.#remainingBytes = remainingBytes;
		if (remainingBytes > 0) return undefined;
		const text = this.#text;
		this.#topic = undefined;
		this.#text = "";
		return text;
	}
}

/** A text that shows where a piece is missing. */
function longText(length: number): string {
	let text = "";
	while (text.length < length) text += `${text.length};`;
	return text.slice(0, length);
}

async function startTls(
	context: MqttContext,
	options: BrokerOptions = {},
): Promise<[MqttBroker, Wishes & Target]> {
	const broker = await context.peers.startBroker({ identity: "usual", ...options });
	return [broker, { host: broker.host, port: broker.port, tls: broker.trust }];
}

type Target = { host: string; port: number };

/** A broker over TLS and a session that it let in. */
async function openTls(
	context: MqttContext,
	options: BrokerOptions = {},
	wishes: Wishes = {},
): Promise<[MqttBroker, Session]> {
	const [broker, target] = await startTls(context, options);
	const session = new Session(context, { ...target, ...wishes });
	await session.open();
	return [broker, session];
}

async function noSocketsLeft(context: MqttContext, broker: MqttBroker): Promise<void> {
	await eventually(
		context.clock,
		"the broker's sockets are closed",
		async () => (await broker.openSockets()) === 0,
	);
}

const connecting: ContractCase<MqttContext>[] = [
	{
		name: "connects over TLS and tells the certificate's name as the peer spells it",
		async run(context) {
			const [broker, target] = await startTls(context);
			const tls = { ...broker.trust, commonName: broker.certificate?.commonName.toLowerCase() ?? "" };
			const session = new Session(context, { ...target, tls });
			equal(await session.open(), broker.certificate?.commonName, "certificate name");
			ok(broker.certificate?.commonName !== tls.commonName, "the case compares two spellings");
			await session.close();
		},
	},
	{
		name: "connects without expecting a name, and tells the one that a trusted authority vouches for",
		async run(context) {
			const [broker, target] = await startTls(context, { identity: "wrongName" });
			const session = new Session(context, { ...target, tls: anyName(broker.trust) });
			const name = await session.open();
			equal(name, broker.certificate?.commonName, "certificate name");
			ok(name !== undefined && name !== broker.trust.commonName, "the name is another than usual");
			await session.close();
		},
	},
	{
		name: "connects over TCP, where there is no certificate",
		async run(context) {
			const { host, port } = await context.peers.startBroker();
			const session = new Session(context, { host, port });
			equal(await session.open(), undefined, "certificate name");
			await session.close();
		},
	},
	{
		name: "trusts a certificate that comes without its intermediate, when that is an authority",
		async run(context) {
			const [, session] = await openTls(context, { identity: "leafAlone" });
			await session.close();
		},
	},
	{
		name: "signs in with client id, user name, password and keep-alive, in a clean session",
		async run(context) {
			const credentials = { username: "bblp", password: "12345678" };
			const [broker, session] = await openTls(
				context,
				{ credentials },
				{
					...credentials,
					clientId: "culm-0001",
					keepAliveMs: 30_000,
				},
			);
			equal(
				await broker.connects(),
				[{ clientId: "culm-0001", ...credentials, keepAliveSeconds: 30, clean: true }],
				"what the broker saw",
			);
			await session.close();
		},
	},
	{
		name: "has its will published when it vanishes, and not when it says goodbye",
		async run(context) {
			const broker = await context.peers.startBroker();
			const target = { host: broker.host, port: broker.port };
			const watcher = new Session(context, { ...target, clientId: "watcher" });
			await watcher.open();
			await watcher.subscribe("culm/#");
			const will = { topic: "culm/status", payload: "offline", retain: false };

			const polite = new Session(context, { ...target, clientId: "polite", will });
			await polite.open();
			await polite.close();
			const vanishing = new Session(context, { ...target, clientId: "vanishing", will });
			await vanishing.open();
			ok(vanishing.connection.publish("culm/status", "online"), "publish");
			await watcher.messages(1);
			await broker.drop("vanishing");
			await vanishing.closed("closed_by_peer");
			const heard = await watcher.messages(2);
			equal(
				heard.map(({ payload }) => payload),
				["online", "offline"],
				"messages of both connections",
			);
			await watcher.close();
		},
	},
	{
		name: "serves eight connections at the same time, each with its own messages",
		async run(context) {
			const [broker, target] = await startTls(context);
			const sessions = Array.from(
				{ length: 8 },
				(_, index) => new Session(context, { ...target, clientId: `contract-${index}` }),
			);
			for (const [index, session] of sessions.entries()) {
				await session.open();
				ok(await session.subscribe(`device/${index}`), "subscription");
			}
			for (const index of sessions.keys()) await broker.publish(`device/${index}`, `report ${index}`);
			for (const [index, session] of sessions.entries()) {
				equal(
					await session.messages(1),
					[{ type: "message", topic: `device/${index}`, payload: `report ${index}` }],
					"messages",
				);
			}
			await Promise.all(sessions.map((session) => session.close()));
			await noSocketsLeft(context, broker);
		},
	},
];

const messages: ContractCase<MqttContext>[] = [
	{
		name: "delivers what is published, in order",
		async run(context) {
			const [broker, session] = await openTls(context);
			ok(await session.subscribe(TOPIC), "subscription");
			for (let index = 0; index < 20; index += 1) await broker.publish(TOPIC, `report ${index}`);
			const expected = Array.from({ length: 20 }, (_, index) => `report ${index}`);
			equal(
				(await session.messages(20)).map(({ payload }) => payload),
				expected,
				"messages",
			);
			await session.close();
		},
	},
	{
		name: "delivers a message of 36 KB whole, and the small one after it",
		async run(context) {
			const [broker, session] = await openTls(context);
			await session.subscribe(TOPIC);
			const report = longText(36 * 1024);
			await broker.publish(TOPIC, report);
			await broker.publish(TOPIC, "{}");
			const [first, second] = await session.messages(2);
			ok(first?.payload === report, "the long message is complete");
			equal(second?.payload, "{}", "the message after it");
			await session.close();
		},
	},
	{
		name: "delivers an empty message",
		async run(context) {
			const [broker, session] = await openTls(context);
			await session.subscribe(TOPIC);
			await broker.publish(TOPIC, "");
			equal(await session.messages(1), [{ type: "message", topic: TOPIC, payload: "" }], "messages");
			await session.close();
		},
	},
	{
		name: "delivers a message that comes in one piece with the broker's greeting, after onOpen",
		async run(context) {
			const [, session] = await openTls(context, { behaviour: "message_while_accepting" });
			await session.messages(1);
			equal(
				session.events.all.map(({ type }) => type),
				["open", "message"],
				"events",
			);
			await session.close();
		},
	},
	{
		name: "publishes, also more than a TLS record holds",
		async run(context) {
			const [broker, session] = await openTls(context);
			const long = longText(20_000);
			ok(session.connection.publish("device/request", "short"), "publish of a short text");
			ok(session.connection.publish("device/request", long), "publish of a long text");
			await eventually(
				context.clock,
				"both messages are there",
				async () => (await broker.messages()).length >= 2,
			);
			const [first, second] = await broker.messages();
			equal(first, { topic: "device/request", payload: "short" }, "first message");
			ok(second?.payload === long, "the long message is complete");
			await session.close();
		},
	},
	{
		name: "tells when the broker refuses a subscription, and stays connected",
		async run(context) {
			const [, session] = await openTls(context, { behaviour: "refuses_subscriptions" });
			equal(await session.subscribe(TOPIC), false, "granted");
			await session.events.quiet("events after a refused subscription");
			ok(session.connection.publish(TOPIC, "still there"), "publish after a refused subscription");
			await session.close();
		},
	},
	{
		name: "drops messages while it is not connected",
		async run(context) {
			const [broker, target] = await startTls(context);
			const session = new Session(context, target);
			equal(session.connection.publish(TOPIC, "too early"), false, "publish before onOpen");
			await session.open();
			await session.close();
			equal(session.connection.publish(TOPIC, "too late"), false, "publish after close");
			session.connection.subscribe(TOPIC);
			await session.events.quiet("events after subscribe on a closed connection");
			equal(await broker.messages(), [], "messages that arrived");
		},
	},
	{
		name: "drops messages when too much waits to be sent, and still closes in time",
		async run(context) {
			const [, session] = await openTls(context, { behaviour: "stops_reading" });
			const payload = longText(32 * 1024);
			// The network between takes some megabytes. It is full when time no longer helps.
			let sent = 0;
			let refused = 0;
			while (refused < 10) {
				if (session.connection.publish(TOPIC, payload)) refused = 0;
				else refused += 1;
				sent += 1;
				ok(sent < 10_000, "publish returns false in the end");
				await pause(context.clock, 1);
			}
			equal(session.connection.publish(TOPIC, payload), false, "publish while much is waiting");
			await session.close();
		},
	},
	{
		name: "ends the connection when a message is longer than it takes",
		async run(context) {
			const [broker, session] = await openTls(context, { behaviour: "huge_message_after_subscribe" });
			await session.subscribe(TOPIC);
			await session.closed("too_large");
			await noSocketsLeft(context, broker);
		},
	},
];

/** Brokers that are refused, and how. */
const refusals: readonly {
	name: string;
	code: PortErrorCode;
	behaviour?: BrokerBehaviour;
	identity?: PeerIdentity;
	pin?: "of the broker" | "of another one";
	/** Without a name that is expected. */
	anyName?: boolean;
	/** Asked for over plain TCP too. */
	plainToo?: boolean;
	/** The error shows the certificate. */
	shown?: boolean;
}[] = [
	{
		name: "a broker that hangs up at once",
		behaviour: "hangs_up_at_once",
		code: "handshake_closed",
		plainToo: true,
	},
	{
		name: "a broker that resets the connection",
		behaviour: "resets_at_first_bytes",
		code: "handshake_closed",
		plainToo: true,
	},
	{ name: "a peer of another protocol", behaviour: "talks_nonsense", code: "protocol", plainToo: true },
	{ name: "a broker with nothing older than TLS 1.3", behaviour: "tls13_only", code: "protocol" },
	{
		name: "a broker that hangs up before it accepts",
		behaviour: "hangs_up_before_accepting",
		code: "handshake_closed",
		plainToo: true,
	},
	{ name: "a broker that accepts in nonsense", behaviour: "accepts_in_nonsense", code: "protocol" },
	{
		name: "a broker that sends a message before it accepts",
		behaviour: "message_before_accepting",
		code: "protocol",
	},
	{ name: "a broker that refuses the version of MQTT", behaviour: "refuses_version", code: "protocol" },
	{ name: "a broker that refuses the client id", behaviour: "refuses_client_id", code: "protocol" },
	{ name: "a broker that is out of service", behaviour: "is_out_of_service", code: "handshake_closed" },
	{
		name: "a broker that refuses the password",
		behaviour: "refuses_password",
		code: "unauthorized",
		plainToo: true,
	},
	{ name: "a broker that refuses the client", behaviour: "refuses_client", code: "unauthorized" },
	{ name: "a certificate of an unknown authority", identity: "stranger", code: "untrusted", shown: true },
	{ name: "an expired certificate", identity: "expired", code: "untrusted", shown: true },
	{ name: "a certificate that is not yet valid", identity: "notYetValid", code: "untrusted", shown: true },
	{ name: "a certificate of another name", identity: "wrongName", code: "wrong_name", shown: true },
	{ name: "a certificate of two names", identity: "twoNames", code: "wrong_name", shown: true },
	{
		name: "a certificate of an unknown authority when any name will do",
		identity: "stranger",
		anyName: true,
		code: "untrusted",
		shown: true,
	},
	{
		name: "a certificate of two names when any name will do",
		identity: "twoNames",
		anyName: true,
		code: "wrong_name",
		shown: true,
	},
	{
		name: "another certificate than the pinned one, though its authority is trusted",
		identity: "usual",
		pin: "of another one",
		code: "certificate_changed",
		shown: true,
	},
	{
		name: "another certificate than the pinned one, of an unknown authority",
		identity: "stranger",
		pin: "of another one",
		code: "certificate_changed",
		shown: true,
	},
	{
		name: "a pinned certificate of another name",
		identity: "strangerWrongName",
		pin: "of the broker",
		code: "wrong_name",
		shown: true,
	},
	{
		name: "a pinned certificate that has expired",
		identity: "expired",
		pin: "of the broker",
		code: "untrusted",
		shown: true,
	},
];

/** The same trust in authorities, whatever the peer is called. */
function anyName({ authorities }: TlsTrust): TlsTrust {
	return { authorities };
}

function refusalCase(refusal: (typeof refusals)[number], tls: boolean): ContractCase<MqttContext> {
	const { name, code, behaviour, identity = "usual", anyName: any, pin, shown } = refusal;
	return {
		name: `refuses ${name}${tls ? "" : " over TCP"}: ${code}`,
		async run(context) {
			const broker = await context.peers.startBroker({
				...(behaviour === undefined ? {} : { behaviour }),
				...(tls ? { identity } : {}),
			});
			const pinnedSha256 = pin === "of the broker" ? broker.certificate?.sha256 : "0".repeat(64);
			const usual = any ? anyName(broker.trust) : broker.trust;
			const trust = pin === undefined || pinnedSha256 === undefined ? usual : { ...usual, pinnedSha256 };
			const session = new Session(context, {
				host: broker.host,
				port: broker.port,
				...(tls ? { tls: trust } : {}),
				username: "bblp",
				password: "wrong-password",
			});
			const error = await session.closed(code);
			if (shown) equal(error.certificate, broker.certificate, "certificate in the error");
			equal(
				session.events.all.map(({ type }) => type),
				["closed"],
				"events",
			);
			ok(!error.message.includes("wrong-password"), "the password is in no message");
			equal(session.connection.publish(TOPIC, "late"), false, "publish after onClosed");
			await session.close();
			await noSocketsLeft(context, broker);
		},
	};
}

const failing: ContractCase<MqttContext>[] = [
	...refusals.map((refusal) => refusalCase(refusal, true)),
	...refusals.filter(({ plainToo }) => plainToo).map((refusal) => refusalCase(refusal, false)),
	{
		name: "accepts the pinned certificate of an unknown authority",
		async run(context) {
			const [broker, target] = await startTls(context, { identity: "stranger" });
			const pinnedSha256 = broker.certificate?.sha256.toUpperCase() ?? "";
			const session = new Session(context, { ...target, tls: { ...broker.trust, pinnedSha256 } });
			equal(await session.open(), broker.certificate?.commonName, "certificate name");
			ok(await session.subscribe(TOPIC), "subscription");
			await session.close();
			await noSocketsLeft(context, broker);
		},
	},
	{
		name: "accepts the pinned certificate of a trusted authority",
		async run(context) {
			const [broker, target] = await startTls(context);
			const pinnedSha256 = broker.certificate?.sha256 ?? "";
			const session = new Session(context, { ...target, tls: { ...broker.trust, pinnedSha256 } });
			await session.open();
			await session.close();
		},
	},
	{
		name: "tells when nobody listens on the port: refused",
		async run(context) {
			const session = new Session(context, await context.peers.unusedPort());
			await session.closed("refused");
		},
	},
	{
		name: "tells when nobody listens on the port, with TLS: refused",
		async run(context) {
			const { trust } = await context.peers.startBroker({ identity: "usual" });
			const session = new Session(context, { ...(await context.peers.unusedPort()), tls: trust });
			await session.closed("refused");
		},
	},
	{
		name: "tells when the host name has no address: host_not_found",
		async run(context) {
			const session = new Session(context, { host: UNKNOWN_HOST, port: 1883 });
			await session.closed("host_not_found");
		},
	},
	{
		name: "tells when no host answers: unreachable",
		async run(context) {
			const session = new Session(context, { ...(await context.peers.unanswered()), connectTimeoutMs: 150 });
			await session.closed("unreachable");
		},
	},
	{
		name: "gives up on a TLS handshake that does not come to an end: timeout",
		async run(context) {
			const [broker, target] = await startTls(context, { behaviour: "silent" });
			const session = new Session(context, { ...target, connectTimeoutMs: 150 });
			await session.closed("timeout");
			await noSocketsLeft(context, broker);
		},
	},
	{
		name: "gives up on a broker that does not accept: timeout",
		async run(context) {
			const [broker, target] = await startTls(context, { behaviour: "never_accepts" });
			const session = new Session(context, { ...target, connectTimeoutMs: 300 });
			await session.closed("timeout");
			await noSocketsLeft(context, broker);
		},
	},
	{
		name: "tells when the broker ends an established connection: closed_by_peer",
		async run(context) {
			const [, session] = await openTls(context, { behaviour: "hangs_up_after_subscribe" });
			session.connection.subscribe(TOPIC);
			await session.closed("closed_by_peer");
		},
	},
	{
		name: "tells when an established connection is dropped: closed_by_peer",
		async run(context) {
			const [broker, session] = await openTls(context);
			await broker.drop("contract");
			await session.closed("closed_by_peer");
		},
	},
	{
		name: "tells when the broker stops to speak MQTT: protocol",
		async run(context) {
			const [broker, session] = await openTls(context, { behaviour: "nonsense_after_subscribe" });
			session.connection.subscribe(TOPIC);
			await session.closed("protocol");
			await noSocketsLeft(context, broker);
		},
	},
	{
		name: "tells when the broker no longer answers its pings: unreachable",
		async run(context) {
			const [broker, session] = await openTls(context, { behaviour: "forgets_pings" }, { keepAliveMs: 1000 });
			await session.closed("unreachable");
			await noSocketsLeft(context, broker);
		},
	},
	{
		name: "stays connected as long as the broker answers its pings",
		async run(context) {
			const [, session] = await openTls(context, {}, { keepAliveMs: 1000 });
			await pause(context.clock, 2500);
			ok(session.connection.publish(TOPIC, "still there"), "publish after two pings");
			await session.close();
		},
	},
	{
		name: "refuses wrong options through onClosed: invalid",
		async run(context) {
			const target = await context.peers.unusedPort();
			await new Session(context, { ...target, port: 70_000 }).closed("invalid");
			await new Session(context, { ...target, password: "no user" }).closed("invalid");
			const tls = { authorities: [], commonName: "" };
			await new Session(context, { ...target, tls }).closed("invalid");
		},
	},
];

/** States in which a connection is closed: brokers that bring it there, and the event that tells of it. */
const closingStates: readonly {
	name: string;
	behaviour: BrokerBehaviour;
	after?: MqttEvent["type"];
	tls: boolean;
}[] = [
	{ name: "at once", behaviour: "serves", tls: true },
	{ name: "in the TLS handshake", behaviour: "silent", tls: true },
	{ name: "before the broker accepts", behaviour: "never_accepts", tls: true },
	{ name: "before the broker accepts, over TCP", behaviour: "never_accepts", tls: false },
	{ name: "in onOpen", behaviour: "serves", after: "open", tls: true },
	{ name: "in onOpen, over TCP", behaviour: "serves", after: "open", tls: false },
	{ name: "in onSubscribed", behaviour: "serves", after: "subscribed", tls: true },
	{
		name: "in onMessage, in the middle of many",
		behaviour: "floods_after_subscribe",
		after: "message",
		tls: true,
	},
	{ name: "in onClosed", behaviour: "hangs_up_after_subscribe", after: "closed", tls: true },
];

const closing: ContractCase<MqttContext>[] = [
	...closingStates.map(
		({ name, behaviour, after, tls }): ContractCase<MqttContext> => ({
			name: `may be closed ${name}, and is not heard of again`,
			async run(context) {
				const broker = await context.peers.startBroker({ behaviour, ...(tls ? { identity: "usual" } : {}) });
				const closes: Promise<void>[] = [];
				const session = new Session(context, {
					host: broker.host,
					port: broker.port,
					...(tls ? { tls: broker.trust } : {}),
					onEvent(event, { connection }) {
						if (event.type === "open") connection.subscribe(TOPIC);
						if (event.type === after) closes.push(connection.close());
					},
				});
				if (after !== undefined) await session.events.first(after, ({ type }) => type === after);
				else if (name !== "at once") {
					await eventually(
						context.clock,
						"the broker has a socket",
						async () => (await broker.openSockets()) > 0,
					);
					await pause(context.clock, 20);
				}
				equal(closes.length, after === undefined ? 0 : 1, "closes from within the callback");
				await session.close();
				await within(context.clock, 3000, "the first close()", Promise.all(closes));
				equal(session.events.all.at(-1)?.type, after, "the last event");
				await noSocketsLeft(context, broker);
			},
		}),
	),
	{
		name: "may be closed while nothing answers, and is not heard of again",
		async run(context) {
			const session = new Session(context, { ...(await context.peers.unanswered()), connectTimeoutMs: 100 });
			await pause(context.clock, 20);
			await session.close();
			await pause(context.clock, 100);
			equal(session.events.all, [], "events after the connect timeout would have come");
		},
	},
	{
		name: "says DISCONNECT once, however often it is closed",
		async run(context) {
			const [broker, session] = await openTls(context);
			await Promise.all([session.connection.close(), session.connection.close()]);
			await session.close();
			await noSocketsLeft(context, broker);
			equal(await broker.disconnects(), 1, "DISCONNECT packets");
		},
	},
	{
		name: "sends what was published before it closes",
		async run(context) {
			const [broker, session] = await openTls(context);
			ok(session.connection.publish(TOPIC, "last words"), "publish");
			await session.close();
			await noSocketsLeft(context, broker);
			equal(await broker.messages(), [{ topic: TOPIC, payload: "last words" }], "messages");
		},
	},
];

export const mqttCases: readonly ContractCase<MqttContext>[] = [
	...connecting,
	...messages,
	...failing,
	...closing,
];
