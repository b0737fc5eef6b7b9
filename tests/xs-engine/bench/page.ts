// Writes the bench's results as `docs/performance.md`.

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
	recording: { deltas: number; fields: number; culm: Recorded; naive: Recorded };
}

/** The C3's budget for all of XS, and what of it no report can take: 384 slots of stack. */
const C3_BYTES = 96 * 1024;
const C3_STACK_BYTES = 384 * 16;
const MOST_COMPUTRONS_PER_FIELD = 3_000;

export function performancePage(results: Results): string {
	const { engine, full, deltas, recording } = results;
	const largest = full.reduce((a, b) => (b.bytes > a.bytes ? b : a));
	const peak = Math.max(...full.map(({ culm }) => culm.memory.peak));
	const total = peak + C3_STACK_BYTES;
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

The whole firmware runs: a printer's link, its report, the store, the printer manager, the live feed with eight open
pages. Only network, clock and storage are stand-ins. Messages over 1,024 bytes come in pieces of that size, as a small
board's MQTT client hands them over. "Naive" is what one would write without a thought for memory, run on the same
engine with the same messages: keep the pieces, join them, \`JSON.parse\` all of it, merge and keep all of it, and make a
text of it for each of eight pages. It derives nothing, so it has less to do.

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
| taking in the largest report, all of XS on the C3: under ${kb(C3_BYTES)} | ${kb(total)} (${kb(peak)} and ${kb(C3_STACK_BYTES)} of stack; "${largest.name}", ${kb(largest.bytes)}), which leaves ${kb(C3_BYTES - total)} to the device's network code | ${verdict(total < C3_BYTES)} |
| the report is never held whole | ${kb(largest.bytes)} of text come in, the most that is kept of it is 16 KB and a piece | met |
| a delta to all consumers: under ${n(MOST_COMPUTRONS_PER_FIELD)} computrons for each changed field | ${n(perField)} on average over a recorded print's deltas | ${verdict(perField < MOST_COMPUTRONS_PER_FIELD)} |
| the same for a delta with a single field | ${n(plain.least)} to ${n(plain.most)} | ${verdict(plain.most < MOST_COMPUTRONS_PER_FIELD)} |
| the same for a single field of a list's entry: one nozzle of two, a filament unit, a spool | ${n(inLists.least)} to ${n(inLists.most)} | ${verdict(inLists.most < MOST_COMPUTRONS_PER_FIELD)}, see [Deltas](#deltas) |
| a push to 8 pages: one serialisation | ${n(push)} computrons at most for all eight (naive: ${n(naivePush)}) | met |

Not measured here, because they do not exist yet: the Panda Breath snapshot and the heater's step. Not measurable here:
the size of the app image (\`npm run check:esp32\`), the panel's frames a second, and time on a board.

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

## Deltas

Computrons for a delta that changes one field, from the bytes to the store, the manager and the live feed: on an A1 and
on an H2D (two nozzles, filament unit). The push to the eight pages comes once a second, however many fields changed.

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

## To repeat it

\`npm run install:xs\` brings the engine and builds it from C source (about a minute; it
needs \`cc\` and \`make\`), then \`npm run bench\`. Computrons and memory do not depend on the machine's speed: the same code
gives the same numbers. The engine is that of the npm package @agoric/xsnap, older than the Moddable SDK's;
\`npm run test:xs\` runs the test suites on it.
`;
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
