// A printer as a card: name, state and what it prints, how far it is, and at its end the way to its details.

import { type Content, Port } from "piu/MC";
import { Line } from "../../components/line";
import { type Place, placeOf } from "../../components/place";
import { Tap } from "../../components/tap";
import type { Kit, KitBase } from "../../kit";
import type { Look } from "../../look/look";
import type { PrinterCard } from "../../models/printers";

export interface PrinterTileOptions<View> extends Place {
	/** Undefined where there is none: nothing is drawn then, and nothing can be touched. */
	readonly read: (view: View) => PrinterCard | undefined;
	readonly onTap: (view: View | undefined) => void;
	readonly onDetails: (view: View | undefined) => void;
}

export function tileHeight(kit: KitBase): number {
	return kit.isLarge ? 112 : 68;
}

export function printerTile<View>(kit: Kit<View>, options: PrinterTileOptions<View>): Content {
	const behavior = new PrinterTile(kit, options);
	const port = new Port(null, { ...placeOf(options), active: true, behavior });
	kit.follow(options.read, (printer) => behavior.setPrinter(port, printer));
	return port;
}

class PrinterTile<View> extends Tap {
	#kit: Kit<View>;
	#look: Look;
	#options: PrinterTileOptions<View>;
	#name: Line;
	#state: Line;
	#detail: Line;
	#percent: Line;
	#badge: Line;
	#printer: PrinterCard | undefined;
	/** What is shown, to be compared: cards are made anew with each view. */
	#key = "";
	#isPressed = false;
	/** Where a touch leads to the details. */
	#detailsFrom = 0;

	constructor(kit: Kit<View>, options: PrinterTileOptions<View>) {
		super();
		const { look } = kit;
		this.#kit = kit;
		this.#look = look;
		this.#options = options;
		this.#name = new Line([look.style("body", "text", "left", "bold"), look.style("caption")]);
		this.#state = new Line([]);
		this.#detail = new Line([look.style("caption", "muted")]);
		this.#percent = new Line([look.style("title", "text", "right", "bold")]);
		this.#badge = new Line([]);
	}

	setPrinter(port: Port, printer: PrinterCard | undefined): void {
		const key = keyOf(printer);
		this.#printer = printer;
		if (key === this.#key) return;
		this.#key = key;
		if (printer !== undefined) this.setLines(printer);
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const printer = this.#printer;
		if (printer === undefined) return;
		const { theme, metrics } = this.#look;
		const { gap, padding, target } = metrics;
		const { width, height } = port;
		port.drawSkin(this.#look.round(this.#isPressed ? theme.raised : theme.surface), 0, 0, width, height);
		if (printer.isShown) port.drawSkin(this.#look.frame(theme.accent), 0, 0, width, height);
		this.#detailsFrom = width - target;
		const px = metrics.icon.medium;
		const settings = this.#look.iconIndex("settings");
		const icons = this.#look.icons("medium", "muted");
		port.drawSkin(icons, width - ((target + px) >> 1), (height - px) >> 1, px, px, settings);
		const right = width - target;
		const bar = 8;
		const lines = height - 2 * gap - bar - gap;
		this.drawLines(port, padding, right, gap, lines);
		if (printer.job.percentUnit === "") return;
		const y = height - gap - bar - gap / 2;
		const room = right - padding;
		const done = Math.round(room * printer.job.progress);
		port.drawSkin(this.#look.pill(bar, theme.raised), padding, y, room, bar);
		if (done >= bar) {
			const color = printer.link.isOld ? theme.muted : theme[printer.job.tone];
			port.drawSkin(this.#look.pill(bar, color), padding, y, done, bar);
		}
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		this.#isPressed = isPressed && this.#printer !== undefined;
		(content as Port).invalidate();
	}

	protected override onTap(_content: Content, x: number): void {
		if (this.#printer === undefined) return;
		const { view } = this.#kit.scope;
		if (x >= this.#detailsFrom) this.#options.onDetails(view);
		else this.#options.onTap(view);
	}

	/** Name and percent, state and what is wrong, and on the large panel what it prints. */
	private drawLines(port: Port, left: number, right: number, top: number, height: number): void {
		const { gap, text, density } = this.#look.metrics;
		const first = Math.round(text.body * 1.4);
		const second = Math.round(text.caption * 1.4);
		const percent = this.#percent.widthIn(right - left);
		if (percent > 0) this.#percent.draw(port, right - percent, top, percent, first);
		this.#name.draw(port, left, top, right - left - percent - gap, first);
		const badge = this.#badge.widthIn((right - left) >> 1);
		if (badge > 0) this.#badge.draw(port, right - badge, top + first, badge, second);
		this.#state.draw(port, left, top + first, right - left - badge - gap, second);
		if (density === "large" && height >= first + 2 * second)
			this.#detail.draw(port, left, top + first + second, right - left, second);
	}

	private setLines({ name, link, job, faults, faultTone, readOnlyBadge, model }: PrinterCard): void {
		const { words } = this.#kit;
		const isSilent = link.isOld || job.state === words.common.unknown;
		this.#name.text = name;
		this.#percent.text = job.percentUnit === "" ? "" : job.percent + job.percentUnit;
		this.#percent.styles = [
			this.#look.style("title", link.isOld ? "muted" : "text", "right", "bold"),
			this.#look.style("body", link.isOld ? "muted" : "text", "right", "bold"),
		];
		this.#state.text = isSilent ? link.text : job.state;
		this.#state.styles = [this.#look.style("caption", isSilent ? link.tone : job.tone)];
		this.#detail.text = job.isUnderWay && job.time !== "" ? job.time : model === name ? "" : model;
		this.#badge.text = faults || readOnlyBadge;
		this.#badge.styles = [this.#look.style("caption", faults === "" ? "warn" : faultTone, "right")];
	}
}

function keyOf(printer: PrinterCard | undefined): string {
	if (printer === undefined) return "";
	const { id, name, model, isShown, link, job, faults, readOnlyBadge } = printer;
	return [
		id,
		name,
		model,
		isShown,
		link.text,
		link.isOld,
		job.state,
		job.percent,
		job.time,
		faults,
		readOnlyBadge,
	].join("\n");
}
