// Draws the drawing scenes on the real Piu, and leaves the pixels of each in the app's folder.

import { ImageBuffer } from "piu/ImageBuffer";
import {
	Application,
	Behavior,
	Content,
	Label,
	Port,
	Skin,
	type SkinDictionary,
	Style,
	Text,
	Texture,
} from "piu/MC";
import { QRCode } from "piu/QRCode";
import { openFolder, replaceFile } from "platform/xs/host/files";
import Timer from "timer";
import { type SceneItem, sceneHeight, sceneWidth } from "../../unit/sim/piu/drawing/drawing-scene";
import { createDrawingScenes } from "../../unit/sim/piu/drawing/drawing-scenes";

type Item = SceneItem<Skin, Style, Texture>;
type PortItem = Extract<Item, { kind: "port" }>;

const RGB565LE = 7;
const BYTES_PER_PIXEL = 2;

/** The names but `frame` are Piu's: it draws when its `context` is idle. */
class FrameScreen {
	readonly frame = new Uint8Array(sceneWidth * sceneHeight * BYTES_PER_PIXEL);
	readonly width = sceneWidth;
	readonly height = sceneHeight;
	readonly pixelFormat = RGB565LE;
	readonly rotation = 0;
	context: { onIdle(): void } | undefined;
	#area = { x: 0, width: 0, row: 0 };

	begin(x: number, y: number, width: number): void {
		this.#area = { x, width, row: y };
	}

	send(buffer: ArrayBuffer, offset: number, count: number): void {
		const rows = new Uint8Array(buffer, offset, count);
		const rowBytes = this.#area.width * BYTES_PER_PIXEL;
		for (let from = 0; from < count; from += rowBytes) {
			const to = (this.#area.row++ * sceneWidth + this.#area.x) * BYTES_PER_PIXEL;
			this.frame.set(rows.subarray(from, from + rowBytes), to);
		}
	}

	continue(): void {}
	end(): void {}
	start(): void {}
	stop(): void {}
}

class DrawBehavior extends Behavior {
	#item: PortItem | undefined;

	override onCreate(_port: Content, item: PortItem): void {
		this.#item = item;
	}

	override onDraw(port: Port): void {
		this.#item?.draw(port);
	}
}

export default function main(): void {
	Timer.set(draw);
}

function draw(): void {
	const folder = openFolder();
	const kit = {
		skin: (dictionary: object) => new Skin(dictionary as SkinDictionary),
		style: (dictionary: object) => new Style(dictionary),
		texture: (path: string) => new Texture(path),
	};
	for (const [index, scene] of createDrawingScenes<Skin, Style, Texture>(kit).entries()) {
		const screen = new FrameScreen();
		(globalThis as unknown as { screen: FrameScreen }).screen = screen;
		try {
			new Application(null, {
				displayListLength: 65536,
				commandListLength: 32768,
				touchCount: 0,
				skin: scene.skin,
				style: scene.style,
				contents: scene.items.map(contentOf),
			});
			screen.context?.onIdle();
			replaceFile(folder, `drawing-${index}.rgb565`, screen.frame);
			trace(`drawing picture ${index} ${scene.name}\n`);
		} catch (error) {
			trace(`drawing failure ${index} ${scene.name}: ${error}\n`);
		}
	}
	trace("drawing end\n");
}

function contentOf(item: Item): Content {
	const { place, kind: _kind, ...rest } = item;
	const dictionary = { ...place, ...rest };
	if (item.kind === "label") return new Label(null, { ellipsis: false, ...dictionary });
	if (item.kind === "text")
		return new Text(null, { ...dictionary, blocks: item.blocks as (string | object)[] as string[] });
	if (item.kind === "port") return new Port(item, { ...dictionary, Behavior: DrawBehavior });
	if (item.kind === "qr") return new QRCode(null, dictionary);
	if (item.kind === "content") return new Content(null, dictionary);
	const image = new ImageBuffer(null, {
		...dictionary,
		imageWidth: item.imageWidth,
		imageHeight: item.imageHeight,
	});
	image.buffer = item.buffer;
	return image;
}
