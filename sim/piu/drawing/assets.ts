// Where textures and fonts come from: set once, as the resources of an app are there for all of its Piu.
import type { Bitmaps } from "./bitmap";
import type { BmFont } from "./bmfont";

export interface FontAsset extends Bitmaps {
	readonly font: BmFont;
	/** Whether the build packs each glyph by itself ("*-mask"). */
	readonly packed: boolean;
}

export interface Assets {
	/** Of a PNG, named as the panel names it: "icons-20.png". */
	bitmaps(name: string): Bitmaps | undefined;
	/** Of a font resource, named as Piu names it: "Culm-Bold-28". */
	font(name: string): FontAsset | undefined;
	/** Whether the build switches kerning on (`"defines": { "cfe": { "kern": true } }`). */
	readonly kerning: boolean;
}

let current: Assets | undefined;
let changes = 0;

export function setAssets(assets: Assets): void {
	if (assets === current) return;
	current = assets;
	changes++;
}

export function currentAssets(): Assets {
	if (current === undefined) throw new Error("Piu has no resources yet: call setAssets first");
	return current;
}

/** Changes whenever other assets are set, so that what was made from the former ones is made again. */
export function assetsVersion(): number {
	return changes;
}
