// npm run chart:heater: heats the simulated chamber from 22 to 55 °C in accelerated time, with the firmware's control
// and with a plain thermostat, says how well each did, and draws docs/images/chamber-22-to-55.svg.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
	firmwareControl,
	type Performance,
	performanceOf,
	type RunOptions,
	run,
	type Sample,
	thermostatControl,
} from "./heater-run";
import { type Point, svgOf } from "./svg-chart";

const OUTPUT = "docs/images/chamber-22-to-55.svg";
const TARGET = 55;
const MINUTES = 45;
/** A point each 5 s: three to a pixel. */
const SAMPLES_A_POINT = 10;

const common: Omit<RunOptions, "control"> = {
	target: TARGET,
	volumeLitres: 40,
	ambientCelsius: 22,
	durationMs: MINUTES * 60_000,
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const firmware = run({ ...common, control: firmwareControl });
const thermostat = run({ ...common, control: thermostatControl });
const results = {
	"the firmware's control": performanceOf(firmware, TARGET),
	"a thermostat of 1 °C": performanceOf(thermostat, TARGET),
};

mkdirSync(dirname(OUTPUT), { recursive: true });
writeFileSync(OUTPUT, draw());
say(
	`${common.volumeLitres} l from ${common.ambientCelsius} to ${TARGET} °C, ${MINUTES} minutes, the air itself:\n`,
);
for (const [name, performance] of Object.entries(results)) say(`${name}\n${words(performance)}\n`);
say(OUTPUT);

function words(performance: Performance): string {
	const { riseSeconds, overshoot, settledSeconds, lowest, highest, duty, switchings, hottestElement } =
		performance;
	return [
		`  reached the target after   ${minutes(riseSeconds)}`,
		`  overshoot                  ${overshoot.toFixed(2)} °C`,
		`  within 1 °C for good from  ${minutes(settledSeconds)}`,
		`  last third of the time     ${lowest.toFixed(2)} to ${highest.toFixed(2)} °C`,
		`  heater on in it            ${(100 * duty).toFixed(1)} % of the time, ${switchings.toFixed(0)} times an hour`,
		`  hottest element            ${hottestElement.toFixed(1)} °C`,
	].join("\n");
}

function minutes(seconds: number | undefined): string {
	return seconds === undefined ? "never" : `${(seconds / 60).toFixed(1)} min`;
}

function draw(): string {
	const ours = results["the firmware's control"];
	const plain = results["a thermostat of 1 °C"];
	return svgOf({
		title: `A chamber of ${common.volumeLitres} l, heated from ${common.ambientCelsius} to ${TARGET} °C`,
		description:
			`Simulated. The chamber reaches ${TARGET} °C after ${minutes(ours.riseSeconds)}, overshoots by ` +
			`${ours.overshoot.toFixed(1)} °C and then stays between ${ours.lowest.toFixed(1)} and ${ours.highest.toFixed(1)} °C ` +
			`with the heater on for ${(100 * ours.duty).toFixed(0)} % of the time. A thermostat with a hysteresis of 1 °C ` +
			`overshoots by ${plain.overshoot.toFixed(1)} °C and swings between ${plain.lowest.toFixed(1)} and ${plain.highest.toFixed(1)} °C.`,
		width: 880,
		xMax: MINUTES,
		xTicks: [0, 5, 10, 15, 20, 25, 30, 35, 40, 45],
		xTitle: "minutes since it was switched on",
		panels: [
			{
				title: "Temperature, °C",
				height: 220,
				min: 20,
				max: 110,
				ticks: [20, 40, 60, 80, 100],
				format: String,
				series: [
					{
						kind: "line",
						name: "element",
						colour: "heat",
						points: points(firmware, ({ element }) => element),
					},
					{
						kind: "line",
						name: "chamber",
						colour: "accent",
						points: points(firmware, ({ chamber }) => chamber),
					},
					{ kind: "line", name: "target", colour: "text", dashed: true, points: target() },
				],
			},
			{
				title: "Around the target, °C",
				height: 170,
				min: 53,
				max: 57,
				ticks: [53, 54, 55, 56, 57],
				format: String,
				series: [
					{ kind: "band", name: "± 1 °C", colour: "accent", from: TARGET - 1, to: TARGET + 1 },
					{
						kind: "line",
						name: "a thermostat of 1 °C",
						colour: "cool",
						thin: true,
						points: inRange(points(thermostat, ({ chamber }) => chamber)),
					},
					{
						kind: "line",
						name: "chamber",
						colour: "accent",
						points: inRange(points(firmware, ({ chamber }) => chamber)),
					},
					{ kind: "line", colour: "text", dashed: true, points: target() },
				],
			},
			{
				title: "Duty",
				height: 90,
				min: 0,
				max: 1,
				ticks: [0, 0.5, 1],
				format: (value) => `${100 * value} %`,
				series: [
					{ kind: "line", colour: "heat", filled: true, points: points(firmware, ({ duty }) => duty) },
				],
			},
			{
				title: "Heater on",
				height: 20,
				min: 0,
				max: 1,
				ticks: [],
				format: String,
				series: [{ kind: "bars", colour: "heat", spans: heating(firmware) }],
			},
		],
	});
}

function points(samples: readonly Sample[], value: (sample: Sample) => number): Point[] {
	return samples
		.filter((_sample, index) => index % SAMPLES_A_POINT === 0)
		.map((sample) => [sample.seconds / 60, value(sample)]);
}

/** From where it comes into the enlarged part. */
function inRange(all: readonly Point[]): Point[] {
	return all.slice(all.findIndex(([, celsius]) => celsius >= 53));
}

function target(): Point[] {
	return [
		[0, TARGET],
		[MINUTES, TARGET],
	];
}

function heating(samples: readonly Sample[]): Point[] {
	const spans: [number, number][] = [];
	samples.forEach((sample, index) => {
		if (!sample.heating) return;
		const from = sample.seconds / 60;
		const to = (samples[index + 1] ?? sample).seconds / 60;
		const last = spans.at(-1);
		if (last && samples[index - 1]?.heating) last[1] = to;
		else spans.push([from, to]);
	});
	return spans;
}
