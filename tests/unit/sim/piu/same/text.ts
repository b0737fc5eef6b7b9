// Sizes of labels and texts in containers, and what becomes of them when words, styles and widths change.

import { Column, Container, type Content, Label, Layout, Row, Scroller, Style, Text } from "piu/MC";
import { dump, type Scene, type Stage } from "./stage";

const long = "When the nozzle is hot enough the first layer is printed slowly, so that it holds to the bed.";

/** Made on the stage: styles need the fonts. */
function styles() {
	return {
		regular: new Style({ font: "16px Blocks", color: "black" }),
		bold: new Style({ font: "bold 24px Blocks", color: "black" }),
		wide: new Style({ left: 10, right: 5, top: 3, bottom: 2 }),
		left: new Style({ horizontal: "left", vertical: "top", leading: 30 }),
	};
}

function label(string: string, more: object = {}): Label {
	return new Label(null, { name: string, string, ...more });
}

function text(string: string, more: object = {}): Text {
	return new Text(null, { name: "text", left: 0, right: 0, string, ...more });
}

function show(stage: Stage, content: Content): void {
	stage.application.add(content);
	dump(stage, content);
}

export const texts: readonly Scene[] = [
	{
		name: "a label is as large as its words, with the margins of its style",
		run(stage) {
			const { regular, bold, wide } = styles();
			const contents = [
				label("one"),
				label("three", { left: 3, top: 4 }),
				label("own", { style: bold, right: 0 }),
				label("margins", { style: wide, bottom: 0 }),
				label("given", { style: wide, width: 10, height: 11 }),
				label("", { name: "empty" }),
				label("stretched", { left: 0, right: 0, top: 100 }),
			];
			show(stage, new Container(null, { left: 0, right: 0, top: 0, bottom: 0, style: regular, contents }));
			stage.log(JSON.stringify([bold.measure("one"), bold.measure(""), regular.measure(long)]));
		},
	},
	{
		name: "labels in rows and columns",
		run(stage) {
			const { regular, bold } = styles();
			const row = () =>
				new Row(null, {
					name: "row",
					left: 0,
					top: 0,
					contents: [label("a"), label("wide one", { style: bold }), label("c", { left: 4 })],
				});
			const column = new Column(null, {
				left: 0,
				right: 0,
				top: 0,
				style: regular,
				contents: [row(), label("next", { left: 0, right: 0 }), row()],
			});
			show(stage, column);
		},
	},
	{
		name: "words change",
		run(stage) {
			const { regular } = styles();
			const value = label("5");
			const given = label("given", { width: 50, height: 20 });
			const row = new Row(null, { left: 0, top: 0, style: regular, contents: [value, label("/ 20"), given] });
			show(stage, row);
			value.string = "12345";
			given.string = "longer than fifty pixels";
			dump(stage, row);
			value.string = "";
			dump(stage, row);
			stage.log(`${value.string}|${given.string}`);
		},
	},
	{
		name: "styles change",
		run(stage) {
			const { regular, bold, wide } = styles();
			const inner = label("words");
			const body = text(long);
			const column = new Column(null, {
				left: 0,
				width: 150,
				top: 0,
				style: regular,
				contents: [inner, body],
			});
			show(stage, column);
			inner.style = wide;
			dump(stage, column);
			column.style = bold;
			dump(stage, column);
			inner.style = undefined;
			column.style = regular;
			dump(stage, column);
		},
	},
	{
		name: "a text is as high as its lines",
		run(stage) {
			const { regular, bold, wide, left } = styles();
			for (const style of [undefined, bold, wide, left]) {
				for (const width of [240, 120, 61, 10]) {
					const body = text(long, style === undefined ? {} : { style });
					show(stage, new Container(null, { left: 0, width, top: 0, style: regular, contents: [body] }));
				}
			}
			show(
				stage,
				new Container(null, {
					left: 0,
					width: 100,
					top: 0,
					style: regular,
					contents: [text("", { top: 5 })],
				}),
			);
			show(stage, text("of the screen", { style: regular, top: 0 }));
			show(stage, text(long, { style: regular, top: 0, bottom: 0 }));
			show(stage, text(long, { style: regular, top: 0, height: 30 }));
			show(stage, new Text(null, { style: regular, left: 0, width: 77, top: 0, string: long }));
			show(stage, new Text(null, { style: regular, left: 0, top: 0, string: "without a width" }));
		},
	},
	{
		name: "texts in a column push down what follows",
		run(stage) {
			const { regular, bold } = styles();
			const body = text(long, { top: 4, bottom: 6 });
			const column = new Column(null, {
				left: 0,
				width: 130,
				top: 0,
				style: regular,
				contents: [label("title", { style: bold }), body, label("after", { left: 0, right: 0 })],
			});
			show(stage, column);
			column.width = 200;
			dump(stage, column);
			body.string = "short";
			dump(stage, column);
			body.string = `${long} ${long}`;
			dump(stage, column);
		},
	},
	{
		name: "a text scrolls, and its scroller follows its height",
		run(stage) {
			const { regular } = styles();
			const body = text(`${long} ${long} ${long}`, { top: 0 });
			const scroller = new Scroller(null, {
				left: 0,
				width: 100,
				top: 0,
				height: 100,
				style: regular,
				contents: [new Column(null, { left: 0, right: 0, top: 0, contents: [body, label("end")] })],
			});
			show(stage, scroller);
			scroller.scrollBy(0, 10_000);
			dump(stage, scroller);
			body.string = long;
			dump(stage, scroller);
			body.string = "short";
			dump(stage, scroller);
		},
	},
	{
		name: "texts share a row and a dialog takes the height of its words",
		run(stage) {
			const { regular } = styles();
			const row = new Row(null, {
				left: 0,
				right: 0,
				top: 0,
				contents: [text(long, { top: 0 }), text("few words", { left: 8, top: 0 })],
			});
			const dialog = new Layout(null, {
				left: 20,
				right: 20,
				bottom: 10,
				style: regular,
				contents: [new Column(null, { left: 0, right: 0, top: 0, contents: [row, label("yes")] })],
			});
			show(stage, dialog);
			show(
				stage,
				new Container(null, {
					style: regular,
					contents: [
						new Column(null, { left: 10, right: 10, contents: [text(long), label("the widest of all")] }),
					],
				}),
			);
		},
	},
	{
		name: "blocks and spans",
		run(stage) {
			const { regular, bold, wide } = styles();
			const body = new Text(null, {
				left: 0,
				width: 150,
				top: 0,
				style: regular,
				blocks: [
					"plain",
					{ style: wide, spans: long },
					{ spans: ["some ", { style: bold, spans: "bold" }, " words"] },
				],
			});
			show(stage, body);
			stage.log(body.string);
			body.blocks = [{ style: bold, spans: "only this" }];
			dump(stage, body);
		},
	},
	{
		name: "lines break where they may",
		run(stage) {
			const { regular } = styles();
			for (const string of [
				"a\nb",
				"a\n\nb\n",
				"  spaces  in  between  ",
				"averyveryverylongwordthatneverends",
				"one two",
				"tab\ttab",
				"x",
				" ",
			]) {
				for (const width of [20, 60])
					show(stage, new Text(null, { left: 0, width, top: 0, style: regular, string }));
			}
		},
	},
	{
		name: "what is drawn again with words",
		run(stage) {
			const { regular } = styles();
			const value = label("5", { left: 10, top: 10 });
			const fixed = label("fixed", { left: 100, width: 60, top: 10, height: 24 });
			const body = text(long, { left: 0, width: 120, top: 50 });
			stage.idle();
			stage.drawn();
			const frame = (what: string) => {
				stage.idle();
				stage.log(`${what}: ${stage.drawn().join(", ")}`);
			};
			stage.application.add(
				new Container(null, {
					left: 0,
					right: 0,
					top: 0,
					bottom: 0,
					style: regular,
					contents: [value, fixed, body],
				}),
			);
			frame("add");
			value.string = "55";
			frame("longer");
			value.string = "1";
			frame("shorter");
			fixed.string = "more";
			frame("fixed");
			body.string = "short";
			frame("text");
			body.string = long;
			frame("text again");
			body.state = 1;
			frame("text's state");
		},
	},
];
