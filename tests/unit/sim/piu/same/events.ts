// Who is told what, in which order: creation, events of our own, touches, focus, clocks and transitions.

import {
	Behavior,
	Column,
	Container,
	type ContainerDictionary,
	Content,
	Label,
	Layout,
	Scroller,
	Transition,
} from "piu/MC";
import { dump, type Scene, type Stage } from "./stage";

/** Which content, by its name, stops an event or captures its touch. */
interface Stops {
	readonly onView?: string;
	readonly onTouchBegan?: string;
	readonly onTouchMoved?: string;
}

/** Writes down every event; answers true to those that it was told to stop. */
function recorder(stage: Stage, stops: Stops = {}): new () => Behavior {
	const say = (content: Content, event: string, ...parameters: unknown[]) =>
		stage.log([content.name ?? content.type, event, ...parameters].join(" "));
	return class Recorder extends Behavior {
		override onCreate(content: Content, data: unknown, dictionary: object): void {
			say(content, "onCreate", JSON.stringify(data) ?? "undefined", Object.keys(dictionary).length);
		}
		override onDisplaying(content: Content): void {
			say(content, "onDisplaying", content.x, content.y, content.width, content.height);
		}
		override onTouchBegan(content: Content, id: number, x: number, y: number): void {
			say(content, "onTouchBegan", id, x, y);
			if (stops.onTouchBegan === content.name) content.captureTouch(id, x, y, 0);
		}
		override onTouchMoved(content: Content, id: number, x: number, y: number): void {
			say(content, "onTouchMoved", id, x, y);
			if (stops.onTouchMoved === content.name) content.captureTouch(id, x, y, 0);
		}
		override onTouchEnded(content: Content, id: number, x: number, y: number): void {
			say(content, "onTouchEnded", id, x, y);
		}
		override onTouchCancelled(content: Content, id: number, x: number, y: number): void {
			say(content, "onTouchCancelled", id, x, y);
		}
		override onFocused(content: Content): void {
			say(content, "onFocused");
		}
		override onUnfocused(content: Content): void {
			say(content, "onUnfocused");
		}
		override onTimeChanged(content: Content): void {
			say(content, "onTimeChanged", content.time, content.fraction);
		}
		override onFinished(content: Content): void {
			say(content, "onFinished");
		}
		override onScrolled(content: Content): void {
			say(content, "onScrolled", content.y);
		}
		override onTransitionBeginning(content: Container): void {
			say(content, "onTransitionBeginning", content.transitioning);
		}
		override onTransitionEnded(content: Container): void {
			say(content, "onTransitionEnded", content.transitioning);
		}
		onView(content: Content, ...parameters: unknown[]): boolean {
			say(content, "onView", ...parameters);
			return stops.onView === content.name;
		}
		onAnswer(_content: Content, value: number): number {
			return value * 2;
		}
	};
}

const whole: ContainerDictionary = { left: 0, right: 0, top: 0, bottom: 0 };

/** a { b { c d } e } */
function tree(
	stage: Stage,
	stops: Stops = {},
): { a: Container; b: Container; c: Content; d: Content; e: Content } {
	const Recorder = recorder(stage, stops);
	const c = new Content(null, {
		name: "c",
		left: 0,
		top: 0,
		width: 20,
		height: 20,
		active: true,
		Behavior: Recorder,
	});
	const d = new Content(null, {
		name: "d",
		left: 10,
		top: 10,
		width: 20,
		height: 20,
		active: true,
		Behavior: Recorder,
	});
	const b = new Container(
		{ of: "b" },
		{
			name: "b",
			left: 5,
			top: 5,
			width: 60,
			height: 60,
			active: true,
			backgroundTouch: true,
			Behavior: Recorder,
			contents: [c, d],
		},
	);
	const e = new Content(null, {
		name: "e",
		left: 100,
		top: 0,
		width: 20,
		height: 20,
		active: true,
		multipleTouch: true,
		Behavior: Recorder,
	});
	const a = new Container("a", { name: "a", ...whole, Behavior: Recorder, contents: [b, e] });
	return { a, b, c, d, e };
}

/** Lets time pass until something is so. */
function until(stage: Stage, done: () => boolean): void {
	for (let count = 0; count < 1_000_000 && !done(); count++) stage.idle();
}

class Steps extends Transition {
	readonly stage: Stage;
	readonly label: string;
	last = -1;

	constructor(stage: Stage, label: string, duration: number) {
		super(duration);
		this.stage = stage;
		this.label = label;
	}
	override onBegin(container: Container, from: Content, to: Content): void {
		this.stage.log(`${this.label} onBegin ${container.name} ${from.name} ${to.name}`);
	}
	override onStep(fraction: number): void {
		// How many steps there are between is a matter of time.
		if (fraction !== this.last && (fraction === 0 || fraction === 1))
			this.stage.log(`${this.label} onStep ${fraction}`);
		this.last = fraction;
	}
	override onEnd(container: Container, from: Content, to: Content): void {
		this.stage.log(
			`${this.label} onEnd ${container.name} ${from.name} ${to.name} ${container.transitioning}`,
		);
	}
}

export const events: readonly Scene[] = [
	{
		name: "contents are created before their containers and displayed in order",
		run(stage) {
			const { a } = tree(stage);
			stage.log("made");
			stage.application.add(a);
			stage.log("added");
			stage.idle();
			stage.log("idle");
			stage.application.remove(a);
			stage.application.add(a);
			stage.idle();
		},
	},
	{
		name: "events of our own reach one content, all within, or all around",
		run(stage) {
			const { a, b, c, d } = tree(stage);
			stage.application.add(a);
			stage.idle();
			stage.log(`delegate ${c.delegate("onAnswer", 21)} ${c.delegate("onNothing")}`);
			stage.log(`distribute ${a.distribute("onView", 1, "x")}`);
			stage.log(`bubble ${d.bubble("onView", 2)}`);
			stage.log(`distribute ${b.distribute("onNothing")}`);
			a.defer("onView", 3);
			stage.log("deferred");
			stage.idle();
		},
	},
	{
		name: "an event stops where it is answered with true",
		run(stage) {
			for (const name of ["c", "b", "a"]) {
				const { a, d } = tree(stage, { onView: name });
				stage.application.add(a);
				stage.idle();
				const down = a.distribute("onView", 1);
				const up = d.bubble("onView", 2);
				stage.log(`${name}: ${(down as Content | undefined)?.name} ${(up as Content | undefined)?.name}`);
				stage.application.remove(a);
			}
		},
	},
	{
		name: "what is thrown for contents that are out of place",
		run(stage) {
			const { a, b, c } = tree(stage);
			const attempt = (name: string, work: () => unknown) => {
				try {
					work();
					stage.log(`${name} fine`);
				} catch {
					stage.log(`${name} throws`);
				}
			};
			attempt("delegate", () => c.delegate("onView"));
			attempt("distribute", () => a.distribute("onView"));
			attempt("bubble", () => c.bubble("onView"));
			attempt("defer", () => c.defer("onView"));
			attempt("add twice", () => a.add(c));
			attempt("remove a stranger", () => a.remove(c));
			attempt("insert before a stranger", () => b.insert(new Content(null, {}), a));
			attempt("run unbound", () => a.run(new Steps(stage, "never", 0), a, b));
			attempt("capture unbound", () => c.captureTouch(0, 0, 0, 0));
			attempt("focus unbound", () => c.focus());
		},
	},
	{
		name: "a touch goes to the topmost and to what is behind if it wants",
		run(stage) {
			const { a } = tree(stage);
			stage.application.add(a);
			stage.idle();
			for (const [x, y] of [
				[20, 20],
				[8, 8],
				[40, 50],
				[64, 64],
				[65, 65],
				[110, 10],
				[200, 100],
			] as const) {
				stage.log(`at ${x} ${y}`);
				stage.touch("began", 0, x, y);
				stage.idle();
				stage.touch("moved", 0, x + 1, y + 1);
				stage.touch("moved", 0, x + 2, y + 2);
				stage.idle();
				stage.idle();
				stage.touch("moved", 0, x + 3, y + 3);
				stage.touch("ended", 0, x + 4, y + 4);
				stage.idle();
			}
		},
	},
	{
		name: "capturing a touch cancels it for the others",
		run(stage) {
			for (const stops of [
				{ onTouchBegan: "b" },
				{ onTouchMoved: "b" },
				{ onTouchMoved: "d" },
				{ onTouchBegan: "d" },
			]) {
				stage.log(JSON.stringify(stops));
				const { a } = tree(stage, stops);
				stage.application.add(a);
				stage.idle();
				stage.touch("began", 0, 20, 20);
				stage.idle();
				stage.touch("moved", 0, 30, 21);
				stage.idle();
				stage.touch("moved", 0, 40, 22);
				stage.idle();
				stage.touch("ended", 0, 50, 23);
				stage.application.remove(a);
			}
		},
	},
	{
		name: "two fingers",
		run(stage) {
			const { a } = tree(stage);
			stage.application.add(a);
			stage.idle();
			stage.touch("began", 0, 8, 8);
			stage.touch("began", 1, 9, 9);
			stage.touch("began", 2, 9, 9);
			stage.idle();
			stage.touch("moved", 0, 10, 8);
			stage.touch("moved", 1, 11, 9);
			stage.idle();
			stage.touch("ended", 0, 10, 8);
			stage.touch("began", 0, 105, 5);
			stage.touch("ended", 1, 11, 9);
			stage.touch("began", 1, 106, 6);
			stage.touch("moved", 1, 107, 7);
			stage.idle();
			stage.touch("ended", 1, 107, 7);
			stage.touch("ended", 0, 105, 5);
			stage.idle();
		},
	},
	{
		name: "what is hit: inactive, invisible, outside, clipped",
		run(stage) {
			const make = (name: string, dictionary: object) =>
				new Content(null, { name, active: true, left: 50, top: 0, width: 20, height: 20, ...dictionary });
			const clipped = new Container(null, {
				name: "clipped",
				left: 0,
				top: 0,
				width: 40,
				height: 40,
				clip: true,
				contents: [make("out", {})],
			});
			const open = new Container(null, {
				name: "open",
				left: 0,
				top: 50,
				width: 40,
				height: 40,
				contents: [make("out", {})],
			});
			const hidden = new Container(null, {
				name: "hidden",
				left: 0,
				top: 100,
				width: 90,
				height: 40,
				visible: false,
				contents: [make("in", {})],
			});
			const unseen = new Container(null, {
				name: "unseen",
				left: 0,
				top: 150,
				width: 90,
				height: 40,
				active: true,
				contents: [make("it", { visible: false })],
			});
			const scroller = new Scroller(null, {
				name: "scroller",
				left: 100,
				top: 0,
				width: 40,
				height: 40,
				clip: true,
				contents: [make("first", {}), make("bar", { top: 50 })],
			});
			stage.application.add(
				new Container(null, { ...whole, contents: [clipped, open, hidden, unseen, scroller] }),
			);
			for (const [x, y] of [
				[55, 5],
				[55, 55],
				[55, 105],
				[55, 155],
				[5, 155],
				[155, 5],
				[155, 55],
				[5, 5],
			] as const) {
				stage.log(`${x} ${y} ${stage.application.hit(x, y)?.name}`);
			}
		},
	},
	{
		name: "a content that is removed while it is touched",
		run(stage) {
			const { a, b, d } = tree(stage);
			stage.application.add(a);
			stage.idle();
			stage.touch("began", 0, 20, 20);
			stage.idle();
			b.remove(d);
			stage.touch("moved", 0, 22, 22);
			stage.idle();
			stage.touch("ended", 0, 23, 23);
			stage.idle();
			stage.touch("began", 0, 20, 20);
			stage.touch("ended", 0, 20, 20);
		},
	},
	{
		name: "focus moves, and leaves with the content",
		run(stage) {
			const { a, b, c, d } = tree(stage);
			stage.application.add(a);
			stage.idle();
			c.focus();
			d.focus();
			d.focus();
			b.remove(d);
			c.focus();
			stage.application.remove(a);
		},
	},
	{
		name: "a clock holds its time within its duration",
		run(stage) {
			const clock = new Content(null, { name: "clock", duration: 100, time: 30, Behavior: recorder(stage) });
			stage.log(
				`${clock.duration} ${clock.time} ${clock.fraction} ${clock.interval} ${clock.loop} ${clock.running}`,
			);
			clock.time = 50;
			clock.time = 50;
			clock.fraction = 0.75;
			clock.time = 500;
			clock.time = -5;
			clock.time = 90;
			clock.duration = 60;
			clock.duration = -1;
			stage.log(`${clock.duration} ${clock.time} ${clock.fraction}`);
			clock.fraction = 0.5;
			clock.time = 1000;
			clock.interval = 0;
			stage.log(`${clock.interval}`);
			clock.interval = 500;
			stage.log(`${clock.interval}`);
			clock.start();
			stage.log(`${clock.running}`);
			clock.stop();
			stage.log(`${clock.running}`);
		},
	},
	{
		name: "states, variants and names",
		run(stage) {
			const content = new Content(null, {});
			stage.log(
				`${content.state} ${content.variant} ${content.name} ${content.active} ${content.visible} ${content.skin} ${content.style} ${content.behavior} ${content.type}`,
			);
			content.state = 0.1;
			content.variant = 2.9;
			content.name = "named";
			stage.log(`${content.state} ${content.variant} ${content.name}`);
			const container = new Container(null, {
				contents: [content, null, [new Content(null, { name: "7" }), [new Content(null, { name: "x" })]]],
			});
			stage.log(
				`${container.length} ${container.content("7")?.name} ${container.content(1)?.name} ${container.content("x")?.index} ${container.content("none")} ${container.content(9)} ${container.clip} ${container.transitioning}`,
			);
			const label = new Label(null, {});
			stage.log(`${label.string} ${label.type}`);
			label.string = "said";
			stage.log(label.string);
		},
	},
	{
		name: "templates",
		run(stage) {
			interface Data {
				title: string;
				more?: Content;
			}
			const Recorder = recorder(stage);
			const Titled = Column.template(($: Data) => ({
				name: $.title,
				left: 0,
				width: 30,
				top: 0,
				Behavior: Recorder,
				contents: [new Content($, { name: "first", height: 5, left: 0, right: 0, anchor: "more" })],
			}));
			const Wide = Titled.template(($) => ({ width: $.title.length * 50 }));
			const data: Data = { title: "four" };
			const plain = new Titled({ title: "one" });
			const added = new Titled(data, {
				left: 7,
				contents: [new Content(null, { name: "second", height: 6, left: 0, right: 0 })],
			});
			const wide = Wide({ title: "two" });
			for (const content of [plain, added, wide]) {
				stage.application.add(content);
				dump(stage, content);
				stage.log(`${content instanceof Content} ${content instanceof Container} ${content.type}`);
			}
			stage.log(`${data.more?.name} ${added.length}`);
		},
	},
	{
		name: "a scroller and its contents are told when it scrolled",
		run(stage) {
			const Recorder = recorder(stage);
			const list = new Content(null, {
				name: "list",
				left: 0,
				right: 0,
				top: 0,
				height: 300,
				Behavior: Recorder,
			});
			const bar = new Content(null, {
				name: "bar",
				right: 0,
				width: 4,
				top: 0,
				height: 10,
				Behavior: Recorder,
			});
			const scroller = new Scroller(null, {
				name: "scroller",
				left: 0,
				top: 0,
				width: 100,
				height: 80,
				Behavior: Recorder,
				contents: [list, bar],
			});
			stage.application.add(scroller);
			stage.idle();
			scroller.scrollBy(0, 20);
			scroller.scrollBy(0, 30);
			stage.idle();
			scroller.scrollBy(0, 0);
			scroller.scrollBy(9, 0);
			stage.idle();
			scroller.scrollBy(0, 1000);
			stage.idle();
			scroller.scrollBy(0, 1);
			stage.idle();
			list.height = 50;
			stage.idle();
		},
	},
	{
		name: "a transition that is ended at once, and one that waits for it",
		run(stage) {
			const { a, b, e } = tree(stage);
			stage.application.add(a);
			stage.idle();
			a.run(new Steps(stage, "one", 100), b, e);
			stage.log(`${a.transitioning}`);
			a.run(new Steps(stage, "two", 100), e, b);
			a.run(null);
			stage.log(`${a.transitioning}`);
			a.run(null);
		},
	},
	{
		name: "transitions of a container run one after the other",
		run(stage) {
			const { a, b, e } = tree(stage);
			stage.application.add(a);
			stage.idle();
			const one = new Steps(stage, "one", 50);
			const two = new Steps(stage, "two", 70);
			a.run(one, b, e);
			a.run(two, e, b);
			until(stage, () => !a.transitioning);
			stage.log(`${one.duration}`);
			a.run(two, b, e);
			until(stage, () => !a.transitioning);
		},
	},
	{
		name: "a started content runs until its duration is over, or for ever",
		run(stage) {
			let times = 0;
			let rounds = 0;
			class Clock extends Behavior {
				override onTimeChanged(content: Content): void {
					times++;
					if (content.loop && content.time === content.duration) rounds++;
				}
				override onFinished(content: Content): void {
					stage.log(`finished at ${content.time}, running ${content.running}`);
				}
			}
			const clock = new Content(null, { duration: 60, interval: 5, Behavior: Clock });
			clock.start();
			stage.application.add(clock);
			until(stage, () => !clock.running);
			stage.log(`${times > 0 && times <= 13}`);
			clock.time = 0;
			clock.loop = true;
			clock.start();
			until(stage, () => rounds === 2);
			stage.log(`${clock.running} ${clock.time}`);
			clock.stop();
			stage.application.remove(clock);
			clock.start();
			stage.log(`${clock.running}`);
		},
	},
	{
		name: "a transition ends when its container goes",
		run(stage) {
			const { a, b, e } = tree(stage);
			stage.application.add(a);
			stage.idle();
			a.run(new Steps(stage, "one", 100), b, e);
			stage.idle();
			stage.application.remove(a);
			stage.log(`${a.transitioning}`);
		},
	},
	{
		name: "a change in onDisplaying is laid out at once",
		run(stage) {
			class Grows extends Behavior {
				override onDisplaying(content: Content): void {
					stage.log(`${content.name} ${content.width}`);
					content.width = 50;
				}
			}
			const grows = new Content(null, {
				name: "grows",
				left: 0,
				top: 0,
				width: 10,
				height: 10,
				Behavior: Grows,
			});
			const layout = new Layout(null, {
				name: "layout",
				left: 0,
				top: 0,
				Behavior: recorder(stage),
				contents: [grows],
			});
			stage.application.add(layout);
			stage.idle();
			dump(stage, layout);
		},
	},
];
