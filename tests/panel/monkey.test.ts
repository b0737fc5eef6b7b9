// Ten thousand random touches on each size, while printers come, go, fail and stop answering.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DeviceState } from "../../ui/panel/device";
import { PICTURE_SPOOLS } from "../golden/picture-spools";
import {
	faultyP1S,
	heating,
	heldTag,
	idleH2D,
	offlineA1Mini,
	printingP1S,
	readOnlyP1S,
	shortSpools,
	staleP1S,
	stateOf,
	tenPrinters,
} from "../golden/states";
import { monkey } from "./monkey";

const TOUCHES = 10_000;
/** Another one tries other touches: PANEL_SEED=7 npm run test:panel */
const SEED = Number(process.env.PANEL_SEED ?? 20261121);

const changes: readonly Partial<DeviceState>[] = [
	{},
	{ breath: heating({ on: false, heating: false, reason: "Off since the start", reasonCode: "off" }) },
];

/** With a heater there is always one. */
function states(hasHeater: boolean): readonly DeviceState[] {
	const breath = hasHeater ? { breath: heating() } : {};
	const printers = [
		[printingP1S()],
		[idleH2D(), printingP1S()],
		[faultyP1S()],
		[readOnlyP1S()],
		[staleP1S()],
		[offlineA1Mini(), idleH2D()],
		[],
		tenPrinters(),
	];
	const spools = hasHeater
		? []
		: [stateOf([printingP1S()], { spools: shortSpools(), filamentTag: heldTag() })];
	const all = printers.flatMap((list) =>
		(hasHeater ? changes : [{}]).map((change) => stateOf(list, { ...breath, ...change })),
	);
	return [...all, ...spools];
}

describe("The panel under random touches", () => {
	it(`of a large one with a heater stands ${TOUCHES} of them and always finds home, seed ${SEED}`, async () => {
		const visited = await monkey({
			size: "large",
			seed: SEED,
			touches: TOUCHES,
			states: states(true),
			hasHeater: true,
		});
		assert.ok(visited.size > 5, `it has seen ${[...visited.keys()].join(", ")}`);
	});

	it(`of a small one stands ${TOUCHES} of them and always finds home, seed ${SEED}`, async () => {
		const visited = await monkey({
			size: "small",
			seed: SEED,
			touches: TOUCHES,
			states: states(false),
			hasRemoteHeater: true,
			hasSpools: true,
			spools: PICTURE_SPOOLS,
		});
		assert.ok(visited.size > 5, `it has seen ${[...visited.keys()].join(", ")}`);
	});
});
