// The Piu host beyond what Piu does: screens, time, pixels, and what it refuses.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ImageBuffer } from "piu/ImageBuffer";
import type * as piu from "piu/MC";
import {
	Application,
	Behavior,
	blendColors,
	Column,
	Container,
	Content,
	Label,
	Port,
	rgb,
	Skin,
	Text,
	Transition,
} from "piu/MC";
import { QRCode } from "piu/QRCode";
import { type FrameCost, type Rectangle, Screen, withScreen } from "../../../../sim/piu/host";
import * as mc from "../../../../sim/piu/mc";
import { ManualClock } from "../../../fakes/manual-clock";
import { noAssets } from "./node-stage";

interface Opened {
	readonly clock: ManualClock;
	readonly screen: Screen;
	readonly application: Application;
	readonly frames: { rectangles: readonly Rectangle[]; cost: FrameCost; at: number }[];
	readonly errors: unknown[];
}

function open(dictionary: object = {}, { width = 20, height = 10, clock = new ManualClock() } = {}): Opened {
	const frames: Opened["frames"] = [];
	const errors: unknown[] = [];
	const screen = new Screen({
		width,
		height,
		clock,
		assets: noAssets,
		onFrame: (rectangles, cost) => void frames.push({ rectangles, cost, at: clock.now() }),
		onError: (error) => void errors.push(error),
	});
	const application = withScreen(screen, () => new Application(null, dictionary));
	return { clock, screen, application, frames, errors };
}

const RED = 0xf800;
const BLUE = 0x001f;

function filled(fill: string, more: object = {}): Content {
	return new Content(null, { left: 0, right: 0, top: 0, bottom: 0, skin: new Skin({ fill }), ...more });
}

function thrown(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return String(error);
	}
	throw new assert.AssertionError({ message: "nothing was thrown" });
}

describe("a screen", () => {
	test("shows the application once time goes on, as RGB565", () => {
		const { clock, screen, frames } = open({ contents: [filled("red"), filled("blue", { right: 15 })] });
		assert.equal(screen.frame.length, 200);
		clock.advance(100);
		assert.deepEqual([...screen.frame.subarray(0, 6)], [BLUE, BLUE, BLUE, BLUE, BLUE, RED]);
		assert.equal(frames.length, 1);
		assert.deepEqual(frames[0]?.rectangles, [{ x: 0, y: 0, width: 20, height: 10 }]);
		assert.ok((frames[0]?.cost.commands ?? 0) >= 2);
	});

	test("draws no oftener than 30 times a second, and not at all when nothing changes", () => {
		const { clock, application, frames } = open({ contents: [filled("red")] });
		clock.advance(1000);
		assert.equal(frames.length, 1);
		assert.equal(clock.pendingTimers, 0);
		class Blinks extends Behavior {
			override onTimeChanged(content: Content): void {
				content.state = 1 - content.state;
			}
		}
		const blinking = filled("blue", { Behavior: Blinks });
		application.add(blinking);
		blinking.start();
		clock.advance(1000);
		assert.ok(frames.length > 25 && frames.length <= 32, `${frames.length} frames`);
		blinking.stop();
		clock.advance(1000);
		const count = frames.length;
		clock.advance(1000);
		assert.equal(frames.length, count);
		assert.equal(clock.pendingTimers, 0);
	});

	test("answers a touch at once", () => {
		class Turns extends Behavior {
			override onTouchBegan(content: Content): void {
				content.state = 1;
			}
		}
		const content = new Content(null, {
			left: 2,
			top: 2,
			width: 4,
			height: 4,
			active: true,
			skin: new Skin({ fill: ["red", "blue"] }),
			Behavior: Turns,
		});
		const { clock, screen, frames } = open({ contents: [content] });
		clock.advance(100);
		screen.touch("began", 0, 3, 3);
		assert.deepEqual(frames.at(-1)?.rectangles, [{ x: 2, y: 2, width: 4, height: 4 }]);
		assert.equal(screen.frame[2 * 20 + 2], BLUE);
		screen.touch("cancelled", 0, 3, 3);
		clock.advance(100);
		assert.equal(clock.pendingTimers, 0);
	});

	test("is its application's for good, so several live in one process", () => {
		const first = open({ contents: [filled("red")] });
		const second = open({ contents: [filled("blue")] }, { width: 7, height: 3 });
		first.clock.advance(50);
		second.clock.advance(50);
		assert.equal(first.application.width, 20);
		assert.equal(second.application.width, 7);
		first.application.replace(first.application.first ?? filled("red"), filled("blue"));
		first.clock.advance(50);
		assert.deepEqual([first.screen.frame[0], second.screen.frame[0]], [BLUE, BLUE]);
		assert.deepEqual([first.frames.length, second.frames.length], [2, 1]);
	});

	test("takes one application, within withScreen", () => {
		const { screen } = open();
		assert.match(
			thrown(() => withScreen(screen, () => new Application(null))),
			/has an application already/,
		);
		assert.match(
			thrown(() => new Application(null)),
			/no screen/,
		);
	});

	test("does nothing any more after close, which may be called again", () => {
		const touches: string[] = [];
		class Counts extends Behavior {
			override onTouchBegan(): void {
				touches.push("began");
			}
			override onTimeChanged(): void {
				touches.push("time");
			}
		}
		const content = filled("red", { active: true, Behavior: Counts });
		const { clock, screen, frames } = open({ contents: [content] });
		content.start();
		screen.close();
		screen.close();
		screen.touch("began", 0, 1, 1);
		content.state = 1;
		clock.advance(1000);
		assert.deepEqual([touches, frames.length, clock.pendingTimers], [[], 0, 0]);
		assert.match(
			thrown(() => withScreen(screen, () => new Application(null))),
			/already|closed/,
		);
	});

	test("hands on what a behavior throws, and goes on", () => {
		class Fails extends Behavior {
			override onTimeChanged(content: Content): void {
				content.stop();
				throw new Error("of the behavior");
			}
			override onTouchBegan(): void {
				throw new Error("of the touch");
			}
		}
		const content = filled("red", { active: true, Behavior: Fails });
		const { clock, errors, frames, screen } = open({ contents: [content] });
		content.start();
		clock.advance(100);
		assert.match(String(errors[0]), /of the behavior/);
		clock.advance(100);
		assert.equal(frames.length, 1);
		assert.equal(errors.length, 1);
		screen.touch("began", 0, 1, 1);
		screen.touch("ended", 0, 1, 1);
		clock.advance(100);
		assert.match(String(errors[1]), /of the touch/);
		assert.deepEqual([errors.length, clock.pendingTimers], [2, 0]);
	});

	test("has a size that fits into 16 bits", () => {
		for (const width of [0, -1, 1.5, 40_000, Number.NaN]) {
			assert.match(
				thrown(() => open({}, { width })),
				/px each way/,
			);
		}
	});
});

describe("what runs short on a device", () => {
	test("is said: the dirty region", () => {
		const { clock, application, errors } = open({ regionLength: 11 });
		clock.advance(50);
		const boxes = [0, 4, 8].map((top) => new Content(null, { left: top, top, width: 2, height: 1 }));
		for (const box of boxes) application.add(box);
		clock.advance(50);
		assert.match(String(errors[0]), /regionLength is 11/);
	});

	test("is said: drawing commands", () => {
		const contents = Array.from({ length: 50 }, () => filled("red"));
		const { clock, errors } = open({ commandListLength: 200, contents });
		clock.advance(50);
		assert.match(String(errors[0]), /commandListLength is 200/);
	});

	test("is said: a layout that never comes to rest", () => {
		class Restless extends Behavior {
			override onDisplaying(content: Content): void {
				const { container } = content;
				container?.remove(content);
				container?.add(content);
			}
		}
		const { clock, errors } = open({ contents: [filled("red", { Behavior: Restless })] });
		clock.advance(50);
		assert.match(String(errors[0]), /never comes to rest/);
	});
});

describe("what is not on the list", () => {
	/** As JavaScript could ask for it. */
	const make = (type: unknown, dictionary: object) =>
		Reflect.construct(type as new () => object, [null, dictionary]);

	test("is refused by name in a dictionary", () => {
		for (const [type, key] of [
			[Content, "exclusiveTouch"],
			[Content, "contents"],
			[Content, "Skin"],
			[Content, "widht"],
			[Content, "__proto__x"],
			[Label, "blocks"],
			[Text, "contents"],
			[Container, "looping"],
			[Column, "string"],
		] as const) {
			assert.match(
				thrown(() => make(type, { [key]: 1 })),
				new RegExp(`"${key}"`),
			);
		}
	});

	test("is refused as a value of a dictionary", () => {
		for (const [key, value] of [
			["left", undefined],
			["left", "5"],
			["width", Number.NaN],
			["active", 1],
			["name", 7],
			["skin", null],
			["skin", { fill: "red" }],
			["style", { font: "20px Culm" }],
			["Behavior", {}],
		] as const) {
			assert.match(
				thrown(() => make(Content, { [key]: value })),
				new RegExp(`"${key}"`),
			);
		}
		assert.match(
			thrown(() => make(Container, { contents: ["words"] })),
			/not a Piu content/,
		);
		assert.match(
			thrown(() => make(ImageBuffer, {})),
			/imageWidth/,
		);
	});

	test("is refused by name as a property", () => {
		const content = new Content(null, {});
		assert.match(
			thrown(() => Object.assign(content, { colour: "red" })),
			/colour/,
		);
		assert.match(
			thrown(() => Reflect.get(content, "exclusiveTouch")),
			/exclusiveTouch/,
		);
		assert.match(
			thrown(() => Reflect.get(new Container(null, {}), "firstThat")),
			/firstThat/,
		);
		assert.match(
			thrown(() => Object.assign(content, { state: "1" })),
			/state/,
		);
		assert.match(
			thrown(() => Object.assign(content, { coordinates: { left: 1, middle: 2 } })),
			/middle/,
		);
		assert.match(
			thrown(() => Object.assign(content, { skin: {} })),
			/Skin/,
		);
	});

	test("is refused where Piu would crash or lose its way", () => {
		const { application } = open();
		const stranger = {} as Content;
		assert.match(
			thrown(() => application.add(stranger)),
			/not a Piu content/,
		);
		assert.match(
			thrown(() => application.run({} as Transition, stranger)),
			/not a Piu transition/,
		);
		assert.match(
			thrown(() => Reflect.construct(Transition, [])),
			/duration/,
		);
		const [one, two] = [new Transition(10), new Transition(10)];
		application.run(one);
		assert.match(
			thrown(() => application.run(one)),
			/running already/,
		);
		application.run(two);
		application.run(null);
		assert.match(
			thrown(() => application.run(one)),
			/make a new one/,
		);
		application.run(two);
		application.run(null);
	});

	test("is refused: drawing outside of onDraw, invalidating within", () => {
		class Invalidates extends Behavior {
			override onDraw(port: Port): void {
				port.invalidate();
			}
		}
		const port = new Port(null, { left: 0, top: 0, width: 5, height: 5, Behavior: Invalidates });
		const { clock, errors } = open({ contents: [port] });
		assert.match(
			thrown(() => port.fillColor("red", 0, 0, 1, 1)),
			/in its onDraw only/,
		);
		clock.advance(50);
		assert.match(String(errors[0]), /invalidated in its onDraw/);
	});
});

describe("what comes with it", () => {
	test("is all that the list has, and no more", () => {
		// That each is as declared is for the type checker.
		const listed: { [Name in keyof typeof piu]: (typeof piu)[Name] } = mc;
		const names: readonly (keyof typeof piu)[] = [
			"Application",
			"Behavior",
			"Column",
			"Container",
			"Content",
			"Label",
			"Layout",
			"Port",
			"Row",
			"Scroller",
			"Skin",
			"Style",
			"Text",
			"Texture",
			"Transition",
			"blendColors",
			"rgb",
		];
		assert.deepEqual(Object.keys(listed).sort(), [...names].sort());
	});

	test("a port draws, a QR code and an image are shown", () => {
		class Draws extends Behavior {
			override onDraw(port: Port): void {
				port.fillColor("blue", 1, 0, 1, 1);
			}
		}
		const port = new Port(null, {
			left: 0,
			top: 0,
			width: 4,
			height: 4,
			skin: new Skin({ fill: "red" }),
			Behavior: Draws,
		});
		const image = new ImageBuffer(null, { left: 4, top: 0, imageWidth: 2, imageHeight: 1 });
		image.buffer = new Uint8Array([0x00, 0xf8, 0x1f, 0x00]);
		const code = new QRCode(null, { left: 10, top: 0, width: 30, height: 30, string: "HTTPS://EXAMPLE.ORG" });
		const { clock, screen, errors } = open({ contents: [port, image, code] }, { width: 40, height: 30 });
		clock.advance(50);
		assert.deepEqual(errors, []);
		assert.deepEqual([...screen.frame.subarray(0, 6)], [RED, BLUE, RED, RED, RED, BLUE]);
		const dots = [...screen.frame].filter((pixel, at) => at % 40 >= 10 && pixel === 0).length;
		assert.ok(dots > 200, `${dots} dark pixels`);
		assert.deepEqual([image.width, image.height, code.string], [2, 1, "HTTPS://EXAMPLE.ORG"]);
	});

	test("easing goes from 0 to 1 and through the middle", () => {
		for (const ease of [
			Math.quadEaseIn,
			Math.quadEaseOut,
			Math.quadEaseInOut,
			Math.cubicEaseIn,
			Math.cubicEaseOut,
			Math.cubicEaseInOut,
		]) {
			assert.deepEqual([ease(0), ease(1)], [0, 1]);
		}
		assert.deepEqual(
			[Math.quadEaseIn(0.5), Math.quadEaseOut(0.5), Math.quadEaseInOut(0.5)],
			[0.25, 0.75, 0.5],
		);
		assert.deepEqual(
			[Math.cubicEaseIn(0.5), Math.cubicEaseOut(0.5), Math.cubicEaseInOut(0.25)],
			[0.125, 0.875, 0.0625],
		);
	});

	test("colors mix", () => {
		assert.equal(blendColors(0.5, "#000000", "#ffffff"), 0x808080ff);
		assert.equal(rgb(1, 2, 300), 0x0102ffff);
	});

	test("a text without a style has no height, and takes its words back", () => {
		const text = new Text(null, { left: 0, right: 0, top: 0, string: "some words" });
		const { clock } = open({ contents: [text] });
		clock.advance(50);
		assert.equal(text.height, 0);
		text.blocks = ["one", { spans: ["two"] }];
		assert.equal(text.string, "onetwo");
		assert.equal(text.blocks.length, 2);
	});
});
