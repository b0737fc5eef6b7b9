// Watches one printer's camera at a time, and keeps its last picture; no more than one picture is in the making.

import type { CameraRefusal, CameraStatus, PanelDevice, Picture } from "../../device";
import type { CameraWatch } from "../../models/camera";

export interface WatchingOptions {
	readonly device: PanelDevice;
	/** For the picture, px. */
	readonly width: number;
	readonly height: number;
	onPicture(picture: Picture): void;
	/** How it goes has changed. */
	onChange(): void;
}

const CONNECTING: CameraStatus = Object.freeze({ state: "connecting" });

export class Watching {
	private options: WatchingOptions;
	private printerId = "";
	private stop: (() => void) | undefined;
	private stopDecoding: (() => void) | undefined;
	private status: CameraStatus | undefined;
	private refusal: CameraRefusal | undefined;
	private isGone = false;
	private isUnreadable = false;
	private picture: Picture | undefined;
	private pictureAt: number | undefined;

	constructor(options: WatchingOptions) {
		this.options = options;
	}

	/** As it goes for that printer; for another one, that nobody watches. */
	watchOf(printerId: string): CameraWatch {
		if (printerId !== this.printerId) return { isGone: false };
		const at = this.pictureAt;
		return {
			...(this.status && { status: this.status }),
			...(this.refusal !== undefined && { refusal: this.refusal }),
			isGone: this.isGone,
			isUnreadable: this.isUnreadable,
			...(at !== undefined && {
				pictureAgeSeconds: (this.options.device.clock.now() - at) / 1000,
			}),
		};
	}

	/** Of that printer instead of the one before; "" of none. */
	watch(printerId: string): void {
		this.end();
		this.printerId = printerId;
		if (printerId === "") return;
		const { device } = this.options;
		const answer = device.camera.watch(printerId, {
			isReady: () => this.stopDecoding === undefined,
			onPicture: (jpeg) => this.take(jpeg),
			onStatus: (status) => {
				this.status = status;
				this.options.onChange();
			},
			onGone: () => {
				this.isGone = true;
				this.options.onChange();
			},
		});
		if (answer.ok) {
			this.status = CONNECTING;
			this.stop = () => answer.stop();
		} else {
			this.refusal = answer.code;
		}
	}

	/** Nothing is called back afterwards. May be called any number of times. */
	end(): void {
		this.stop?.();
		this.stop = undefined;
		this.stopDecoding?.();
		this.stopDecoding = undefined;
		this.printerId = "";
		this.status = undefined;
		this.refusal = undefined;
		this.isGone = false;
		this.isUnreadable = false;
		this.picture = undefined;
		this.pictureAt = undefined;
	}

	private take(jpeg: Uint8Array): void {
		if (this.stopDecoding) return;
		const { device, width, height } = this.options;
		const cameAt = device.clock.now();
		const room = { width, height, into: this.picture };
		this.stopDecoding = device.camera.decode(jpeg, room, (picture) => {
			this.stopDecoding = undefined;
			this.isUnreadable = picture === undefined;
			if (picture) {
				this.picture = picture;
				this.pictureAt = cameAt;
				this.options.onPicture(picture);
			}
			this.options.onChange();
		});
	}
}
