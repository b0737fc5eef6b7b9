// Which rectangles are drawn again after a change.

import { Behavior, Column, Container, Content, Label, Port, Scroller, Skin } from "piu/MC";
import type { Scene, Stage } from "./stage";

function frame(stage: Stage, what: string): void {
	stage.idle();
	stage.log(`${what}: ${stage.drawn().join(", ")}`);
}

/** Starts after a frame in which nothing is to be drawn any more. */
function settled(stage: Stage): void {
	stage.idle();
	stage.drawn();
}

function box(left: number, top: number, width: number, height: number, more: object = {}): Content {
	return new Content(null, { left, top, width, height, ...more });
}

export const drawing: readonly Scene[] = [
	{
		name: "what changes is drawn again",
		run(stage) {
			settled(stage);
			const content = box(10, 20, 30, 40);
			stage.application.add(content);
			frame(stage, "add");
			frame(stage, "nothing");
			content.state = 1;
			frame(stage, "state");
			content.state = 1;
			frame(stage, "same state");
			content.variant = 2;
			frame(stage, "variant");
			content.skin = new Skin({ fill: "red" });
			frame(stage, "skin");
			content.visible = false;
			frame(stage, "hidden");
			content.state = 0;
			frame(stage, "state while hidden");
			content.visible = true;
			frame(stage, "shown");
			content.moveBy(5, 0);
			frame(stage, "moved");
			content.moveBy(100, 100);
			frame(stage, "moved far");
			content.sizeBy(-10, 10);
			frame(stage, "sized");
			content.adjust();
			frame(stage, "adjusted");
			content.coordinates = { right: 0, bottom: 0, width: 10, height: 10 };
			frame(stage, "coordinates");
			stage.application.remove(content);
			frame(stage, "removed");
		},
	},
	{
		name: "rectangles do not overlap, and go no further than the screen",
		run(stage) {
			settled(stage);
			const { width, height } = stage.application;
			const boxes = [
				box(0, 0, 20, 20),
				box(10, 10, 20, 20),
				box(5, 25, 50, 3),
				box(40, 0, 10, 40),
				box(40, 40, 10, 5),
				box(width - 5, height - 5, 10, 10),
				box(-5, 100, 10, 10),
				box(width, 0, 9, 9),
				box(60, 60, 0, 5),
			];
			for (const content of boxes) {
				stage.application.add(content);
				frame(stage, "one");
			}
			for (const content of boxes) content.state = 1;
			frame(stage, "all");
			for (const content of boxes.slice(0, 2)) content.state = 2;
			frame(stage, "two");
			for (const content of boxes.slice(2, 5)) content.state = 2;
			frame(stage, "three");
		},
	},
	{
		name: "a clip holds back what is drawn again",
		run(stage) {
			settled(stage);
			const inner = box(-10, -10, 100, 100);
			const container = new Container(null, { left: 50, top: 50, width: 40, height: 40, contents: [inner] });
			stage.application.add(container);
			frame(stage, "open");
			inner.state = 1;
			frame(stage, "state");
			container.clip = true;
			frame(stage, "clip");
			inner.state = 2;
			frame(stage, "state clipped");
			inner.visible = false;
			frame(stage, "hidden");
			inner.visible = true;
			container.visible = false;
			frame(stage, "container hidden");
			inner.state = 3;
			frame(stage, "state in hidden");
			container.visible = true;
			frame(stage, "container shown");
		},
	},
	{
		name: "a column draws what moved",
		run(stage) {
			settled(stage);
			const [a, b, c] = [1, 2, 3].map(() => new Content(null, { left: 0, right: 0, height: 10 }));
			const column = new Column(null, { left: 10, width: 100, top: 10, contents: [a, b] });
			stage.application.add(column);
			frame(stage, "add");
			if (a) a.height = 20;
			frame(stage, "first grows");
			if (c) column.add(c);
			frame(stage, "third added");
			if (b) column.remove(b);
			frame(stage, "second removed");
			if (a && c) column.swap(a, c);
			frame(stage, "swapped");
			column.empty();
			frame(stage, "emptied");
		},
	},
	{
		name: "a scroller draws what it shows",
		run(stage) {
			settled(stage);
			const list = new Content(null, { left: 0, right: 0, top: 0, height: 300 });
			const bar = new Content(null, { right: 0, width: 4, top: 0, height: 20 });
			const scroller = new Scroller(null, {
				left: 20,
				width: 100,
				top: 30,
				height: 80,
				clip: true,
				contents: [list, bar],
			});
			stage.application.add(scroller);
			frame(stage, "add");
			scroller.scrollBy(0, 10);
			frame(stage, "scrolled");
			scroller.scrollBy(0, -50);
			frame(stage, "scrolled to the top");
			scroller.scrollBy(0, -50);
			frame(stage, "at the top");
			bar.y = 50;
			frame(stage, "bar");
			list.state = 1;
			frame(stage, "list");
			scroller.clip = false;
			scroller.scrollBy(0, 10);
			frame(stage, "without clip");
		},
	},
	{
		name: "a label is drawn again with every string, a port only when it is told to",
		run(stage) {
			settled(stage);
			class Draws extends Behavior {
				override onDraw(port: Port, x: number, y: number, width: number, height: number): void {
					stage.log(`${port.name} onDraw ${x} ${y} ${width} ${height}`);
					port.fillColor("red", 0, 0, 5, 5);
				}
			}
			const label = new Label(null, { left: 0, top: 0, width: 50, height: 20, string: "a" });
			const port = new Port(null, {
				name: "port",
				left: 60,
				top: 10,
				width: 50,
				height: 20,
				Behavior: Draws,
			});
			const beside = box(55, 5, 10, 10);
			stage.application.add(new Container(null, { left: 0, top: 0, contents: [label, port, beside] }));
			frame(stage, "add");
			label.string = "b";
			frame(stage, "string");
			label.string = "b";
			frame(stage, "same string");
			port.state = 1;
			frame(stage, "port's state");
			stage.log(`${port.state} ${port.variant} ${port.skin}`);
			port.invalidate();
			frame(stage, "port");
			port.invalidate(5, 6, 7, 8);
			frame(stage, "part of the port");
			port.invalidate(45, 15, 70, 80);
			frame(stage, "more than the port");
			beside.state = 1;
			frame(stage, "beside");
			label.state = 1;
			beside.state = 2;
			frame(stage, "both");
			try {
				port.fillColor("red", 0, 0, 1, 1);
			} catch {
				stage.log("a port draws in onDraw only");
			}
		},
	},
	{
		name: "the application draws itself when its skin changes",
		run(stage) {
			settled(stage);
			stage.application.state = 1;
			frame(stage, "state");
			stage.application.skin = new Skin({ fill: "black" });
			frame(stage, "skin");
			stage.application.state = 0;
			frame(stage, "state");
		},
	},
];
