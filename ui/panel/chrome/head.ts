// The line on top: which printer or the way back, whether it is there, and at its end faults, network and time.

import { Content, Port } from "piu/MC";
import { Line } from "../components/line";
import { Tap } from "../components/tap";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Look, Tone } from "../look/look";
import type { FrameView } from "./frame-view";

export interface HeadActions {
	onBack(): void;
	onSwitch(): void;
	onReadOnly(): void;
	onFaults(): void;
	onWifi(): void;
}

/** px below the head that are the head's, whatever a screen has there: fingers are thick. */
const REACH = 8;

export interface Head {
	/** Stands behind the screens: as high as a target, of which they leave it what they do not use. */
	readonly content: Content;
	/** Stands before them, and takes touches for it. */
	readonly reach: Content;
}

export function head(kit: Kit<FrameView>, actions: HeadActions): Head {
	const { metrics } = kit;
	const behavior = new HeadBehavior(kit.look, actions);
	const wide = { left: metrics.rail, right: 0, active: true, behavior };
	const port = new Port(null, { ...wide, top: 0, height: Math.max(metrics.target, metrics.head + REACH) });
	const reach = new Content(null, { ...wide, top: metrics.head, height: REACH });
	kit.follow(
		(view) => view.title,
		(title) => behavior.setTitle(port, title),
	);
	kit.follow(
		(view) => view.name,
		(name) => behavior.setName(port, name),
	);
	kit.follow(
		(view) => view.canSwitch,
		(canSwitch) => behavior.setCanSwitch(port, canSwitch),
	);
	kit.follow(
		(view) => view.linkTone,
		(tone) => behavior.setLinkTone(port, tone),
	);
	kit.follow(
		(view) => view.link,
		(link) => behavior.setLink(port, link),
	);
	kit.follow(
		(view) => view.readOnlyBadge,
		(text) => behavior.setReadOnly(port, text),
	);
	kit.follow(
		(view) => view.oldData,
		(oldData) => behavior.setOldData(port, oldData),
	);
	kit.follow(
		(view) => view.clock,
		(clock) => behavior.setClock(port, clock),
	);
	kit.follow(
		(view) => view.wifiBars,
		(bars) => behavior.setWifi(port, bars),
	);
	kit.follow(
		(view) => view.faultTone,
		(tone) => behavior.setFaultTone(port, tone),
	);
	kit.follow(
		(view) => view.faults,
		(faults) => behavior.setFaults(port, faults),
	);
	return { content: port, reach };
}

const WIFI: readonly IconName[] = Object.freeze(["wifi-off", "wifi-0", "wifi-1", "wifi-2", "wifi-3"]);

class HeadBehavior extends Tap {
	private look: Look;
	private actions: HeadActions;
	private title: Line;
	private name: Line;
	private link: Line;
	private oldData: Line;
	private readOnly: Line;
	private clock: Line;
	private faults: Line;
	private linkTone: Tone = "muted";
	private faultTone: Tone = "warn";
	private canSwitch = false;
	private wifiBars = 0;
	/** Where the parts end that can be touched, as drawn last. */
	private nameEnd = 0;
	private readOnlyStart = 0;
	private readOnlyEnd = 0;
	private faultsStart = 0;
	private wifiStart = 0;

	constructor(look: Look, actions: HeadActions) {
		super();
		this.look = look;
		this.actions = actions;
		const large = look.style("body", "text", "left", "bold");
		const small = look.style("caption", "text", "left");
		this.title = new Line([large, small]);
		this.name = new Line([large, small]);
		this.link = new Line([look.style("caption", "muted")]);
		this.oldData = new Line([look.style("caption", "warn")]);
		this.readOnly = new Line([look.style("caption", "warn")]);
		this.clock = new Line([look.style("body", "text", "right")]);
		this.faults = new Line([look.buttonStyle("primary", "caption", "left")]);
	}

	setTitle(port: Port, title: string): void {
		this.title.text = title;
		port.invalidate();
	}

	setName(port: Port, name: string): void {
		this.name.text = name;
		port.invalidate();
	}

	setCanSwitch(port: Port, canSwitch: boolean): void {
		this.canSwitch = canSwitch;
		port.invalidate();
	}

	setLink(port: Port, link: string): void {
		this.link.text = link;
		port.invalidate();
	}

	setOldData(port: Port, oldData: string): void {
		this.oldData.text = oldData;
		port.invalidate();
	}

	setReadOnly(port: Port, text: string): void {
		this.readOnly.text = text;
		port.invalidate();
	}

	setLinkTone(port: Port, tone: Tone): void {
		this.linkTone = tone;
		port.invalidate();
	}

	setClock(port: Port, clock: string): void {
		this.clock.text = clock;
		port.invalidate();
	}

	setWifi(port: Port, bars: number): void {
		this.wifiBars = bars;
		port.invalidate();
	}

	setFaultTone(port: Port, tone: Tone): void {
		this.faultTone = tone;
		port.invalidate();
	}

	setFaults(port: Port, faults: string): void {
		this.faults.text = faults;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { metrics } = this.look;
		const height = metrics.head;
		const right = this.drawEnd(port, port.width - metrics.padding, height);
		this.readOnlyEnd = 0;
		if (this.title.text !== "") this.drawTitle(port, right, height);
		else this.drawPrinter(port, right, height);
	}

	protected override onPressed(): void {}

	protected override onTap(_content: Content, x: number): void {
		if (x < this.nameEnd) {
			if (this.title.text !== "") this.actions.onBack();
			else this.actions.onSwitch();
		} else if (x >= this.readOnlyStart && x < this.readOnlyEnd) {
			this.actions.onReadOnly();
		} else if (this.faults.text !== "" && x >= this.faultsStart && x < this.wifiStart) {
			this.actions.onFaults();
		} else if (x >= this.wifiStart) {
			this.actions.onWifi();
		}
	}

	/** From right to left: time, network, faults. Returns where the rest has to end. */
	private drawEnd(port: Port, end: number, height: number): number {
		const { gap } = this.look.metrics;
		let x = end;
		const clock = this.clock.widthIn(port.width);
		this.clock.draw(port, x - clock, 0, clock, height);
		if (clock > 0) x -= clock + gap;
		x -= 20;
		const wifi = this.look.iconIndex(WIFI[this.wifiBars] ?? "wifi-off");
		const icons = this.look.icons("small", this.wifiBars === 0 ? "warn" : "muted");
		port.drawSkin(icons, x, (height - 20) >> 1, 20, 20, wifi);
		const { target } = this.look.metrics;
		this.wifiStart = Math.min(x - gap, port.width - target);
		this.faultsStart = this.wifiStart;
		if (this.faults.text === "") return x - gap;
		const count = this.faults.widthIn(60);
		const width = count + 20 + 2 * 8;
		x -= width + gap;
		const top = (height - 24) >> 1;
		port.drawSkin(this.look.pill(24, this.look.color(this.faultTone)), x, top, width, 24);
		const icon = this.look.iconIndex("warning");
		port.drawSkin(this.look.buttonIcons("small", "primary"), x + 6, top + 2, 20, 20, icon);
		this.faults.draw(port, x + 28, top, count, 24);
		this.faultsStart = Math.min(x - gap, this.wifiStart - target);
		return x - gap;
	}

	private drawTitle(port: Port, right: number, height: number): void {
		const { icon, gap } = this.look.metrics;
		const px = icon.medium;
		const back = this.look.iconIndex("chevron-left");
		port.drawSkin(this.look.icons("medium", "text"), gap, (height - px) >> 1, px, px, back);
		const left = gap + px + gap / 2;
		const width = this.title.widthIn(right - left);
		this.title.draw(port, left, 0, width, height);
		this.nameEnd = Math.max(left + width + 2 * gap, this.look.metrics.target);
		if (this.oldData.text !== "") this.drawLink(port, left + width + 2 * gap, right, height);
	}

	private drawPrinter(port: Port, right: number, height: number): void {
		const { density, gap, padding } = this.look.metrics;
		const arrow = this.canSwitch ? 20 + gap / 2 : 0;
		const room = (right - padding - arrow) * (density === "large" ? 0.6 : 0.7);
		const width = this.name.widthIn(room);
		this.name.draw(port, padding, 0, width, height);
		let x = padding + width + gap / 2;
		if (arrow > 0) {
			const index = this.look.iconIndex("chevron-down");
			port.drawSkin(this.look.icons("small", "muted"), x, (height - 20) >> 1, 20, 20, index);
			x += 20;
		}
		this.nameEnd = Math.max(x + gap, this.look.metrics.target);
		this.drawLink(port, x + gap, right, height);
	}

	/** A dot and a word; of old data the whole sentence, if it fits. */
	private drawLink(port: Port, left: number, right: number, height: number): void {
		const { gap } = this.look.metrics;
		if (this.link.text === "" || right - left < 20) return;
		port.drawSkin(this.look.pill(10, this.look.color(this.linkTone)), left, (height - 10) >> 1, 10, 10);
		const x = left + 10 + gap;
		const hasRoom = this.oldData.text !== "" && this.oldData.widthIn(4096) <= right - x;
		const line = hasRoom ? this.oldData : this.link;
		if (hasRoom || this.readOnly.text === "") line.draw(port, x, 0, right - x, height);
		else this.drawReadOnly(port, x, right, height);
	}

	/** After the link's word, or in its place where there is no room for both. */
	private drawReadOnly(port: Port, left: number, right: number, height: number): void {
		const { gap } = this.look.metrics;
		const badge = 20 + 2 * 6 + 4 + this.readOnly.widthIn(4096);
		const link = this.link.widthIn(4096);
		let x = left;
		if (link + gap + badge <= right - left) {
			this.link.draw(port, x, 0, link, height);
			x += link + gap;
		}
		// A piece of the word says less than the lock alone.
		const hasWord = badge <= right - x;
		const width = hasWord ? badge : 20 + 2 * 6;
		const top = (height - 24) >> 1;
		port.drawSkin(this.look.pill(24, this.look.theme.raised), x, top, width, 24);
		const icon = this.look.iconIndex("locked");
		port.drawSkin(this.look.icons("small", "warn"), x + 6, top + 2, 20, 20, icon);
		if (hasWord) this.readOnly.draw(port, x + 30, top, width - 36, 24);
		this.readOnlyStart = x - gap;
		this.readOnlyEnd = Math.max(x + width + gap, this.readOnlyStart + this.look.metrics.target);
	}
}
