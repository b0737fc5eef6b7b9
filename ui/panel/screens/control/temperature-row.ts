// What is heated: how warm it is, which way it goes, and in a box what it is set to. A touch opens its keypad.

import { type Content, Port } from "piu/MC";
import { Line } from "../../components/line";
import { type Place, placeOf } from "../../components/place";
import { Tap } from "../../components/tap";
import type { Kit } from "../../kit";
import type { IconName } from "../../look/icon-names";
import type { Look, Tone } from "../../look/look";
import type { TemperatureRow } from "../../models/temperatures";
import { openTemperatureKeypad } from "./temperature-keypad";

export interface TemperatureRowOptions<View> extends Place {
	readonly read: (view: View) => TemperatureRow | undefined;
	/** In place of the reading's own. */
	readonly label?: (view: View) => string;
	readonly status?: (view: View) => string;
}

export function temperatureRow<View>(kit: Kit<View>, options: TemperatureRowOptions<View>): Content {
	const { read, label, status } = options;
	const behavior = new RowBehavior(kit.look, () => {
		const row = kit.scope.view === undefined ? undefined : read(kit.scope.view);
		if (row) openTemperatureKeypad(kit, row);
	});
	const { surface, raised } = kit.look.theme;
	const port = new Port(null, {
		...placeOf(options, { height: kit.metrics.target }),
		active: true,
		skin: kit.look.round([surface, raised]),
		behavior,
	});
	const unknown = kit.words.common.unknown;
	kit.follow<string>(label ?? ((view) => read(view)?.label ?? ""), (text) =>
		behavior.setText(port, "label", text),
	);
	kit.follow<string>(status ?? ((view) => read(view)?.status ?? ""), (text) =>
		behavior.setText(port, "status", text),
	);
	kit.follow<string>(
		(view) => read(view)?.current ?? unknown,
		(text) => behavior.setText(port, "current", text),
	);
	kit.follow<string>(
		(view) => (read(view)?.current === unknown ? "" : "°C"),
		(text) => behavior.setText(port, "unit", text),
	);
	kit.follow<string>(
		(view) => targetOf(read(view), unknown),
		(text) => behavior.setText(port, "target", text),
	);
	kit.followTone(
		(view) => read(view)?.tone ?? "muted",
		(tone) => behavior.setTone(port, tone),
	);
	kit.follow<boolean>(
		(view) => read(view)?.isSettable ?? false,
		(isSettable) => behavior.setSettable(port, isSettable),
	);
	kit.follow<IconName>(
		(view) => iconOf(read(view)?.id ?? ""),
		(icon) => behavior.setIcon(port, icon),
	);
	return port;
}

/** What is only measured has none. */
function targetOf(row: TemperatureRow | undefined, unknown: string): string {
	if (row === undefined) return unknown;
	return row.command === undefined ? "" : row.targetText;
}

function iconOf(id: string): IconName {
	if (id === "bed" || id === "chamber") return id;
	return "nozzle";
}

class RowBehavior extends Tap {
	private look: Look;
	#onTap: () => void;
	private label: Line;
	private status: Line;
	private current: Line;
	private unit: Line;
	private target: Line;
	private icon: number | undefined;
	private tone: Tone = "muted";
	private isSettable = false;

	constructor(look: Look, onTap: () => void) {
		super();
		this.look = look;
		this.#onTap = onTap;
		this.label = new Line([look.style("body"), look.style("caption")]);
		this.status = new Line([]);
		this.current = new Line([]);
		this.unit = new Line([look.style("caption", "muted")]);
		this.target = new Line([]);
	}

	setText(port: Port, part: "label" | "status" | "current" | "unit" | "target", text: string): void {
		const line = {
			label: this.label,
			status: this.status,
			current: this.current,
			unit: this.unit,
			target: this.target,
		}[part];
		line.text = text;
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.tone = tone;
		this.current.styles = [this.look.style("title", tone, "right", "bold")];
		this.status.styles = [this.look.style("caption", tone === "text" ? "muted" : tone)];
		port.invalidate();
	}

	setSettable(port: Port, isSettable: boolean): void {
		this.isSettable = isSettable;
		const style = isSettable
			? this.look.style("body", "text", "center", "bold")
			: this.look.style("body", "muted", "center");
		this.target.styles = [style, this.look.style("caption", isSettable ? "text" : "muted", "center")];
		port.invalidate();
	}

	setIcon(port: Port, icon: IconName): void {
		this.icon = this.look.iconIndex(icon);
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { density, gap, icon, text } = this.look.metrics;
		const { width, height } = port;
		let left = gap * 1.5;
		if (this.icon !== undefined) {
			const px = icon.medium;
			const tone = this.tone === "text" ? "muted" : this.tone;
			port.drawSkin(this.look.icons("medium", tone), left, (height - px) >> 1, px, px, this.icon);
			left += px + gap * 1.5;
		}
		const box = density === "large" ? 84 : 64;
		// Numbers stand below each other whether there is a box or not.
		let right = width - gap - box;
		this.drawTarget(port, right, box, height);
		right -= gap * 1.5;
		const unit = this.unit.widthIn(right);
		if (unit > 0) {
			this.unit.draw(port, right - unit, 0, unit, height);
			right -= unit + gap / 2;
		}
		const current = this.current.widthIn(right - left);
		this.current.draw(port, right - current, 0, current, height);
		const room = right - current - gap - left;
		if (this.status.text === "") {
			this.label.draw(port, left, 0, room, height);
			return;
		}
		const first = Math.round(text.body * 1.25);
		const second = Math.round(text.caption * 1.3);
		const top = (height - first - second) >> 1;
		this.label.draw(port, left, top, room, first);
		this.status.draw(port, left, top + first, room, second);
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		content.state = isPressed ? 1 : 0;
		(content as Port).invalidate();
	}

	protected override onTap(): void {
		this.#onTap();
	}

	private drawTarget(port: Port, left: number, width: number, height: number): void {
		if (this.target.text === "") return;
		const { gap } = this.look.metrics;
		const { raised, line } = this.look.theme;
		const skin = this.isSettable ? this.look.round(raised) : this.look.frame(line);
		port.drawSkin(skin, left, gap, width, height - 2 * gap);
		this.target.draw(port, left + 4, gap, width - 8, height - 2 * gap);
	}
}
