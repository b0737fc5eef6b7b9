// The file of a job as a slicer makes it: a zip with G-code, and what the plate takes of each filament.

import { createHash } from "node:crypto";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { type Machine, spoolIn } from "./machine";
import type { JobPlan } from "./print-job";
import { type Spool, sameTray, type TrayAddress } from "./spools";

export interface JobFile {
	/** On the printer's storage: "Boat.gcode.3mf". */
	readonly name: string;
	/** Of the job it belongs to: another one's file of the same name is another file. */
	readonly plan: JobPlan;
	/** Made when it is asked for. */
	read(): Uint8Array;
}

/** `undefined` when the machine has had no job, or one without a file. */
export function jobFile(machine: Machine): JobFile | undefined {
	const { plan } = machine.job;
	if (plan === undefined || plan.kind === "calibration" || plan.name === "") return undefined;
	const spools = plan.filaments.map(({ tray }) => tray && spoolIn(machine, tray));
	return { name: `${plan.name}.gcode.3mf`, plan, read: () => createJobArchive(plan, spools) };
}

const contentTypes = `<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
 <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
 <Default Extension="gcode" ContentType="text/x.gcode"/>
</Types>
`;

/** g of a metre of filament of 1.75 mm, about as of PLA. */
const gramsPerMetre = 2.98;
/** Lines of G-code: some hundred KB. */
const gcodeLines = 16_000;

/** Of all entries; zip knows only local time, from 1980 on. */
const WRITTEN_AT = new Date(2026, 0, 1);

/** The sizes of its entries are behind them, as slicers write them. */
export function createJobArchive(plan: JobPlan, spools: readonly (Spool | undefined)[]): Uint8Array {
	const chunks: Uint8Array[] = [];
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		chunks.push(chunk);
	});
	const add = (name: string, content: Uint8Array, isStored = false): void => {
		const entry = isStored ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
		// The same bytes each time, so that a download that takes a while is of one file.
		entry.mtime = WRITTEN_AT;
		zip.add(entry);
		entry.push(content, true);
	};
	const gcode = encode(plateGcode(plan));
	add("[Content_Types].xml", encode(contentTypes));
	add("Metadata/plate_1.gcode", gcode);
	add("Metadata/plate_1.gcode.md5", encode(md5(gcode)), true);
	add("Metadata/slice_info.config", encode(sliceInfo(plan, spools)));
	zip.end();
	return Buffer.concat(chunks);
}

/** What the slicer says of its plate. Filaments that the plate does not use are not there. */
export function sliceInfo(plan: JobPlan, spools: readonly (Spool | undefined)[]): string {
	const weight = plan.filaments.reduce((sum, { grams }) => sum + grams, 0);
	const printMs = plan.steps.reduce((sum, step) => sum + ("durationMs" in step ? step.durationMs : 0), 0);
	const filaments = plan.filaments.flatMap(({ tray, grams }, index) =>
		tray === undefined ? [] : [filamentElement(index + 1, grams, spools[index])],
	);
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		"<config>",
		"  <header>",
		'    <header_item key="X-BBL-Client-Type" value="slicer"/>',
		'    <header_item key="X-BBL-Client-Version" value=""/>',
		"  </header>",
		"  <plate>",
		metadata("index", "1"),
		metadata("prediction", String(Math.round(printMs / 1000))),
		metadata("weight", weight.toFixed(2)),
		metadata("outside", "false"),
		...filaments,
		"  </plate>",
		"</config>",
		"",
	].join("\n");
}

function filamentElement(id: number, grams: number, spool: Spool | undefined): string {
	const { profileId = "", material = "", color = "" } = spool ?? {};
	const metres = (grams / gramsPerMetre).toFixed(2);
	return `    <filament id="${id}" tray_info_idx="${profileId}" type="${escaped(material)}" color="#${color.slice(0, 6)}" used_m="${metres}" used_g="${grams.toFixed(2)}"/>`;
}

function metadata(key: string, value: string): string {
	return `    <metadata key="${key}" value="${value}"/>`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Rings in the plan's layers, with the changes of filament in their places. */
function plateGcode(plan: JobPlan): string {
	const lines = [
		"; HEADER_BLOCK_START",
		`; total layer number: ${plan.totalLayers}`,
		"; HEADER_BLOCK_END",
		"G28",
		"M83",
	];
	const perLayer = Math.ceil(gcodeLines / Math.max(1, plan.totalLayers));
	for (const step of plan.steps) {
		if (step.kind === "change" && step.to !== undefined) {
			const filament = filamentOf(plan, step.to);
			lines.push(`M620 S${filament}A`, `T${filament}`, `M621 S${filament}A`);
		}
		if (step.kind !== "layers") continue;
		for (let layer = step.done; layer < step.done + step.count; layer++) {
			lines.push("; CHANGE_LAYER", `M73 L${layer + 1}`, `G1 Z${(0.2 * (layer + 1)).toFixed(2)} F1200`);
			for (let point = 0; point < perLayer; point++) lines.push(ringMove(layer, point, perLayer));
		}
	}
	lines.push("; EXECUTABLE_BLOCK_END", "");
	return lines.join("\n");
}

function ringMove(layer: number, point: number, points: number): string {
	const angle = (2 * Math.PI * point) / points;
	const radius = 20 + 4 * Math.sin(angle * 5 + layer / 7);
	const x = 128 + radius * Math.cos(angle);
	const y = 128 + radius * Math.sin(angle);
	const extruded = 0.031 + 0.002 * Math.sin(point);
	return `G1 X${x.toFixed(3)} Y${y.toFixed(3)} E${extruded.toFixed(5)}`;
}

/** From 0. */
function filamentOf({ filaments }: JobPlan, tray: TrayAddress): number {
	return filaments.findIndex((filament) => sameTray(filament.tray, tray));
}

function encode(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

function md5(content: Uint8Array): string {
	return createHash("md5").update(content).digest("hex").toUpperCase();
}
