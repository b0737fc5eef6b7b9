// Finds the XS engine that the optional package @agoric/xsnap builds from source, or says what is missing.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface Engine {
	/** The worker's program. */
	path: string;
	/** Such as "XS 13.3.0 (@agoric/xsnap 0.15.0)". */
	version: string;
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: "lin", darwin: "mac" };

/** Throws an error whose message tells a person what to do. */
export function findEngine(): Engine {
	const platform = PLATFORMS[process.platform];
	if (!platform) throw new Error("The XS engine of @agoric/xsnap builds on Linux and macOS only.");
	const manifest = packageManifest();
	const path =
		manifest && join(dirname(manifest), "xsnap-native/xsnap/build/bin", platform, "release/xsnap-worker");
	if (!path || !existsSync(path)) throw new Error(whatIsMissing());
	const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
	const said = spawnSync(path, ["-v"], { encoding: "utf8" }).stdout;
	const engine = /XS [\d.]+/.exec(said)?.[0];
	if (!engine) throw new Error(`${path} does not run: ${said}`);
	return { path, version: `${engine} (@agoric/xsnap ${version})` };
}

function packageManifest(): string | undefined {
	try {
		return createRequire(import.meta.url).resolve("@agoric/xsnap/package.json");
	} catch {
		return undefined;
	}
}

const INSTALL = "npm run install:xs";

function whatIsMissing(): string {
	const missing = ["cc", "make"].filter((tool) => spawnSync(tool, ["--version"]).error);
	if (missing.length === 0)
		return `The XS engine is not there. \`${INSTALL}\` brings and builds it (about a minute; it needs gcc and make).`;
	return `The XS engine is built from C source, and no C compiler is here (${missing.join(", ")} not found). Install one (Debian: apt install gcc libc6-dev make), then run \`${INSTALL}\`.`;
}
