// What an Anycubic printer is doing before and within a job, by the firmware's number of it. In English the state says it.

import type { Words } from "./en";

const zh: readonly string[] = Object.freeze([
	"",
	"正在下载文件",
	"正在检查文件",
	"加热中",
	"热床调平",
	"测量振动",
	"校准流量",
	"检查热床上有无异物",
	"正在暂停",
	"正在继续",
	"正在停止",
	"忙碌中，没有任务",
]);
const de: readonly string[] = Object.freeze([
	"",
	"Datei wird geladen",
	"Datei wird geprüft",
	"Heizt",
	"Bett wird vermessen",
	"Schwingungen werden gemessen",
	"Materialfluss wird kalibriert",
	"Bett wird auf Gegenstände geprüft",
	"Hält an",
	"Macht weiter",
	"Bricht ab",
	"Beschäftigt, aber nicht mit einem Auftrag",
]);

/** Of a number that has no translation, what the state calls it. */
export function anycubicStageName(
	{ language }: Pick<Words, "language">,
	stage: { readonly id: number; readonly name: string },
): string {
	const names = language.code === "zh" ? zh : language.code === "de" ? de : undefined;
	return names?.[stage.id] || stage.name;
}
