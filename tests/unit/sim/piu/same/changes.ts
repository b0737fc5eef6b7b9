// What happens to a layout when contents come, go, move and scroll.

import { Behavior, Column, Container, Content, Layout, Row, Scroller } from "piu/MC";
import { dump, type Scene, type Stage } from "./stage";

function named(name: string, coordinates: object): Content {
	return new Content(null, { name, ...coordinates });
}

function point({ x, y }: { x: number; y: number }): string {
	return `${x} ${y}`;
}

function long(stage: Stage, dictionary: object = {}): { scroller: Scroller; list: Content } {
	const list = named("list", { left: 0, right: 0, top: 0, height: 300 });
	const scroller = new Scroller(null, {
		left: 10,
		top: 10,
		width: 100,
		height: 80,
		...dictionary,
		contents: [list],
	});
	stage.application.add(scroller);
	return { scroller, list };
}

export const changes: readonly Scene[] = [
	{
		name: "contents are added, inserted, replaced, swapped and removed",
		run(stage) {
			const column = new Column(null, { left: 0, width: 50, top: 0 });
			stage.application.add(column);
			const [a, b, c, d] = ["a", "b", "c", "d"].map((name, at) =>
				named(name, { left: 0, right: 0, height: 10 + at }),
			);
			if (!a || !b || !c || !d) return;
			column.add(a);
			column.add(b);
			dump(stage, column);
			column.insert(c, a);
			dump(stage, column);
			column.replace(a, d);
			dump(stage, column);
			column.swap(c, b);
			dump(stage, column);
			stage.log(
				`${column.length} ${column.content(1)?.name} ${column.content("b")?.index} ${a.index} ${b.next?.name} ${b.previous}`,
			);
			column.remove(d);
			dump(stage, column);
			stage.log(`${column.first?.name} ${column.last?.name} ${d.container} ${d.application}`);
		},
	},
	{
		name: "neighbours are swapped",
		run(stage) {
			const names = ["a", "b", "c"];
			const row = new Row(null, {
				left: 0,
				top: 0,
				contents: names.map((name, at) => named(name, { width: 10 + at, height: 5 })),
			});
			stage.application.add(row);
			dump(stage, row);
			const [first, second] = [row.content("a"), row.content("b")];
			if (first && second) row.swap(first, second);
			dump(stage, row);
			const [last, before] = [row.content("c"), row.content("a")];
			if (last && before) row.swap(last, before);
			dump(stage, row);
		},
	},
	{
		name: "a container is emptied in part",
		run(stage) {
			for (const [start, stop] of [
				[0, 0],
				[1, 0],
				[0, 2],
				[-2, 0],
				[1, -1],
				[1, 9],
				[9, 0],
				[-9, -4],
			] as const) {
				const names = ["a", "b", "c", "d", "e"];
				const column = new Column(null, {
					left: 0,
					top: 0,
					contents: names.map((name) => named(name, { width: 9, height: 9 })),
				});
				stage.application.add(column);
				column.empty(start, stop);
				let left = "";
				for (let at = column.first; at; at = at.next) left += at.name;
				stage.log(`${start} ${stop}: ${left} ${column.height}`);
				stage.application.remove(column);
			}
		},
	},
	{
		name: "coordinates change",
		run(stage) {
			const inner = named("inner", { left: 1, top: 2, width: 30, height: 40 });
			const container = new Container(null, { left: 0, right: 0, top: 0, bottom: 0, contents: [inner] });
			stage.log(`${inner.x} ${inner.width} ${inner.bounds} ${inner.size} ${inner.position} ${inner.offset}`);
			stage.log(JSON.stringify(inner.coordinates));
			stage.application.add(container);
			dump(stage, inner);
			inner.coordinates = { right: 5, width: 10, top: 0, bottom: 0 };
			dump(stage, inner);
			stage.log(JSON.stringify(inner.coordinates));
			inner.coordinates = {};
			dump(stage, inner);
			stage.log(JSON.stringify(inner.coordinates) + JSON.stringify(inner.measure()));
		},
	},
	{
		name: "contents move as far as their coordinates let them",
		run(stage) {
			for (const coordinates of [
				{ left: 10, top: 10, width: 20, height: 20 },
				{ right: 10, bottom: 10, width: 20, height: 20 },
				{ width: 20, height: 20 },
				{ left: 10, right: 10, top: 10, bottom: 10 },
				{ left: 10, right: 10, width: 5, top: 10, bottom: 10, height: 5 },
			]) {
				const content = named("moved", coordinates);
				stage.application.add(content);
				dump(stage, content);
				content.moveBy(3, 4);
				dump(stage, content);
				content.x = 50;
				content.y = 60;
				dump(stage, content);
				content.position = { x: 1, y: 2 };
				content.offset = { x: content.offset.x + 1, y: content.offset.y + 1 };
				dump(stage, content);
				content.sizeBy(1, 2);
				content.width += 2;
				content.height += 3;
				dump(stage, content);
				content.size = { width: 9, height: 8 };
				dump(stage, content);
				stage.log(JSON.stringify(content.coordinates));
				stage.application.remove(content);
			}
		},
	},
	{
		name: "a container grows with its contents, unless its own size is given",
		run(stage) {
			const first = named("first", { left: 0, top: 0, width: 10, height: 10 });
			const second = named("second", { left: 0, top: 0, width: 10, height: 10 });
			const free = new Container(null, { name: "free", left: 5, top: 5, contents: [first] });
			const given = new Container(null, {
				name: "given",
				left: 50,
				top: 5,
				width: 20,
				height: 20,
				contents: [second],
			});
			const both = new Container(null, { left: 0, top: 0, contents: [free, given] });
			stage.application.add(both);
			dump(stage, both);
			first.width = 30;
			second.height = 40;
			dump(stage, both);
			first.visible = false;
			second.sizeBy(-5, -5);
			dump(stage, both);
		},
	},
	{
		name: "a row is laid out again when one of its contents grows",
		run(stage) {
			const [a, b, c] = [
				named("a", { left: 0, width: 10, height: 10 }),
				named("b", { left: 0, right: 0, height: 10 }),
				named("c", { width: 20, height: 10 }),
			];
			const row = new Row(null, { left: 0, right: 0, top: 0, height: 20, contents: [a, b, c] });
			stage.application.add(row);
			dump(stage, row);
			a.width = 33;
			dump(stage, row);
			c.coordinates = { left: 5, right: 5, height: 3 };
			dump(stage, row);
			row.coordinates = { left: 0, width: 101, top: 9 };
			dump(stage, row);
		},
	},
	{
		name: "scrolling stays within the content",
		run(stage) {
			const { scroller, list } = long(stage);
			for (const by of [10, 250, -30, -500, 7]) {
				scroller.scrollBy(5, by);
				stage.log(`${point(scroller.constraint)} / ${point(scroller.scroll)}`);
				dump(stage, list);
				stage.log(point(scroller.scroll));
			}
			scroller.scrollTo(0, 100);
			dump(stage, list);
			scroller.scroll = { x: 0, y: 33 };
			dump(stage, list);
		},
	},
	{
		name: "while it is tracked, a content scrolls beyond its end",
		run(stage) {
			const { scroller, list } = long(stage);
			scroller.tracking = true;
			scroller.scrollBy(0, -25);
			dump(stage, list);
			stage.log(`${point(scroller.scroll)} ${point(scroller.constraint)}`);
			scroller.scrollBy(0, 300);
			dump(stage, list);
			stage.log(`${point(scroller.scroll)} ${point(scroller.constraint)}`);
			scroller.tracking = false;
			scroller.scrollTo(scroller.constraint.x, scroller.constraint.y);
			dump(stage, list);
			stage.log(`${point(scroller.scroll)} ${point(scroller.constraint)}`);
		},
	},
	{
		name: "a looping content scrolls around",
		run(stage) {
			const { scroller, list } = long(stage, { looping: true });
			for (const by of [10, 280, 20, -100, -300]) {
				scroller.scrollBy(0, by);
				dump(stage, list);
				stage.log(point(scroller.scroll));
			}
		},
	},
	{
		name: "scrolling in both directions, from the middle and from the end",
		run(stage) {
			for (const coordinates of [
				{ width: 131, height: 301 },
				{ right: 0, bottom: 0, width: 131, height: 301 },
			]) {
				const content = named("wide", coordinates);
				const scroller = new Scroller(null, { left: 0, top: 0, width: 100, height: 80, contents: [content] });
				stage.application.add(scroller);
				for (const [dx, dy] of [
					[3, 4],
					[100, 200],
					[-9, -300],
				] as const) {
					scroller.scrollBy(dx, dy);
					dump(stage, content);
					stage.log(`${point(scroller.scroll)} ${point(scroller.constraint)}`);
				}
				stage.application.remove(scroller);
			}
		},
	},
	{
		name: "a part of the content is revealed with as little scrolling as it takes",
		run(stage) {
			const { scroller, list } = long(stage);
			for (const [y, height] of [
				[0, 40],
				[60, 40],
				[200, 40],
				[250, 100],
				[100, 200],
				[90, 10],
			] as const) {
				scroller.reveal({ x: 0, y, width: 50, height });
				dump(stage, list);
			}
		},
	},
	{
		name: "a content that shrinks scrolls back",
		run(stage) {
			const { scroller, list } = long(stage);
			scroller.scrollBy(0, 220);
			dump(stage, list);
			list.height = 120;
			dump(stage, list);
			list.height = 40;
			dump(stage, list);
			stage.log(point(scroller.scroll));
		},
	},
	{
		name: "a layout may give its contents places while it is fitted",
		run(stage) {
			class Grid extends Behavior {
				override onFitHorizontally(layout: Container, width: number): void {
					stage.log(`onFitHorizontally ${width}`);
					let at = 0;
					for (let cell = layout.first; cell; cell = cell.next, at++) {
						cell.coordinates = {
							left: (at % 3) * (width / 3),
							width: width / 3,
							top: Math.floor(at / 3) * 20,
							height: 20,
						};
					}
				}
				override onFitVertically(_layout: Container, height: number): void {
					stage.log(`onFitVertically ${height}`);
				}
				override onMeasureHorizontally(_layout: Container, width: number): number {
					stage.log(`onMeasureHorizontally ${width}`);
					return width;
				}
				override onMeasureVertically(_layout: Container, height: number): number {
					stage.log(`onMeasureVertically ${height}`);
					return 40;
				}
				override onAdapt(): void {
					stage.log("onAdapt");
				}
			}
			const cells = [1, 2, 3, 4, 5].map((at) => named(`${at}`, {}));
			const grid = new Layout(null, { left: 0, width: 90, top: 0, Behavior: Grid, contents: cells });
			stage.application.add(grid);
			dump(stage, grid);
			grid.width = 120;
			dump(stage, grid);
		},
	},
];
