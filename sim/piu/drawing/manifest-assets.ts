// The resources that a Moddable manifest lists, read from its folders instead of from a build.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Assets, FontAsset } from "./assets";
import { type BitmapParts, type Bitmaps, bitmapsFromPng } from "./bitmap";
import { readBmFont } from "./bmfont";

interface Manifest {
	readonly include?: string | readonly string[];
	readonly resources?: Readonly<Record<string, string | readonly string[]>>;
	readonly defines?: { readonly cfe?: { readonly kern?: boolean } };
}

interface Found {
	readonly path: string;
	readonly parts: BitmapParts;
	readonly packed: boolean;
}

const partsOfSuffix: Readonly<Record<string, BitmapParts>> = {
	"": "both",
	"-alpha": "mask",
	"-mask": "mask",
	"-color": "color",
};

/** Reads each file when it is first asked for. A resource that is there but wrong throws with its name. */
export class ManifestAssets implements Assets {
	kerning = false;
	readonly #images = new Map<string, Found>();
	readonly #fonts = new Map<string, Found>();
	readonly #bitmaps = new Map<string, Bitmaps>();
	readonly #fontAssets = new Map<string, FontAsset>();

	/** Of each manifest with what it includes by a relative path; the SDK's own ones hold no resources. */
	constructor(...manifests: readonly string[]) {
		for (const manifest of manifests) this.#readManifest(resolve(manifest));
	}

	bitmaps(name: string): Bitmaps | undefined {
		const known = this.#bitmaps.get(name);
		if (known !== undefined) return known;
		const found = this.#images.get(name);
		if (found === undefined) return undefined;
		const bitmaps = bitmapsFromPng(readFileSync(found.path), found.parts, name);
		this.#bitmaps.set(name, bitmaps);
		return bitmaps;
	}

	font(name: string): FontAsset | undefined {
		const known = this.#fontAssets.get(name);
		if (known !== undefined) return known;
		const found = this.#fonts.get(name);
		if (found === undefined) return undefined;
		const image = found.path.replace(/\.fnt$/, ".png");
		const asset = {
			packed: found.packed,
			font: readBmFont(readFileSync(found.path), name),
			...bitmapsFromPng(readFileSync(image), found.parts, basename(image)),
		};
		this.#fontAssets.set(name, asset);
		return asset;
	}

	#readManifest(path: string): void {
		const manifest: Manifest = JSON.parse(readFileSync(path, "utf8"));
		for (const include of [manifest.include ?? []].flat()) {
			if (!include.startsWith("$(")) this.#readManifest(resolve(dirname(path), include));
		}
		if (manifest.defines?.cfe?.kern === true) this.kerning = true;
		for (const [target, sources] of Object.entries(manifest.resources ?? {})) {
			for (const source of [sources].flat()) this.#add(target, resolve(dirname(path), source));
		}
	}

	/** `target` is "*" with a folder before and a suffix after it, or a name with a suffix. */
	#add(target: string, source: string): void {
		const suffix = /-(?:alpha|mask|color)$/.exec(target)?.[0] ?? "";
		const parts = partsOfSuffix[suffix] ?? "both";
		const packed = suffix === "-mask";
		const pattern = target.slice(0, target.length - suffix.length);
		for (const path of filesOf(source)) {
			const name = pattern.replace("*", basename(path).replace(/\.[^.]*$/, ""));
			if (path.endsWith(".fnt")) this.#fonts.set(name, { path, parts, packed });
			else if (path.endsWith(".png")) this.#images.set(`${name}.png`, { path, parts, packed });
		}
	}
}

/** A source names a file with or without its extension, or all files of a folder as "folder/*". */
function filesOf(source: string): string[] {
	const folder = dirname(source);
	const name = basename(source);
	if (!existsSync(folder)) return [];
	const files = readdirSync(folder).filter((file) => /\.(?:fnt|png)$/.test(file));
	return files
		.filter((file) => name === "*" || file === name || file.replace(/\.[^.]*$/, "") === name)
		.map((file) => join(folder, file));
}
