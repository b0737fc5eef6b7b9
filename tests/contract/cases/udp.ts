// The contract of UdpPort.

import type { PortError } from "../../../modules/platform/port-error";
import type { UdpOptions, UdpPort, UdpSocket } from "../../../modules/platform/udp";
import {
	type ContractCase,
	type ContractContext,
	Events,
	equal,
	eventually,
	ok,
	pause,
	QUIET_MS,
	rejectsWith,
} from "../contract";
import type { Address, UdpPeers } from "../peers";

export interface UdpContext extends ContractContext<UdpPort> {
	peers: UdpPeers;
}

/** One of those that are meant for use within an organisation (RFC 2365). */
const GROUP = "239.255.13.37";

interface Datagram {
	text: string;
	from: Address;
}

/** A socket under test and all that was heard of it. */
interface Opened {
	socket: UdpSocket;
	/** Where a peer reaches it. */
	at: Address;
	datagrams: Events<Datagram>;
	errors: PortError[];
}

/** Runs `use` with a socket, and closes it. */
async function withSocket(
	{ port, clock, text, peers }: UdpContext,
	options: Partial<UdpOptions>,
	use: (opened: Opened) => Promise<void>,
): Promise<void> {
	const datagrams = new Events<Datagram>(clock);
	const errors: PortError[] = [];
	const socket = await port.open({
		port: 0,
		onClosed: (error) => errors.push(error),
		...options,
		onMessage(bytes, { address, port }) {
			datagrams.push({ text: text.decode(bytes), from: { host: address, port } });
			options.onMessage?.(bytes, { address, port });
		},
	});
	try {
		await use({ socket, at: { host: peers.host, port: socket.port }, datagrams, errors });
	} finally {
		socket.close();
	}
	equal(errors, [], "errors");
}

/** Datagrams get lost, even near: sends again until the condition holds. */
async function sendUntil(
	{ clock }: UdpContext,
	send: () => unknown,
	condition: () => boolean | Promise<boolean>,
): Promise<void> {
	await eventually(clock, "a datagram arrives", async () => {
		if (await condition()) return true;
		await send();
		await pause(clock, 20);
		return condition();
	});
}

async function takes(context: UdpContext, text: string): Promise<void> {
	const peer = await context.peers.openPeer();
	await withSocket(context, {}, ({ at, datagrams }) =>
		sendUntil(
			context,
			() => peer.send(context.text.encode(text), at),
			() => texts(datagrams).includes(text),
		),
	);
}

function texts({ all }: Events<Datagram>): string[] {
	return [...new Set(all.map(({ text }) => text))];
}

export const udpCases: readonly ContractCase<UdpContext>[] = [
	{
		name: "tells the port that it was given",
		async run(context) {
			await withSocket(context, {}, async ({ socket }) => {
				ok(socket.port > 0 && socket.port <= 0xffff, "a port");
				equal(socket.port, socket.port, "the same port each time");
			});
		},
	},
	{
		name: "opens the port that it is asked for, and frees it when it closes",
		async run(context) {
			let port = 0;
			await withSocket(context, {}, async ({ socket }) => {
				port = socket.port;
			});
			await withSocket(context, { port }, async ({ socket }) => equal(socket.port, port, "port"));
		},
	},
	{
		name: "takes datagrams, and tells where they come from",
		async run(context) {
			const peer = await context.peers.openPeer();
			await withSocket(context, {}, async ({ at, datagrams }) => {
				const send = () => peer.send(context.text.encode("NOTIFY *"), at);
				await sendUntil(context, send, () => datagrams.all.length > 0);
				equal(datagrams.all[0], { text: "NOTIFY *", from: { host: at.host, port: peer.port } }, "datagram");
			});
		},
	},
	{
		name: "takes a datagram of 1,400 bytes",
		run: (context) => takes(context, "x".repeat(1400)),
	},
	{
		name: "takes an empty datagram",
		run: (context) => takes(context, ""),
	},
	{
		name: "sends datagrams from its port, as they were when it was told to",
		async run(context) {
			const peer = await context.peers.openPeer();
			await withSocket(context, {}, async ({ socket }) => {
				const send = (): void => {
					const bytes = context.text.encode("M-SEARCH *");
					socket.send(bytes, context.peers.host, peer.port);
					bytes.fill(0);
				};
				await sendUntil(context, send, async () => (await peer.received()).length > 0);
				const [first] = await peer.received();
				equal(context.text.decode(first?.bytes ?? new Uint8Array()), "M-SEARCH *", "bytes");
				equal(first?.from.port, socket.port, "port that it was sent from");
			});
		},
	},
	{
		name: "goes on when nobody takes what it sends",
		async run(context) {
			const peer = await context.peers.openPeer();
			await withSocket(context, {}, async ({ socket }) => {
				const bytes = context.text.encode("lost");
				socket.send(bytes, context.peers.host, await context.peers.takenPort());
				socket.send(bytes, "no-such-host.invalid", 9);
				socket.send(bytes, context.peers.host, 0);
				socket.send(bytes, context.peers.host, 70_000);
				socket.send(new Uint8Array(100_000), context.peers.host, peer.port);
				await pause(context.clock, QUIET_MS);
				const send = () => socket.send(context.text.encode("here"), context.peers.host, peer.port);
				await sendUntil(context, send, async () => (await peer.received()).length > 0);
			});
		},
	},
	{
		name: "may be sent to everyone",
		async run(context) {
			await withSocket(context, {}, async ({ socket }) => {
				// Whether it arrives depends on the network; it must do no harm.
				socket.send(context.text.encode("everyone"), "255.255.255.255", socket.port);
				await pause(context.clock, QUIET_MS);
			});
		},
	},
	{
		name: "takes what is sent to its groups",
		async run(context) {
			const peer = await context.peers.openPeer();
			await withSocket(context, { groups: [GROUP] }, async ({ socket, datagrams }) => {
				const send = () => peer.send(context.text.encode("to the group"), { host: GROUP, port: socket.port });
				await sendUntil(context, send, () => datagrams.all.length > 0);
				equal(texts(datagrams), ["to the group"], "datagrams");
			});
		},
	},
	{
		name: "shares its port with another one of its kind, and with its groups",
		async run(context) {
			const peer = await context.peers.openPeer();
			await withSocket(context, { groups: [GROUP] }, async (first) => {
				await withSocket(context, { groups: [GROUP], port: first.socket.port }, async (second) => {
					equal(second.socket.port, first.socket.port, "port");
					const send = () =>
						peer.send(context.text.encode("to both"), { host: GROUP, port: first.socket.port });
					await sendUntil(
						context,
						send,
						() => first.datagrams.all.length > 0 && second.datagrams.all.length > 0,
					);
				});
			});
		},
	},
	{
		name: "does not open a port whose owner does not share it: address_in_use",
		async run(context) {
			const port = await context.peers.takenPort();
			await rejectsWith("address_in_use", context.port.open({ port, onMessage() {}, onClosed() {} }));
		},
	},
	{
		name: "does not open a port that does not exist: invalid",
		async run(context) {
			await rejectsWith("invalid", context.port.open({ port: 70_000, onMessage() {}, onClosed() {} }));
		},
	},
	{
		name: "is not heard of after it is closed, however often it is",
		async run(context) {
			const peer = await context.peers.openPeer();
			await withSocket(context, {}, async ({ socket, at, datagrams }) => {
				const send = () => peer.send(context.text.encode("again"), at);
				await sendUntil(context, send, () => datagrams.all.length > 0);
				await send();
				socket.close();
				socket.close();
				await send();
				socket.send(context.text.encode("too late"), context.peers.host, peer.port);
				await datagrams.quiet("datagrams after close()");
				equal(await peer.received(), [], "datagrams from a closed socket");
			});
		},
	},
	{
		name: "may be closed while it hands over a datagram",
		async run(context) {
			const peer = await context.peers.openPeer();
			let close: () => void = () => {};
			await withSocket(context, { onMessage: () => close() }, async ({ socket, at, datagrams }) => {
				close = () => socket.close();
				await sendUntil(
					context,
					async () => {
						for (let index = 0; index < 10; index += 1) await peer.send(context.text.encode("again"), at);
					},
					() => datagrams.all.length > 0,
				);
				await datagrams.quiet("datagrams after close()");
				equal(datagrams.all.length, 1, "datagrams");
			});
		},
	},
];
