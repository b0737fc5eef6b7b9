// What a drawing scene is made of: contents at fixed places, drawn by the real Piu and by this host alike.
import type {
	Edges,
	SkinDictionary,
	StyleDictionary,
	TextParts,
} from "../../../../../sim/piu/drawing/interface";

export const sceneWidth = 240;
export const sceneHeight = 120;
/** Scenes beside each other in the picture of what the real Piu drew. */
export const sheetColumns = 4;

/** Piu's classes, of either Piu. */
export interface SceneKit<Skin, Style, Texture> {
	skin(dictionary: Omit<SkinDictionary, "texture"> & { readonly texture?: Texture }): Skin;
	style(dictionary: StyleDictionary): Style;
	texture(path: string): Texture;
}

/** Where a content is; what is left out centers it. */
export interface Place extends Edges {
	readonly width: number;
	readonly height: number;
}

interface Common<Skin, Style> {
	readonly place: Place;
	readonly skin?: Skin;
	readonly style?: Style;
	readonly state?: number;
	readonly variant?: number;
}

/** The methods of Piu's Port. */
export interface PortLike<Skin, Style, Texture> {
	drawContent(x: number, y: number, width: number, height: number): void;
	drawLabel(s: string, x: number, y: number, width: number, height: number, ellipsis?: boolean): void;
	drawSkin(
		skin: Skin,
		x: number,
		y: number,
		width: number,
		height: number,
		variant?: number,
		state?: number,
	): void;
	drawString(s: string, style: Style, color: string | number, x: number, y: number, width?: number): void;
	drawStyle(
		s: string,
		style: Style,
		x: number,
		y: number,
		width: number,
		height: number,
		ellipsis?: boolean,
		state?: number,
	): void;
	drawTexture(
		texture: Texture,
		color: string | number,
		x: number,
		y: number,
		sx: number,
		sy: number,
		width: number,
		height: number,
	): void;
	fillColor(color: string | number, x: number, y: number, width: number, height: number): void;
	fillTexture(
		texture: Texture,
		color: string | number,
		x: number,
		y: number,
		width: number,
		height: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void;
	pushClip(x: number, y: number, width: number, height: number): void;
	popClip(): void;
}

export type SceneItem<Skin, Style, Texture> = Common<Skin, Style> &
	(
		| { readonly kind: "content" }
		| { readonly kind: "label"; readonly string: string; readonly ellipsis?: boolean }
		| { readonly kind: "text"; readonly blocks: TextParts<Style> }
		| { readonly kind: "port"; draw(port: PortLike<Skin, Style, Texture>): void }
		| { readonly kind: "qr"; readonly string: string; readonly maxVersion?: number }
		| {
				readonly kind: "image";
				readonly imageWidth: number;
				readonly imageHeight: number;
				readonly buffer: ArrayBuffer;
		  }
	);

export interface DrawingScene<Skin, Style, Texture> {
	readonly name: string;
	/** Of the application, under all items. */
	readonly skin: Skin;
	readonly style: Style;
	readonly items: readonly SceneItem<Skin, Style, Texture>[];
}
