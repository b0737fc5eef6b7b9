// A BambuPrinter on fakes, for tests that hand it messages and look at its state.

import { readFileSync } from "node:fs";
import { parts as allParts } from "../../../../modules/boards/controller_parts/parts";
import type { Random } from "../../../../modules/platform/random";
import { BambuPrinter } from "../../../../modules/printers/bambu/bambu-printer";
import type { JobFiles } from "../../../../modules/printers/job-files";
import { FakeMqtt } from "../../../fakes/fake-mqtt";
import { FakeTls } from "../../../fakes/fake-tls";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { textCodec } from "../../../fakes/text-codec";

export const ACCESS_CODE = "k3yc0de9";

export interface BenchPrinter {
	printer: BambuPrinter;
	mqtt: FakeMqtt;
	/** Of the camera. */
	tls: FakeTls;
	clock: ManualClock;
	log: MemoryLog;
	/** Connects, if that is still to be done, and delivers the message. */
	deliver(message: unknown, pieceBytes?: number): void;
}

export function benchPrinter({
	serial = "01P00A000000001",
	random = () => 0.5,
	pinnedSha256 = "",
	spoolDetails = true,
	jobFiles,
}: {
	serial?: string;
	random?: Random;
	pinnedSha256?: string;
	spoolDetails?: boolean;
	jobFiles?: JobFiles;
} = {}): BenchPrinter {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const mqtt = new FakeMqtt();
	const tls = new FakeTls();
	const printer = new BambuPrinter({
		clock,
		random,
		log,
		mqtt,
		tls,
		cameraFrameBytes: 100_000,
		text: textCodec,
		authorities: [],
		clientId: "culm-test-0",
		name: "",
		host: "192.0.2.7",
		port: 8883,
		serial,
		accessCode: ACCESS_CODE,
		pinnedSha256,
		spoolDetails,
		jobFiles,
		openCommands: allParts.openCommands,
		openCamera: allParts.cameras?.openCamera,
		openJobFilaments: allParts.spools?.openJobFilaments,
		faultText: allParts.faultText,
	});
	const deliver = (message: unknown, pieceBytes?: number): void => {
		if (mqtt.connections.length === 0) {
			printer.start();
			mqtt.last.accept();
			mqtt.last.grant();
		}
		mqtt.last.deliver(message, pieceBytes);
	};
	return { printer, mqtt, tls, clock, log, deliver };
}

export type Json = { [key: string]: unknown };

const captures = new URL("../../../fixtures/bambu/", import.meta.url);

/** A capture of one moment: full report, versions, and any deltas, by their keys. */
export function readCapture(name: string): Record<string, Json> {
	return JSON.parse(readFileSync(new URL(`${name}.json`, captures), "utf8")) as Record<string, Json>;
}

/** The messages of a recorded print, in order. */
export function readRecording(name: string): { t: number; report: Json }[] {
	return readFileSync(new URL(`${name}.jsonl`, captures), "utf8")
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as { t: number; report: Json });
}
