// `npm run bench`: meters what a report costs on XS, beside the naive way, and what the panel costs to draw; writes
// `docs/performance.md`. `npm run bench -- panel` measures the panel alone, for which no engine is needed.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { costOf, type PanelCost } from "../../panel/cost";
import { bundleForXs, projectFolder } from "../bundle";
import { findEngine } from "../engine";
import type { DeviceParts } from "./device";
import { deviceBytes } from "./heap";
import { type Capture, DELTAS, delta, encode, largestReport, readCaptures, readRecording } from "./messages";
import { type Printers, performancePage, type Results } from "./page";
import { panelSection, withPanelSection } from "./panel-section";
import { BenchSubject, type Memory } from "./subject";

type Way = "chamber heater" | "controller" | "naive";

/** All that such a device serves at once. */
function partsOf(way: Way, serial: string): DeviceParts | undefined {
	if (way === "naive") return undefined;
	const heater = way === "chamber heater";
	return { serial, printers: 1, liveLinks: 1, heater, pages: true, clients: heater };
}

/** Models differ in what is derived, and an H2D has the most. */
const H2D_SERIAL = "09400A000000001";
/** The quickest of so many counts: nothing else ran then. */
const TIMED_ROUNDS = 40;
/** Pages and clients are pushed to as often. */
const PUSH_INTERVAL_MS = 1_000;
/** From the full report that ends a look to the beginning of the next look, and more. */
const LOOK_SECONDS = 3;
/** Clients that come and go: what lives has to be the same afterwards. */
const VISITS_BEFORE = 50;
const VISITS = 1_000;
/** The heater's control step. */
const TICK_MS = 500;
const A1_SERIAL = "03900A000000001";

async function measure(): Promise<Results> {
	const engine = findEngine();
	const script = await bundleForXs(["./tests/xs-engine/bench/device.ts"]);

	const withSubject = async <T>(
		parts: DeviceParts | undefined,
		use: (subject: BenchSubject) => Promise<T>,
	): Promise<T> => {
		const subject = await BenchSubject.start({ enginePath: engine.path, script, parts });
		try {
			return await use(subject);
		} finally {
			subject.close();
		}
	};
	const started = <T>(
		way: Way,
		use: (subject: BenchSubject) => Promise<T>,
		serial = H2D_SERIAL,
	): Promise<T> => withSubject(partsOf(way, serial), use);

	/** Half of the printers send their reports indented. */
	const full = async ({ name, full: report }: Capture, indent: number): Promise<Results["full"][number]> => {
		const bytes = encode(report, indent);
		const cost = (way: Way) => started(way, async (subject) => (await subject.take(bytes)).computrons);
		const memory = (way: Way) => started(way, (subject) => subject.memoryOfTaking(bytes));
		const device = ({ before, peak, after }: Memory) => ({
			before: deviceBytes(before),
			peak: deviceBytes(peak),
			after: deviceBytes(after),
		});
		return {
			name,
			indented: indent > 0,
			bytes: bytes.length,
			culm: { computrons: await cost("chamber heater"), memory: device(await memory("chamber heater")) },
			naive: { computrons: await cost("naive"), memory: device(await memory("naive")) },
			whole: await started(
				"chamber heater",
				async (subject) => (await subject.take(bytes, bytes.length)).computrons,
			),
		};
	};

	const deltas = (way: Way, base: Capture, serial: string) =>
		started(
			way,
			async (subject) => {
				await subject.take(encode(base.full));
				await subject.pass(PUSH_INTERVAL_MS);
				const results: { computrons: number; push: number; sentBytes: number }[] = [];
				for (const { fields } of DELTAS) {
					const { computrons } = await subject.take(delta(fields));
					const push = await subject.pass(PUSH_INTERVAL_MS);
					results.push({ computrons, push: push.computrons, sentBytes: push.sentBytes });
				}
				return results;
			},
			serial,
		);

	/** Every other step comes with the push to the clients. */
	const heater = (): Promise<Results["heater"]> =>
		started("chamber heater", async (subject) => {
			await subject.take(encode(onH2d.full));
			await subject.pass(PUSH_INTERVAL_MS);
			const step = await subject.pass(TICK_MS);
			const stepAndPush = await subject.pass(TICK_MS);
			const snapshot = await subject.ask();
			return {
				step: step.computrons,
				push: stepAndPush.computrons - step.computrons,
				pushedBytes: stepAndPush.sentBytes,
				snapshot: snapshot.computrons,
				snapshotBytes: snapshot.sentBytes,
			};
		});

	/** So many printers, after the same full report from each. */
	const printers = async (count: number, liveLinks: number): Promise<Printers> => {
		const live = Math.min(count, liveLinks);
		const parts = {
			serial: H2D_SERIAL,
			printers: count,
			liveLinks,
			heater: false,
			pages: true,
			clients: false,
		};
		return withSubject(parts, async (subject) => {
			const bytes = encode(onH2d.full, 4);
			// Those that are looked at come first, in their turn; a look ends a second after the report.
			for (let index = live; index < count; index++) {
				await subject.select(index);
				await subject.take(bytes);
				for (let second = 0; second < LOOK_SECONDS; second++) await subject.pass(PUSH_INTERVAL_MS);
			}
			for (let index = 0; index < live; index++) {
				await subject.select(index);
				if (index < live - 1) await subject.take(bytes);
			}
			const { before, peak, after } = await subject.memoryOfTaking(bytes);
			await subject.pass(PUSH_INTERVAL_MS);
			const cost = await subject.take(delta({ nozzle_temper: 211.7 }));
			const push = await subject.pass(PUSH_INTERVAL_MS);
			return {
				count,
				live,
				bytes: bytes.length,
				memory: { before: deviceBytes(before), peak: deviceBytes(peak), after: deviceBytes(after) },
				delta: cost.computrons,
				push: push.computrons,
			};
		});
	};

	/** At rest, as the numbers of connections grow; and after clients came and went. */
	const rest = async (): Promise<Results["rest"]> => {
		const of = (parts: DeviceParts): Promise<number> =>
			withSubject(parts, async (subject) => deviceBytes(await subject.atRest()));
		const parts = { serial: "", printers: 0, liveLinks: 1, heater: true, pages: false, clients: false };
		const withPrinter = { ...parts, serial: H2D_SERIAL, printers: 1 };
		const [before, after] = await withSubject(parts, async (subject) => {
			await subject.visits(VISITS_BEFORE);
			const first = deviceBytes(await subject.atRest());
			await subject.visits(VISITS);
			return [first, deviceBytes(await subject.atRest())];
		});
		return {
			heater: await of(parts),
			printer: await of(withPrinter),
			pages: await of({ ...withPrinter, pages: true }),
			all: await of({ ...withPrinter, pages: true, clients: true }),
			visits: { count: VISITS, before, after },
		};
	};

	/** Indented or not, whichever needs more. */
	const alonePeak = async ({ full: report }: Capture): Promise<number> => {
		const parts = {
			serial: H2D_SERIAL,
			printers: 1,
			liveLinks: 1,
			heater: true,
			pages: false,
			clients: false,
		};
		const peakOf = (indent: number): Promise<number> =>
			withSubject(parts, async (subject) =>
				deviceBytes((await subject.memoryOfTaking(encode(report, indent))).peak),
			);
		return Math.max(await peakOf(0), await peakOf(4));
	};

	const recording = readRecording();
	const recordedDeltas = recording.filter(({ isFull }) => !isFull);
	/** Of the deltas; the full reports among them are not counted. */
	const recorded = (way: Way): Promise<number> =>
		started(
			way,
			async (subject) => {
				let computrons = 0;
				for (const { bytes, isFull } of recording) {
					const cost = await subject.take(bytes);
					if (!isFull) computrons += cost.computrons;
				}
				return computrons;
			},
			A1_SERIAL,
		);

	/** The full report comes first and is not timed. */
	const seconds = (way: Way): Promise<number> =>
		started(
			way,
			async (subject) => {
				await subject.take(recording.find(({ isFull }) => isFull)?.bytes ?? encode({}));
				return subject.secondsForEach(
					recordedDeltas.map(({ bytes }) => bytes),
					TIMED_ROUNDS,
				);
			},
			A1_SERIAL,
		);

	const captures = readCaptures();
	const largest = largestReport(captures);
	const find = (name: string): Capture => captures.find((capture) => capture.name === name) ?? largest;
	const fulls: Results["full"] = [];
	for (const capture of [...captures, largest])
		for (const indent of [0, 4]) fulls.push(await full(capture, indent));
	const [onA1, onH2d] = [find("a1-ams-lite"), find("h2d")];
	const [culmA1, culmH2d, pages, naive] = [
		await deltas("chamber heater", onA1, A1_SERIAL),
		await deltas("chamber heater", onH2d, H2D_SERIAL),
		await deltas("controller", onH2d, H2D_SERIAL),
		await deltas("naive", onH2d, H2D_SERIAL),
	];
	return {
		engine: engine.version,
		full: fulls,
		deltas: DELTAS.map(({ field, fields }, index) => ({
			field,
			bytes: delta(fields).length,
			a1: culmA1[index]?.computrons ?? 0,
			h2d: culmH2d[index]?.computrons ?? 0,
			naive: naive[index]?.computrons ?? 0,
			push: pages[index]?.push ?? 0,
			sentBytes: pages[index]?.sentBytes ?? 0,
			naivePush: naive[index]?.push ?? 0,
			naiveSentBytes: naive[index]?.sentBytes ?? 0,
		})),
		heater: await heater(),
		controllers: [await printers(1, 1), await printers(10, 4), await printers(10, 10)],
		rest: await rest(),
		alonePeak: await alonePeak(largest),
		recording: {
			deltas: recordedDeltas.length,
			fields: recordedDeltas.reduce((sum, { changedFields }) => sum + changedFields, 0),
			culm: { computrons: await recorded("chamber heater"), seconds: await seconds("chamber heater") },
			naive: { computrons: await recorded("naive"), seconds: await seconds("naive") },
		},
		panel: await measurePanel(),
	};
}

async function measurePanel(): Promise<readonly PanelCost[]> {
	return [await costOf("large"), await costOf("small")];
}

async function main(): Promise<void> {
	const path = join(projectFolder, "docs/performance.md");
	const page = process.argv.includes("panel")
		? withPanelSection(readFileSync(path, "utf8"), panelSection(await measurePanel()))
		: performancePage(await measure());
	writeFileSync(path, page);
	process.stdout.write(page);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
