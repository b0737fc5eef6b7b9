// What the workbench's page may ask of the simulated tag reader.

import { type SampleTag, type SimulatedTagReader, sampleTagNames } from "../tag-reader";

export function isTagWish(wish: Record<string, unknown>): boolean {
	return Object.hasOwn(wish, "tag");
}

/** `{ "tag": name }`. Returns what is wrong with the wish, in words; `undefined` once it is done. */
export function changeTags({ tag }: Record<string, unknown>, reader: SimulatedTagReader): string | undefined {
	if (!isSampleTag(tag)) return "The request names no tag that there is.";
	return reader.hold(tag) ? undefined : "The device does not read tags at the moment.";
}

function isSampleTag(name: unknown): name is SampleTag {
	return (sampleTagNames as readonly unknown[]).includes(name);
}
