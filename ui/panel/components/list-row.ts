// A row of a list: icon, title, subtitle, and what stands at its end.

import { type Content, Port } from "piu/MC";
import type { Answer, Effect, Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import { DISABLED, type Look, NORMAL, PRESSED, SELECTED, type Tone } from "../look/look";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface ListRowOptions<View> extends Place {
	readonly title: Read<View, string>;
	readonly titleTone?: Tone;
	readonly subtitle?: Read<View, string>;
	readonly subtitleTone?: Read<View, Tone>;
	readonly icon?: Read<View, IconName | undefined>;
	readonly iconTone?: Read<View, Tone>;
	/** "#RRGGBB": a dot in that colour in place of the icon. */
	readonly color?: Read<View, string | undefined>;
	/** A word or a number at its end. */
	readonly trailing?: Read<View, string>;
	readonly trailingTone?: Read<View, Tone>;
	/** At its very end; "chevron-right" where a touch leads on. */
	readonly trailingIcon?: Read<View, IconName | undefined>;
	readonly selected?: Read<View, boolean>;
	readonly refusal?: Read<View, string | undefined>;
	readonly onTap?: (view: View | undefined) => Effect;
}

export function listRow<View>(kit: Kit<View>, options: ListRowOptions<View>): Content {
	const behavior = new ListRow(kit, options);
	const { target } = kit.metrics;
	const port = new Port(null, {
		...placeOf(options, { left: 0, right: 0, height: target }),
		skin: kit.look.row,
		behavior,
		...(options.onTap && { active: true }),
	});
	kit.follow(options.title, (title) => behavior.setTitle(port, title));
	kit.follow(options.subtitle ?? "", (subtitle) => behavior.setSubtitle(port, subtitle));
	kit.follow(options.subtitleTone ?? "muted", (tone) => behavior.setSubtitleTone(port, tone));
	kit.follow(options.icon, (icon) => behavior.setIcon(port, icon));
	kit.follow(options.iconTone ?? "muted", (tone) => behavior.setIconTone(port, tone));
	kit.follow(options.color, (color) => behavior.setColor(port, color));
	kit.follow(options.trailingTone ?? "muted", (tone) => behavior.setTrailingTone(port, tone));
	kit.follow(options.trailing ?? "", (trailing) => behavior.setTrailing(port, trailing));
	kit.follow(options.trailingIcon, (icon) => behavior.setTrailingIcon(port, icon));
	kit.follow(options.selected ?? false, (isSelected) => behavior.setSelected(port, isSelected));
	kit.follow(options.refusal, (refusal) => behavior.setRefusal(port, refusal));
	return port;
}

class ListRow<View> extends Tap {
	#kit: Kit<View>;
	#look: Look;
	#onTap: ListRowOptions<View>["onTap"];
	#title: Line;
	#titleTone: Tone;
	#subtitle: Line;
	#trailing: Line;
	#icon: number | undefined;
	#iconTone: Tone = "muted";
	#trailingIcon: number | undefined;
	#color: string | undefined;
	#isSelected = false;
	#isPressed = false;
	#isPending = false;
	#refusal = "";

	constructor(kit: Kit<View>, options: ListRowOptions<View>) {
		super();
		const { look } = kit;
		this.#kit = kit;
		this.#look = look;
		this.#onTap = options.onTap;
		this.#titleTone = options.titleTone ?? "text";
		this.#title = new Line([look.style("body")]);
		this.#subtitle = new Line([look.style("caption", "muted")]);
		this.#trailing = new Line([]);
	}

	setTitle(port: Port, title: string): void {
		this.#title.text = title;
		port.invalidate();
	}

	setSubtitle(port: Port, subtitle: string): void {
		this.#subtitle.text = subtitle;
		port.invalidate();
	}

	setSubtitleTone(port: Port, tone: Tone): void {
		this.#subtitle.styles = [this.#look.style("caption", tone)];
		port.invalidate();
	}

	setIcon(port: Port, icon: IconName | undefined): void {
		this.#icon = icon === undefined ? undefined : this.#look.iconIndex(icon);
		port.invalidate();
	}

	setIconTone(port: Port, tone: Tone): void {
		this.#iconTone = tone;
		port.invalidate();
	}

	setColor(port: Port, color: string | undefined): void {
		this.#color = color;
		port.invalidate();
	}

	setTrailing(port: Port, trailing: string): void {
		this.#trailing.text = trailing;
		port.invalidate();
	}

	setTrailingTone(port: Port, tone: Tone): void {
		this.#trailing.styles = [
			this.#look.style("body", tone, "right"),
			this.#look.style("caption", tone, "right"),
		];
		port.invalidate();
	}

	setTrailingIcon(port: Port, icon: IconName | undefined): void {
		this.#trailingIcon = icon === undefined ? undefined : this.#look.iconIndex(icon);
		port.invalidate();
	}

	setSelected(port: Port, isSelected: boolean): void {
		this.#isSelected = isSelected;
		this.paint(port);
	}

	setRefusal(port: Port, refusal: string | undefined): void {
		this.#refusal = refusal ?? "";
		this.#title.styles = [this.#look.style("body", this.#refusal === "" ? this.#titleTone : "muted")];
		this.paint(port);
	}

	override onDraw(port: Port): void {
		const { gap, icon, text } = this.#look.metrics;
		const { width, height } = port;
		let left: number = gap;
		const px = icon.medium;
		if (this.#color !== undefined) {
			const disc = 24;
			port.drawSkin(this.#look.pill(28, this.#look.theme.line), left, (height - 28) >> 1, 28, 28);
			port.drawSkin(this.#look.pill(disc, this.#color), left + 2, (height - disc) >> 1, disc, disc);
			left += 28 + gap;
		} else if (this.#icon !== undefined) {
			const skin = this.#look.icons("medium", this.#iconTone);
			port.drawSkin(skin, left, (height - px) >> 1, px, px, this.#icon);
			left += px + gap;
		}
		let right = width - gap;
		if (this.#trailingIcon !== undefined) {
			const small = icon.small;
			right -= small;
			const skin = this.#look.icons("small", "muted");
			port.drawSkin(skin, right, (height - small) >> 1, small, small, this.#trailingIcon);
			right -= gap;
		}
		const trailing = this.#trailing.widthIn((right - left) >> 1);
		if (trailing > 0) {
			this.#trailing.draw(port, right - trailing, 0, trailing, height);
			right -= trailing + gap;
		}
		if (this.#subtitle.text === "") {
			this.#title.draw(port, left, 0, right - left, height);
			return;
		}
		const first = Math.round(text.body * 1.25);
		const second = Math.round(text.caption * 1.3);
		const top = (height - first - second) >> 1;
		this.#title.draw(port, left, top, right - left, first);
		this.#subtitle.draw(port, left, top + first, right - left, second);
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		this.#isPressed = isPressed;
		this.paint(content as Port);
	}

	protected override onTap(): void {
		if (this.#isPending) return;
		if (this.#refusal !== "") {
			this.#kit.navigator.toasts.refused(this.#refusal);
			return;
		}
		const answer = this.#onTap?.(this.#kit.scope.view);
		if (answer instanceof Promise) void this.wait(answer);
	}

	/** Meanwhile another touch sends nothing. */
	private async wait(answer: Promise<Answer>): Promise<void> {
		this.#isPending = true;
		await this.#kit.report(answer);
		this.#isPending = false;
	}

	private paint(port: Port): void {
		if (this.#refusal !== "") port.state = DISABLED;
		else if (this.#isPressed) port.state = PRESSED;
		else port.state = this.#isSelected ? SELECTED : NORMAL;
		port.invalidate();
	}
}
