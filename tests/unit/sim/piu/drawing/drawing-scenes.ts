// The drawing scenes: each shows one thing that the real Piu and this host have to draw with the same pixels.
import type { ColorValues, Edges } from "../../../../../sim/piu/drawing/interface";
import type { DrawingScene, Place, SceneItem, SceneKit } from "./drawing-scene";

const long = "The quick brown fox jumps over 13 lazy dogs. AVATAR To.";
const han = "\u4e2d\u6587\u5b57\u4f53\u3002AV\u4e2d\u6587\u5b57\u4f53\u4e2d\u6587\u5b57\u4f53\u3002\u5b57 AT";

export function createDrawingScenes<Skin, Style, Texture>(
	kit: SceneKit<Skin, Style, Texture>,
): DrawingScene<Skin, Style, Texture>[] {
	type Item = SceneItem<Skin, Style, Texture>;
	const scenes: DrawingScene<Skin, Style, Texture>[] = [];
	const style = kit.style({ font: "16px Blocks", color: ["white", "yellow", "#40ff80", "#8080ffc0"] });
	const plain = kit.skin({ fill: "#203040" });
	const scene = (name: string, items: readonly Item[], more: { skin?: Skin; style?: Style } = {}) =>
		scenes.push({ name, items, skin: more.skin ?? plain, style: more.style ?? style });
	const at = (left: number, top: number, width: number, height: number): Place => ({
		left,
		top,
		width,
		height,
	});

	scene("fill: opaque, blended and out of the frame", [
		{ kind: "content", place: at(-10, -10, 60, 40), skin: kit.skin({ fill: "#ff8000" }) },
		{ kind: "content", place: at(20, 10, 60, 40), skin: kit.skin({ fill: "#00ff0080" }) },
		{ kind: "content", place: at(200, 100, 60, 40), skin: kit.skin({ fill: "#8040ffc7" }) },
		{ kind: "content", place: at(90, 10, 40, 40), skin: kit.skin({ fill: 0x12345678 }) },
		{ kind: "content", place: at(140, 10, 40, 40), skin: kit.skin({ fill: "#f0c" }) },
		{ kind: "content", place: at(90, 60, 40, 40), skin: kit.skin({ fill: "orange" }) },
		{ kind: "content", place: at(140, 60, 40, 40), skin: kit.skin({ fill: "transparent" }) },
	]);
	scene(
		"fill: every alpha over every gray",
		Array.from({ length: 16 }, (_, row): Item[] =>
			Array.from(
				{ length: 16 },
				(_none, column): Item => ({
					kind: "content",
					place: at(column * 15, row * 7, 15, 7),
					skin: kit.skin({ fill: 0xff4080_00 + row * 16 + column }),
				}),
			),
		).flat(),
	);
	scene(
		"fill: states between states",
		Array.from(
			{ length: 13 },
			(_, index): Item => ({
				kind: "content",
				place: at(index * 18, 10, 16, 100),
				skin: kit.skin({ fill: ["red", "#00ff0040", "#0000ff", "white"] }),
				state: index * 0.25,
			}),
		),
	);
	scene("borders: of all sides, of one, with alpha", [
		{
			kind: "content",
			place: at(10, 10, 60, 40),
			skin: kit.skin({
				fill: "#ffffff40",
				stroke: "#ff000080",
				borders: { left: 3, right: 5, top: 2, bottom: 7 },
			}),
		},
		{
			kind: "content",
			place: at(80, 10, 60, 40),
			skin: kit.skin({ fill: "teal", stroke: ["white", "black"], bottom: 1 }),
			state: 0.5,
		},
		{
			kind: "content",
			place: at(150, 10, 3, 40),
			skin: kit.skin({ fill: "teal", stroke: "white", borders: { left: 3, right: 5 } }),
		},
		{
			kind: "content",
			place: at(10, 60, 60, 40),
			skin: kit.skin({ stroke: "lime", borders: { left: 1, top: 1 } }),
		},
		{ kind: "content", place: at(80, 60, 60, 40), skin: kit.skin({ fill: ["red", "blue"] }), state: 2.5 },
	]);

	const icons = kit.texture("icons.png");
	const icon = { texture: icons, width: 13, height: 11, variants: 13, states: 11 };
	scene(
		"icons: variants and states, tinted by the state",
		Array.from(
			{ length: 16 },
			(_, index): Item => ({
				kind: "content",
				place: at((index % 4) * 30 + 5, Math.trunc(index / 4) * 28 + 5, 20, 20),
				skin: kit.skin({ ...icon, color: ["white", "#ff0000", "#00ff00c0", "#0000ff30"] }),
				variant: index % 4,
				state: Math.trunc(index / 4) * 0.75,
			}),
		),
	);
	scene(
		"icons: every blend",
		Array.from(
			{ length: 64 },
			(_, index): Item => ({
				kind: "content",
				place: at((index % 16) * 15, Math.trunc(index / 16) * 28, 13, 11),
				skin: kit.skin({ ...icon, states: 0, color: 0xffe0c000 + index * 4 + 3 }),
				variant: index % 4,
			}),
		),
	);
	scene(
		"icons: without a color, between states",
		Array.from(
			{ length: 9 },
			(_, index): Item => ({
				kind: "content",
				place: at(index * 25 + 5, 20, 13, 11),
				skin: kit.skin(icon),
				variant: index % 4,
				state: index * 0.25,
			}),
		),
		{ skin: kit.skin({ fill: "silver" }) },
	);
	const aligned = kit.skin({ ...icon, color: "white" });
	scene("icons: at the start, the end and in the middle of their content", [
		{ kind: "content", place: { left: 10, top: 10, width: 30, height: 26 }, skin: aligned },
		{ kind: "content", place: { right: 10, top: 10, width: 30, height: 26 }, skin: aligned },
		{ kind: "content", place: { left: 10, bottom: 10, width: 30, height: 26 }, skin: aligned },
		{ kind: "content", place: { width: 30, height: 26 }, skin: aligned, variant: 1 },
		{ kind: "content", place: { width: 7, height: 6, left: 100 }, skin: aligned, variant: 2 },
	]);
	scene("icons: out of their texture and of the frame", [
		{
			kind: "content",
			place: at(10, 10, 40, 40),
			skin: kit.skin({ ...icon, x: -5, y: -4, width: 30, height: 20, color: "white" }),
		},
		{
			kind: "content",
			place: at(60, 10, 40, 40),
			skin: kit.skin({ ...icon, x: 40, y: 25, width: 30, height: 20, color: "#ffffff80" }),
		},
		{ kind: "content", place: at(-8, 60, 13, 11), skin: aligned, variant: 3 },
		{ kind: "content", place: at(232, 60, 13, 11), skin: aligned },
		{ kind: "content", place: at(120, 114, 13, 11), skin: kit.skin({ ...icon, color: "#ff00ff90" }) },
		{
			kind: "content",
			place: at(150, -6, 13, 11),
			skin: kit.skin({ ...icon, color: "#ffff00d0" }),
			variant: 2,
		},
	]);

	const round = kit.texture("round.png");
	const rounded = { texture: round, width: 20, height: 22, tiles: { left: 8, right: 7, top: 9, bottom: 8 } };
	scene("tiles: all nine parts, in sizes that are no multiple", [
		{ kind: "content", place: at(5, 5, 100, 50), skin: kit.skin({ ...rounded, color: "#30c0ff" }) },
		{ kind: "content", place: at(115, 5, 61, 43), skin: kit.skin({ ...rounded, color: "#ffc03090" }) },
		{ kind: "content", place: at(185, 5, 20, 22), skin: kit.skin({ ...rounded, color: "white" }) },
		{ kind: "content", place: at(185, 40, 50, 17), skin: kit.skin({ ...rounded, color: "white" }) },
		{
			kind: "content",
			place: at(5, 65, 230, 50),
			skin: kit.skin({ ...rounded, color: ["red", "#00ff0040"] }),
			state: 0.5,
		},
	]);
	scene("tiles: in one direction", [
		{
			kind: "content",
			place: at(5, 5, 100, 50),
			skin: kit.skin({ texture: round, width: 20, height: 22, left: 8, right: 8, color: "white" }),
		},
		{
			kind: "content",
			place: at(115, 5, 100, 50),
			skin: kit.skin({ texture: round, width: 20, height: 22, top: 8, bottom: 8, color: "lime" }),
		},
		{
			kind: "content",
			place: { right: 5, bottom: 5, width: 100, height: 50 },
			skin: kit.skin({ texture: round, width: 20, height: 22, tiles: { left: 8, right: 8 }, color: "white" }),
		},
		{
			kind: "content",
			place: at(5, 65, 90, 50),
			skin: kit.skin({
				...icon,
				width: 52,
				height: 33,
				tiles: { left: 0, right: 0, top: 0, bottom: 0 },
				color: "aqua",
			}),
		},
	]);
	scene("tiles: a content that is too small for them", [
		{ kind: "content", place: at(10, 10, 9, 50), skin: kit.skin({ ...rounded, color: "white" }) },
		{ kind: "content", place: at(30, 10, 15, 17), skin: kit.skin({ ...rounded, color: "white" }) },
		{ kind: "content", place: at(100, 10, 60, 9), skin: kit.skin({ ...rounded, color: "#ff408080" }) },
		{ kind: "content", place: at(200, 60, 3, 4), skin: kit.skin({ ...rounded, color: "#40ff80" }) },
	]);

	const photo = kit.texture("photo.png");
	const weave = kit.texture("weave.png");
	scene("colors: with alpha, without, tiled, between states", [
		{ kind: "content", place: at(5, 5, 40, 30), skin: kit.skin({ texture: photo, width: 30, height: 24 }) },
		{
			kind: "content",
			place: at(50, 5, 40, 30),
			skin: kit.skin({ texture: photo, width: 30, height: 24, color: "#ffffff80" }),
		},
		{
			kind: "content",
			place: at(95, 5, 40, 30),
			skin: kit.skin({ texture: photo, width: 10, height: 8, variants: 10, states: 8 }),
			state: 1.5,
			variant: 1,
		},
		{ kind: "content", place: at(140, 5, 40, 30), skin: kit.skin({ texture: weave, width: 14, height: 10 }) },
		{
			kind: "content",
			place: at(5, 45, 70, 70),
			skin: kit.skin({
				texture: photo,
				width: 30,
				height: 24,
				tiles: { left: 5, right: 6, top: 7, bottom: 8 },
			}),
		},
		{
			kind: "content",
			place: at(-9, 85, 90, 70),
			skin: kit.skin({
				texture: weave,
				width: 14,
				height: 10,
				tiles: { left: 2, right: 3, top: 1, bottom: 2 },
			}),
		},
		{
			kind: "content",
			place: at(160, 45, 70, 70),
			skin: kit.skin({
				texture: weave,
				width: 7,
				height: 5,
				x: 3,
				y: 2,
				tiles: { left: 0, right: 0, top: 0, bottom: 0 },
			}),
		},
	]);

	const label = (place: Place, string: string, words: Style, more: object = {}): Item => ({
		kind: "label",
		place,
		string,
		style: words,
		skin: kit.skin({ fill: "#00000060" }),
		...more,
	});
	for (const horizontal of ["left", "center", "right", "justify"] as const) {
		scene(`label: ${horizontal}, at each height, with and without margins`, [
			...(["top", "middle", "bottom"] as const).flatMap((vertical, row) => [
				label(at(2, 2 + row * 39, 76, 37), "Vary", kit.style({ horizontal, vertical })),
				label(
					at(82, 2 + row * 39, 76, 37),
					"Tog",
					kit.style({ horizontal, vertical, left: 9, right: 4, top: 5, bottom: 2 }),
				),
				label(
					at(162, 2 + row * 39, 76, 37),
					long,
					kit.style({ horizontal, vertical, margins: { left: 6, right: 3 } }),
				),
			]),
		]);
		scene(
			`label: ${horizontal}, cut at each width`,
			Array.from({ length: 18 }, (_, index) =>
				label(
					at((index % 3) * 80, Math.trunc(index / 3) * 20, 4 + index * 4, 19),
					index % 2 ? "AVATAR Tomato" : "3.14 ten",
					kit.style({ horizontal, margins: { left: index % 4, right: index % 3 } }),
					{ ellipsis: true },
				),
			),
		);
	}
	scene("label: in the colors of states and with alpha", [
		...[0, 0.5, 1, 1.25, 2, 2.75, 3].map((state, index) =>
			label(at(2, 2 + index * 16, 116, 16), `State ${state}`, kit.style({ horizontal: "left" }), { state }),
		),
		...[255, 254, 200, 128, 64, 16, 7].map((alpha, index) =>
			label(at(122, 2 + index * 16, 116, 16), `Alpha ${alpha}`, kit.style({ color: 0xffff4000 + alpha })),
		),
	]);
	scene("label: fonts by weight and size, inherited and overridden", [
		label(at(2, 2, 236, 28), "Bold 24 17 71", kit.style({ font: "bold 24px Blocks" })),
		label(at(2, 32, 236, 28), "700 24", kit.style({ font: "700 24px", horizontal: "right" })),
		label(at(2, 62, 116, 28), "150%", kit.style({ font: "bold 150%" })),
		label(at(122, 62, 116, 28), "Abc def", kit.style({ font: "12px Bare" })),
		label(at(2, 92, 236, 26), "Dab a cab. Bad", kit.style({ font: "14px Painted" })),
	]);
	scene("label: characters that the font does not have", [
		label(at(2, 2, 236, 19), "caf\u00e9 \u00c0 la carte, 10\u20ac \u2013 20\u00a3", style),
		label(at(2, 22, 236, 19), "~^ \u2122 \u2030 \u00df \u2264 \u{1f600} \ud800.", style),
		label(at(2, 42, 236, 19), "a\u200bb\ufeffc\u2060d", style),
		label(at(2, 62, 236, 19), "36 \u00b0C \u00e4 \u4e2d\u6587 \u4e8c\u3002\uff0c\uff01", style),
		label(at(2, 82, 116, 19), "AxBy?c\u2026", kit.style({ font: "12px Bare" })),
		label(at(122, 82, 60, 19), "Ab \u2026 Tomato", kit.style({ font: "bold 24px Blocks" }), {
			ellipsis: true,
		}),
		label(at(2, 102, 50, 16), "ABCDEFG abcdefg", kit.style({ font: "12px Bare" }), { ellipsis: true }),
		label(at(62, 102, 50, 16), "tab\tline\nfeed", style),
	]);

	const text = (place: Place, blocks: readonly string[], words?: Style, more: object = {}): Item => ({
		kind: "text",
		place,
		blocks,
		...(words === undefined ? {} : { style: words }),
		skin: kit.skin({ fill: "#00000060" }),
		...more,
	});
	for (const horizontal of ["left", "center", "right", "justify"] as const) {
		scene(`text: ${horizontal}, broken at spaces and line feeds`, [
			text(at(2, 2, 116, 116), [long], kit.style({ horizontal })),
			text(
				at(122, 2, 116, 116),
				["One\n\ntwo  three   four five six\nseven"],
				kit.style({ horizontal, left: 5, right: 8, top: 3 }),
			),
		]);
	}
	scene("text: Han characters break anywhere, what stands by them does not", [
		text(at(2, 2, 76, 116), [han]),
		text(at(82, 2, 50, 116), [han], kit.style({ horizontal: "left" })),
		text(at(140, 2, 98, 116), [han], kit.style({ horizontal: "justify" })),
	]);
	scene("text: words wider than the text, and narrow texts", [
		text(at(2, 2, 40, 116), ["wonderfully long words"], kit.style({ horizontal: "left" })),
		text(at(52, 2, 10, 116), ["ab cd"], kit.style({ horizontal: "left" })),
		text(at(82, 2, 60, 116), ["wonderfully long words"], kit.style({ horizontal: "justify" })),
		text(at(152, 2, 60, 116), [" lead and trail  ", "", "next"], kit.style({ horizontal: "right" })),
	]);
	for (const leading of [30, 12, -150, -80]) {
		scene(`text: leading of ${leading}`, [
			text(at(2, 2, 116, 116), [long], kit.style({ leading, horizontal: "left" })),
			text(at(122, 2, 116, 116), ["two", "blocks of words"], kit.style({ leading, top: 4, bottom: 9 })),
		]);
	}
	const bold = kit.style({ font: "bold 24px Blocks", color: "lime" });
	const small = kit.style({ font: "400 12px Bare", color: ["aqua", "red"] });
	const right = kit.style({ horizontal: "right", top: 6, bottom: 6 });
	scene("text: blocks and spans of other styles", [
		{
			kind: "text",
			place: at(2, 2, 236, 116),
			state: 0.5,
			blocks: [
				{
					spans: [
						"Plain ",
						{ style: bold, spans: "b17 71" },
						" and ",
						{ style: small, spans: ["abc ", { style: bold, spans: "B" }, "def"] },
						" end.",
					],
				},
				{ style: right, spans: "To the right in its block" },
				{ style: bold, spans: ["Big", { style: small, spans: " cab" }] },
			],
		},
	]);
	scene("text: drawn only where it is asked for", [
		text(at(2, -30, 116, 60), [long + long], kit.style({ horizontal: "left" })),
		text(at(122, 100, 116, 100), [long], kit.style({ horizontal: "justify" }), { state: 1 }),
	]);

	scene("port: strings, with a width and without", [
		{
			kind: "port",
			place: at(5, 5, 230, 110),
			draw(port) {
				port.drawString("Vary AVATAR", style, "yellow", 0, 0);
				port.drawString(long, style, "#ff80ff80", 0, 20, 100);
				port.drawString("short", style, 0x00ff00ff, 0, 40, 100);
				port.drawString(long, style, "aqua", -7, 60, 230);
				port.drawStyle(long, style, 10, 80, 80, 20, true, 1);
				port.drawStyle(long, style, 100, 80, 80, 20, false, 2.5);
			},
		},
	]);
	scene("port: textures, skins, fills, clips and its own looks", [
		{
			kind: "port",
			place: at(5, 5, 230, 110),
			skin: kit.skin({ ...rounded, color: ["#405060", "#806040"] }),
			state: 0.5,
			draw(port) {
				port.drawTexture(icons, "lime", 10, 10, 13, 11, 26, 22);
				port.drawTexture(photo, "#ffffffa0", 40, 10, 4, 4, 200, 200);
				port.drawTexture(icons, "#ffff0060", 75, 10, -3, -2, 20, 20);
				port.fillTexture(weave, "black", 100, 10, 33, 25, 1, 2, 9, 6);
				port.fillTexture(round, "#ff00ffb0", 140, 10, 33, 25, 2, 2, 9, 7);
				port.fillColor("#ffffff40", -3, 50, 40, 30);
				port.pushClip(20, 55, 60, 40);
				port.fillColor("red", 0, 0, 230, 110);
				port.drawSkin(kit.skin({ ...rounded, color: "white" }), 10, 60, 50, 30);
				port.pushClip(0, 90, 230, 5);
				port.drawString("clipped", style, "black", 20, 80);
				port.popClip();
				port.pushClip(200, 0, 5, 5);
				port.fillColor("blue", 0, 0, 230, 110);
				port.popClip();
				port.popClip();
				port.drawContent(90, 50, 60, 50);
				port.drawLabel("own", 155, 50, 60, 50);
			},
		},
	]);

	scene("qr: in each shape of content, in colors", [
		{
			kind: "qr",
			place: at(2, 2, 116, 116),
			string: "https://wiki.example.org/en/x1/troubleshooting/hmscode/0300_0100_0001_0001",
		},
		{
			kind: "qr",
			place: at(122, 2, 60, 70),
			string: "HELLO 12",
			skin: kit.skin({ fill: "#ffe0c080", stroke: "navy" }),
		},
		{ kind: "qr", place: at(190, 2, 45, 30), string: "1234567", skin: kit.skin({ stroke: "white" }) },
		{ kind: "qr", place: at(122, 80, 24, 24), string: "gr\u00fc\u00df \u4e2d\u6587" },
	]);
	const pixels = new Uint8Array(20 * 16 * 2).map((_, index) => (index * 37 + (index >> 3) * 11) & 255);
	scene("image: cut, whole, and too small for its content", [
		{ kind: "image", place: at(5, 5, 20, 16), imageWidth: 20, imageHeight: 16, buffer: pixels.buffer },
		{ kind: "image", place: at(35, 5, 9, 7), imageWidth: 20, imageHeight: 16, buffer: pixels.buffer },
		{ kind: "image", place: at(65, 5, 30, 30), imageWidth: 20, imageHeight: 16, buffer: pixels.buffer },
		{ kind: "image", place: at(-8, 60, 20, 16), imageWidth: 20, imageHeight: 16, buffer: pixels.buffer },
		{ kind: "image", place: at(228, 110, 20, 16), imageWidth: 20, imageHeight: 16, buffer: pixels.buffer },
	]);
	for (let seed = 1; seed <= 24; seed++)
		scene(`mixed contents ${seed}`, mixedContents(kit, seed, { icons, round, photo, weave }));
	scene("qr: in versions that say their number", [
		{ kind: "qr", place: at(2, 2, 116, 116), string: "A7".repeat(85) },
		{ kind: "qr", place: at(122, 2, 116, 116), string: "https://example.org/?".padEnd(260, "q1Z-") },
	]);
	return scenes;
}

interface Textures<Texture> {
	readonly icons: Texture;
	readonly round: Texture;
	readonly photo: Texture;
	readonly weave: Texture;
}

/** A dozen contents of which nobody thought: everything that may be chosen is chosen by lot, repeatably. */
function mixedContents<Skin, Style, Texture>(
	kit: SceneKit<Skin, Style, Texture>,
	seed: number,
	textures: Textures<Texture>,
): SceneItem<Skin, Style, Texture>[] {
	let lot = seed * 7919;
	const below = (limit: number) => {
		lot = (Math.imul(lot, 1103515245) + 12345) & 0x7fffffff;
		return (lot >> 8) % limit;
	};
	const pick = <One>(some: readonly [One, ...One[]]): One => some[below(some.length)] ?? some[0];
	const color = () => ((below(0x10000) << 16) | (below(0x100) << 8) | pick([255, below(256), 128])) >>> 0;
	const colors = () => pick<ColorValues>([color(), [color(), color(), color(), color()], [color(), color()]]);
	const edges = (limit: number) => ({
		left: below(limit),
		right: below(limit),
		top: below(limit),
		bottom: below(limit),
	});
	const texture = () => pick([textures.icons, textures.round, textures.photo, textures.weave]);
	const skin = () => {
		const masked = pick([textures.icons, textures.round, textures.photo]);
		const part = {
			texture: texture(),
			x: below(4),
			y: below(4),
			width: 5 + below(30),
			height: 5 + below(24),
		};
		return pick([
			() => kit.skin({ fill: colors(), stroke: colors(), borders: edges(5) }),
			() => kit.skin({ ...part, color: colors(), variants: below(9), states: below(9) }),
			() => kit.skin({ ...part, variants: below(9), states: below(9) }),
			() => kit.skin({ ...part, texture: masked, color: colors(), tiles: edges(5) }),
		])();
	};
	const style = () =>
		kit.style({
			font: pick(["400 16px Blocks", "bold 24px Blocks", "400 12px Bare", "400 14px Painted"]),
			color: colors(),
			horizontal: pick(["left", "center", "right", "justify"]),
			vertical: pick(["top", "middle", "bottom"]),
			leading: pick([0, 0, below(40), -50 - below(100)]),
			...pick<Edges>([{}, edges(8)]),
		});
	const words = () =>
		Array.from({ length: 1 + below(40) }, () =>
			pick([
				"A",
				"V",
				"T",
				"o",
				"e",
				" ",
				" ",
				"1",
				"7",
				".",
				",",
				"\u4e2d",
				"\u6587",
				"\u3002",
				"\u00e9",
				"\u20ac",
				"b",
				"W",
			]),
		).join("");
	return Array.from({ length: 12 }, (): SceneItem<Skin, Style, Texture> => {
		const place = {
			left: below(220) - 20,
			top: below(120) - 20,
			width: 1 + below(120),
			height: 1 + below(60),
		};
		const common = {
			place,
			state: below(13) / 4,
			variant: below(3),
			...pick<{ skin?: Skin }>([{}, { skin: skin() }]),
		};
		return pick<() => SceneItem<Skin, Style, Texture>>([
			() => ({ ...common, kind: "content", skin: skin() }),
			() => ({ ...common, kind: "label", style: style(), string: words(), ellipsis: below(2) === 1 }),
			() => ({
				...common,
				kind: "text",
				style: style(),
				blocks: [
					words(),
					{ style: style(), spans: [words(), { style: style(), spans: words() }, words()] },
					words(),
				],
			}),
		])();
	});
}
