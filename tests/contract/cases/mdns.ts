// The contract of MdnsPort.

import type { MdnsAdvertisement, MdnsPort, MdnsService } from "../../../modules/platform/mdns";
import {
	type ContractCase,
	type ContractContext,
	equal,
	eventually,
	ok,
	PATIENCE_MS,
	pause,
	within,
} from "../contract";
import type { MdnsPeers, SeenRecord } from "../peers";

export interface MdnsContext extends ContractContext<MdnsPort> {
	peers: MdnsPeers;
}

const HOST = "culm-a1b2c3.local";
const TYPE = "_http._tcp.local";
const INSTANCE = "Culm in the workshop._http._tcp.local";
/** Of a device that is not this computer (RFC 5737). */
const SOMEBODY_ELSE = "192.0.2.77";

/** Longer than it takes to find out whether the name is free. */
const PROBE_MS = 600;

interface Advertised {
	advertisement: MdnsAdvertisement;
	conflicts: () => number;
}

/** Runs `use` with a service that is advertised, and closes it. */
async function advertise(
	{ port, clock }: MdnsContext,
	use: (advertised: Advertised) => Promise<void>,
	changes: Partial<MdnsService> = {},
): Promise<void> {
	let conflicts = 0;
	const advertisement = port.advertise({
		hostname: "culm-a1b2c3",
		name: "Culm in the workshop",
		type: "_http._tcp",
		port: 8080,
		text: { version: "0.1.0", model: "culm" },
		onConflict() {
			conflicts += 1;
		},
		...changes,
	});
	try {
		await use({ advertisement, conflicts: () => conflicts });
	} finally {
		await within(clock, PATIENCE_MS, "close()", advertisement.close());
	}
}

/** Asks until a record comes; packets get lost. */
async function ask(
	{ clock, peers }: MdnsContext,
	name: string,
	type: "A" | "PTR" | "SRV" | "TXT",
): Promise<SeenRecord> {
	const before = (await peers.heard()).length;
	let found: SeenRecord | undefined;
	await eventually(clock, `a record ${type} of ${name}`, async () => {
		await peers.query(name, type);
		await pause(clock, 50);
		const heard = (await peers.heard()).slice(before);
		found = heard.find((record) => record.type === type && record.name.toLowerCase() === name.toLowerCase());
		return found !== undefined;
	});
	ok(found !== undefined, "a record was found");
	return found;
}

export const mdnsCases: readonly ContractCase<MdnsContext>[] = [
	{
		name: "announces the host's address and its service",
		async run(context) {
			await advertise(context, async ({ conflicts }) => {
				const wanted = [`${HOST} A`, `${TYPE} PTR`, `${INSTANCE} SRV`, `${INSTANCE} TXT`];
				await eventually(context.clock, "all records are announced", async () => {
					const heard = (await context.peers.heard()).map(({ name, type }) => `${name} ${type}`);
					return wanted.every((record) => heard.includes(record));
				});
				ok(
					(await context.peers.heard()).every(({ ttl }) => ttl > 0),
					"records are to be remembered",
				);
				equal(conflicts(), 0, "conflicts");
			});
		},
	},
	{
		name: "answers for the host name, however it is spelled",
		async run(context) {
			await advertise(context, async () => {
				const { data } = await ask(context, HOST, "A");
				ok(/^\d+\.\d+\.\d+\.\d+$/.test(data), `an IPv4 address: ${data}`);
				await ask(context, HOST.toUpperCase(), "A");
			});
		},
	},
	{
		name: "answers for the service: its kind, its name, its port and its texts",
		async run(context) {
			await advertise(context, async () => {
				equal((await ask(context, "_services._dns-sd._udp.local", "PTR")).data, TYPE, "kinds of services");
				equal((await ask(context, TYPE, "PTR")).data, INSTANCE, "name of the service");
				equal((await ask(context, INSTANCE, "SRV")).data, `${HOST}:8080`, "host and port");
				equal((await ask(context, INSTANCE, "TXT")).data, "version=0.1.0|model=culm", "texts");
			});
		},
	},
	{
		name: "answers a program that asks from a port of its own",
		async run(context) {
			await advertise(context, async () => {
				await ask(context, HOST, "A");
				const records = await context.peers.queryFromElsewhere(HOST, "A");
				equal(
					records.map(({ name, type }) => [name, type]),
					[[HOST, "A"]],
					"records",
				);
			});
		},
	},
	{
		name: "says nothing about other names",
		async run(context) {
			await advertise(context, async () => {
				await ask(context, HOST, "A");
				// What is left of the announcements.
				await pause(context.clock, 1200);
				const before = (await context.peers.heard()).length;
				await context.peers.query("somebody-else.local", "A");
				await context.peers.query("_ipp._tcp.local", "PTR");
				await pause(context.clock, 200);
				equal((await context.peers.heard()).slice(before), [], "records");
			});
		},
	},
	{
		name: "takes a name with a dot for one name, and cuts one that is too long",
		async run(context) {
			const changes = { name: `Culm 0.1 ${"ü".repeat(60)}`, text: {} };
			await advertise(
				context,
				async () => {
					const { data } = await ask(context, TYPE, "PTR");
					ok(/^Culm 0-1 ü+\._http\._tcp\.local$/.test(data), `name of the service: ${data}`);
					const label = context.text.encode(data.slice(0, data.indexOf("._http")));
					ok(label.length <= 63, `${label.length} bytes in one part of a name`);
				},
				changes,
			);
		},
	},
	{
		name: "tells when somebody else has the host name already, and leaves it to them",
		async run(context) {
			await context.peers.claim(HOST, SOMEBODY_ELSE);
			await advertise(context, async ({ conflicts }) => {
				await eventually(context.clock, "onConflict", () => conflicts() > 0);
				await pause(context.clock, PROBE_MS);
				equal(conflicts(), 1, "conflicts");
				equal(await context.peers.heard(), [], "records for a name of somebody else");
			});
		},
	},
	{
		name: "tells once when somebody takes the host name later",
		async run(context) {
			await advertise(context, async ({ conflicts }) => {
				await ask(context, HOST, "A");
				await context.peers.claim(HOST, SOMEBODY_ELSE);
				await eventually(context.clock, "onConflict", () => conflicts() > 0);
				await context.peers.claim(HOST, SOMEBODY_ELSE);
				await pause(context.clock, 100);
				equal(conflicts(), 1, "conflicts");
			});
		},
	},
	{
		name: "goes on when packets are nonsense",
		async run(context) {
			await advertise(context, async () => {
				await context.peers.talkNonsense();
				await ask(context, HOST, "A");
			});
		},
	},
	{
		name: "says goodbye when it closes, and no longer answers, however often it is closed",
		async run(context) {
			await advertise(context, async ({ advertisement, conflicts }) => {
				await ask(context, HOST, "A");
				await Promise.all([advertisement.close(), advertisement.close()]);
				await eventually(context.clock, "the goodbye", async () =>
					(await context.peers.heard()).some(
						({ name, type, ttl }) => name === HOST && type === "A" && ttl === 0,
					),
				);
				const before = (await context.peers.heard()).length;
				await context.peers.query(HOST, "A");
				await context.peers.claim(HOST, SOMEBODY_ELSE);
				await pause(context.clock, 1200);
				equal((await context.peers.heard()).slice(before), [], "records after close()");
				equal(conflicts(), 0, "conflicts after close()");
			});
		},
	},
	{
		name: "may be closed at once",
		async run(context) {
			await advertise(context, async ({ advertisement }) => {
				await advertisement.close();
				await pause(context.clock, PROBE_MS);
				equal(await context.peers.heard(), [], "records");
			});
		},
	},
	{
		name: "advertises two services at the same time",
		async run(context) {
			await advertise(context, async () => {
				await advertise(
					context,
					async () => {
						equal(
							(await ask(context, "Other._http._tcp.local", "SRV")).data,
							"culm-other.local:81",
							"second service",
						);
						equal((await ask(context, INSTANCE, "SRV")).data, `${HOST}:8080`, "first service");
					},
					{ hostname: "culm-other", name: "Other", port: 81 },
				);
			});
		},
	},
];
