// A line over everything that says how a command goes: sending, done, or refused and why. The newest takes the place.

import { Behavior, Column, Container, Content, Row, Text } from "piu/MC";
import type { IconName } from "../look/icon-names";
import type { Look, Tone } from "../look/look";

const DONE_MS = 2000;
/** Long enough to read two sentences. */
const REFUSED_MS = 6000;
/** What is over before anybody reads it need not be said. */
const PENDING_AFTER_MS = 400;

export interface PendingToast {
	end(): void;
}

export class Toasts {
	readonly layer: Container;
	private look: Look;
	private raise: () => number;
	private shown: Container | undefined;

	/** `bottom`: px that stay free below; `raise`: how many more on the screen of now. */
	constructor(look: Look, bottom: number, { raise = () => 0 }: { raise?(): number } = {}) {
		this.look = look;
		this.raise = raise;
		this.layer = new Container(null, { left: 0, right: 0, top: 0, bottom });
	}

	pending(text: string): PendingToast {
		const toast = this.make(text, "hourglass", "muted");
		toast.visible = false;
		toast.behavior = new Appear(toast);
		toast.duration = PENDING_AFTER_MS;
		this.show(toast);
		return { end: () => this.end(toast) };
	}

	done(text: string): void {
		this.showFor(this.make(text, "done", "accent"), DONE_MS);
	}

	/** Stays until it is touched, or long enough to be read. */
	refused(text: string): void {
		this.showFor(this.make(text, "warning", "warn"), REFUSED_MS);
	}

	private showFor(toast: Container, ms: number): void {
		toast.duration = ms;
		toast.behavior = new Expire(() => this.end(toast));
		toast.active = true;
		this.show(toast);
	}

	private show(toast: Container): void {
		if (this.shown) this.end(this.shown);
		this.shown = toast;
		this.layer.add(toast);
		toast.time = 0;
		toast.start();
	}

	private end(toast: Container): void {
		if (this.shown !== toast) return;
		this.shown = undefined;
		toast.stop();
		this.layer.remove(toast);
	}

	private make(text: string, icon: IconName, tone: Tone): Container {
		const { metrics, theme } = this.look;
		const { gap, padding, icon: sizes } = metrics;
		const width = metrics.density === "large" ? 560 : 304;
		const inner = width - 2 * padding - sizes.medium - gap;
		return new Column(null, {
			width,
			bottom: gap + this.raise(),
			skin: this.look.round(theme.raised),
			contents: [
				new Row(null, {
					left: padding,
					right: padding,
					top: padding,
					bottom: padding,
					contents: [
						new Content(null, {
							width: sizes.medium,
							height: sizes.medium,
							skin: this.look.icons("medium", tone),
							variant: this.look.iconIndex(icon),
						}),
						new Text(null, {
							left: gap,
							width: inner,
							style: this.look.style("body"),
							string: text,
						}),
					],
				}),
			],
		});
	}
}

class Appear extends Behavior {
	private toast: Container;

	constructor(toast: Container) {
		super();
		this.toast = toast;
	}

	override onFinished(): void {
		this.toast.visible = true;
	}
}

class Expire extends Behavior {
	private end: () => void;

	constructor(end: () => void) {
		super();
		this.end = end;
	}

	override onTouchEnded(): void {
		this.end();
	}

	override onFinished(): void {
		this.end();
	}
}
