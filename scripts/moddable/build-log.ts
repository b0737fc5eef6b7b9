// The warnings in the output of a build with the Moddable SDK, told apart: the project's and other people's.

export interface BuildWarnings {
	/** To be mended here. */
	ours: string[];
	/** Of the SDK's or ESP-IDF's own files, which the project does not change. */
	foreign: string[];
}

/**
 * Objects that modules of the SDK leave changeable and whose warning names no module.
 * `globalThis.Host` is made by the SDK's `setup/target` of several boards.
 */
const FOREIGN_OBJECTS = ["globalThis.Host"];

export interface BuildPlaces {
	/** Whether a file, absolute or relative to the project, is one that the project is to mend. */
	isOurs(file: string): boolean;
	/** Where a module comes from, or `undefined` when the build has none of that name. */
	sourceOf(module: string): string | undefined;
}

/**
 * A warning of a compiler names its file, `FILE:LINE: warning: …`. One of XS's linker names a module or a global,
 * `### warning: MODULE: PROPERTY: not frozen`: a preloaded module left something changeable, which then costs RAM.
 * What names neither is taken for ours.
 */
export function findWarnings(log: string, { isOurs, sourceOf }: BuildPlaces): BuildWarnings {
	const warnings: BuildWarnings = { ours: [], foreign: [] };
	for (const line of log.split("\n")) {
		if (!/\bwarning\b|not frozen|no const/i.test(line)) continue;
		const file = /^([^\s:]+):\d+(?::\d+)?: warning:/.exec(line)?.[1];
		const subject = /^### warning: (.*)/.exec(line)?.[1] ?? "";
		const source = file ?? sourceOf(subject.split(": ")[0] ?? "");
		const foreign =
			source !== undefined
				? !isOurs(source)
				: FOREIGN_OBJECTS.some((object) => subject.startsWith(`${object}:`));
		(foreign ? warnings.foreign : warnings.ours).push(line);
	}
	return warnings;
}

/** Where the modules of a build come from, by name; from the rules of the makefile that mcconfig writes. */
export function parseModuleSources(makefile: string): Map<string, string> {
	const rules = makefile.matchAll(/^\$\(MODULES_DIR\)\/(.*)\.xsb: (\S+)/gm);
	// "embedded:io/digital" is "~.embedded/io/digital" as a file.
	return new Map(
		[...rules].map(([, name = "", source = ""]) => [name.replace(/^~\.([^/]+)\//, "$1:"), source]),
	);
}
