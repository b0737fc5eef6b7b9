// The contract of WifiPort.

import type { WifiPort, WifiState } from "../../../modules/platform/wifi";
import {
	type ContractCase,
	type ContractContext,
	Events,
	equal,
	ok,
	PATIENCE_MS,
	rejectsWith,
	within,
} from "../contract";
import type { WifiPeers } from "../peers";

export interface WifiContext extends ContractContext<WifiPort> {
	peers: WifiPeers;
}

const ADDRESS = "192.168.4.1";

function watch({ port, clock }: WifiContext): Events<WifiState> {
	const states = new Events<WifiState>(clock);
	port.onChange((state) => states.push(state));
	return states;
}

async function joined(context: WifiContext): Promise<Events<WifiState>> {
	const states = watch(context);
	context.port.join(context.peers.network);
	await states.first("connected", ({ status }) => status === "connected");
	return states;
}

export const wifiCases: readonly ContractCase<WifiContext>[] = [
	{
		name: "has an address of its own, and is off at first",
		run({ port }) {
			ok(/^[0-9a-f]{12}$/.test(port.macAddress), `twelve lower-case hex digits: ${port.macAddress}`);
			equal(port.state, { status: "off" }, "state");
		},
	},
	{
		name: "joins a network, and tells each step",
		async run(context) {
			const states = await joined(context);
			const { ssid } = context.peers.network;
			equal(states.all[0], { status: "connecting", ssid }, "first state");
			const last = states.all.at(-1);
			ok(last?.status === "connected" && last.ssid === ssid, "connected to the network");
			ok(/^\d+\.\d+\.\d+\.\d+$/.test(last.address), `an IPv4 address: ${last.address}`);
			ok(last.rssiDbm < 0, `strength in dBm: ${last.rssiDbm}`);
			equal(context.port.state, last, "state");
		},
	},
	{
		name: "tells that the password is wrong",
		async run(context) {
			const states = watch(context);
			const { ssid } = context.peers.network;
			context.port.join({ ssid, password: "not the password" });
			const state = await states.first("disconnected", ({ status }) => status === "disconnected");
			equal(state, { status: "disconnected", ssid, reason: "wrong_password" }, "state");
		},
	},
	{
		name: "tells that there is no such network",
		async run(context) {
			const states = watch(context);
			context.port.join({ ssid: "no such network", password: "whatever" });
			const state = await states.first("disconnected", ({ status }) => status === "disconnected");
			equal(state, { status: "disconnected", ssid: "no such network", reason: "not_found" }, "state");
		},
	},
	{
		name: "replaces a join under way by another one",
		async run(context) {
			const states = watch(context);
			context.port.join({ ssid: "no such network", password: "whatever" });
			context.port.join(context.peers.network);
			await states.first("connected", ({ status }) => status === "connected");
			ok(!states.all.some(({ status }) => status === "disconnected"), "the first network is forgotten");
		},
	},
	{
		name: "tells when the network is lost, and joins it again when it is back",
		async run(context) {
			const states = await joined(context);
			const { ssid } = context.peers.network;
			await context.peers.lose();
			const lost = await states.first("disconnected", ({ status }) => status === "disconnected");
			equal(lost, { status: "disconnected", ssid, reason: "lost" }, "state");
			const before = states.all.length;
			await context.peers.restore();
			const isBack = (state: WifiState) =>
				state.status === "connected" && states.all.lastIndexOf(state) >= before;
			await states.first("connected again", isBack);
		},
	},
	{
		name: "leaves a network, and does not come back",
		async run(context) {
			const states = await joined(context);
			context.port.leave();
			await states.first("off", ({ status }) => status === "off");
			equal(context.port.state, { status: "off" }, "state");
			await states.quiet("states after leave()");
		},
	},
	{
		name: "leaves a network that it has not joined yet",
		async run(context) {
			const states = watch(context);
			context.port.join(context.peers.network);
			context.port.leave();
			await states.first("off", ({ status }) => status === "off");
			await states.quiet("states after leave()");
			equal(context.port.state, { status: "off" }, "state");
		},
	},
	{
		name: "tells everybody who listens, and nobody who no longer does",
		async run(context) {
			const first = watch(context);
			let calls = 0;
			const stop = context.port.onChange(() => {
				calls += 1;
			});
			stop();
			stop();
			const second = watch(context);
			context.port.join(context.peers.network);
			await first.first("connected", ({ status }) => status === "connected");
			await second.first("connected", ({ status }) => status === "connected");
			equal(second.all, first.all, "states of both");
			equal(calls, 0, "calls after the listener was taken back");
		},
	},
	{
		name: "may be told something else by a listener, and tells everybody in order",
		async run(context) {
			context.port.onChange((state) => {
				if (state.status === "connected") context.port.leave();
			});
			const states = watch(context);
			context.port.join(context.peers.network);
			await states.first("off", ({ status }) => status === "off");
			equal(
				states.all.map(({ status }) => status),
				["connecting", "connected", "off"],
				"states",
			);
		},
	},
	{
		name: "finds networks: strongest first, each name once",
		async run({ port, clock, peers }) {
			const networks = await within(clock, PATIENCE_MS, "scan()", port.scan());
			const names = networks.map(({ ssid }) => ssid);
			ok(names.includes(peers.network.ssid), "the network in reach is found");
			equal(names.length, new Set(names).size, "names that come once");
			const strengths = networks.map(({ rssiDbm }) => rssiDbm);
			equal(
				strengths,
				[...strengths].sort((a, b) => b - a),
				"strengths",
			);
			const found = networks.find(({ ssid }) => ssid === peers.network.ssid);
			equal(found?.secure, peers.network.password !== "", "whether it wants a password");
		},
	},
	{
		name: "gives the same answer to everybody who asks while it looks, and looks anew afterwards",
		async run({ port, clock }) {
			const [first, second] = await within(
				clock,
				PATIENCE_MS,
				"scan()",
				Promise.all([port.scan(), port.scan()]),
			);
			equal(second, first, "answers");
			ok(
				(await within(clock, PATIENCE_MS, "another scan()", port.scan())).length > 0,
				"networks of another scan",
			);
		},
	},
	{
		name: "opens a network of its own, protected or open, and closes it",
		async run({ port, clock }) {
			for (const password of ["12345678", ""]) {
				const opening = port.openAccessPoint({ ssid: "Culm-A1B2", password, address: ADDRESS });
				await within(clock, PATIENCE_MS, "openAccessPoint()", opening);
			}
			await within(clock, PATIENCE_MS, "closeAccessPoint()", port.closeAccessPoint());
			await within(clock, PATIENCE_MS, "closeAccessPoint() again", port.closeAccessPoint());
		},
	},
	...(
		[
			["without a name", { ssid: "", password: "12345678", address: ADDRESS }],
			["of a name with more than 32 bytes", { ssid: "ü".repeat(17), password: "12345678", address: ADDRESS }],
			["of a password that is too short", { ssid: "Culm", password: "1234567", address: ADDRESS }],
			["of a password that is too long", { ssid: "Culm", password: "x".repeat(64), address: ADDRESS }],
		] as const
	).map(
		([what, network]): ContractCase<WifiContext> => ({
			name: `does not open a network ${what}: invalid`,
			run: async ({ port }) => void (await rejectsWith("invalid", port.openAccessPoint(network))),
		}),
	),
];
