// How Piu places and colors contents, as golden pictures.

import { Column, Container, Content, type Contents, Row, Scroller, Skin } from "piu/MC";
import type { Scene, Stage } from "./golden-scene";
import { BACK, colorAt, fill, numbers, scene } from "./piu-scene";

export function piuScenes(): readonly Scene[] {
	return [
		scene("colors", colors),
		scene("blending", blending),
		scene("borders", borders),
		scene("states", states),
		scene("coordinates", coordinates),
		scene("columns", columns),
		scene("rows", rows),
		scene("clipping", clipping),
		scene("scroller", scroller),
	];
}

/** How each way to write a color becomes RGB565. */
function colors({ width }: Stage): Contents[] {
	const values = [
		...["#000", "#fff", "#ffffff", "#808080", "#070307", "#080408", "#0F070F", "#f80", "#FF8000"],
		...["red", "lime", "blue", "silver", "navy", "olive"],
	];
	const size = Math.floor(width / 8);
	return values.map(
		(color, index) =>
			new Content(null, {
				left: (index % 8) * size,
				top: Math.floor(index / 8) * size,
				width: size - 2,
				height: size - 3,
				skin: fill(color),
			}),
	);
}

/** Colors with alpha, over others and over each other. */
function blending({ width, height }: Stage): Contents[] {
	const step = Math.floor(width / 17);
	return [
		...numbers(5).map(
			(index) =>
				new Content(null, { left: 0, right: 0, top: index * 20, height: 14, skin: fill(colorAt(index)) }),
		),
		...numbers(16).map(
			(index) =>
				new Content(null, {
					left: index * step + 2,
					width: step,
					top: 4,
					height: 90,
					skin: fill(`#FFFFFF${index.toString(16)}${index.toString(16)}`),
				}),
		),
		...numbers(16).map(
			(index) =>
				new Content(null, {
					left: index * step + 2,
					width: step,
					top: 100,
					bottom: Math.floor(height / 8),
					skin: fill(`#E0533D${index.toString(16)}${index.toString(16)}`),
				}),
		),
	];
}

/** Strokes inside the edges of a content, also thicker than it. */
function borders({ width, height }: Stage): Contents[] {
	const skin = (size: { left?: number; right?: number; top?: number; bottom?: number }): Skin =>
		new Skin({ fill: "#2A3038", stroke: "#E0B23D", borders: size });
	const skins = [
		skin({ left: 1, right: 1, top: 1, bottom: 1 }),
		skin({ left: 4, right: 2, top: 3, bottom: 1 }),
		skin({ top: 5 }),
		skin({ left: 6, right: 6 }),
		new Skin({ stroke: "#3DA5E0", borders: { left: 3, right: 3, top: 3, bottom: 3 } }),
		skin({ left: 20, right: 20, top: 30, bottom: 30 }),
	];
	const size = Math.floor(Math.min(width / 3, height / 2));
	return skins.map(
		(skin, index) =>
			new Content(null, {
				left: (index % 3) * size + 4,
				top: Math.floor(index / 3) * size + 4,
				width: size - 9,
				height: index === 5 ? 21 : size - 8,
				skin,
			}),
	);
}

/** Colors by state, also between two. */
function states({ width }: Stage): Contents[] {
	const values = [0, 1, 2, 3, 0.25, 0.5, 1.5, 2.75];
	const size = Math.floor(width / values.length);
	const skins = [
		new Skin({ fill: ["#E0533D", "#3DA5E0", "#4CB86A", "#FFFFFF"] }),
		new Skin({
			fill: ["#000000", "#FFFFFF"],
			stroke: ["#FF000080", "#0000FF"],
			borders: { left: 5, right: 5, top: 5, bottom: 5 },
		}),
		new Skin({ fill: "#9A6BE0" }),
	];
	return skins.flatMap((skin, row) =>
		values.map(
			(state, index) =>
				new Content(null, {
					left: index * size,
					top: row * (size + 4),
					width: size - 3,
					height: size,
					skin,
					state,
				}),
		),
	);
}

/** Where a content is, by which of its coordinates are given. */
function coordinates({ width, height }: Stage): Contents[] {
	const w = Math.floor(width / 5);
	const h = Math.floor(height / 5);
	return [
		new Container(null, {
			left: 8,
			right: 8,
			top: 8,
			bottom: 8,
			skin: fill("#222831"),
			contents: [
				new Content(null, { left: 0, right: 0, top: 0, height: 3, skin: fill(colorAt(0)) }),
				new Content(null, { left: 5, width: w, top: 8, height: h, skin: fill(colorAt(1)) }),
				new Content(null, { right: 5, width: w, top: 8, height: h, skin: fill(colorAt(2)) }),
				new Content(null, { width: w, height: h, skin: fill(colorAt(3)) }),
				new Content(null, { left: 5, width: w, height: 11, skin: fill(colorAt(4)) }),
				new Content(null, { width: 13, bottom: 0, height: h, skin: fill(colorAt(0)) }),
				new Content(null, { right: 7, width: w, bottom: 9, top: height - h - 40, skin: fill(colorAt(1)) }),
				new Container(null, {
					left: 5,
					bottom: 5,
					skin: fill(colorAt(2)),
					contents: [
						new Content(null, {
							left: 3,
							right: 4,
							top: 5,
							bottom: 6,
							width: 30,
							height: 20,
							skin: fill(BACK),
						}),
						new Content(null, { left: 40, top: 2, width: 9, height: 9, skin: fill(colorAt(3)) }),
					],
				}),
			],
		}),
	];
}

/** How a column shares its height. */
function columns({ width }: Stage): Contents[] {
	const bar = (index: number, height?: number): Content =>
		height === undefined
			? new Content(null, { left: 0, right: 0, top: 1, bottom: 1, skin: fill(colorAt(index)) })
			: new Content(null, {
					left: index * 2,
					right: 3,
					top: 2,
					height,
					bottom: 1,
					skin: fill(colorAt(index)),
				});
	const w = Math.floor(width / 4);
	return [
		new Column(null, {
			left: 0,
			width: w - 4,
			top: 0,
			bottom: 0,
			skin: fill("#222831"),
			contents: [bar(0, 20), bar(1), bar(2, 31), bar(3), bar(4)],
		}),
		new Column(null, {
			left: w,
			width: w - 4,
			top: 10,
			skin: fill("#222831"),
			contents: numbers(5).map((index) => bar(index, 10 + index * 3)),
		}),
		new Column(null, {
			left: 2 * w,
			width: w - 4,
			bottom: 7,
			skin: fill("#222831"),
			contents: [bar(2, 25), bar(3, 25)],
		}),
		new Column(null, {
			left: 3 * w,
			top: 0,
			bottom: 0,
			skin: fill("#222831"),
			contents: [
				new Content(null, { width: 20, height: 20, skin: fill(colorAt(0)) }),
				new Content(null, { left: 5, width: 30, height: 20, skin: fill(colorAt(1)) }),
				new Content(null, { right: 2, width: 17, top: 6, height: 20, skin: fill(colorAt(2)) }),
				new Content(null, { left: 1, right: 1, height: 20, bottom: 9, skin: fill(colorAt(3)) }),
			],
		}),
	];
}

/** How a row shares its width. */
function rows({ height }: Stage): Contents[] {
	const bar = (index: number, width?: number): Content =>
		width === undefined
			? new Content(null, { left: 1, right: 1, top: 0, bottom: 0, skin: fill(colorAt(index)) })
			: new Content(null, {
					left: 2,
					width,
					right: 1,
					top: index * 2,
					bottom: 3,
					skin: fill(colorAt(index)),
				});
	const h = Math.floor(height / 4);
	return [
		new Row(null, {
			left: 0,
			right: 0,
			top: 0,
			height: h - 4,
			skin: fill("#222831"),
			contents: [bar(0, 20), bar(1), bar(2, 31), bar(3), bar(4)],
		}),
		new Row(null, {
			left: 10,
			top: h,
			height: h - 4,
			skin: fill("#222831"),
			contents: numbers(5).map((index) => bar(index, 10 + index * 3)),
		}),
		new Row(null, {
			right: 7,
			top: 2 * h,
			height: h - 4,
			skin: fill("#222831"),
			contents: [bar(2, 25), bar(3, 25)],
		}),
		new Row(null, {
			left: 0,
			right: 0,
			top: 3 * h,
			skin: fill("#222831"),
			contents: [
				new Content(null, { width: 20, height: 20, skin: fill(colorAt(0)) }),
				new Content(null, { top: 5, width: 20, height: 30, skin: fill(colorAt(1)) }),
				new Content(null, { left: 6, width: 20, bottom: 2, height: 17, skin: fill(colorAt(2)) }),
				new Content(null, { left: 4, right: 4, top: 1, bottom: 1, skin: fill(colorAt(3)) }),
			],
		}),
	];
}

/** Contents that are larger than their containers. */
function clipping({ width, height }: Stage): Contents[] {
	const w = Math.floor(width / 2);
	const box = (left: number, clip: boolean): Container =>
		new Container(null, {
			left: left + 20,
			width: w - 40,
			top: 20,
			height: Math.floor(height / 2),
			clip,
			skin: fill("#222831"),
			contents: [
				new Content(null, { left: -10, width: 40, top: -10, height: 30, skin: fill(colorAt(0)) }),
				new Content(null, { right: -15, width: 40, bottom: -12, height: 30, skin: fill(`${colorAt(1)}80`) }),
				new Container(null, {
					left: 30,
					width: w,
					top: 30,
					height,
					clip,
					skin: fill(`${colorAt(2)}60`),
					contents: [new Content(null, { left: -8, right: 5, top: 12, height: 9, skin: fill(colorAt(3)) })],
				}),
			],
		});
	return [box(0, true), box(w, false)];
}

/** A list that is scrolled, and one that is scrolled beyond its end. */
function scroller({ width, height }: Stage): Contents[] {
	const list = (left: number, y: number): Scroller =>
		new Scroller(null, {
			left: left + 8,
			width: Math.floor(width / 2) - 16,
			top: 10,
			bottom: 14,
			clip: true,
			skin: fill("#222831"),
			contents: [
				new Column(null, {
					left: 0,
					right: 0,
					top: 0,
					contents: numbers(40).map(
						(index) =>
							new Content(null, {
								left: index,
								right: 0,
								top: 1,
								height: 17,
								bottom: 2,
								skin: fill(colorAt(index)),
							}),
					),
				}),
			],
			Behavior: class {
				onDisplaying(scroller: Scroller): void {
					scroller.scrollBy(0, y);
				}
			},
		});
	return [list(0, 47), list(Math.floor(width / 2), height * 10)];
}
