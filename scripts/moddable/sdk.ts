// Where the Moddable SDK is, and whether it will do.

import { existsSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const GUIDE =
	"https://github.com/Moddable-OpenSource/moddable/blob/public/documentation/Moddable%20SDK%20-%20Getting%20Started.md";

export interface Sdk {
	/** What $MODDABLE names. */
	root: string;
	/** For the SDK's tools: they, and the project's TypeScript compiler, come first in PATH. */
	environment: NodeJS.ProcessEnv;
	/** The version of ESP-IDF that this SDK builds with: "v6.0". */
	espIdf: string;
}

/** Its message says what is missing and where to get it. */
export class SdkMissing extends Error {
	override readonly name = "SdkMissing";
}

/** Throws {@link SdkMissing}. */
export function findSdk(
	environment: NodeJS.ProcessEnv = process.env,
	platform: string = process.platform,
): Sdk {
	const host = { linux: "lin", darwin: "mac" }[platform];
	if (host === undefined) throw new SdkMissing("These scripts run the Moddable SDK on Linux and macOS only.");
	if (!environment.MODDABLE) {
		throw new SdkMissing(
			`$MODDABLE is not set: it has to name the Moddable SDK, 8.2.3 or newer. See ${GUIDE}`,
		);
	}
	const root = resolve(environment.MODDABLE);
	const boards = join(root, "build/devices/esp32/manifest.json");
	if (!existsSync(boards))
		throw new SdkMissing(`There is no Moddable SDK in ${root}, which $MODDABLE names. See ${GUIDE}`);
	const { build } = JSON.parse(readFileSync(boards, "utf8")) as { build?: { EXPECTED_ESP_IDF?: string } };
	const espIdf = build?.EXPECTED_ESP_IDF ?? "";
	// The release of the SDK is written nowhere in it; 8.2.3 is among the first that build with ESP-IDF 6.
	if (Number(/^v(\d+)\./.exec(espIdf)?.[1] ?? 0) < 6) {
		throw new SdkMissing(`The Moddable SDK in ${root} is too old: 8.2.3 or newer is needed. See ${GUIDE}`);
	}
	const tools = join(root, "build/bin", host, "release");
	const missing = ["mcconfig", "xsc", "xsl", "xsid", "mcrez"].filter(
		(tool) => !existsSync(join(tools, tool)),
	);
	if (missing.length > 0) {
		throw new SdkMissing(
			`The SDK's tools are not built: ${missing.join(", ")} not in ${tools}. See ${GUIDE}`,
		);
	}
	const path = [tools, resolve("node_modules/.bin"), environment.PATH].join(delimiter);
	// The SDK's makefiles are confused by the flags of a make above them.
	return { root, environment: { ...environment, MODDABLE: root, PATH: path, MAKEFLAGS: undefined }, espIdf };
}
