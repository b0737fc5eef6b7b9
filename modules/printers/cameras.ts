// Who may watch which printer's camera: one viewer at a time on the device, since a picture takes much memory.

import type { CameraViewer } from "./camera";
import type { Printer } from "./printer";

/**
 * - `not_found`: there is no such printer
 * - `none`: it has no camera
 * - `rtsps`: its camera speaks a protocol that this device does not
 * - `no_room`: this device has no memory for pictures
 * - `taken`: somebody else is watching a camera
 */
export type CameraRefusal = "not_found" | "none" | "rtsps" | "no_room" | "taken";

export interface CamerasOptions {
	printers: { find(id: string): Pick<Printer, "camera" | "state"> | undefined };
	/** See `Platform.cameraFrameBytes`. */
	roomBytes: number;
}

export class Cameras {
	private readonly options: CamerasOptions;
	private viewer: CameraViewer | undefined;

	constructor(options: CamerasOptions) {
		this.options = options;
	}

	/** Why nobody could begin to watch at this moment; `undefined` when somebody could. */
	refusal(id: string): CameraRefusal | undefined {
		const { printers, roomBytes } = this.options;
		const printer = printers.find(id);
		if (printer === undefined) return "not_found";
		const { camera } = printer.state.capabilities;
		if (camera !== "jpeg") return camera;
		if (roomBytes === 0) return "no_room";
		return this.viewer && "taken";
	}

	/** The returned function ends it. See {@link CameraViewer}; `onGone` may come when the printer goes. */
	watch(id: string, viewer: CameraViewer): (() => void) | CameraRefusal {
		const refusal = this.refusal(id);
		if (refusal !== undefined) return refusal;
		const leave = this.options.printers.find(id)?.camera?.watch({
			isReady: () => viewer.isReady(),
			onPicture: (jpeg) => viewer.onPicture(jpeg),
			onStatus: (status) => viewer.onStatus(status),
			onGone: () => {
				this.forget(viewer);
				viewer.onGone();
			},
		});
		if (leave === undefined) return "taken";
		this.viewer = viewer;
		return () => {
			leave();
			this.forget(viewer);
		};
	}

	private forget(viewer: CameraViewer): void {
		if (this.viewer === viewer) this.viewer = undefined;
	}
}
