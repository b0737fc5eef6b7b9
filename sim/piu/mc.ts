// What "piu/MC" is on Node: the values that ui/panel/piu.d.ts lists.

import type * as piu from "piu/MC";
import { blendColors, rgb } from "./drawing/color";
import { Skin } from "./drawing/skin";
import { Style } from "./drawing/style";
import { Texture } from "./drawing/texture";
import { addEasing } from "./easing";
import * as faces from "./faces/application";
import { constructorOf } from "./faces/constructors";
import * as containers from "./faces/container";
import { Content as ContentFace } from "./faces/content";
import * as known from "./faces/dictionary";
import * as leaves from "./faces/leaves";
import { branch, leaf } from "./faces/make";
import { refuseOutside } from "./faces/outside-the-list";
import { Transition } from "./faces/transition";
import { currentScreen } from "./screen";
import { ApplicationNode } from "./tree/application-node";
import { ContainerNode } from "./tree/container-node";
import { ContentNode } from "./tree/content-node";
import { LabelNode } from "./tree/label-node";
import { LayoutNode } from "./tree/layout-node";
import { PortNode } from "./tree/port-node";
import { ScrollerNode } from "./tree/scroller-node";
import { StackNode } from "./tree/stack-node";
import { TextNode } from "./tree/text-node";

addEasing();
refuseOutside("Content", ContentFace.prototype);
refuseOutside("Text", leaves.Text.prototype);
refuseOutside("Container", containers.Container.prototype);
refuseOutside("Application", faces.Application.prototype);

export { blendColors, rgb, Skin, Style, Texture, Transition };

/** Its methods are the events that it handles. */
export class Behavior {}

export const Content: typeof piu.Content = constructorOf(ContentFace.prototype, ($, dictionary) =>
	leaf(new ContentNode(), (node) => new ContentFace(node), known.contentKeys, $, dictionary),
);

export const Label: typeof piu.Label = constructorOf(leaves.Label.prototype, ($, dictionary) =>
	leaf(
		new LabelNode(),
		(node) => new leaves.Label(node),
		known.labelKeys,
		$,
		dictionary,
		(node) => {
			node.ellipsis = dictionary.ellipsis ?? true;
			node.string = dictionary.string;
		},
	),
);

export const Text: typeof piu.Text = constructorOf(leaves.Text.prototype, ($, dictionary) =>
	leaf(
		new TextNode(),
		(node) => new leaves.Text(node),
		known.textKeys,
		$,
		dictionary,
		(_node, face) => {
			if (dictionary.blocks !== undefined) face.blocks = dictionary.blocks;
			else if (dictionary.string !== undefined) face.string = dictionary.string;
		},
	),
);

export const Port: typeof piu.Port = constructorOf(leaves.Port.prototype, ($, dictionary) =>
	leaf(new PortNode(), (node) => new leaves.Port(node), known.contentKeys, $, dictionary),
);

export const Container: typeof piu.Container = constructorOf(
	containers.Container.prototype,
	($, dictionary) =>
		branch(new ContainerNode(), (node) => new containers.Container(node), known.containerKeys, $, dictionary),
);

export const Column: typeof piu.Column = constructorOf(containers.Column.prototype, ($, dictionary) =>
	branch(new StackNode(1), (node) => new containers.Column(node), known.containerKeys, $, dictionary),
);

export const Row: typeof piu.Row = constructorOf(containers.Row.prototype, ($, dictionary) =>
	branch(new StackNode(0), (node) => new containers.Row(node), known.containerKeys, $, dictionary),
);

export const Layout: typeof piu.Layout = constructorOf(containers.Layout.prototype, ($, dictionary) =>
	branch(new LayoutNode(), (node) => new containers.Layout(node), known.containerKeys, $, dictionary),
);

export const Scroller: typeof piu.Scroller = constructorOf(containers.Scroller.prototype, ($, dictionary) =>
	branch(
		new ScrollerNode(),
		(node) => new containers.Scroller(node),
		known.scrollerKeys,
		$,
		dictionary,
		(node) => {
			node.looping = dictionary.looping ?? false;
		},
	),
);

/** What Piu takes when the application does not say. */
const REGION_LENGTH = 512;

export const Application: typeof piu.Application = constructorOf(
	faces.Application.prototype,
	($, dictionary) => {
		known.checkDictionary("Application", dictionary, known.applicationKeys);
		const { touchCount = 1, regionLength = REGION_LENGTH, commandListLength } = dictionary;
		let face: faces.Application | undefined;
		currentScreen().attach((screen) => {
			const node = new ApplicationNode(screen, { touchCount, regionLength });
			face = branch(node, () => new faces.Application(node), known.applicationKeys, $, dictionary);
			node.resize();
			return node;
		}, commandListLength);
		if (face === undefined) throw new Error("the screen made no application");
		return face;
	},
);
