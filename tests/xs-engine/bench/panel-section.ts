// The panel's part of `docs/performance.md`: what its screens and its updates cost to draw.

import { LISTS } from "../../../ui/panel/panel";
import { PART_BYTES, type PanelCost, type ScreenCost, type UpdateCost } from "../../panel/cost";

const HEADING = "## The panel";
/** What follows it on the page. */
const NEXT_HEADING = "## To repeat it";

export function panelSection(costs: readonly PanelCost[]): string {
	const names = costs[0]?.screens.map(({ name }) => name) ?? [];
	const updates = costs[0]?.updates.map(({ name }) => name) ?? [];
	const screen = ({ screens }: PanelCost, name: string) => screens.find((each) => each.name === name);
	const update = (cost: PanelCost, name: string) => cost.updates.find((each) => each.name === name);
	return `${HEADING}

Measured on the host for Node, which draws what Piu draws on a device, pixel by pixel (\`npm run test:golden\`). **Commands**
are Piu's, and their bytes those of \`commandListLength\` on a 32-bit device. **Parts** are what the renderer draws one by one:
fills, letters, pieces of textures, each with ${PART_BYTES} bytes of \`displayListLength\` at most. **Fills** is the time to draw
in times that writing every pixel of the screen once takes in the same moment, both in JavaScript: it says how screens and
updates compare, not how long a board takes. \`npm run test:panel\` holds the lists to their limits.

Drawing all of a screen, on ${costs.map(({ size }) => sizeWords(size)).join(" / ")}:

| screen | commands | bytes | parts | fills |
| --- | --- | --- | --- | --- |
${names
	.map((name) => {
		const of = (read: (cost: ScreenCost) => string) =>
			costs.map((cost) => both(screen(cost, name), read)).join(" / ");
		return `| ${name} | ${of(({ commands }) => n(commands))} | ${of(({ commandBytes }) => n(commandBytes))} | ${of(({ parts }) => n(parts))} | ${of(({ fills }) => fills.toFixed(1))} |`;
	})
	.join("\n")}
| limits | | ${costs.map(({ size }) => n(LISTS[size].commandListLength)).join(" / ")} | ${costs.map(({ size }) => n(Math.floor(LISTS[size].displayListLength / PART_BYTES))).join(" / ")} | |

An update of Home while it prints. It is drawn in one frame, however many values came with it:

| what has changed | frames | pixels drawn | of the screen | commands | parts | fills |
| --- | --- | --- | --- | --- | --- | --- |
${updates
	.map((name) => {
		const of = (read: (cost: UpdateCost) => string) =>
			costs.map((cost) => both(update(cost, name), read)).join(" / ");
		return `| ${name} | ${of(({ frames }) => n(frames))} | ${of(({ dirtyPixels }) => n(dirtyPixels))} | ${of(({ share }) => `${(share * 100).toFixed(1)} %`)} | ${of(({ commands }) => n(commands))} | ${of(({ parts }) => n(parts))} | ${of(({ fills }) => fills.toFixed(1))} |`;
	})
	.join("\n")}

${costs.map(({ size, life }) => `${n(life.updates)} updates on ${sizeWords(size)} make ${n(life.newContents)} contents anew and leave ${left(life.heapBytes)}.`).join("\n")}
`;
}

/** The page with that part in place of the one it has. */
export function withPanelSection(page: string, section: string): string {
	const end = page.indexOf(NEXT_HEADING);
	if (end < 0) throw new Error(`the page has no “${NEXT_HEADING}”: run the whole bench`);
	const begin = page.indexOf(HEADING);
	return `${page.slice(0, begin < 0 ? end : begin)}${section}\n${page.slice(end)}`;
}

function both<Cost>(cost: Cost | undefined, read: (cost: Cost) => string): string {
	return cost === undefined ? "–" : read(cost);
}

function sizeWords(size: PanelCost["size"]): string {
	return size === "large" ? "800×480" : "320×240";
}

/** Less than that for each update is the engine's own. */
function left(heapBytes: number): string {
	return heapBytes < 100_000 ? "nothing in the heap" : `${n(heapBytes)} bytes in the heap`;
}

function n(value: number): string {
	return value.toLocaleString("en-US");
}
