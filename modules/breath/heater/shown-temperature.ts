// A temperature as people see it: the mean of the last five samples.

const SAMPLES = 5;

export class ShownTemperature {
	private readonly samples = new Float32Array(SAMPLES);
	private count = 0;
	private next = 0;

	/** °C; `undefined` when the last sample was bad. */
	get celsius(): number | undefined {
		if (this.count === 0) return undefined;
		let sum = 0;
		for (let index = 0; index < this.count; index++) sum += this.samples[index] ?? 0;
		return sum / this.count;
	}

	/** A sample in °C, and what is added to it; `undefined` is a bad one: what was before it says nothing about now. */
	take(celsius: number | undefined, offset: number): void {
		if (celsius === undefined) {
			this.forget();
			return;
		}
		this.samples[this.next] = celsius + offset;
		this.next = (this.next + 1) % SAMPLES;
		this.count = Math.min(this.count + 1, SAMPLES);
	}

	forget(): void {
		this.count = 0;
		this.next = 0;
	}
}
