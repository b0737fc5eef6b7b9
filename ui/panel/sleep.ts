// The panel at rest: it dims, and shows only what is read from afar, until somebody comes. When is told by models/idle.

import { type Application, Behavior, Container } from "piu/MC";
import { dark } from "../tokens";
import type { DeviceState, PanelDevice } from "./device";
import type { Tools } from "./kit";
import { Look } from "./look/look";
import {
	brightnessOf,
	type Idle,
	startIdle,
	stateChanged,
	timePassed,
	touchBegan,
	touchEnded,
} from "./models/idle";
import type { ModelInput } from "./screen";
import type { OpenScreen, Visit } from "./visit";

export interface SleepOptions {
	readonly device: PanelDevice;
	/** Without one the panel never sleeps. */
	readonly screen?: () => Visit;
	/** What lies behind can be seen no more, or again. */
	onChange(isAsleep: boolean): void;
}

export class Sleep {
	private device: PanelDevice;
	private screen: (() => Visit) | undefined;
	private idle: Idle;
	private state: DeviceState | undefined;
	/** As it was set last, percent. */
	private brightness: number | undefined;
	private open: { readonly screen: OpenScreen; readonly layer: Container } | undefined;

	private onChange: (isAsleep: boolean) => void;

	constructor({ device, screen, onChange }: SleepOptions) {
		this.device = device;
		this.screen = screen;
		this.onChange = onChange;
		this.idle = startIdle(device.clock.now(), device.state());
	}

	/** Of any touch. One that wakes goes to the layer, and to nothing behind it. */
	touchBegan(): void {
		this.idle = touchBegan(this.idle, this.device.clock.now()).idle;
		this.dim();
	}

	touchEnded(): void {
		this.idle = touchEnded(this.idle, this.device.clock.now());
		if (!this.idle.isAsleep) this.hide();
	}

	/** With each change, and at least once a second. */
	update(input: ModelInput, application: Application, tools: Tools): void {
		const { preferences, state } = input;
		const now = this.device.clock.now();
		if (this.isNews(state)) this.idle = stateChanged(this.idle, state, preferences, now);
		if (this.screen) this.idle = timePassed(this.idle, preferences, now);
		// The finger that has woken it is not to find something else under it.
		if (this.idle.isAsleep) this.show(application, tools);
		else if (!this.idle.isTouched) this.hide();
		this.dim();
		this.open?.screen.update(input);
	}

	/** Only the idle screen can be seen. */
	get isAsleep(): boolean {
		return this.open !== undefined;
	}

	/** Its contents go; the next update has them again, if it still sleeps. */
	hide(): void {
		if (!this.open) return;
		const { layer, screen } = this.open;
		this.open = undefined;
		screen.leave();
		layer.container?.remove(layer);
		this.onChange(false);
	}

	close(): void {
		this.hide();
		this.idle = { ...this.idle, isAsleep: false };
		this.dim();
	}

	private show(application: Application, tools: Tools): void {
		if (this.open || !this.screen) return;
		// On black whatever the theme is: nobody wants a bright wall at night.
		const look = tools.look.theme === dark ? tools.look : new Look(dark, tools.look.metrics);
		const screen = this.screen().open({ ...tools, look });
		const layer = new Container(null, {
			left: 0,
			right: 0,
			top: 0,
			bottom: 0,
			active: true,
			skin: tools.look.fill("#000000"),
			behavior: new Behavior(),
			contents: [screen.content],
		});
		this.open = { screen, layer };
		application.add(layer);
		this.onChange(true);
	}

	private dim(): void {
		const brightness = brightnessOf(this.idle, this.device.preferences.get());
		if (brightness === this.brightness) return;
		this.brightness = brightness;
		this.device.display.setBrightness(brightness);
	}

	/** Most changes are none for it: only printers and faults can wake. */
	private isNews(state: DeviceState): boolean {
		const last = this.state;
		this.state = state;
		return (
			last === undefined ||
			last.printers !== state.printers ||
			last.breath?.fault?.code !== state.breath?.fault?.code ||
			last.filamentTag !== state.filamentTag ||
			last.filamentTagError !== state.filamentTagError
		);
	}
}
