// One image on its way into the free slot: checked as it comes, and the slot is opened only for one that looks right.

import type { Sha256 } from "../platform/sha256";
import type { UpdatePort, UpdateSlot } from "../platform/update";
import { ImageCheck } from "./image-check";
import type { ImageHead } from "./image-head";
import type { ImageTarget } from "./image-target";

export interface UploadOptions {
	port: UpdatePort;
	target: ImageTarget;
	sizeBytes: number;
	sha256: Sha256;
	/** The image's head is right: the slot is opened, which destroys what it holds. */
	onBegin(head: ImageHead): void;
}

/** Its methods throw an `ImageError` for an image that is not right, and what the port throws; `cancel` has to follow. */
export class Upload {
	private readonly options: UploadOptions;
	private readonly check: ImageCheck;
	private slot: UpdateSlot | undefined;

	constructor(options: UploadOptions) {
		this.options = options;
		this.check = new ImageCheck(options);
	}

	get receivedBytes(): number {
		return this.check.receivedBytes;
	}

	take(bytes: Uint8Array): void {
		const start = this.check.receivedBytes;
		this.check.take(bytes);
		const { head } = this.check;
		if (head === undefined) return;
		if (this.slot !== undefined) {
			this.slot.write(bytes);
			return;
		}
		const { port, sizeBytes, onBegin } = this.options;
		onBegin(head);
		this.slot = port.begin(sizeBytes);
		const headBytes = this.check.takeHeadBytes();
		this.slot.write(headBytes);
		this.slot.write(bytes.subarray(headBytes.length - start));
	}

	/** Makes the image the one that starts next. */
	complete(): ImageHead | undefined {
		this.check.end();
		this.slot?.complete();
		return this.check.head;
	}

	/** The running image stays. May be called any number of times; of no effect after `complete`. */
	cancel(): void {
		const slot = this.slot;
		this.slot = undefined;
		slot?.cancel();
	}
}
