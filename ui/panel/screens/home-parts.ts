// What Home is made of in both densities.

import { Column, type Contents, Row } from "piu/MC";
import { actionButton } from "../components/action-button";
import { button } from "../components/button";
import { choose } from "../components/choose";
import { readingRow } from "../components/reading-row";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { HomeView } from "../models/home";
import type { JobView } from "../models/job";
import type { Reading } from "../models/readings";
import { speedView } from "../models/speed";
import { temperaturesView } from "../models/temperatures";
import type { Tone } from "../models/tone";
import type { Roots } from "../roots";
import type { ModelInput } from "../screen";
import { openTemperatureKeypad } from "./control/temperature-keypad";
import { printerScreen } from "./printer";
import { spoolScreen } from "./spool";

/** The screens of other areas that a touch on Home leads to. */
export type HomeWays = Pick<Roots, "sections" | "faults">;

export interface HomeScreenView extends HomeView {
	/** For what a touch opens; nothing of it is computed before. */
	readonly input: ModelInput;
}

export type HomeKit = Kit<HomeScreenView>;

/** Of the job; a dash as long as there is no printer. */
export function ofJob(read: (job: JobView) => string): (view: HomeScreenView) => string {
	return ({ job, input }) => (job === undefined ? input.words.common.unknown : read(job));
}

/** "63%"; a dash while it is not known, nothing while there is nothing to be done. */
export function percentText(view: HomeScreenView): string {
	const { job } = view;
	return job === undefined || idleIcon(view) !== undefined ? "" : job.percent + job.percentUnit;
}

/** In place of the percent while there is nothing to be done. */
export function idleIcon({ input }: HomeScreenView): IconName | undefined {
	return input.printer?.job.state === "idle" ? "idle" : undefined;
}

/** Of a printer that has not said it, its link says enough. */
export function stateText({ job, input }: HomeScreenView): string {
	return job === undefined || job.state === input.words.common.unknown ? "" : job.state;
}

/** What may no longer be so is greyed. */
export function toneOrOld(tone: Tone, view: HomeScreenView): Tone {
	return view.isOld ? "muted" : tone;
}

/** Of the spool that is loaded. */
export function filamentTone(view: HomeScreenView): Tone {
	return view.isFilamentLow ? "warn" : toneOrOld("text", view);
}

export function jobTone(view: HomeScreenView): Tone {
	return toneOrOld(view.job?.tone ?? "muted", view);
}

/** Undefined while there is nothing to show a progress of. */
export function jobPercent({ job }: HomeScreenView): number | undefined {
	return job === undefined || job.percentUnit === "" ? undefined : job.progress * 100;
}

/** It has the longest label. */
const SPEED_WIDTH = 232;

interface ShownReading extends Reading {
	readonly isOld: boolean;
}

/** Its rows share the height of the column; there are as many as the printer has temperatures. */
export function readings(kit: HomeKit, place: object, rowHeight?: number): Column {
	const column = new Column(null, place);
	const scopes: { update(item: ShownReading): void }[] = [];
	kit.follow(
		(view) => view.readings.length,
		(count) => {
			column.empty();
			scopes.length = 0;
			for (let index = 0; index < count; index++) {
				const part = kit.part<ShownReading>();
				scopes.push(part.scope);
				column.add(
					readingRow(part, {
						...(rowHeight === undefined ? { top: 0, bottom: 0 } : { height: rowHeight }),
						icon: (item) => iconOf(item.id),
						label: (item) => item.label,
						current: (item) => item.current,
						target: (item) => item.target,
						unit: (item) => item.unit,
						status: (item) => (kit.isLarge && !item.isOld && !isCalm(item) ? item.status : ""),
						tone: (item) => (item.isOld ? "muted" : item.tone),
						size: kit.isLarge && count <= 3 ? "headline" : "title",
						onTap: (item) => openKeypad(kit, item),
					}),
				);
			}
		},
	);
	kit.follow(
		(view) => view,
		({ readings, isOld }) => {
			readings.forEach((reading, index) => {
				scopes[index]?.update({ ...reading, isOld });
			});
		},
	);
	return column;
}

/** Where it shall be: that is seen from the two numbers. */
function isCalm({ tone, target }: Reading): boolean {
	return tone === "text" && target !== "";
}

function openKeypad(kit: HomeKit, item: ShownReading | undefined): void {
	const input = kit.scope.view?.input;
	if (input === undefined || item === undefined) return;
	const row = temperaturesView(input).rows.find(({ id }) => id === item.id);
	if (row) openTemperatureKeypad(kit, row);
}

function iconOf(id: string): IconName {
	if (id === "bed") return "bed";
	return id === "chamber" ? "chamber" : "nozzle";
}

/** What is wrong, in two or three lines; a touch leads to more about it. */
export function openMessage(kit: HomeKit, ways: HomeWays): void {
	const { isMessageFault, shortSlot } = kit.scope.view ?? {};
	if (isMessageFault) kit.navigator.visit(ways.faults());
	else if (shortSlot) kit.navigator.go(spoolScreen(shortSlot));
	else kit.navigator.go(printerScreen(kit.choice.id));
}

export function messageIcon(view: HomeScreenView): IconName {
	if (view.shortSlot !== undefined) return "filament";
	return view.isMessageFault ? "warning" : "unlink";
}

/** Pause, stop, light and speed; `rowCount` rows of them. */
export function actionRows(kit: HomeKit, rowCount: 1 | 2): Contents[] {
	const { gap } = kit.metrics;
	const fill = { top: 0, bottom: 0, isStacked: rowCount === 1, size: "body" } as const;
	const make = (left: number) => ({ ...fill, left, right: 0 });
	const buttons = [
		actionButton(kit, { ...make(0), read: (view) => view.pause, icon: pauseIcon }),
		actionButton(kit, { ...make(gap), read: (view) => view.stop, icon: "stop" }),
	];
	const light = button(kit, {
		...make(rowCount === 1 ? gap : 0),
		label: lightLabel,
		icon: (view) => (view.lights.some(({ isOn }) => isOn) ? "light" : "light-off"),
		refusal: (view) => view.lights[0]?.toggle.why ?? view.input.words.refusal.not_supported,
		onTap: (view) => {
			const [first, ...more] = view?.lights ?? [];
			if (first === undefined) return undefined;
			if (more.length === 0) return kit.device.printers.command(kit.choice.id, first.toggle.command);
			chooseLight(kit);
			return undefined;
		},
	});
	const speed = button(kit, {
		...(rowCount === 1 ? { ...fill, left: gap, width: SPEED_WIDTH } : make(gap)),
		label: (view) => view.speed.label,
		icon: "speed",
		refusal: (view) => view.speed.why,
		onTap: () => chooseSpeed(kit),
	});
	if (rowCount === 1)
		return [new Row(null, { left: 0, right: 0, top: 0, bottom: 0, contents: [...buttons, light, speed] })];
	return [
		new Row(null, { left: 0, right: 0, top: 0, bottom: 0, contents: buttons }),
		new Row(null, { left: 0, right: 0, top: gap, bottom: 0, contents: [light, speed] }),
	];
}

function pauseIcon({ pause }: HomeScreenView): IconName {
	return pause.command.command === "resume" ? "play" : "pause";
}

/** "Light: on"; of several only the word. */
function lightLabel({ lights, input }: HomeScreenView): string {
	const [first, ...more] = lights;
	if (first === undefined || more.length > 0) return input.words.parts.light;
	return `${first.label}: ${first.value}`;
}

function chooseLight(kit: HomeKit): void {
	const { view } = kit.scope;
	if (view === undefined) return;
	choose(kit, {
		title: kit.words.parts.light,
		choices: view.lights.map((light) => ({
			value: light,
			label: light.label,
			text: light.value,
			icon: light.isOn ? ("light" as const) : ("light-off" as const),
			refusal: light.toggle.why,
		})),
		onChoose: ({ toggle }) => void kit.report(kit.device.printers.command(kit.choice.id, toggle.command)),
	});
}

function chooseSpeed(kit: HomeKit): void {
	const input = kit.scope.view?.input;
	if (input === undefined) return;
	const { levels } = speedView(input);
	const chosen = levels.find(({ isChosen }) => isChosen);
	choose(kit, {
		title: kit.words.speed.title,
		...(chosen && { value: chosen }),
		choices: levels.map((level) => ({
			value: level,
			label: level.label,
			text: level.text,
			icon: "speed" as const,
			refusal: level.choose.why,
		})),
		onChoose: (level) => void kit.report(kit.device.printers.command(kit.choice.id, level.choose.command)),
	});
}
