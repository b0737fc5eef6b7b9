// The command line of the virtual Kobra alone.

import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { LAN_BROKER_PORT } from "./lan-broker";
import { LAN_DOOR_PORT } from "./lan-door";
import { defaultModelIds, findKobraModel, type KobraModel, kobraModels } from "./models";
import { isKobraSwitch, type KobraSwitch, kobraSwitchNames } from "./switches";

export interface KobraOptions {
	model: KobraModel;
	deviceId?: string;
	speed: number;
	/** Prints something from the start. */
	hasJob: boolean;
	switches: readonly KobraSwitch[];
	/** A broker to join, or a place in the LAN. */
	way:
		| { kind: "broker"; url: string; caFile?: string; certFile?: string; keyFile?: string }
		| { kind: "lan"; address: string; port: number; brokerPort: number; storage?: string };
}

export type KobraCommandLine =
	| { kind: "run"; options: KobraOptions }
	| { kind: "help" }
	| { kind: "bad"; message: string };

const MAX_SPEED = 1000;

const flags = {
	broker: { type: "string" },
	ca: { type: "string" },
	cert: { type: "string" },
	key: { type: "string" },
	lan: { type: "boolean" },
	address: { type: "string" },
	port: { type: "string" },
	"broker-port": { type: "string" },
	storage: { type: "string" },
	model: { type: "string" },
	id: { type: "string" },
	speed: { type: "string" },
	job: { type: "boolean" },
	switch: { type: "string", multiple: true },
	help: { type: "boolean" },
} as const;

const onlyOf = {
	broker: ["ca", "cert", "key"],
	lan: ["address", "port", "broker-port", "storage"],
} as const;

export const helpText = `A virtual Anycubic Kobra, for trying and testing.

  npm run kobra -- --broker URL [options]
  npm run kobra -- --lan [options]

A Kobra 2, which is a client of a broker
  --broker URL     mqtt://[USER:PASSWORD@]HOST[:PORT], or mqtts://…
  --ca FILE        mqtts: trust the authorities in FILE (PEM)
  --cert FILE      mqtts: show this certificate (PEM); needs --key
  --key FILE       its private key (PEM)

A Kobra 3, S1, 4 or X, which has a broker of its own in LAN mode
  --lan
  --address A      IP address it listens on (default 127.0.0.1); others have to reach it by that address
  --port N         port of its handshake (default ${LAN_DOOR_PORT})
  --broker-port N  port of its broker (default ${LAN_BROKER_PORT})
  --storage DIR    keep its certificates in DIR; otherwise they are new at every start

Either
  --model M        id or name (default ${defaultModelIds.broker}, with --lan ${defaultModelIds.lan}):
                   ${modelList("broker")};
                   ${modelList("lan")}
  --id HEX         its device id, 32 hexadecimal digits
  --speed N        its time runs N times as fast (default 1, at most ${MAX_SPEED})
  --job            it prints something from the start
  --switch NAME    something is wrong with it; may be given several times:
                   ${kobraSwitchNames.join(", ")}
  --help           this text
`;

/** Never throws: what is wrong comes back as `bad`, in words for the person who typed it. */
export function parseKobraCommandLine(args: readonly string[]): KobraCommandLine {
	let values: Values;
	try {
		values = parse(args);
	} catch (error) {
		return bad(error instanceof Error ? error.message : String(error));
	}
	if (values.help) return { kind: "help" };
	const kind = values.lan ? "lan" : "broker";
	if ((values.broker === undefined) === (kind === "broker"))
		return bad("Give either --broker URL, for a Kobra 2, or --lan, for the others.");
	const stranger = onlyOf[kind === "lan" ? "broker" : "lan"].find((name) => values[name] !== undefined);
	if (stranger) return bad(`--${stranger} does not go with --${kind}.`);
	const model = findKobraModel(values.model ?? defaultModelIds[kind]);
	if (model?.way !== kind) return bad(`--model has to be one of ${modelList(kind)}.`);
	if (values.id !== undefined && !/^[0-9a-f]{32}$/i.test(values.id))
		return bad("--id has to be 32 hexadecimal digits.");
	const speed = Number(values.speed ?? "1");
	if (!(speed > 0 && speed <= MAX_SPEED))
		return bad(`--speed has to be a number above 0, up to ${MAX_SPEED}.`);
	const switches = values.switch ?? [];
	if (!switches.every(isKobraSwitch)) return bad(`--switch has to be one of ${kobraSwitchNames.join(", ")}.`);
	const way = kind === "lan" ? lanWay(values) : brokerWay(values);
	if (typeof way === "string") return bad(way);
	const options: KobraOptions = {
		model,
		speed,
		hasJob: values.job ?? false,
		switches,
		way,
		...(values.id !== undefined && { deviceId: values.id.toLowerCase() }),
	};
	return { kind: "run", options };
}

type Values = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
	return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values;
}

/** What is wrong, as a sentence. */
function brokerWay({ broker = "", ca, cert, key }: Values): KobraOptions["way"] | string {
	const url = URL.canParse(broker) ? new URL(broker) : undefined;
	const isSecure = url?.protocol === "mqtts:";
	if (url === undefined || url.hostname === "" || (!isSecure && url.protocol !== "mqtt:"))
		return "--broker has to be mqtt://HOST[:PORT] or mqtts://HOST[:PORT], such as mqtt://192.168.1.5:1883.";
	if (!isSecure && (ca ?? cert ?? key) !== undefined)
		return "--ca, --cert and --key are for a broker with mqtts://.";
	if ((cert === undefined) !== (key === undefined)) return "--cert and --key go together.";
	return {
		kind: "broker",
		url: broker,
		...(ca !== undefined && { caFile: ca }),
		...(cert !== undefined && { certFile: cert }),
		...(key !== undefined && { keyFile: key }),
	};
}

/** What is wrong, as a sentence. */
function lanWay(values: Values): KobraOptions["way"] | string {
	const { address = "127.0.0.1", storage } = values;
	if (isIP(address) === 0 || address === "0.0.0.0" || address === "::")
		return "--address has to be one IP address of this computer: the printer tells it to its clients.";
	const port = portOf(values.port ?? String(LAN_DOOR_PORT));
	const brokerPort = portOf(values["broker-port"] ?? String(LAN_BROKER_PORT));
	if (port === undefined || brokerPort === undefined)
		return "--port and --broker-port have to be whole numbers from 1 to 65535.";
	if (port === brokerPort) return "--port and --broker-port have to differ.";
	if (storage === "") return "--storage has to name a folder.";
	return { kind: "lan", address, port, brokerPort, ...(storage !== undefined && { storage }) };
}

function portOf(text: string): number | undefined {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	return port >= 1 && port <= 65535 ? port : undefined;
}

function modelList(kind: KobraModel["way"]): string {
	return kobraModels
		.filter(({ way }) => way === kind)
		.map(({ id, name }) => `${id} (${name.replace("Anycubic ", "")})`)
		.join(", ");
}

function bad(message: string): KobraCommandLine {
	return { kind: "bad", message };
}
