// The contract of UpdatePort.

import type { UpdatePort } from "../../../modules/platform/update";
import { type ContractCase, type ContractContext, equal, ok, throwsError } from "../contract";

export interface UpdateContext extends ContractContext<UpdatePort> {
	/** Starts the device anew, and resolves with its port and whether another image runs than at first. */
	restart(): Promise<{ port: UpdatePort; updated: boolean }>;
	/** The bytes in the slot that an update was written to. */
	written(): Promise<Uint8Array>;
}

const SIZE = 10_000;

function image(size: number = SIZE): Uint8Array {
	return Uint8Array.from({ length: size }, (_, index) => index % 251);
}

function update(port: UpdatePort): void {
	const slot = port.begin(SIZE);
	slot.write(image());
	slot.complete();
}

export const updateCases: readonly ContractCase<UpdateContext>[] = [
	{
		name: "tells how much fits",
		run({ port }) {
			ok(Number.isInteger(port.slotBytes) && port.slotBytes > SIZE, `bytes of a slot: ${port.slotBytes}`);
		},
	},
	{
		name: "runs the image that was written in pieces, from the next start on",
		async run({ port, restart, written }) {
			const slot = port.begin(SIZE);
			const bytes = image();
			const pieces = [bytes.slice(0, 1), bytes.slice(1, 1), bytes.slice(1, 7000), bytes.slice(7000)];
			for (const piece of pieces) {
				slot.write(piece);
				// They are the caller's again.
				piece.fill(0);
			}
			slot.complete();
			equal((await restart()).updated, true, "whether the new image runs");
			equal([...(await written())], [...bytes], "bytes");
		},
	},
	{
		name: "goes back to the old image when the new one was not confirmed",
		async run({ port, restart }) {
			update(port);
			equal((await restart()).updated, true, "first start");
			equal((await restart()).updated, false, "second start");
			equal((await restart()).updated, false, "third start");
		},
	},
	{
		name: "stays with the new image once it is confirmed, however often it is",
		async run({ port, restart }) {
			update(port);
			const first = await restart();
			first.port.confirm();
			first.port.confirm();
			equal((await restart()).updated, true, "second start");
			equal((await restart()).updated, true, "third start");
		},
	},
	{
		name: "is not changed by a confirmation without an update",
		async run({ port, restart }) {
			port.confirm();
			equal((await restart()).updated, false, "whether another image runs");
		},
	},
	{
		name: "takes the next update into the slot that is free then",
		async run({ port, restart }) {
			update(port);
			const first = await restart();
			first.port.confirm();
			update(first.port);
			const second = await restart();
			equal(second.updated, false, "the first slot runs again");
			second.port.confirm();
			equal((await restart()).updated, false, "after another start");
		},
	},
	{
		name: "keeps the running image when the update is cancelled, however often it is",
		async run({ port, restart }) {
			const slot = port.begin(SIZE);
			slot.write(image(5000));
			slot.cancel();
			slot.cancel();
			equal((await restart()).updated, false, "whether another image runs");
		},
	},
	{
		name: "keeps the running image when the device stops in the middle",
		async run({ port, restart }) {
			port.begin(SIZE).write(image(5000));
			equal((await restart()).updated, false, "whether another image runs");
		},
	},
	{
		name: "forgets a complete update when another one begins",
		async run({ port, restart }) {
			update(port);
			port.begin(SIZE).cancel();
			equal((await restart()).updated, false, "whether another image runs");
		},
	},
	{
		name: "takes another update after one was cancelled, and after one was completed",
		async run({ port, restart }) {
			port.begin(SIZE).cancel();
			update(port);
			update(port);
			equal((await restart()).updated, true, "whether the new image runs");
		},
	},
	{
		name: "stays complete when it is cancelled afterwards",
		async run({ port, restart }) {
			const slot = port.begin(SIZE);
			slot.write(image());
			slot.complete();
			slot.cancel();
			equal((await restart()).updated, true, "whether the new image runs");
		},
	},
	{
		name: "takes an image of just the largest size, and none that is larger: too_large",
		run({ port }) {
			port.begin(port.slotBytes).cancel();
			throwsError("too_large", () => port.begin(port.slotBytes + 1));
			port.begin(SIZE).cancel();
		},
	},
	{
		name: "takes no image of no size: invalid",
		run({ port }) {
			for (const size of [0, -1, 1.5, Number.NaN]) throwsError("invalid", () => port.begin(size));
			port.begin(SIZE).cancel();
		},
	},
	{
		name: "takes one update at a time: invalid",
		run({ port }) {
			const slot = port.begin(SIZE);
			throwsError("invalid", () => port.begin(SIZE));
			slot.cancel();
			port.begin(SIZE).cancel();
		},
	},
	{
		name: "takes no more bytes than the update began with: too_large",
		async run({ port, restart }) {
			const slot = port.begin(SIZE);
			slot.write(image(SIZE - 1));
			throwsError("too_large", () => slot.write(image(2)));
			slot.write(Uint8Array.of(7));
			slot.complete();
			equal((await restart()).updated, true, "whether the new image runs");
		},
	},
	{
		name: "does not complete an update with bytes missing: invalid",
		async run({ port, restart }) {
			const slot = port.begin(SIZE);
			slot.write(image(SIZE - 1));
			throwsError("invalid", () => slot.complete());
			slot.cancel();
			equal((await restart()).updated, false, "whether another image runs");
		},
	},
	{
		name: "takes nothing after the update is over: invalid",
		run({ port }) {
			const slot = port.begin(SIZE);
			slot.write(image());
			slot.complete();
			throwsError("invalid", () => slot.write(image(1)));
			throwsError("invalid", () => slot.complete());
			const cancelled = port.begin(SIZE);
			cancelled.cancel();
			throwsError("invalid", () => cancelled.write(image(1)));
			throwsError("invalid", () => cancelled.complete());
		},
	},
];
