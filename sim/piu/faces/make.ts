// Makes contents: node, face and dictionary come together.

import type * as piu from "piu/MC";
import type { ContainerNode } from "../tree/container-node";
import type { ContentNode } from "../tree/content-node";
import type { Container } from "./container";
import { type Content, nodeOf } from "./content";
import { checkDictionary, type Keys, readContent } from "./dictionary";

/** Makes a content of its parts, in Piu's order; `onCreate` comes last. */
export function leaf<Node extends ContentNode, Face extends Content>(
	node: Node,
	makeFace: (node: Node) => Face,
	keys: Keys,
	$: unknown,
	dictionary: object,
	fill: (node: Node, face: Face) => void = () => {},
): Face {
	checkDictionary(node.type, dictionary, keys);
	const face = Object.seal(makeFace(node));
	readContent(node, $, { ...dictionary });
	fill(node, face);
	node.emit("onCreate", $, dictionary);
	return face;
}

export function branch<Node extends ContainerNode, Face extends Container>(
	node: Node,
	makeFace: (node: Node) => Face,
	keys: Keys,
	$: unknown,
	dictionary: piu.ContainerDictionary,
	fill: (node: Node) => void = () => {},
): Face {
	return leaf(node, makeFace, keys, $, dictionary, () => {
		node.clip = dictionary.clip ?? false;
		addAll(node, dictionary.contents);
		fill(node);
	});
}

function addAll(node: ContainerNode, contents: piu.Contents): void {
	if (!contents) return;
	if (isList(contents)) for (const content of contents) addAll(node, content);
	else node.add(nodeOf(contents));
}

function isList(contents: piu.Content | readonly piu.Contents[]): contents is readonly piu.Contents[] {
	return Array.isArray(contents);
}
