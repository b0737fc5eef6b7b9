// npm run pictures:moddable: the panel in Moddable's simulator, connected to a virtual printer that prints, in both sizes.
// Writes docs/images/panel-in-moddable-simulator-large.png and -small.png. Takes Xvfb and dbus-run-session, on Linux.

import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClock } from "../../sim/host/clock";
import { PrinterBroker } from "../../sim/printers/bambu/broker";
import { openCertificates, type PrinterCertificates } from "../../sim/printers/bambu/certificates";
import { VirtualBambuPrinter } from "../../sim/printers/bambu/virtual-printer";
import { SIZES, type SizeName } from "../../tests/golden/golden-scene";
import { encodePng, type Picture } from "../../tests/golden/node/picture";
import { buildApp } from "./build-app";
import { runCommand, say } from "./command";
import { Firmware } from "./firmware";
import { endOnSignals } from "./programs";
import { findSdk, type Sdk } from "./sdk";
import { freePort } from "./simulator";

const IMAGES = "docs/images";
const DEVICES = "sim/mcsim";
const OUTPUT = "build/moddable";
const SERIAL = "01P00A000000001";
const ACCESS_CODE = "k4t8m2wd";
/** How much faster than real time the virtual printer prints. */
const SPEED = 60;
/** Of its job: between its changes of filament. */
const PERCENT = 55;
const LIMIT_MS = 120_000;
/** What came last is drawn. */
const DRAWN_MS = 2000;

async function main(): Promise<number> {
	const sdk = findSdk();
	const { path, warnings } = await buildApp({ sdk, folder: ".", output: OUTPUT });
	for (const warning of warnings) say(warning);
	const certificates = await openCertificates({ serial: SERIAL, wallTimeMs: Date.now() });
	for (const size of ["large", "small"] as const)
		save(`panel-in-moddable-simulator-${size}`, await take(sdk, path, size, certificates));
	return warnings.length === 0 ? 0 : 1;
}

async function take(
	sdk: Sdk,
	app: string,
	size: SizeName,
	certificates: PrinterCertificates,
): Promise<Picture> {
	const { width, height } = SIZES[size];
	const directory = mkdtempSync(join(tmpdir(), "culm-moddable-pictures-"));
	const printer = new VirtualBambuPrinter({
		clock: createClock({ speed: SPEED }),
		serial: SERIAL,
		accessCode: ACCESS_CODE,
	});
	const broker = new PrinterBroker({ printer, certificates });
	let firmware: Firmware | undefined;
	try {
		const { port } = await broker.listen({ port: 0, address: "127.0.0.1" });
		printer.start();
		printer.startJob({ name: "Benchy" });
		firmware = await Firmware.start({
			sdk,
			app,
			directory,
			headless: true,
			device: { folder: join(DEVICES, size), width, height },
			webPort: await freePort(),
			printer: { host: "127.0.0.1", port, serial: SERIAL, accessCode: ACCESS_CODE },
			authorities: certificates.authorities,
		});
		await untilPrinted(firmware, PERCENT);
		await sleep(DRAWN_MS);
		return firmware.simulator.picture();
	} finally {
		await firmware?.end();
		await broker.close();
		printer.close();
		rmSync(directory, { recursive: true, force: true });
	}
}

async function untilPrinted(firmware: Firmware, percent: number): Promise<void> {
	const giveUpAt = Date.now() + LIMIT_MS;
	while (Date.now() < giveUpAt) {
		const [printer] = (await firmware.state()).printers;
		if (printer?.link === "online" && (printer.job?.percent ?? 0) >= percent) return;
		await sleep(200);
	}
	throw new Error(`the virtual printer was not at ${percent} % within ${LIMIT_MS} ms`);
}

function save(name: string, picture: Picture): void {
	const file = join(IMAGES, `${name}.png`);
	writeFileSync(file, encodePng(picture));
	say(`${file}, ${picture.width} × ${picture.height}, ${Math.ceil(statSync(file).size / 1024)} KB`);
}

endOnSignals();
runCommand(main);
