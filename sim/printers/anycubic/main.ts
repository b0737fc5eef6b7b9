// `npm run kobra`: the virtual Kobra alone.

import { readFile } from "node:fs/promises";
import { PortError } from "../../../modules/platform/port-error";
import { createClock } from "../../host/clock";
import { createLog } from "../../host/log";
import { BrokerConnection, type BrokerTarget } from "./broker-connection";
import { helpText, type KobraOptions, parseKobraCommandLine } from "./command-line";
import { openLanMode } from "./lan-mode";
import { VirtualKobra } from "./virtual-kobra";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const parsed = parseKobraCommandLine(process.argv.slice(2));
switch (parsed.kind) {
	case "help":
		process.stdout.write(helpText);
		break;
	case "bad":
		complain(`${parsed.message}\nAll options: npm run kobra -- --help`, EXIT_USAGE);
		break;
	case "run":
		await run(parsed.options);
		break;
}

async function run({ model, deviceId, speed, hasJob, switches, way }: KobraOptions): Promise<void> {
	const printer = new VirtualKobra({
		clock: createClock({ speed }),
		model: model.id,
		...(deviceId !== undefined && { deviceId }),
	});
	let close: () => Promise<void>;
	try {
		for (const name of switches) printer.switches.set(name, true);
		if (hasJob) printer.startJob();
		close = await connect(printer, way);
	} catch (error) {
		printer.close();
		if (!(error instanceof PortError)) throw error;
		complain(error.message, EXIT_FAILED);
		return;
	}
	printer.start();
	process.stdout.write(`  ${model.name}, device id ${printer.address.deviceId}\n\nCtrl-C ends it.\n\n`);
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.once(signal, () => {
			process.stdout.write("\nEnding…\n");
			void close().finally(() => printer.close());
		});
}

/** Resolves with what ends it. */
async function connect(printer: VirtualKobra, way: KobraOptions["way"]): Promise<() => Promise<void>> {
	const log = createLog(process.stderr);
	if (way.kind === "lan") {
		const { address, port, brokerPort, storage } = way;
		const lan = await openLanMode({
			printer,
			address,
			port,
			brokerPort,
			wallTimeMs: Date.now(),
			onError: (message) => log.warn(message),
			...(storage !== undefined && { directory: storage }),
		});
		process.stdout.write(
			`\n  Virtual Kobra  http://${address}:${lan.port}/info\n  Certificate    ${lan.sha256}\n`,
		);
		return () => lan.close();
	}
	const target = await readTarget(way);
	const { host } = new URL(way.url);
	const connection = new BrokerConnection({
		printer,
		target,
		onStatus: (status, help) =>
			status === "connected" ? log.info(`connected to ${host}`) : log.warn(`${host}: ${help}`),
	});
	connection.start();
	process.stdout.write(`\n  Virtual Kobra  at the broker ${host}\n`);
	return () => connection.close();
}

async function readTarget(way: KobraOptions["way"] & { kind: "broker" }): Promise<BrokerTarget> {
	const { url, caFile, certFile, keyFile } = way;
	return {
		url,
		...(caFile !== undefined && { authorities: [await read(caFile)] }),
		...(certFile !== undefined &&
			keyFile !== undefined && {
				identity: { certificate: await read(certFile), privateKey: await read(keyFile) },
			}),
	};
}

async function read(file: string): Promise<string> {
	try {
		return await readFile(file, "utf8");
	} catch (cause) {
		throw new PortError("storage", `${file} cannot be read`, { cause });
	}
}

function complain(message: string, exitCode: number): void {
	process.stderr.write(`${message}\n`);
	process.exitCode = exitCode;
}
