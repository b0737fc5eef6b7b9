// The contract of Resources.

import type { Resources } from "../../../modules/platform/platform";
import { type ContractCase, equal, ok } from "../contract";

export interface ResourcesContext {
	port: Resources;
	/** A file that is there, and its bytes. */
	known: { name: string; bytes: Uint8Array };
}

const OUTSIDE = [
	"",
	".",
	"..",
	"/",
	"/etc/hostname",
	"../package.json",
	"a/../../package.json",
	"./index.html",
	"folder//file",
	"..\\package.json",
	"index.html\0.png",
	"C:/index.html",
];

export const resourcesCases: readonly ContractCase<ResourcesContext>[] = [
	{
		name: "reads a file as it is",
		run({ port, known }) {
			equal([...(port.read(known.name) ?? [])], [...known.bytes], "bytes");
		},
	},
	{
		name: "has nothing for a name that is not there",
		run({ port }) {
			equal(port.read("no-such-file.html"), undefined, "bytes");
		},
	},
	{
		name: "has nothing for names that lead out of its folder, or to none",
		run({ port, known }) {
			for (const name of OUTSIDE)
				ok(port.read(name) === undefined, `found something for ${JSON.stringify(name)}`);
			ok(port.read(`${known.name}/..`) === undefined, "found something for a detour");
		},
	},
];
