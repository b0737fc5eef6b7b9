// Draws a drawing scene with this host, as Piu's contents do it: skins, then what the content shows.

import { drawImage } from "../../../../../sim/piu/drawing/image-buffer";
import type { SkinAlignment } from "../../../../../sim/piu/drawing/interface";
import { PortDrawing } from "../../../../../sim/piu/drawing/port";
import { QrDrawing } from "../../../../../sim/piu/drawing/qr-code";
import { Raster } from "../../../../../sim/piu/drawing/raster";
import { Skin } from "../../../../../sim/piu/drawing/skin";
import { computeStyle, drawStyled, Style } from "../../../../../sim/piu/drawing/style";
import { TextLayout } from "../../../../../sim/piu/drawing/text-layout";
import { Texture } from "../../../../../sim/piu/drawing/texture";
import { View } from "../../../../../sim/piu/drawing/view";
import {
	type DrawingScene,
	type Place,
	type SceneItem,
	type SceneKit,
	sceneHeight,
	sceneWidth,
} from "./drawing-scene";

export type HostScene = DrawingScene<Skin, Style, Texture>;
type Item = SceneItem<Skin, Style, Texture>;

export const hostKit: SceneKit<Skin, Style, Texture> = {
	skin: (dictionary) => new Skin(dictionary),
	style: (dictionary) => new Style(dictionary),
	texture: (path) => new Texture(path),
};

/** `cells` are drawn one by one, as dirty rectangles. */
export function drawScene(
	scene: HostScene,
	cells = [{ x: 0, y: 0, width: sceneWidth, height: sceneHeight }],
): Raster {
	const raster = new Raster(sceneWidth, sceneHeight);
	const view = new View(raster);
	view.begin();
	scene.skin.draw(view, { x: 0, y: 0, width: sceneWidth, height: sceneHeight }, 0, 0);
	for (const item of scene.items) drawItem(view, scene, item);
	view.end(cells);
	return raster;
}

function drawItem(view: View, scene: HostScene, item: Item): void {
	const { width, height } = item.place;
	const bounds = { x: 0, y: 0, width, height };
	const state = item.state ?? 0;
	const variant = item.variant ?? 0;
	const across = along(sceneWidth, width, item.place.left, item.place.right);
	const down = along(sceneHeight, height, item.place.top, item.place.bottom);
	const chain = item.style === undefined ? [scene.style] : [item.style, scene.style];
	// A container leaves out what is beside the area to draw, with all that it would draw out of its bounds.
	if (across.at >= sceneWidth || across.at + width <= 0) return;
	if (down.at >= sceneHeight || down.at + height <= 0) return;
	view.pushOrigin(across.at, down.at);
	if (item.kind !== "qr") item.skin?.draw(view, bounds, variant, state, across.align, down.align);
	if (item.kind === "label") {
		const style = computeStyle(chain);
		if (style) drawStyled(view, style, item.string, bounds, item.ellipsis ?? false, state);
	} else if (item.kind === "text") {
		const layout = new TextLayout();
		layout.setBlocks(item.blocks);
		layout.compute(chain);
		layout.format(width);
		layout.draw(view, { x: -across.at, y: -down.at, width: sceneWidth, height: sceneHeight }, state);
	} else if (item.kind === "port") {
		const { skin } = item;
		item.draw(new PortDrawing(view, { skin, style: computeStyle(chain), variant, state }));
	} else if (item.kind === "qr") {
		const drawing = new QrDrawing();
		drawing.setString(item.string, item.maxVersion);
		drawing.draw(view, width, height, item.skin, state);
	} else if (item.kind === "image") {
		drawImage(view, item.buffer, item.imageWidth, item.imageHeight, width, height);
	}
	view.popOrigin();
}

function along(
	room: number,
	size: number,
	start: Place["left"],
	end: Place["left"],
): { at: number; align: SkinAlignment } {
	if (start !== undefined) return { at: start, align: "start" };
	if (end !== undefined) return { at: room - end - size, align: "end" };
	return { at: (room - size) / 2, align: "middle" };
}
