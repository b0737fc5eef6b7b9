// Label, Text, Port, QRCode and ImageBuffer as the panel sees them.

import type { ImageBuffer as PiuImageBuffer } from "piu/ImageBuffer";
import type * as piu from "piu/MC";
import type { QRCode as PiuQrCode } from "piu/QRCode";
import type { TextParts } from "../drawing/interface";
import { Skin } from "../drawing/skin";
import { Style } from "../drawing/style";
import { Texture } from "../drawing/texture";
import type { ImageBufferNode } from "../tree/image-buffer-node";
import type { LabelNode } from "../tree/label-node";
import { toCoordinate, toDimension, toInteger } from "../tree/numbers";
import type { PortNode } from "../tree/port-node";
import type { QrCodeNode } from "../tree/qr-code-node";
import type { TextNode } from "../tree/text-node";
import { Content, checked } from "./content";

export class Label extends Content implements piu.Label {
	readonly #node: LabelNode;

	constructor(node: LabelNode) {
		super(node);
		this.#node = node;
	}

	get string(): string {
		// Piu has none either until it was set.
		return this.#node.string as string;
	}
	set string(string: string) {
		this.#node.setString(String(string));
	}
}

export class Text extends Content implements piu.Text {
	readonly #node: TextNode;
	#blocks: readonly (string | piu.TextSpan)[] | undefined;

	constructor(node: TextNode) {
		super(node);
		this.#node = node;
	}

	get string(): string {
		return this.#node.string;
	}
	set string(string: string) {
		this.#blocks = undefined;
		this.#node.setString(String(string));
	}
	get blocks(): readonly (string | piu.TextSpan)[] {
		return this.#blocks ?? [this.#node.string];
	}
	set blocks(blocks: readonly (string | piu.TextSpan)[]) {
		this.#blocks = blocks;
		this.#node.setBlocks(blocks as TextParts<Style>);
	}
}

export class Port extends Content implements piu.Port {
	readonly #node: PortNode;

	constructor(node: PortNode) {
		super(node);
		this.#node = node;
	}

	// Piu's Port can be told its skin, state and variant without being drawn again; it cannot be asked for them.

	override get skin(): undefined {
		return undefined;
	}
	override set skin(skin: piu.Skin | undefined) {
		this.#node.skin = skin === undefined ? undefined : needed(Skin, skin);
	}
	override get state(): number {
		return undefined as unknown as number;
	}
	override set state(state: number) {
		this.#node.state = Math.fround(checked("state", state));
	}
	override get variant(): number {
		return undefined as unknown as number;
	}
	override set variant(variant: number) {
		this.#node.variant = toInteger(checked("variant", variant));
	}

	drawContent(x: number, y: number, width: number, height: number): void {
		this.#node.drawing.drawContent(...box(x, y, width, height));
	}
	drawLabel(string: string, x: number, y: number, width: number, height: number): void {
		this.#node.drawing.drawLabel(String(string), ...box(x, y, width, height));
	}
	drawSkin(
		skin: piu.Skin,
		x: number,
		y: number,
		width: number,
		height: number,
		variant = 0,
		state = 0,
	): void {
		this.#node.drawing.drawSkin(needed(Skin, skin), ...box(x, y, width, height), toInteger(variant), state);
	}
	drawString(string: string, style: piu.Style, color: piu.Color, x: number, y: number, width = 0): void {
		const [left, top, room] = box(x, y, width, 0);
		this.#node.drawing.drawString(String(string), needed(Style, style), color, left, top, room);
	}
	drawStyle(
		string: string,
		style: piu.Style,
		x: number,
		y: number,
		width: number,
		height: number,
		ellipsis = false,
		state = 0,
	): void {
		const at = box(x, y, width, height);
		this.#node.drawing.drawStyle(String(string), needed(Style, style), ...at, ellipsis, state);
	}
	drawTexture(
		texture: piu.Texture,
		color: piu.Color,
		x: number,
		y: number,
		sx: number,
		sy: number,
		width: number,
		height: number,
	): void {
		const { drawing } = this.#node;
		const at = [toCoordinate(checked("x", x)), toCoordinate(checked("y", y))] as const;
		drawing.drawTexture(needed(Texture, texture), color, ...at, ...box(sx, sy, width, height));
	}
	fillColor(color: piu.Color, x: number, y: number, width: number, height: number): void {
		this.#node.drawing.fillColor(color, ...box(x, y, width, height));
	}
	fillTexture(
		texture: piu.Texture,
		color: piu.Color,
		x: number,
		y: number,
		width: number,
		height: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		const { drawing } = this.#node;
		const from = box(sx, sy, sw, sh);
		drawing.fillTexture(needed(Texture, texture), color, ...box(x, y, width, height), ...from);
	}
	invalidate(x?: number, y?: number, width?: number, height?: number): void {
		if (this.#node.isDrawing) throw new Error("a Port cannot be invalidated in its onDraw");
		if (x === undefined) {
			this.#node.invalidateBox();
			return;
		}
		const [left, top, w, h] = box(x, y ?? 0, width ?? 0, height ?? 0);
		this.#node.invalidateArea({ x: left, y: top, width: w, height: h });
	}
	measureString(string: string, style: piu.Style): piu.Size {
		const { font } = needed(Style, style).alone;
		return { width: font.widthOf(String(string)), height: font.height };
	}
	pushClip(x: number, y: number, width: number, height: number): void {
		this.#node.drawing.pushClip(...box(x, y, width, height));
	}
	popClip(): void {
		this.#node.drawing.popClip();
	}
}

export class QRCode extends Content implements PiuQrCode {
	readonly #node: QrCodeNode;

	constructor(node: QrCodeNode) {
		super(node);
		this.#node = node;
	}

	get string(): string {
		return this.#node.string as string;
	}
	set string(string: string) {
		this.#node.setString(String(string));
	}
}

export class ImageBuffer extends Content implements PiuImageBuffer {
	readonly #node: ImageBufferNode;

	constructor(node: ImageBufferNode) {
		super(node);
		this.#node = node;
	}

	get buffer(): ArrayBuffer | ArrayBufferView {
		return this.#node.buffer as ArrayBuffer | ArrayBufferView;
	}
	set buffer(buffer: ArrayBuffer | ArrayBufferView) {
		if (!(buffer instanceof ArrayBuffer) && !ArrayBuffer.isView(buffer)) {
			throw new TypeError("ImageBuffer: an ArrayBuffer or a view of one is needed");
		}
		this.#node.setBuffer(buffer);
	}
}

function box(x: number, y: number, width: number, height: number): [number, number, number, number] {
	return [
		toCoordinate(checked("x", x)),
		toCoordinate(checked("y", y)),
		toDimension(checked("width", width)),
		toDimension(checked("height", height)),
	];
}

/** The panel knows these by their declaration only; here they have to be of this host. */
function needed<C extends object>(type: abstract new (...parameters: never[]) => C, value: object): C {
	if (value instanceof type) return value;
	throw new TypeError(`a ${type.name} is needed, not ${String(value)}`);
}
