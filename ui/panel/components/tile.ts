// A large entry that leads to a screen: its icon, its name, what is new there, and a mark when that is urgent.

import { type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Look, Tone } from "../look/look";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface TileOptions<View> extends Place {
	readonly icon: IconName;
	readonly label: string;
	readonly text: Read<View, string>;
	/** Below the text, where there is room. */
	readonly detail?: Read<View, string>;
	readonly tone?: Read<View, Tone>;
	/** A number or a word; "" is no mark. */
	readonly badge?: Read<View, string>;
	readonly badgeTone?: Read<View, Tone>;
	readonly onTap: () => void;
}

export function tile<View>(kit: Kit<View>, options: TileOptions<View>): Content {
	const { look } = kit;
	const { surface, raised } = look.theme;
	const behavior = kit.isLarge ? new TallTile(look, options) : new FlatTile(look, options);
	const port = new Port(null, {
		...placeOf(options),
		active: true,
		skin: look.round([surface, raised]),
		behavior,
	});
	kit.follow(options.text, (text) => behavior.setText(port, text));
	kit.follow(options.detail ?? "", (detail) => behavior.setDetail(port, detail));
	kit.follow(options.tone ?? "muted", (tone) => behavior.setTone(port, tone));
	kit.follow(options.badge ?? "", (badge) => behavior.setBadge(port, badge));
	kit.follow(options.badgeTone ?? "warn", (tone) => behavior.setBadgeTone(port, tone));
	return port;
}

const PILL = 24;

abstract class Tile extends Tap {
	protected readonly look: Look;
	protected readonly label: Line;
	protected readonly text: Line;
	protected readonly detail: Line;
	private badge: Line;
	private badgeTone: Tone = "warn";
	private icon: number;
	#onTap: () => void;

	constructor(look: Look, options: { icon: IconName; label: string; onTap: () => void }) {
		super();
		this.look = look;
		this.icon = look.iconIndex(options.icon);
		this.#onTap = options.onTap;
		this.label = new Line([look.style("body", "text", "left", "bold"), look.style("caption")]);
		this.label.text = options.label;
		this.text = new Line([]);
		this.detail = new Line([look.style("caption", "muted")]);
		this.badge = new Line([look.buttonStyle("primary", "caption")]);
	}

	setText(port: Port, text: string): void {
		this.text.text = text;
		port.invalidate();
	}

	setDetail(port: Port, detail: string): void {
		this.detail.text = detail;
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.text.styles = [this.look.style("caption", tone)];
		port.invalidate();
	}

	setBadge(port: Port, badge: string): void {
		this.badge.text = badge;
		port.invalidate();
	}

	setBadgeTone(port: Port, tone: Tone): void {
		this.badgeTone = tone;
		port.invalidate();
	}

	protected drawIcon(port: Port, x: number, y: number, size: "medium" | "large"): void {
		const px = this.look.metrics.icon[size];
		port.drawSkin(this.look.icons(size, "accent"), x, y, px, px, this.icon);
	}

	/** Ends at `right`; returns its width. */
	protected drawBadge(port: Port, right: number, top: number, room: number): number {
		if (this.badge.text === "") return 0;
		const width = Math.max(PILL, this.badge.widthIn(room - 16) + 16);
		const left = right - width;
		port.drawSkin(this.look.pill(PILL, this.look.color(this.badgeTone)), left, top, width, PILL);
		this.badge.draw(port, left, top, width, PILL);
		return width;
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		content.state = isPressed ? 1 : 0;
		(content as Port).invalidate();
	}

	protected override onTap(): void {
		this.#onTap();
	}
}

/** The icon over the words. */
class TallTile extends Tile {
	override onDraw(port: Port): void {
		const { padding, gap, icon, text } = this.look.metrics;
		const { width, height } = port;
		const room = width - 2 * padding;
		const line = Math.round(text.caption * 1.3);
		const title = Math.round(text.body * 1.3);
		this.drawIcon(port, padding, padding, "large");
		this.drawBadge(port, width - padding, padding + ((icon.large - PILL) >> 1), room - icon.large - gap);
		const top = height - padding - 2 * line - title - gap / 2;
		this.label.draw(port, padding, top, room, title);
		this.text.draw(port, padding, top + title + gap / 2, room, line);
		this.detail.draw(port, padding, top + title + gap / 2 + line, room, line);
	}
}

/** The icon beside the words, which are one line less. */
class FlatTile extends Tile {
	override onDraw(port: Port): void {
		const { padding, gap, icon, text } = this.look.metrics;
		const { width, height } = port;
		const px = icon.medium;
		this.drawIcon(port, padding, (height - px) >> 1, "medium");
		const left = padding + px + padding;
		const badge = this.drawBadge(port, width - padding, (height - PILL) >> 1, width >> 1);
		const room = width - padding - left - (badge > 0 ? badge + gap : 0);
		const title = Math.round(text.body * 1.3);
		const line = Math.round(text.caption * 1.3);
		const top = (height - title - line) >> 1;
		this.label.draw(port, left, top, room, title);
		this.text.draw(port, left, top + title, room, line);
	}
}
