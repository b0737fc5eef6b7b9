// A row that says what something is: a name, its value, and the unit smaller and muted. A touch may open its keypad.

import { type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Look, Tone } from "../look/look";
import type { TextSize } from "../look/metrics";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface ValueRowOptions<View> extends Place {
	readonly label: Read<View, string>;
	readonly icon?: Read<View, IconName | undefined>;
	/** Ready to be shown: "245", "245 / 250", "–". */
	readonly value: Read<View, string>;
	readonly unit?: Read<View, string>;
	/** Of the value. */
	readonly tone?: Read<View, Tone>;
	/** Not muted while the data of the screen is old. */
	readonly staysFresh?: boolean;
	/** Of the value: "title" by default. */
	readonly size?: TextSize;
	readonly onTap?: (view: View | undefined) => void;
	/** Why a touch does nothing, in words; undefined or "" while it does something. */
	readonly refusal?: Read<View, string | undefined>;
}

export function valueRow<View>(kit: Kit<View>, options: ValueRowOptions<View>): Content {
	const behavior = new ValueRow(kit, options);
	const { onTap } = options;
	const port = new Port(null, {
		...placeOf(options, { height: onTap ? kit.metrics.target : Math.round(kit.metrics.target * 0.75) }),
		behavior,
		...(onTap && { active: true, skin: kit.look.row }),
	});
	kit.follow(options.label, (label) => behavior.setLabel(port, label));
	kit.follow(options.icon, (icon) => behavior.setIcon(port, icon));
	kit.follow(options.unit ?? "", (unit) => behavior.setUnit(port, unit));
	kit.followTone(options.tone ?? "text", (tone) => behavior.setTone(port, tone), options.staysFresh);
	kit.follow(options.value, (value) => behavior.setValue(port, value));
	kit.follow(options.refusal, (refusal) => behavior.setRefusal(refusal));
	return port;
}

class ValueRow<View> extends Tap {
	private kit: Kit<View>;
	#onTap: ((view: View | undefined) => void) | undefined;
	private look: Look;
	private size: TextSize;
	private label: Line;
	private value: Line;
	private unit: Line;
	private icon: number | undefined;
	private refusal = "";

	constructor(kit: Kit<View>, options: ValueRowOptions<View>) {
		super();
		const { look } = kit;
		this.kit = kit;
		this.look = look;
		this.#onTap = options.onTap;
		this.size = options.size ?? "title";
		this.label = new Line([look.style("body", "muted"), look.style("caption", "muted")]);
		this.value = new Line([]);
		this.unit = new Line([look.style(this.size === "title" ? "body" : "caption", "muted")]);
	}

	setLabel(port: Port, label: string): void {
		this.label.text = label;
		port.invalidate();
	}

	setIcon(port: Port, icon: IconName | undefined): void {
		this.icon = icon === undefined ? undefined : this.look.iconIndex(icon);
		port.invalidate();
	}

	setUnit(port: Port, unit: string): void {
		this.unit.text = unit;
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.value.styles = [
			this.look.style(this.size, tone, "right", "bold"),
			this.look.style(this.size === "body" ? "caption" : "body", tone, "right", "bold"),
		];
		port.invalidate();
	}

	setValue(port: Port, value: string): void {
		this.value.text = value;
		port.invalidate();
	}

	setRefusal(refusal: string | undefined): void {
		this.refusal = refusal ?? "";
	}

	override onDraw(port: Port): void {
		const { gap, icon } = this.look.metrics;
		const { width, height } = port;
		let left: number = gap;
		if (this.icon !== undefined) {
			const px = icon.small;
			port.drawSkin(this.look.icons("small", "muted"), left, (height - px) >> 1, px, px, this.icon);
			left += px + gap;
		}
		let right = width - gap;
		const unitWidth = this.unit.widthIn(width);
		if (unitWidth > 0) {
			this.unit.draw(port, right - unitWidth, 0, unitWidth, height);
			right -= unitWidth + gap / 2;
		}
		const labelWidth = this.label.widthIn((right - left) >> 1);
		// A smaller value rather than a cut label; and no label rather than a cut value.
		const beside = this.value.widthIn(right - left - gap - labelWidth);
		const valueWidth = this.value.isCutIn(beside) ? this.value.widthIn(right - left) : beside;
		this.value.draw(port, right - valueWidth, 0, valueWidth, height);
		const room = right - valueWidth - gap - left;
		if (room >= labelWidth || room > 3 * icon.medium) this.label.draw(port, left, 0, room, height);
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		content.state = isPressed ? 1 : 0;
		(content as Port).invalidate();
	}

	protected override onTap(): void {
		if (this.refusal !== "") this.kit.navigator.toasts.refused(this.refusal);
		else this.#onTap?.(this.kit.scope.view);
	}
}
