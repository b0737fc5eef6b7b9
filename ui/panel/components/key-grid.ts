// Rows of keys in one content: cheaper than a button for each, and a finger may slide from key to key.

import { Behavior, type Content, type Port } from "piu/MC";
import type { IconName } from "../look/icon-names";
import { type ButtonTone, DISABLED, type Look, NORMAL, PRESSED, SELECTED } from "../look/look";
import type { TextSize } from "../look/metrics";

export interface Key {
	readonly id: string;
	/** "" where there is an icon. */
	readonly label: string;
	readonly icon?: IconName;
	/** Its share of the row; 1 is one key. */
	readonly weight: number;
	readonly tone: ButtonTone;
	readonly isDisabled?: boolean;
	readonly isSelected?: boolean;
}

export type KeyRow = readonly (Key | undefined)[];

export class KeyGrid extends Behavior {
	private look: Look;
	private size: TextSize;
	private gap: number;
	private rows: readonly KeyRow[] = [];
	private weights: readonly number[] = [];
	private pressed: Key | undefined;
	private onKey: (id: string) => void;

	constructor(options: { look: Look; size: TextSize; gap: number; onKey(id: string): void }) {
		super();
		this.look = options.look;
		this.size = options.size;
		this.gap = options.gap;
		this.onKey = options.onKey;
	}

	/** `weights`: of each row in all; a row with less is centred. An undefined key leaves its place free. */
	setRows(port: Port, rows: readonly KeyRow[], weights: readonly number[]): void {
		this.rows = rows;
		this.weights = weights;
		port.invalidate();
	}

	override onTouchBegan(content: Content, _id: number, x: number, y: number): void {
		this.press(content as Port, this.keyAt(content, x - content.x, y - content.y));
	}

	override onTouchMoved(content: Content, _id: number, x: number, y: number): void {
		this.press(content as Port, this.keyAt(content, x - content.x, y - content.y));
	}

	override onTouchEnded(content: Content): void {
		const key = this.pressed;
		this.press(content as Port, undefined);
		if (key && content.application) this.onKey(key.id);
	}

	override onTouchCancelled(content: Content): void {
		this.press(content as Port, undefined);
	}

	override onDraw(port: Port): void {
		const height = this.rowHeight(port);
		for (let index = 0; index < this.rows.length; index++) {
			const unit = this.unit(port, index);
			let x = this.rowLeft(port, index, unit);
			const row = this.rows[index];
			const count = row?.length ?? 0;
			for (let place = 0; place < count; place++) {
				const key = row?.[place];
				const width = (key?.weight ?? 1) * unit;
				if (key) this.drawKey(port, key, x, index * height, width, height);
				x += width;
			}
		}
	}

	private press(port: Port, key: Key | undefined): void {
		const next = key?.isDisabled ? undefined : key;
		if (next === this.pressed) return;
		this.pressed = next;
		port.invalidate();
	}

	private drawKey(port: Port, key: Key, left: number, top: number, width: number, height: number): void {
		const half = this.gap / 2;
		const x = Math.round(left + half);
		const y = Math.round(top + half);
		const w = Math.round(left + width - half) - x;
		const h = Math.round(top + height - half) - y;
		const state = key.isDisabled
			? DISABLED
			: key === this.pressed
				? PRESSED
				: key.isSelected
					? SELECTED
					: NORMAL;
		port.drawSkin(this.look.button(key.tone), x, y, w, h, 0, state);
		if (key.icon !== undefined) {
			const px = this.look.metrics.icon.medium;
			const skin = this.look.buttonIcons("medium", key.tone);
			const icon = this.look.iconIndex(key.icon);
			port.drawSkin(skin, x + ((w - px) >> 1), y + ((h - px) >> 1), px, px, icon, state);
		} else {
			port.drawStyle(key.label, this.look.buttonStyle(key.tone, this.size), x, y, w, h, true, state);
		}
	}

	/** The gaps belong to the keys, so that every touch in a row is one of a key. */
	private keyAt(content: Content, x: number, y: number): Key | undefined {
		const index = Math.floor(y / this.rowHeight(content));
		const unit = this.unit(content, index);
		let left = this.rowLeft(content, index, unit);
		const row = this.rows[index];
		const last = (row?.length ?? 0) - 1;
		for (let place = 0; place < last; place++) {
			left += (row?.[place]?.weight ?? 1) * unit;
			// What is beside a short row belongs to its first key and to its last.
			if (x < left) return row?.[place];
		}
		return row?.[last];
	}

	private rowHeight(content: Content): number {
		return content.height / Math.max(1, this.rows.length);
	}

	private unit(content: Content, row: number): number {
		return content.width / (this.weights[row] ?? 1);
	}

	private rowLeft(content: Content, row: number, unit: number): number {
		let weight = 0;
		const keys = this.rows[row];
		const count = keys?.length ?? 0;
		for (let place = 0; place < count; place++) weight += keys?.[place]?.weight ?? 1;
		return (content.width - weight * unit) / 2;
	}
}
