// Commands about the filament box: what is in it, drying, feeding.

import { isJsonArray, type JsonObject, type JsonValue } from "../bambu/json";
import { type Command, type CommandTable, ignored } from "./command";
import { objectOf, objectsOf, textOf, wholeOf } from "./fields";
import { type BoxSlot, type FilamentBox, withSlot } from "./filament-box";
import { boxReport, dryingReport, type Report, slotReport } from "./report";

const longestMinutes = 24 * 60;

const getInfo: Command = (machine) => ({ machine, answers: [boxReport(machine)] });

const setDry = changingBox((box, asked) => {
	const drying = objectOf(asked.drying_status);
	if (drying.status === 0) {
		const changed = { ...box, drying: undefined };
		return { changed, report: dryingReport(changed) };
	}
	const targetC = wholeOf(drying.target_temp, 35, 70);
	const durationMinutes = wholeOf(drying.duration, 1, longestMinutes);
	if (drying.status !== 1 || targetC === undefined || durationMinutes === undefined) return undefined;
	const changed = {
		...box,
		drying: { targetC, durationMinutes, remainingMs: durationMinutes * 60_000 },
	};
	return { changed, report: dryingReport(changed) };
});

const setAutoFeed = changingBox((box, asked) => {
	const flag = wholeOf(asked.auto_feed, 0, 1);
	if (flag === undefined) return undefined;
	const data = { multi_color_box: [{ id: box.id, auto_feed: flag }] };
	return {
		changed: { ...box, autoFeed: flag === 1 },
		report: { type: "multiColorBox", action: "setAutoFeed", state: "done", data },
	};
});

/** Material and colour of one slot. */
const setInfo = changingBox((box, asked) => {
	const [slot] = objectsOf(asked.slots);
	const index = wholeOf(slot?.index, 0, box.slots.length - 1);
	const type = textOf(slot?.type);
	const color = colorOf(slot?.color);
	if (index === undefined || (type === undefined && color === undefined)) return undefined;
	const changed = withSlot(box, index, { ...(type !== undefined && { type }), ...(color && { color }) });
	return { changed, report: slotReport(changed, index) };
});

export const boxCommands: CommandTable = {
	"multiColorBox/getInfo": getInfo,
	"multiColorBox/setDry": setDry,
	"multiColorBox/setAutoFeed": setAutoFeed,
	"multiColorBox/setInfo": setInfo,
};

interface BoxChange {
	readonly changed: FilamentBox;
	readonly report: Report;
}

function changingBox(change: (box: FilamentBox, asked: JsonObject) => BoxChange | undefined): Command {
	return (machine, { action, data }) => {
		const { box } = machine;
		const asked = objectsOf(data.multi_color_box).find(({ id }) => id === box?.id);
		const outcome = box && asked && change(box, asked);
		if (outcome === undefined) return ignored(machine, "there is no such box, or a field is wrong");
		return { machine: { ...machine, box: outcome.changed }, answers: [{ ...outcome.report, action }] };
	};
}

function colorOf(value: JsonValue | undefined): BoxSlot["color"] | undefined {
	const [red, green, blue] = isJsonArray(value) ? value.map((part) => wholeOf(part, 0, 255)) : [];
	return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue];
}
