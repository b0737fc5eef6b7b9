// What the panel uses of Piu: this list is what the host in sim/piu has to do, and all that it does.
// Dictionaries hold no `undefined`: leave a key out instead. Sizes are px, times are ms.

declare module "piu/MC" {
	/** "#rgb", "#rrggbb", "#rrggbbaa", a basic CSS name, "transparent", or 0xRRGGBBAA. */
	export type Color = string | number;
	/** One for all states, or up to four, one for each state; a state between two blends them. */
	export type Colors = Color | readonly Color[];

	/** `a` from 0 (first colour) to 1 (second colour); 0xRRGGBBAA. */
	export function blendColors(a: number, first: Color, second: Color): number;
	/** Each from 0 to 255; 0xRRGGBBAA. */
	export function rgb(red: number, green: number, blue: number): number;

	export interface Point {
		x: number;
		y: number;
	}
	export interface Size {
		width: number;
		height: number;
	}
	export interface Rectangle extends Point, Size {}
	/** Which of them are given decides how a content is placed, sized and whether it can be moved. */
	export interface Coordinates {
		left?: number;
		right?: number;
		top?: number;
		bottom?: number;
		width?: number;
		height?: number;
	}
	export interface Margins {
		left?: number;
		right?: number;
		top?: number;
		bottom?: number;
	}

	/** A resource "x.png" is found as its alpha part, its colour part or both. */
	export class Texture {
		constructor(path: string | { readonly path: string });
		readonly width: number;
		readonly height: number;
	}

	/** A plain background, with borders if wanted. */
	export interface FillSkinDictionary {
		readonly fill?: Colors;
		readonly stroke?: Colors;
		readonly borders?: Margins;
	}
	/** A piece of a texture; with tiles, its middle is repeated. */
	export interface TextureSkinDictionary {
		readonly texture: Texture;
		/** Fills where an alpha texture is opaque. */
		readonly color?: Colors;
		readonly x?: number;
		readonly y?: number;
		readonly width: number;
		readonly height: number;
		/** px from one variant to the next, to the right. */
		readonly variants?: number;
		/** px from one state to the next, downwards. */
		readonly states?: number;
		readonly tiles?: Margins;
	}
	export type SkinDictionary = FillSkinDictionary | TextureSkinDictionary;
	export class Skin {
		constructor(dictionary: SkinDictionary);
		readonly width: number;
		readonly height: number;
	}

	/** What is left out comes from the containers. */
	export interface StyleDictionary extends Margins {
		/** Like "bold 28px Culm", which is the resource Culm-Bold-28. */
		readonly font?: string;
		readonly color?: Colors;
		readonly horizontal?: "left" | "center" | "right" | "justify";
		readonly vertical?: "top" | "middle" | "bottom";
		readonly leading?: number;
		readonly indentation?: number;
	}
	export class Style {
		constructor(dictionary: StyleDictionary);
		/** Needs a style that names a font itself. */
		measure(string: string): Size;
	}

	/**
	 * Handles the events of the contents it is given to. Any other method is an event of our own: it gets the
	 * content first, then what `delegate`, `distribute`, `bubble` or `defer` was given.
	 */
	export class Behavior {
		/** `data` is the first parameter of the content's constructor. */
		onCreate?(content: Content, data: unknown, dictionary: unknown): void;
		/** The content has a place and a size for the first time; nothing of it has been drawn. */
		onDisplaying?(content: Content): void;
		onTouchBegan?(content: Content, id: number, x: number, y: number, ticks: number): void;
		onTouchMoved?(content: Content, id: number, x: number, y: number, ticks: number): void;
		onTouchEnded?(content: Content, id: number, x: number, y: number, ticks: number): void;
		/** Another content captured the touch. */
		onTouchCancelled?(content: Content, id: number, x: number, y: number): void;
		onTimeChanged?(content: Content): void;
		onFinished?(content: Content): void;
		onFocused?(content: Content): void;
		onUnfocused?(content: Content): void;
		/** Container: a transition started or ended. */
		onTransitionBeginning?(container: Container): void;
		onTransitionEnded?(container: Container): void;
		/** Layout, Port: the width that its contents or its skin need; returns the width to have. */
		onMeasureHorizontally?(content: Content, width: number): number;
		onMeasureVertically?(content: Content, height: number): number;
		/** Layout: the width it got, before its contents get theirs. */
		onFitHorizontally?(layout: Layout, width: number): void;
		onFitVertically?(layout: Layout, height: number): void;
		/** Layout: all within is in place; also later, each time that something within was placed. */
		onAdapt?(layout: Layout): void;
		/** To a scroller and then to each of its contents: it scrolled, or its size or theirs changed. */
		onScrolled?(content: Content): void;
		/** Port: draw what is in this part of it. */
		onDraw?(port: Port, x: number, y: number, width: number, height: number): void;
	}

	export interface ContentDictionary extends Readonly<Coordinates> {
		readonly name?: string;
		/** Puts the content into the data, under this name. */
		readonly anchor?: string;
		readonly active?: boolean;
		readonly visible?: boolean;
		readonly backgroundTouch?: boolean;
		readonly multipleTouch?: boolean;
		readonly Behavior?: new () => object;
		readonly behavior?: object;
		readonly skin?: Skin;
		readonly style?: Style;
		readonly state?: number;
		readonly variant?: number;
		readonly duration?: number;
		readonly fraction?: number;
		readonly interval?: number;
		readonly loop?: boolean;
		readonly time?: number;
	}

	export interface Content {
		readonly application: Application | undefined;
		readonly container: Container | undefined;
		readonly next: Content | undefined;
		readonly previous: Content | undefined;
		/** In its container; -1 without one. */
		readonly index: number;
		readonly running: boolean;
		readonly type: string;
		name: string | undefined;
		active: boolean;
		visible: boolean;
		backgroundTouch: boolean;
		multipleTouch: boolean;
		behavior: object | undefined;
		skin: Skin | undefined;
		style: Style | undefined;
		state: number;
		variant: number;
		duration: number;
		/** `undefined` while the duration is 0. */
		get fraction(): number | undefined;
		set fraction(fraction: number);
		interval: number;
		loop: boolean;
		time: number;
		/** Places and sizes are undefined at run time until the content is in the application. */
		readonly bounds: Rectangle;
		/** On the screen. */
		x: number;
		/** On the screen. */
		y: number;
		width: number;
		height: number;
		position: Point;
		/** In its container. */
		offset: Point;
		size: Size;
		coordinates: Coordinates;

		/** Has it measured and fitted again. */
		adjust(): void;
		measure(): Size;
		moveBy(dx: number, dy: number): void;
		sizeBy(dx: number, dy: number): void;
		/** The topmost active content at a place on the screen. */
		hit(x: number, y: number): Content | undefined;
		/** To the content only; it has to be in the application. */
		delegate(event: string, ...parameters: unknown[]): unknown;
		/** To the contents within, first to last, then the content, until one returns true. */
		distribute(event: string, ...parameters: unknown[]): unknown;
		/** To the content, then its containers, until one returns true. */
		bubble(event: string, ...parameters: unknown[]): unknown;
		/** Like delegate, once the current event is done; the content has to be in the application. */
		defer(event: string, ...parameters: unknown[]): void;
		focus(): void;
		/** Others that have the touch get onTouchCancelled. */
		captureTouch(id: number, x: number, y: number, ticks: number): void;
		start(): void;
		stop(): void;
	}

	/** `new Label($, dictionary)`, or without `new`; `$` goes to onCreate and takes the anchors. */
	export interface ContentConstructor<C extends Content, Dictionary> {
		new ($: unknown, dictionary?: Dictionary): C;
		($: unknown, dictionary?: Dictionary): C;
		readonly prototype: C;
		template<$ = unknown>(make: ($: $) => Dictionary): ContentTemplate<$, C, Dictionary>;
	}
	/** A second parameter adds to the dictionary of the template, and its contents to the contents. */
	export interface ContentTemplate<$, C extends Content, Dictionary> {
		new ($: $, dictionary?: Dictionary): C;
		($: $, dictionary?: Dictionary): C;
		readonly prototype: C;
		template<More extends $ = $>(make: ($: More) => Dictionary): ContentTemplate<More, C, Dictionary>;
	}
	export const Content: ContentConstructor<Content, ContentDictionary>;

	export interface LabelDictionary extends ContentDictionary {
		readonly string?: string;
		/** True by default: what does not fit ends in "…". */
		readonly ellipsis?: boolean;
	}
	export interface Label extends Content {
		string: string;
	}
	export const Label: ContentConstructor<Label, LabelDictionary>;

	export interface TextSpan {
		readonly style?: Style;
		readonly spans: string | readonly (string | TextSpan)[];
	}
	export interface TextDictionary extends ContentDictionary {
		readonly string?: string;
		readonly blocks?: readonly (string | TextSpan)[];
	}
	export interface Text extends Content {
		string: string;
		blocks: readonly (string | TextSpan)[];
	}
	export const Text: ContentConstructor<Text, TextDictionary>;

	/**
	 * Draws itself in onDraw; the methods that draw work only there. Places are in the port. Its skin, state and
	 * variant can be set, which does not draw it again, but not read.
	 */
	export interface Port extends Content {
		/** The port's own skin. */
		drawContent(x: number, y: number, width: number, height: number): void;
		/** In the port's own style and state. */
		drawLabel(string: string, x: number, y: number, width: number, height: number): void;
		drawSkin(
			skin: Skin,
			x: number,
			y: number,
			width: number,
			height: number,
			variant?: number,
			state?: number,
		): void;
		/** With a width, what is too long ends in "…". */
		drawString(string: string, style: Style, color: Color, x: number, y: number, width?: number): void;
		drawStyle(
			string: string,
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
			color: Color,
			x: number,
			y: number,
			sx: number,
			sy: number,
			width: number,
			height: number,
		): void;
		fillColor(color: Color, x: number, y: number, width: number, height: number): void;
		fillTexture(
			texture: Texture,
			color: Color,
			x: number,
			y: number,
			width: number,
			height: number,
			sx: number,
			sy: number,
			sw: number,
			sh: number,
		): void;
		/** Without a rectangle: all of it. */
		invalidate(): void;
		invalidate(x: number, y: number, width: number, height: number): void;
		measureString(string: string, style: Style): Size;
		pushClip(x: number, y: number, width: number, height: number): void;
		popClip(): void;
	}
	export const Port: ContentConstructor<Port, ContentDictionary>;

	/** Nothing, a content, or a list of the same. */
	export type Contents = Content | null | undefined | false | readonly Contents[];
	export interface ContainerDictionary extends ContentDictionary {
		readonly clip?: boolean;
		readonly contents?: readonly Contents[];
	}
	export interface Container extends Content {
		clip: boolean;
		readonly first: Content | undefined;
		readonly last: Content | undefined;
		readonly length: number;
		readonly transitioning: boolean;
		add(content: Content): void;
		insert(content: Content, before: Content): void;
		remove(content: Content): void;
		replace(content: Content, by: Content): void;
		swap(first: Content, second: Content): void;
		/** Removes from `start` up to before `stop`; below 0 counts from the end; all by default. */
		empty(start?: number, stop?: number): void;
		content(at: number | string): Content | undefined;
		/** `null` ends the one that runs, and those that wait for it. */
		run(transition: Transition | null, ...parameters: unknown[]): void;
	}
	export const Container: ContentConstructor<Container, ContainerDictionary>;

	export type Column = Container;
	export const Column: ContentConstructor<Column, ContainerDictionary>;
	export type Row = Container;
	export const Row: ContentConstructor<Row, ContainerDictionary>;
	export type Layout = Container;
	export const Layout: ContentConstructor<Layout, ContainerDictionary>;

	export interface ScrollerDictionary extends ContainerDictionary {
		/** Scrolls around without an end. */
		readonly looping?: boolean;
	}
	export interface Scroller extends Container {
		/** Where the content may be at most: what `scroll` would be, held within its bounds. */
		readonly constraint: Point;
		looping: boolean;
		/** How far the first content is scrolled. */
		scroll: Point;
		/** While true, the content may go beyond its bounds. */
		tracking: boolean;
		/** The least scrolling that shows a rectangle of the first content. */
		reveal(bounds: Rectangle): void;
		scrollBy(dx: number, dy: number): void;
		scrollTo(x: number, y: number): void;
	}
	export const Scroller: ContentConstructor<Scroller, ScrollerDictionary>;

	export interface ApplicationDictionary extends ContainerDictionary {
		/** At least the number of fingers; 0 without touch. */
		readonly touchCount?: number;
		/** Bytes for the drawing commands of one update. */
		readonly commandListLength?: number;
		/** Bytes for what is to be drawn of one band. */
		readonly displayListLength?: number;
		/** Numbers for the invalid region. */
		readonly regionLength?: number;
	}
	export interface Application extends Container {
		/** Frees what no content uses. */
		purge(): void;
	}
	export const Application: ContentConstructor<Application, ApplicationDictionary>;

	/** `container.run(transition, ...parameters)`: the parameters go to onBegin and onEnd. */
	export class Transition {
		constructor(duration: number);
		duration: number;
		onBegin(container: Container, ...parameters: never[]): void;
		onEnd(container: Container, ...parameters: never[]): void;
		/** From 0 to 1, both included. */
		onStep(fraction: number): void;
	}
}

declare module "piu/QRCode" {
	import type { Content, ContentConstructor, ContentDictionary } from "piu/MC";

	/** Drawn with its skin: fill behind, stroke for the squares, as large as fits in whole px per square. */
	export interface QRCodeDictionary extends ContentDictionary {
		readonly string?: string;
		/** From 1 to 40. */
		readonly maxVersion?: number;
	}
	export interface QRCode extends Content {
		string: string;
	}
	export const QRCode: ContentConstructor<QRCode, QRCodeDictionary>;
}

declare module "piu/ImageBuffer" {
	import type { Content, ContentConstructor, ContentDictionary } from "piu/MC";

	export interface ImageBufferDictionary extends ContentDictionary {
		readonly imageWidth: number;
		readonly imageHeight: number;
	}
	export interface ImageBuffer extends Content {
		/** RGB565, little endian, rows from the top, no gaps: imageWidth × imageHeight × 2 bytes. */
		buffer: ArrayBuffer | ArrayBufferView;
	}
	export const ImageBuffer: ContentConstructor<ImageBuffer, ImageBufferDictionary>;
}

/** The easing functions of the SDK that the panel uses; fraction 0 to 1 in, 0 to 1 out. */
interface Math {
	quadEaseIn(fraction: number): number;
	quadEaseOut(fraction: number): number;
	quadEaseInOut(fraction: number): number;
	cubicEaseIn(fraction: number): number;
	cubicEaseOut(fraction: number): number;
	cubicEaseInOut(fraction: number): number;
}
