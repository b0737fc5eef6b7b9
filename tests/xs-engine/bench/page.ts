// Writes the bench's results as `docs/performance.md`.

import panda from "../../../modules/boards/panda_breath/manifest.json" with { type: "json" };
import { MAX_CLIENTS } from "../../../modules/breath/protocol/clients";
import { MAX_CLIENTS as MAX_PAGES } from "../../../modules/web/live-feed";
import type { PanelCost } from "../../panel/cost";
import { panelSection } from "./panel-section";

/** Bytes on the ESP32, at most. */
interface DeviceMemory {
	before: number;
	peak: number;
	after: number;
}

/** Of the deltas of a recorded print. */
interface Recorded {
	computrons: number;
	/** A delta, on the machine that measures. */
	seconds: number;
}

/** Of a controller with so many printers. */
export interface Printers {
	count: number;
	/** Those with a connection that stays. */
	live: number;
	/** Of the full report that each of them sends. */
	bytes: number;
	/** While the last one's report comes in. */
	memory: DeviceMemory;
	/** Computrons for a delta with one field, and for the push to the pages that follows it. */
	delta: number;
	push: number;
}

export interface Results {
	engine: string;
	full: {
		name: string;
		indented: boolean;
		bytes: number;
		culm: { computrons: number; memory: DeviceMemory };
		naive: { computrons: number; memory: DeviceMemory };
		/** Culm's computrons when the message comes in one piece. */
		whole: number;
	}[];
	deltas: {
		field: string;
		bytes: number;
		a1: number;
		h2d: number;
		naive: number;
		push: number;
		sentBytes: number;
		naivePush: number;
		naiveSentBytes: number;
	}[];
	controllers: Printers[];
	/** Computrons and bytes of a chamber heater that heats. */
	heater: { step: number; push: number; pushedBytes: number; snapshot: number; snapshotBytes: number };
	/** Bytes that live at rest; each with all that the one before has. */
	rest: {
		heater: number;
		printer: number;
		pages: number;
		all: number;
		visits: { count: number; before: number; after: number };
	};
	/** Bytes at the peak of the largest report, with nobody connected. */
	alonePeak: number;
	recording: { deltas: number; fields: number; culm: Recorded; naive: Recorded };
	/** Of both sizes. */
	panel: readonly PanelCost[];
}

/** The C3's budget for all of XS, and what of it no report can take: its slots of stack. */
const C3_BYTES = 96 * 1024;
const C3_STACK_BYTES = panda.creation.stack * 16;
/** The stock firmware's clients read no longer frame. */
const MOST_SNAPSHOT_BYTES = 4 * 1024;
/** `creation.static` in the board's manifest. */
const C3_HEAP_BYTES = panda.creation.static;
const MOST_COMPUTRONS_PER_FIELD = 3_000;
/** The S3's budget for all of XS. */
const S3_BYTES = 256 * 1024;

export function performancePage(results: Results): string {
	const { engine, full, deltas, heater, controllers, rest, alonePeak, recording } = results;
	const largest = full.reduce((a, b) => (b.bytes > a.bytes ? b : a));
	const peak = Math.max(...full.map(({ culm }) => culm.memory.peak));
	const total = peak + C3_STACK_BYTES;
	const alone = alonePeak + C3_STACK_BYTES;
	const [one, ten, allLive] = controllers;
	const perField = Math.round(recording.culm.computrons / recording.fields);
	const wanted = deltas.filter(({ field }) => !field.includes("not wanted"));
	const range = (inLists: boolean) => {
		const costs = wanted
			.filter(({ field }) => field.includes("[") === inLists)
			.flatMap(({ a1, h2d }) => [a1, h2d]);
		return { least: Math.min(...costs), most: Math.max(...costs) };
	};
	const [plain, inLists] = [range(false), range(true)];
	const fixed = deltas.find(({ field }) => field.includes("not wanted"))?.h2d ?? 0;
	const push = Math.max(...deltas.map((entry) => entry.push));
	const naivePush = Math.max(...deltas.map((entry) => entry.naivePush));
	return `# Performance on XS

Measured on ${engine} by \`npm run bench\`, which writes this page. Do not edit it by hand: its words are in
\`tests/xs-engine/bench/page.ts\`.

The whole firmware of a chamber heater runs on the C3's terms: it heats, follows a printer (link, report, store, manager),
serves ${MAX_PAGES} open pages and ${MAX_CLIENTS} clients of the Panda Breath protocol. Only network, clock, storage and the heater's
hardware are stand-ins. Messages over 1,024 bytes come in pieces of that size, as a small
board's MQTT client hands them over. "Naive" is what one would write without a thought for memory, run on the same
engine with the same messages: keep the pieces, join them, \`JSON.parse\` all of it, merge and keep all of it, and make a
text of it for each of ${MAX_PAGES} pages. It derives nothing, so it has less to do.

- **Computrons** are XS's own meter: about one for each step of bytecode. Native work (\`JSON.parse\`,
  \`JSON.stringify\`, decoding UTF-8) is hardly counted, so the naive way looks cheaper here than it is.
- **Memory** is what the heap has to grow to when nothing else gives it room, above what the code itself takes (which
  is in flash on the device). It is found by taking all free room out of a heap snapshot before the message comes in.
  Slots count with the 16 bytes they have on the ESP32; chunks count as on the 64-bit host, where their headers are
  larger. So the device needs less than these numbers for the same. What the device's own network code holds in XS
  (sockets, MQTT and HTTP clients) and XS's table of names come on top; they are not in these numbers.

## Against the budgets

| budget | measured | |
| --- | --- | --- |
| taking in the largest report, all of XS on the C3: under ${kb(C3_BYTES)} | ${kb(alone)} (${kb(alonePeak)} and ${kb(C3_STACK_BYTES)} of stack; "${largest.name}", ${kb(largest.bytes)}) | ${verdict(alone < C3_BYTES)} |
| the same while ${MAX_PAGES} pages and ${MAX_CLIENTS} clients are connected: under the ${kb(C3_HEAP_BYTES)} that the board gives to XS | ${kb(total)}, which leaves ${kb(C3_HEAP_BYTES - total)} to the network code, see [Memory at rest](#memory-at-rest) | ${verdict(total < C3_HEAP_BYTES)} |
| the report is never held whole | ${kb(largest.bytes)} of text come in, the most that is kept of it is 16 KB and a piece | met |
| a delta to all consumers: under ${n(MOST_COMPUTRONS_PER_FIELD)} computrons for each changed field | ${n(perField)} on average over a recorded print's deltas | ${verdict(perField < MOST_COMPUTRONS_PER_FIELD)} |
| the same for a delta with a single field | ${n(plain.least)} to ${n(plain.most)} | ${verdict(plain.most < MOST_COMPUTRONS_PER_FIELD)} |
| the same for a single field of a list's entry: one nozzle of two, a filament unit, a spool | ${n(inLists.least)} to ${n(inLists.most)} | ${verdict(inLists.most < MOST_COMPUTRONS_PER_FIELD)}, see [Deltas](#deltas) |
| ten printers at once on a controller, all of XS on the S3: under ${kb(S3_BYTES)} | ${kb(ten?.memory.peak ?? 0)} at the peak, see [Ten printers](#ten-printers) | ${verdict((ten?.memory.peak ?? 0) < S3_BYTES)} |
| a push to ${MAX_CLIENTS} clients of the Panda Breath protocol: one serialisation | ${n(heater.push)} computrons for all of them, ${n(heater.pushedBytes / MAX_CLIENTS)} bytes each | met |
| a push to ${MAX_PAGES} pages: one serialisation | ${n(push)} computrons at most for all of them (naive: ${n(naivePush)}) | met |
| the Panda Breath snapshot: under ${n(MOST_SNAPSHOT_BYTES)} bytes | ${n(heater.snapshotBytes)} bytes, ${n(heater.snapshot)} computrons | ${verdict(heater.snapshotBytes < MOST_SNAPSHOT_BYTES)} |
| the heater's control step, twice a second | ${n(heater.step)} computrons | no budget |

Not measurable here: the size of the app image (\`npm run check:esp32\`), the panel's frames a second, and time on a board.

## Memory at rest

Of a chamber heater, by the same measure, each line with all that the one before has:

| | KB |
| --- | --- |
| the heater, its page and protocol served, nobody there | ${(rest.heater / 1024).toFixed(1)} |
| and a printer that is connected | ${(rest.printer / 1024).toFixed(1)} |
| and ${MAX_PAGES} open pages | ${(rest.pages / 1024).toFixed(1)} |
| and ${MAX_CLIENTS} clients of the Panda Breath protocol | ${(rest.all / 1024).toFixed(1)} |

${n(rest.visits.count)} clients that come, are welcomed, turn heat on and off and go leave ${n(rest.visits.after - rest.visits.before)} bytes.

The network code's share is measured where there is one: \`npm run test:moddable -- firmware\` tells what each page and client
takes in Moddable's simulator, whose slots are twice as large as the device's. Therefore the C3 gives ${kb(C3_HEAP_BYTES)} to XS:
${kb(C3_BYTES)} for what the firmware does, the rest for twelve connections at once.

## Full reports

Memory is before / at the peak / after, in KB of 1,024 bytes. "In one piece" is the same message when the network hands
it over at once, as on larger boards: it is then parsed natively and not metered.

| report | bytes | computrons | in one piece | naive | memory | naive |
| --- | --- | --- | --- | --- | --- | --- |
${full
	.map(
		({ name, indented, bytes, culm, naive, whole }) =>
			`| ${name}${indented ? ", indented" : ""} | ${n(bytes)} | ${n(culm.computrons)} | ${n(whole)} | ${n(naive.computrons)} | ${memory(culm.memory)} | ${memory(naive.memory)} |`,
	)
	.join("\n")}

"${largest.name}" is the H2D's capture with the units of the X1C's: the largest reports of such printers have 36 KB, and
no capture here is that large. The naive way keeps fewer bytes of a small report than Culm, whose link, settings, pages
and derived state are in its numbers; at the peak it needs the more, the larger a report is.

## Ten printers

A controller, without a heater, with ${MAX_PAGES} open pages. Every printer is an H2D that sends its full report of ${kb(one?.bytes ?? 0)}, indented. Memory is
before / at the peak / after the report of the last one that has a connection which stays; then it sends a delta with one field. A
controller has 4 such connections, and looks at the other printers in turn: of these the state is kept, and not the report. What a connection takes outside of XS (40 to 50 KB for TLS) is not in these numbers.

| printers | connected | memory | computrons for a delta | for the push |
| --- | --- | --- | --- | --- |
${controllers.map(({ count, live, memory: bytes, delta, push }) => `| ${count} | ${live} | ${memory(bytes)} | ${n(delta)} | ${n(push)} |`).join("\n")}

A connected printer takes ${kb(bytesEach(one, allLive))}: its report, its state and its link. Others cost a delta nothing.

## Deltas

Computrons for a delta that changes one field, from the bytes to the store, the manager, the chamber heater, the Panda
Breath protocol and the live feed: on an A1 and on an H2D (two nozzles, filament unit). The push to the ${MAX_PAGES} pages comes
once a second, however many fields changed; it is measured on a controller without a heater, whose step would be in it.

| field | bytes | A1 | H2D | naive | push (H2D) | bytes pushed | naive push | bytes pushed |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${deltas
	.map(
		(entry) =>
			`| ${entry.field} | ${entry.bytes} | ${n(entry.a1)} | ${n(entry.h2d)} | ${n(entry.naive)} | ${n(entry.push)} | ${n(entry.sentBytes)} | ${n(entry.naivePush)} | ${n(entry.naiveSentBytes)} |`,
	)
	.join("\n")}

A message costs ${n(fixed)} computrons before it changes anything. A field of a list's entry is over the budget: the parser has
to be told a hundred names instead of forty, each object on the way is merged by itself (about 200), the entry is found
by its id (about 500), and what is derived from it is compared level by level. Only the nozzle, unit or spool that
changed is derived anew. What speaks of all units at once (\`ams_exist_bits\`, \`tray_exist_bits\`, bit 7 of \`home_flag\`) makes
all of them anew, which costs several times as much, but comes only when somebody changes a spool or a setting.

The parser is told names because XS keeps the name of every key that it ever builds for good. It compares each name with
all others, natively and so hardly metered: a hundred names take three times as long as forty. Regular expressions are
compiled each time they are come by, so what every report passes through has none.

A recorded print of an A1 has ${n(recording.deltas)} deltas (with ${n(recording.fields)} changes of wanted fields; some deltas have none): ${n(recording.culm.computrons)}
computrons, ${n(perField)} a changed field (naive: ${n(recording.naive.computrons)}, ${n(recording.naive.computrons / recording.fields)} a field, and nothing derived from it). On the machine
that wrote this page a delta took ${microseconds(recording.culm.seconds)} on average (naive: ${microseconds(recording.naive.seconds)}), native work and all.

${panelSection(results.panel)}
## To repeat it

\`npm run install:xs\` brings the engine and builds it from C source (about a minute; it
needs \`cc\` and \`make\`), then \`npm run bench\`. Computrons and memory do not depend on the machine's speed: the same code
gives the same numbers. The engine is that of the npm package @agoric/xsnap, older than the Moddable SDK's;
\`npm run test:xs\` runs the test suites on it.
`;
}

/** That each further printer takes. */
function bytesEach(few: Printers | undefined, many: Printers | undefined): number {
	return few && many ? (many.memory.after - few.memory.after) / (many.count - few.count) : 0;
}

function microseconds(seconds: number): string {
	return `${Math.round(seconds * 1e6)} µs`;
}

function n(value: number): string {
	return Math.round(value).toLocaleString("en-GB");
}

function kb(bytes: number): string {
	return `${(bytes / 1024).toFixed(1)} KB`;
}

function memory({ before, peak, after }: DeviceMemory): string {
	return [before, peak, after].map((bytes) => (bytes / 1024).toFixed(1)).join(" / ");
}

function verdict(met: boolean): string {
	return met ? "met" : "**missed**";
}
