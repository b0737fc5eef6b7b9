// What Piu draws with fonts, textures and touches, as golden pictures.

import { ImageBuffer } from "piu/ImageBuffer";
import {
	Column,
	Container,
	Content,
	type Contents,
	Label,
	Port,
	Row,
	Scroller,
	Skin,
	Style,
	Text,
	Texture,
	Transition,
} from "piu/MC";
import { QRCode } from "piu/QRCode";
import type { Scene, Stage } from "./golden-scene";
import { BACK, colorAt, fill, numbers, scene } from "./piu-scene";

const INK = "#E8ECEA";
const BOX = "#222831";
const SENTENCE = "The nozzle is at 215 °C; the bed is heating up, and the print goes on in 3 minutes.";
const WORDS = ["Home", "Temperatures and fans", "设置 语言", "Größe 0.4 mm", "AVATAR fjord", "100 %"];

export function piuDrawingScenes(): readonly Scene[] {
	return [
		scene("labels", labels),
		scene("label-states", labelStates),
		scene("fonts", fonts),
		scene("wrapped-text", wrappedText),
		scene("text-spans", textSpans),
		scene("tiles", tiles),
		scene("icons", icons),
		scene("port", port),
		scene("qr-code", qrCode),
		scene("image-buffer", imageBuffer),
		scene("pressed", buttons, (stage) => stage.press(stage.width / 4, 30)),
		scene("tapped", buttons, (stage) => stage.tap((stage.width * 3) / 4, 30)),
		scene("dragged", draggedList, (stage) =>
			stage.drag(stage.width / 2, stage.height - 40, stage.width / 2, stage.height / 2),
		),
		scene("transition", transition, (stage) => stage.tap(stage.width / 2, stage.height / 2)),
	];
}

const bodyPx = ({ size }: Stage): number => (size === "large" ? 20 : 14);
const titlePx = ({ size }: Stage): number => (size === "large" ? 28 : 18);
const shapes = ({ size }: Stage): Texture => new Texture(`culm-shapes-${size}.png`);

/** Alignments, and what becomes of a string that is too long. */
function labels(stage: Stage): Contents[] {
	const font = `${bodyPx(stage)}px Culm`;
	const sides = ["left", "center", "right"] as const;
	const heights = ["top", "middle", "bottom"] as const;
	const width = Math.floor(stage.width / 3);
	const lineHeight = Math.floor(stage.height / 7);
	const place = (column: number, line: number) => ({
		left: column * width,
		width: width - 4,
		top: line * lineHeight,
		height: lineHeight - 4,
		skin: fill(BOX),
	});
	return [
		...heights.flatMap((vertical, line) =>
			sides.map(
				(horizontal, column) =>
					new Label(null, {
						...place(column, line),
						style: new Style({
							font,
							color: INK,
							horizontal,
							vertical,
							left: 5,
							right: 9,
							top: 2,
							bottom: 1,
						}),
						string: WORDS[column] ?? "",
					}),
			),
		),
		...sides.flatMap((horizontal, column) =>
			[false, true].map(
				(ellipsis, line) =>
					new Label(null, {
						...place(column, 3 + line),
						style: new Style({ font, color: INK, horizontal }),
						string: SENTENCE,
						ellipsis,
					}),
			),
		),
		...WORDS.map(
			(string, index) =>
				new Label(null, {
					left: (index % 3) * width,
					top: (5 + Math.floor(index / 3)) * lineHeight,
					skin: fill(BOX),
					style: new Style({ font, color: colorAt(index), left: index, right: 3 }),
					string,
				}),
		),
	];
}

/** Colors of a style by state, blended too; styles from the containers. */
function labelStates(stage: Stage): Contents[] {
	const style = new Style({
		font: `bold ${bodyPx(stage)}px Culm`,
		color: ["#FFFFFF", "#E0533D", "#3DA5E0", "#4CB86A"],
	});
	return [
		new Column(null, {
			left: 10,
			right: 10,
			top: 10,
			style,
			contents: [
				...[0, 1, 2, 3, 0.5, 2.5].map(
					(state) => new Label(null, { left: 0, right: 0, height: 24, state, string: `State ${state}` }),
				),
				new Label(null, {
					left: 0,
					right: 0,
					height: 24,
					style: new Style({ color: "#E0B23D80", horizontal: "right" }),
					string: "Half there, at the right",
				}),
			],
		}),
	];
}

/** Each font that this size has. */
function fonts(stage: Stage): Contents[] {
	const words =
		stage.size === "large"
			? ["16px Culm", "20px Culm", "28px Culm", "bold 20px Culm", "bold 28px Culm"]
			: ["12px Culm", "14px Culm", "18px Culm", "28px Culm", "bold 14px Culm", "bold 18px Culm"];
	const numbersOnly = stage.size === "large" ? ["bold 44px Culm", "bold 72px Culm"] : ["bold 40px Culm"];
	return [
		new Column(null, {
			left: 4,
			right: 0,
			top: 0,
			contents: [
				...words.map(
					(font) =>
						new Label(null, {
							left: 0,
							style: new Style({ font, color: INK }),
							string: "Hamburgefonstiv ÄÖÜß 0123456789 °C 打印机",
						}),
				),
				...numbersOnly.map(
					(font) =>
						new Label(null, { left: 0, style: new Style({ font, color: INK }), string: "215 °C 87 %" }),
				),
			],
		}),
	];
}

/** Lines broken at spaces, at a line feed and between Chinese characters; leading, alignment. */
function wrappedText(stage: Stage): Contents[] {
	const font = `${bodyPx(stage)}px Culm`;
	const width = Math.floor(stage.width / 2);
	const text = (index: number, style: Style, string: string): Text =>
		new Text(null, {
			left: (index % 2) * width + 4,
			width: width - 8,
			top: Math.floor(index / 2) * Math.floor(stage.height / 3) + 2,
			skin: fill(BOX),
			style,
			string,
		});
	return [
		text(0, new Style({ font, color: INK, horizontal: "left", left: 6, right: 6 }), SENTENCE),
		text(1, new Style({ font, color: INK, horizontal: "center" }), `${SENTENCE}\nA second line.`),
		text(2, new Style({ font, color: INK, horizontal: "right", leading: bodyPx(stage) * 2 }), SENTENCE),
		text(3, new Style({ font, color: INK, horizontal: "justify" }), SENTENCE),
		text(4, new Style({ font, color: INK }), "打印机没有回答。请检查设置，然后再试一次。"),
		text(
			5,
			new Style({ font, color: INK }),
			"Donaudampfschifffahrtsgesellschaftskapitänsmütze ist ein Wort.",
		),
	];
}

/** Words of several styles in a text. */
function textSpans(stage: Stage): Contents[] {
	const strong = new Style({ font: `bold ${bodyPx(stage)}px Culm`, color: "#E0B23D" });
	const title = new Style({ font: `bold ${titlePx(stage)}px Culm`, color: INK, horizontal: "center" });
	return [
		new Text(null, {
			left: 8,
			right: 8,
			top: 8,
			style: new Style({ font: `${bodyPx(stage)}px Culm`, color: INK }),
			blocks: [
				{ style: title, spans: "Filament" },
				{
					spans: [
						"Load ",
						{ style: strong, spans: "PLA Basic" },
						" into slot 2 and press ",
						{ style: strong, spans: "Go on" },
						".",
					],
				},
				SENTENCE,
			],
		}),
	];
}

/** Pieces of a texture that are repeated, at sizes from smaller than their ends to the whole screen. */
function tiles(stage: Stage): Contents[] {
	const texture = shapes(stage);
	const isLarge = stage.size === "large";
	const [side, edge] = isLarge ? [88, 12] : [48, 6];
	const ends = { left: edge, right: edge, top: edge, bottom: edge };
	const card = new Skin({ texture, color: BOX, x: 0, y: 0, width: side, height: side, tiles: ends });
	const frame = new Skin({
		texture,
		color: "#3DA5E0",
		x: side,
		y: 0,
		width: side,
		height: side,
		tiles: ends,
	});
	const pill = isLarge
		? { x: 0, y: 296, width: 88, height: 24, tiles: { left: 12, right: 12 } }
		: { x: 0, y: 116, width: 60, height: 24, tiles: { left: 12, right: 12 } };
	const pillSkin = new Skin({ ...pill, texture, color: ["#4CB86A", "#4CB86A80"] });
	return [
		new Content(null, { left: 3, right: 3, top: 3, bottom: 3, skin: card }),
		new Content(null, { left: 12, right: 50, top: 12, bottom: 50, skin: frame }),
		...[25, 31, 40, 48, 90, 131].flatMap((width, index) => [
			new Content(null, { left: 20 + index * 21, width, top: 20 + index * 8, height: width, skin: frame }),
			new Content(null, {
				right: 20,
				width: width + 40,
				bottom: 20 + index * 30,
				height: 24,
				skin: pillSkin,
				state: index % 2,
			}),
		]),
	];
}

/** Variants of a strip in several colors, cut where it ends. */
function icons({ width }: Stage): Contents[] {
	const px = 28;
	const texture = new Texture(`culm-icons-${px}.png`);
	const count = Math.floor(texture.width / px);
	const columns = Math.floor(width / (px + 4));
	return numbers(count).map(
		(variant) =>
			new Content(null, {
				left: (variant % columns) * (px + 4),
				top: Math.floor(variant / columns) * (px + 4),
				width: px,
				height: px,
				skin: new Skin({
					texture,
					x: 0,
					y: 0,
					width: px,
					height: px,
					variants: px,
					color: [INK, "#E0533D", "#FFFFFF60"],
				}),
				variant,
				state: variant % 3,
			}),
	);
}

/** All that a port draws. */
function port(stage: Stage): Contents[] {
	const style = new Style({ font: `${bodyPx(stage)}px Culm`, color: [INK, "#E0B23D"], horizontal: "center" });
	const texture = shapes(stage);
	const skin = new Skin({
		fill: BOX,
		stroke: ["#3DA5E0", "#E0533D"],
		borders: { left: 2, right: 2, top: 2, bottom: 2 },
	});
	return [
		new Port(null, {
			left: 6,
			right: 6,
			top: 6,
			bottom: 6,
			skin: fill("#181D22"),
			style,
			Behavior: class {
				onDraw(port: Port): void {
					const { width, height } = port;
					port.drawContent(0, 0, width, height);
					port.fillColor("#E0533D", 4, 4, 30, 20);
					port.fillColor("#E0533D80", 14, 14, 30, 20);
					port.drawSkin(skin, 60, 4, 50, 30, 0, 1);
					port.drawString("Left", style, "#FFFFFF", 4, 50);
					port.drawString("Cut where it is too long", style, "#4CB86A", 60, 50, 90);
					port.drawStyle("Centered", style, 4, 80, 120, 30, false, 1);
					port.drawStyle("Centered and much too long", style, 130, 80, 120, 30, true, 0);
					port.drawLabel("Own style", 4, 110, 200, 26);
					port.drawTexture(texture, "#E0B23D", 160, 4, 0, 0, 40, 40);
					port.fillTexture(texture, "#9A6BE060", 210, 4, 80, 66, 10, 10, 20, 20);
					port.pushClip(10, 150, 60, 40);
					port.fillColor("#3DA5E0", 0, 140, 40, 30);
					port.drawString("Clipped", style, "#FFFFFF", 30, 160);
					port.popClip();
					const size = port.measureString("Measured", style);
					port.fillColor(BOX, 90, 150, size.width, size.height);
					port.drawString("Measured", style, "#FFFFFF", 90, 150);
				}
			},
		}),
	];
}

function qrCode({ height }: Stage): Contents[] {
	return [
		new QRCode(null, {
			left: 10,
			width: Math.floor(height / 2) + 7,
			top: 10,
			height: Math.floor(height / 2),
			skin: new Skin({ fill: "#FFFFFF", stroke: "#101413" }),
			string: "https://wiki.bambulab.com/en/x1/troubleshooting/hmscode/0300_0100_0001_0001",
		}),
	];
}

function imageBuffer(): Contents[] {
	const [imageWidth, imageHeight] = [96, 64];
	const content = new ImageBuffer(null, {
		left: 20,
		width: imageWidth,
		top: 20,
		height: imageHeight,
		imageWidth,
		imageHeight,
	});
	const pixels = new Uint8Array(2 * imageWidth * imageHeight);
	for (const index of numbers(imageWidth * imageHeight)) {
		const [x, y] = [index % imageWidth, Math.floor(index / imageWidth)];
		const pixel = ((x % 32) << 11) | ((y % 64) << 5) | ((x + y) % 32);
		pixels[2 * index] = pixel & 0xff;
		pixels[2 * index + 1] = pixel >> 8;
	}
	content.buffer = pixels.buffer;
	return [content];
}

/** Change their state as long as they are touched, and keep another once they were. */
function buttons({ width }: Stage): Contents[] {
	const skin = new Skin({ fill: [BOX, "#E0533D", "#4CB86A"] });
	return [
		new Row(null, {
			left: 0,
			right: 0,
			top: 10,
			height: 60,
			contents: [0, 1].map(
				() =>
					new Content(null, {
						left: 5,
						width: Math.floor(width / 2) - 10,
						right: 5,
						top: 0,
						bottom: 0,
						active: true,
						skin,
						Behavior: class {
							onTouchBegan(content: Content): void {
								content.state = 1;
							}
							onTouchEnded(content: Content): void {
								content.state = 2;
							}
						},
					}),
			),
		}),
	];
}

/** Follows the finger; its rows would take the touch. */
function draggedList(): Contents[] {
	class ScrollerBehavior {
		private from = 0;
		private scroll = 0;
		onTouchBegan(scroller: Scroller, _id: number, _x: number, y: number): void {
			this.from = y;
			this.scroll = scroller.scroll.y;
		}
		onTouchMoved(scroller: Scroller, id: number, x: number, y: number, ticks: number): void {
			scroller.captureTouch(id, x, y, ticks);
			scroller.scrollTo(0, this.scroll + this.from - y);
		}
	}
	const skin = new Skin({ fill: [BOX, "#E0533D", "#4CB86A"] });
	return [
		new Scroller(null, {
			left: 10,
			right: 10,
			top: 10,
			bottom: 10,
			clip: true,
			active: true,
			backgroundTouch: true,
			Behavior: ScrollerBehavior,
			contents: [
				new Column(null, {
					left: 0,
					right: 0,
					top: 0,
					contents: numbers(30).map(
						(index) =>
							new Content(null, {
								left: index * 3,
								right: 0,
								top: 2,
								height: 30,
								active: true,
								skin,
								Behavior: class {
									onTouchBegan(content: Content): void {
										content.state = 1;
									}
									onTouchCancelled(content: Content): void {
										content.state = 2;
									}
								},
							}),
					),
				}),
			],
		}),
	];
}

/** One content takes the place of another: what is there when it is over. */
function transition({ width }: Stage): Contents[] {
	class Slide extends Transition {
		private next: Content | undefined;
		override onBegin(container: Container, old: Content, next: Content): void {
			container.add(next);
			next.x = width;
			this.next = next;
			void old;
		}
		override onEnd(container: Container, old: Content): void {
			container.remove(old);
		}
		override onStep(fraction: number): void {
			const { next } = this;
			if (next !== undefined) next.moveBy(Math.round(width * (1 - fraction)) - next.x, 0);
		}
	}
	return [
		new Container(null, {
			left: 0,
			right: 0,
			top: 0,
			bottom: 0,
			active: true,
			contents: [new Content(null, { left: 20, right: 20, top: 20, bottom: 20, skin: fill(colorAt(0)) })],
			Behavior: class {
				onTouchEnded(container: Container): void {
					const next = new Content(null, {
						left: 0,
						width: width - 40,
						top: 40,
						bottom: 40,
						skin: fill(colorAt(1)),
					});
					container.run(new Slide(100), container.first, next);
				}
			},
		}),
		new Content(null, { left: 0, right: 0, bottom: 0, height: 8, skin: fill(BACK) }),
	];
}
