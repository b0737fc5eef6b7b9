// Layouts of every kind, to be laid out by the real Piu and by the host.

import {
	Behavior,
	Column,
	Container,
	type ContainerDictionary,
	Content,
	type ContentDictionary,
	type Contents,
	Label,
	Layout,
	Port,
	Row,
	Scroller,
} from "piu/MC";
import { dump, type Scene } from "./stage";

const whole: ContainerDictionary = { left: 0, right: 0, top: 0, bottom: 0 };

function box(dictionary: ContentDictionary): Content {
	return new Content(null, dictionary);
}

function layout(name: string, make: () => Content): Scene {
	return {
		name,
		run(stage) {
			const content = make();
			stage.application.add(content);
			dump(stage, content);
		},
	};
}

function within(name: string, dictionary: ContainerDictionary, ...coordinates: ContentDictionary[]): Scene {
	return layout(name, () => new Container(null, { ...dictionary, contents: coordinates.map(box) }));
}

function column(name: string, dictionary: ContainerDictionary, ...contents: (() => Contents)[]): Scene {
	return layout(name, () => new Column(null, { ...dictionary, contents: contents.map((make) => make()) }));
}

function row(name: string, dictionary: ContainerDictionary, ...contents: (() => Contents)[]): Scene {
	return layout(name, () => new Row(null, { ...dictionary, contents: contents.map((make) => make()) }));
}

/** A size of its own: half as wide and twice as high as its contents. */
class Halves extends Behavior {
	override onMeasureHorizontally(_layout: Content, width: number): number {
		return Math.floor(width / 2);
	}
	override onMeasureVertically(_layout: Content, height: number): number {
		return height * 2;
	}
}

/** Its first content gets a quarter of its width. */
class Quarter extends Behavior {
	override onFitHorizontally(content: Container, width: number): void {
		const { first } = content;
		if (first) first.coordinates = { left: 0, width: width >> 2, top: 0, bottom: 0 };
	}
}

class Fixed extends Behavior {
	override onMeasureHorizontally(): number {
		return 33;
	}
	override onMeasureVertically(): number {
		return 44;
	}
}

export const layouts: readonly Scene[] = [
	within("a container without contents", { left: 10, top: 20, width: 30, height: 40 }),
	within("left, right, top and bottom stretch", whole, { left: 3, right: 5, top: 7, bottom: 11 }),
	within("left and top with a size", whole, { left: 3, top: 5, width: 20, height: 10 }),
	within("right and bottom with a size", whole, { right: 3, bottom: 5, width: 20, height: 10 }),
	within("left and right with a width stretch", whole, { left: 10, right: 20, width: 30, top: 0, height: 9 }),
	within("a size alone is centred", whole, { width: 20, height: 10 }),
	within("centring rounds up", { left: 0, top: 0, width: 21, height: 11 }, { width: 20, height: 10 }),
	within("centring an odd size", { left: 0, top: 0, width: 20, height: 10 }, { width: 15, height: 7 }),
	within("centring what is larger", { left: 5, top: 5, width: 20, height: 10 }, { width: 35, height: 18 }),
	within(
		"centring what is larger by one",
		{ left: 5, top: 5, width: 20, height: 10 },
		{ width: 21, height: 11 },
	),
	within("nothing given", whole, {}),
	within("left alone", whole, { left: 9, top: 9 }),
	within("negative coordinates", whole, { left: -5, right: -7, top: -9, height: 20 }),
	within(
		"a container takes the size of its contents",
		{ left: 0, top: 0 },
		{ left: 5, top: 6, width: 10, height: 20 },
	),
	within(
		"a container takes the largest of its contents, with their margins",
		{ right: 4, bottom: 6 },
		{ left: 5, right: 7, top: 1, bottom: 2, width: 10, height: 20 },
		{ left: 1, top: 1, width: 18, height: 30 },
	),
	within(
		"a stretched content adds its margins only",
		{ left: 0, top: 0 },
		{ left: 5, right: 7, top: 1, bottom: 2 },
	),
	within(
		"a width of the container, a height of its contents",
		{ left: 0, width: 50, top: 0 },
		{ height: 33, left: 0, right: 0, top: 2 },
	),
	within("fractions are cut", whole, { left: 1.9, top: 2.2, width: 10.7, height: 5.5 }),
	within("negative fractions are cut towards 0", whole, { left: -1.9, top: -2.2, width: 10, height: 5 }),
	within(
		"more margin than room",
		{ left: 0, top: 0, width: 20, height: 20 },
		{ left: 15, right: 15, top: 0, height: 4 },
	),
	layout(
		"containers within containers",
		() =>
			new Container(null, {
				...whole,
				contents: [
					new Container(null, {
						left: 10,
						right: 10,
						top: 10,
						bottom: 10,
						contents: [
							new Container(null, {
								right: 5,
								bottom: 5,
								contents: [box({ left: 3, top: 3, width: 30, height: 20 })],
							}),
							new Container(null, { contents: [box({ width: 31, height: 21 })] }),
						],
					}),
				],
			}),
	),
	column(
		"a column of sizes",
		{ left: 0, right: 0, top: 0 },
		() => box({ height: 10, left: 0, right: 0 }),
		() => box({ height: 20, width: 30 }),
	),
	column(
		"a column with gaps",
		{ left: 2, top: 3 },
		() => box({ top: 5, height: 10, width: 20 }),
		() => box({ top: 3, bottom: 7, height: 4, width: 25 }),
		() => box({ height: 5, left: 1, width: 5 }),
	),
	column(
		"a column shares what is left",
		whole,
		() => box({ top: 0, bottom: 0, left: 0, right: 0 }),
		() => box({ height: 41, left: 0, right: 0 }),
		() => box({ top: 0, bottom: 0, left: 0, right: 0 }),
		() => box({ top: 2, bottom: 3, left: 0, right: 0 }),
	),
	column(
		"a column shares besides measured sizes",
		{ left: 0, top: 0, width: 100, height: 101 },
		() =>
			new Container(null, {
				top: 0,
				bottom: 0,
				left: 0,
				right: 0,
				contents: [box({ top: 0, height: 17, left: 0, width: 9 })],
			}),
		() => box({ top: 1, bottom: 1, left: 0, right: 0, height: 8 }),
		() => box({ height: 12 }),
	),
	column(
		"a column that is too full",
		{ left: 0, top: 0, width: 50, height: 30 },
		() => box({ height: 25, width: 10 }),
		() => box({ top: 0, bottom: 0, left: 0, right: 0 }),
		() => box({ height: 25, width: 10 }),
	),
	column(
		"a column too full with two that share",
		{ left: 0, top: 0, width: 50, height: 30 },
		() => box({ height: 40, width: 10 }),
		() =>
			new Container(null, {
				top: 0,
				bottom: 0,
				left: 0,
				right: 0,
				contents: [box({ height: 30, width: 5 })],
			}),
		() =>
			new Container(null, {
				top: 0,
				bottom: 0,
				left: 0,
				right: 0,
				contents: [box({ height: 21, width: 5 })],
			}),
	),
	column(
		"a column with bottoms alone",
		{ left: 0, right: 0, top: 0, height: 100 },
		() => box({ bottom: 5, height: 10, right: 5, width: 10 }),
		() => box({ bottom: 5, height: 10, width: 10 }),
	),
	column(
		"a column without a height, of stretched contents",
		{ left: 0, right: 0, top: 0 },
		() => box({ top: 3, bottom: 4, left: 0, right: 0 }),
		() => box({ top: 0, bottom: 0, height: 6, left: 0, right: 0 }),
	),
	row(
		"a row of sizes",
		{ left: 0, top: 0 },
		() => box({ width: 10, height: 20 }),
		() => box({ width: 15, height: 30 }),
		() => box({ left: 4, right: 6, width: 5, top: 0, height: 3 }),
	),
	row(
		"a row shares what is left",
		whole,
		() => box({ left: 0, right: 0, top: 0, bottom: 0 }),
		() => box({ left: 8, width: 33, height: 20 }),
		() => box({ left: 8, right: 0, top: 3, bottom: 3 }),
		() => box({ left: 8, right: 8, height: 11 }),
	),
	row(
		"a row in the middle",
		{ height: 50 },
		() => box({ width: 21, height: 20 }),
		() => box({ width: 22, bottom: 0, height: 20 }),
	),
	layout(
		"rows in a column",
		() =>
			new Column(null, {
				...whole,
				contents: [
					new Row(null, {
						left: 0,
						right: 0,
						top: 0,
						height: 48,
						contents: [
							box({ left: 8, width: 88, top: 0, bottom: 0 }),
							box({ left: 0, right: 0, height: 20 }),
							box({ right: 12, width: 20, height: 20 }),
						],
					}),
					new Row(null, {
						left: 0,
						right: 0,
						top: 0,
						bottom: 0,
						contents: [
							new Column(null, {
								width: 40,
								top: 0,
								bottom: 0,
								contents: [
									box({ left: 0, right: 0, top: 0, bottom: 0 }),
									box({ left: 0, right: 0, top: 4, bottom: 0 }),
								],
							}),
							new Container(null, {
								left: 0,
								right: 0,
								top: 0,
								bottom: 0,
								contents: [box({ width: 35, height: 35 })],
							}),
						],
					}),
				],
			}),
	),
	layout(
		"a layout decides its size",
		() =>
			new Layout(null, {
				left: 0,
				top: 0,
				Behavior: Halves,
				contents: [box({ left: 0, top: 0, width: 41, height: 20 })],
			}),
	),
	layout(
		"a layout decides even a given size",
		() =>
			new Layout(null, {
				left: 0,
				top: 0,
				width: 100,
				height: 50,
				Behavior: Halves,
				contents: [box({ left: 0, right: 0, top: 0, bottom: 0 })],
			}),
	),
	layout(
		"a layout fits its contents",
		() =>
			new Layout(null, {
				...whole,
				Behavior: Quarter,
				contents: [box({ left: 0, top: 0, bottom: 0, width: 5 })],
			}),
	),
	layout(
		"a layout without a behavior is a container",
		() => new Layout(null, { left: 1, top: 1, contents: [box({ left: 0, top: 0, width: 41, height: 20 })] }),
	),
	layout("a port decides its size", () => new Port(null, { left: 5, top: 6, Behavior: Fixed })),
	layout(
		"a label without a style has no size",
		() => new Label(null, { left: 5, top: 6, string: "nothing" }),
	),
	layout(
		"a label with a size has it without a style",
		() => new Label(null, { left: 5, top: 6, width: 60, height: 20, string: "something" }),
	),
	layout(
		"a scroller takes the size of its first content",
		() =>
			new Scroller(null, {
				left: 2,
				top: 3,
				contents: [
					box({ left: 5, top: 6, width: 50, height: 60 }),
					box({ left: 0, width: 90, top: 0, height: 80 }),
				],
			}),
	),
	layout(
		"a scroller with a larger content",
		() =>
			new Scroller(null, {
				left: 10,
				top: 10,
				width: 100,
				height: 80,
				contents: [box({ left: 0, right: 0, top: 0, height: 300 })],
			}),
	),
	layout(
		"a scroller with a smaller content",
		() =>
			new Scroller(null, {
				left: 10,
				top: 10,
				width: 100,
				height: 80,
				contents: [box({ left: 0, right: 0, top: 0, height: 30 })],
			}),
	),
	layout(
		"a scroller with its content at the bottom",
		() =>
			new Scroller(null, {
				left: 10,
				top: 10,
				width: 100,
				height: 80,
				contents: [box({ left: 0, right: 0, bottom: 0, height: 301 })],
			}),
	),
	layout(
		"a scroller with its content in the middle",
		() =>
			new Scroller(null, {
				left: 10,
				top: 10,
				width: 100,
				height: 80,
				contents: [box({ width: 131, height: 301 })],
			}),
	),
	layout(
		"a scroller without contents in a column",
		() =>
			new Column(null, {
				...whole,
				contents: [
					new Scroller(null, { left: 0, right: 0, top: 0, bottom: 0 }),
					box({ height: 20, left: 0, right: 0 }),
				],
			}),
	),
	layout(
		"a scroller of a column beside a bar",
		() =>
			new Scroller(null, {
				...whole,
				clip: true,
				contents: [
					new Column(null, {
						left: 0,
						right: 0,
						top: 0,
						contents: [1, 2, 3, 4, 5].map((at) => box({ left: 0, right: 0, top: at, height: 66 })),
					}),
					box({ right: 2, width: 4, top: 0, height: 30 }),
				],
			}),
	),
	layout(
		"invisible contents keep their place",
		() =>
			new Column(null, {
				left: 0,
				right: 0,
				top: 0,
				contents: [
					box({ height: 10, left: 0, right: 0 }),
					box({ height: 10, left: 0, right: 0, visible: false }),
					box({ height: 10, left: 0, right: 0 }),
				],
			}),
	),
];
