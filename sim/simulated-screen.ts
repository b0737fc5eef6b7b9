// The screen of the simulated board: the touch panel drawn into memory, and shown on the workbench.

import type { Firmware } from "../modules/firmware";
import { type OpenPanelDevice, openPanelDevice } from "../modules/panel/panel-device";
import type { Clock } from "../modules/platform/clock";
import type { DisplayPort } from "../modules/platform/display";
import type { Log } from "../modules/platform/log";
import { SimulatedDisplay } from "../modules/platform/twins/simulated-display";
import type { PanelSize } from "./command-line";
import { createJpeg } from "./host/jpeg";
import { type PanelSource, PanelView } from "./workbench/panel-view";

/** A panel that is drawn into memory. */
export interface DrawnPanel extends PanelSource {
	/** Ends it, with all its timers. May be called any number of times. */
	close(): void;
}

export interface DrawnPanelOptions {
	device: OpenPanelDevice;
	width: number;
	height: number;
	clock: Clock;
	log: Log;
}

export type DrawPanel = (options: DrawnPanelOptions) => DrawnPanel;

export const PANEL_PIXELS = Object.freeze({
	large: Object.freeze({ width: 800, height: 480 }),
	small: Object.freeze({ width: 320, height: 240 }),
} as const);

export interface SimulatedScreenOptions {
	size: Exclude<PanelSize, "none">;
	clock: Clock;
	log: Log;
	draw: DrawPanel;
}

export class SimulatedScreen {
	readonly #options: SimulatedScreenOptions;
	readonly view: PanelView;
	readonly #display = new SimulatedDisplay();
	#shown: { device: OpenPanelDevice; panel: DrawnPanel } | undefined;

	constructor(options: SimulatedScreenOptions) {
		this.#options = options;
		this.view = new PanelView(options);
		this.#display.onChange((percent) => this.view.setBrightness(percent));
	}

	/** For the platform of the firmware that it shows. */
	get display(): DisplayPort {
		return this.#display;
	}

	/** Shows that firmware from now on, and no longer the one before it. */
	show(firmware: Firmware): void {
		this.hide();
		const { size, clock, log, draw } = this.#options;
		const device = openPanelDevice({ ...firmware.panelParts(), jpeg: createJpeg() });
		try {
			const panel = draw({ device, clock, log, ...PANEL_PIXELS[size] });
			this.#shown = { device, panel };
			this.view.show(panel);
		} catch (error) {
			device.close();
			// The rest of the simulator is of use without it, and this is to be seen.
			log.error(`panel: it cannot be drawn: ${error instanceof Error ? error.stack : String(error)}`);
		}
	}

	/** May be called any number of times. */
	close(): void {
		this.hide();
		this.view.close();
	}

	private hide(): void {
		const shown = this.#shown;
		this.#shown = undefined;
		this.view.show(undefined);
		shown?.panel.close();
		shown?.device.close();
	}
}
