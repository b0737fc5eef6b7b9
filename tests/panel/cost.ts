// What the panel costs to draw: measured on the host for Node, which draws what the device draws.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ContainerNode } from "../../sim/piu/tree/container-node";
import type { ContentNode } from "../../sim/piu/tree/content-node";
import { ask } from "../../ui/panel/components/ask";
import { keyboard } from "../../ui/panel/components/keyboard";
import { KitBase } from "../../ui/panel/kit";
import type { SizeName } from "../golden/golden-scene";
import { heating, idleH2D, printingP1S, stateOf, tenPrinters } from "../golden/states";
import { type StageOptions, TouchStage } from "./stage";

/** Bytes of a part in the renderer's display list on a 32-bit device, at most: that of a glyph which is clipped. */
export const PART_BYTES = 24;

export interface ScreenCost {
	readonly name: string;
	readonly commands: number;
	readonly commandBytes: number;
	readonly parts: number;
	/** Of all of it, in times that filling all pixels takes. */
	readonly fills: number;
}

export interface UpdateCost {
	readonly name: string;
	readonly frames: number;
	readonly dirtyPixels: number;
	/** Of all pixels, 0 to 1. */
	readonly share: number;
	readonly commands: number;
	readonly parts: number;
	readonly fills: number;
}

export interface PanelCost {
	readonly size: SizeName;
	readonly screens: readonly ScreenCost[];
	readonly updates: readonly UpdateCost[];
	readonly life: Life;
}

export interface Life {
	readonly updates: number;
	/** Bytes of the heap after them, with garbage collected, above those before; less than 0 when there are fewer. */
	readonly heapBytes: number;
	/** Contents of the tree that were not there before. */
	readonly newContents: number;
}

interface Case {
	readonly name: string;
	readonly options: StageOptions;
	open?(stage: TouchStage): Promise<void>;
}

const printing = { state: stateOf([printingP1S()], { breath: heating() }), hasHeater: true };

/** The fullest state of each. */
const CASES: readonly Case[] = [
	{ name: "Home, printing", options: printing },
	{ name: "Home, two nozzles", options: { state: stateOf([idleH2D()]) } },
	{ name: "Control", options: { state: stateOf([idleH2D()]) }, open: (stage) => stage.tapIcon("control") },
	{ name: "Filament", options: { state: stateOf([idleH2D()]) }, open: (stage) => stage.tapIcon("filament") },
	{ name: "More", options: printing, open: (stage) => stage.tapIcon("more") },
	{
		name: "Heater",
		options: printing,
		open: async (stage) => {
			stage.panel.navigator.visit(stage.roots.sections.heater());
			await stage.settle();
		},
	},
	{
		name: "Printers, ten",
		options: { state: stateOf(tenPrinters()) },
		open: async (stage) => {
			stage.panel.navigator.visit(stage.roots.printers());
			await stage.settle();
		},
	},
	{
		name: "Faults",
		options: { state: stateOf([tenPrinters()[3] ?? printingP1S()]) },
		open: (stage) => stage.tapIcon("warning"),
	},
	{
		name: "A question over Home",
		options: printing,
		open: async (stage) => {
			stage.run(() =>
				ask(new KitBase(stage.panel.tools), { title: "Sure?", yes: "Yes", onYes: () => undefined }),
			);
			await stage.settle();
		},
	},
	{
		name: "The keyboard over ten printers",
		options: { state: stateOf(tenPrinters()) },
		open: async (stage) => {
			stage.panel.navigator.visit(stage.roots.printers());
			await stage.settle();
			stage.run(() =>
				keyboard(new KitBase(stage.panel.tools), {
					title: "Password of “Neighbours upstairs”",
					text: "correct horse battery",
					masked: true,
					onDone: () => undefined,
				}),
			);
			await stage.settle();
		},
	},
];

/** Drawn so often, the quickest counts: nothing else ran then. */
const ROUNDS = 25;
/** Long enough for a frame. */
const FRAME_MS = 50;

export async function costOf(size: SizeName, rounds = ROUNDS): Promise<PanelCost> {
	const screens: ScreenCost[] = [];
	for (const { name, options, open } of CASES) {
		const frame = new Frames();
		const stage = new TouchStage({ size, isPainted: true, onFrame: frame.onFrame, ...options });
		await stage.settle();
		await open?.(stage);
		frame.reset();
		const fills = timed(stage, rounds, () => {
			stage.run(() => stage.application.invalidate());
			stage.clock.advance(FRAME_MS);
		});
		const { commands, commandBytes, parts } = frame;
		screens.push({ name, commands, commandBytes, parts, fills });
		stage.close();
	}
	return { size, screens, updates: await updates(size, rounds), life: await life(size) };
}

/** What the frames since `reset` took; of lists, the longest. */
class Frames {
	count = 0;
	dirtyPixels = 0;
	commands = 0;
	commandBytes = 0;
	parts = 0;

	readonly onFrame: NonNullable<StageOptions["onFrame"]> = (rectangles, cost) => {
		this.count++;
		for (const { width, height } of rectangles) this.dirtyPixels += width * height;
		this.commands = Math.max(this.commands, cost.commands);
		this.commandBytes = Math.max(this.commandBytes, cost.commandBytes);
		this.parts = Math.max(this.parts, cost.parts);
	};

	reset(): void {
		this.count = this.dirtyPixels = this.commands = this.commandBytes = this.parts = 0;
	}
}

const CHANGES: readonly { readonly name: string; readonly to: Parameters<typeof printingP1S>[0] }[] = [
	{ name: "the bed is a degree warmer", to: { bed: { current: 71, target: 70 } } },
	{ name: "the job is a percent further", to: { job: { ...printingP1S().job, percent: 64 } } },
	{ name: "nothing that is shown has changed", to: { firmware: "01.09.01.00" } },
];

/** On Home, from the same state each time. */
async function updates(size: SizeName, rounds: number): Promise<readonly UpdateCost[]> {
	const costs: UpdateCost[] = [];
	const before = stateOf([printingP1S()]);
	for (const { name, to } of CHANGES) {
		const frames = new Frames();
		const stage = new TouchStage({ size, isPainted: true, onFrame: frames.onFrame, state: before });
		await stage.settle();
		const after = stateOf([printingP1S(to)]);
		frames.reset();
		await stage.change(after);
		const { count, dirtyPixels, commands, parts } = frames;
		const fills = timed(stage, rounds, () => {
			for (const state of [before, after]) {
				stage.fake.change(state);
				stage.clock.advance(FRAME_MS);
			}
		});
		const share = dirtyPixels / (stage.width * stage.height);
		costs.push({ name, frames: count, dirtyPixels, share, commands, parts, fills: fills / 2 });
		stage.close();
	}
	return costs;
}

const LIFE_UPDATES = 1_000;
/** What is kept is kept in each of them; what the engine learns of the code is kept once. */
const LIFE_ROUNDS = 4;

/** So many changes of everything that changes while a job runs. */
export async function life(size: SizeName): Promise<Life> {
	const stage = new TouchStage({ size, state: stateOf([printingP1S()]) });
	await stage.settle();
	const update = (index: number) =>
		stage.change(
			stateOf([
				printingP1S({
					bed: { current: 60 + (index % 20), target: 70 },
					nozzles: [{ current: 200 + (index % 50), target: 245, diameterMm: 0.4, active: true }],
					job: {
						...printingP1S().job,
						percent: index % 100,
						layer: index % 200,
						remainingMinutes: index % 90,
					},
				}),
			]),
		);
	for (let index = 0; index < 100; index++) await update(index);
	const known = new Set(contentsOf(stage.application));
	let heapBytes = Number.POSITIVE_INFINITY;
	for (let round = 0; round < LIFE_ROUNDS; round++) {
		const before = heapAfterCollection();
		for (let index = 0; index < LIFE_UPDATES; index++) await update(index);
		heapBytes = Math.min(heapBytes, heapAfterCollection() - before);
	}
	const newContents = [...contentsOf(stage.application)].filter((content) => !known.has(content)).length;
	stage.close();
	return { updates: LIFE_UPDATES, heapBytes, newContents };
}

function* contentsOf(node: ContentNode): Generator<ContentNode> {
	yield node;
	if (!(node instanceof ContainerNode)) return;
	for (let content = node.first; content !== undefined; content = content.next) yield* contentsOf(content);
}

function heapAfterCollection(): number {
	setFlagsFromString("--expose_gc");
	const collect: () => void = runInNewContext("gc");
	collect();
	collect();
	return process.memoryUsage().heapUsed;
}

/** In times that filling all pixels takes in the same moment. */
function timed(stage: TouchStage, rounds: number, work: () => void): number {
	const pixels = new Uint16Array(stage.width * stage.height);
	let quickest = Number.POSITIVE_INFINITY;
	let fill = Number.POSITIVE_INFINITY;
	for (let round = 0; round < rounds; round++) {
		let start = process.hrtime.bigint();
		work();
		quickest = Math.min(quickest, Number(process.hrtime.bigint() - start));
		start = process.hrtime.bigint();
		// One by one, as the renderer writes them: the fill of the language is no measure.
		for (let at = 0; at < pixels.length; at++) pixels[at] = round;
		fill = Math.min(fill, Number(process.hrtime.bigint() - start));
	}
	return quickest / fill;
}
