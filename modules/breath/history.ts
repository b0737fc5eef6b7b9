// The last hours of the chamber, for the page's chart: five bytes a sample, since there are hundreds.

/** A sample's mean is taken over this long. */
export const HISTORY_INTERVAL_MS = 30_000;
/** Four hours. */
export const HISTORY_SAMPLES = 480;

/** Where each whole number of a sample is: element and target in degrees, duty in percent. */
const ELEMENT = 0;
const TARGET = 1;
const DUTY = 2;
const FIELDS = 3;
/** Neither is ever measured: a thermistor's table ends at 125 °C. */
const UNKNOWN_TENTHS = -32768;
const UNKNOWN_DEGREES = 255;

/** Oldest first; `null` where there was no good reading. */
export interface History {
	intervalSeconds: number;
	/** °C, to a tenth. */
	chamber: (number | null)[];
	/** °C. */
	ptc: (number | null)[];
	/** °C; 0 is no heat. */
	target: number[];
	/** Percent of full power. */
	duty: number[];
}

export interface HistoryMoment {
	/** °C. */
	chamber: number | undefined;
	/** °C. */
	element: number | undefined;
	/** °C. */
	target: number;
	/** 0 to 1. */
	duty: number;
}

export class ChamberHistory {
	private readonly chamberTenths = new Int16Array(HISTORY_SAMPLES);
	private readonly others = new Uint8Array(HISTORY_SAMPLES * FIELDS);
	private count = 0;
	/** That there ever were. */
	#total = 0;
	/** Where the next sample goes. */
	private next = 0;
	private elapsedMs = 0;
	private dutyMs = 0;

	/** What was measured at the end of the last `elapsedMs`. A sample is kept when an interval is full. */
	add({ chamber, element, target, duty }: HistoryMoment, elapsedMs: number): void {
		this.elapsedMs += elapsedMs;
		this.dutyMs += duty * elapsedMs;
		if (this.elapsedMs < HISTORY_INTERVAL_MS) return;
		this.chamberTenths[this.next] = chamber === undefined ? UNKNOWN_TENTHS : Math.round(chamber * 10);
		const place = this.next * FIELDS;
		this.others[place + ELEMENT] = element === undefined ? UNKNOWN_DEGREES : Math.round(element);
		this.others[place + TARGET] = target;
		this.others[place + DUTY] = Math.round((this.dutyMs / this.elapsedMs) * 100);
		this.next = (this.next + 1) % HISTORY_SAMPLES;
		if (this.count < HISTORY_SAMPLES) this.count++;
		this.#total++;
		this.elapsedMs = 0;
		this.dutyMs = 0;
	}

	/** Samples that there are. */
	get length(): number {
		return this.count;
	}

	/** Samples that there ever were. */
	get total(): number {
		return this.#total;
	}

	/** °C, to a tenth, of a sample, 0 being the oldest; NaN without a good reading, or a sample. */
	chamberAt(index: number): number {
		if (!this.has(index)) return Number.NaN;
		const tenths = this.chamberTenths[this.placeOf(index)];
		return tenths === undefined || tenths === UNKNOWN_TENTHS ? Number.NaN : tenths / 10;
	}

	/** °C; 0 is no heat. Likewise. */
	targetAt(index: number): number {
		return this.has(index) ? (this.others[this.placeOf(index) * FIELDS + TARGET] ?? 0) : 0;
	}

	/** A {@link History} as JSON, written value by value: as lists of numbers it would take 30 KB on XS. */
	toJson(): string {
		const chamber = this.list((index) => {
			const tenths = this.chamberTenths[index];
			return tenths === UNKNOWN_TENTHS ? "null" : String((tenths ?? 0) / 10);
		});
		const ptc = this.list((index) => {
			const degrees = this.others[index * FIELDS + ELEMENT];
			return degrees === UNKNOWN_DEGREES ? "null" : String(degrees);
		});
		const target = this.list((index) => String(this.others[index * FIELDS + TARGET]));
		const duty = this.list((index) => String(this.others[index * FIELDS + DUTY]));
		const seconds = HISTORY_INTERVAL_MS / 1000;
		return `{"intervalSeconds":${seconds},"chamber":${chamber},"ptc":${ptc},"target":${target},"duty":${duty}}`;
	}

	private has(index: number): boolean {
		return Number.isInteger(index) && index >= 0 && index < this.count;
	}

	private placeOf(index: number): number {
		return (this.next - this.count + index + HISTORY_SAMPLES) % HISTORY_SAMPLES;
	}

	/** Oldest first. */
	private list(textAt: (index: number) => string): string {
		let text = "";
		for (let index = 0; index < this.count; index++) text += `${text && ","}${textAt(this.placeOf(index))}`;
		return `[${text}]`;
	}
}
