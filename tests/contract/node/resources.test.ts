// The contract of Resources, kept by the simulator's host.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createResources } from "../../../sim/host/resources";
import { resourcesCases } from "../cases/resources";
import { runCases } from "./run-cases";

runCases(resourcesCases, async () => {
	const parent = await mkdtemp(join(tmpdir(), "culm-resources-"));
	const directory = join(parent, "web");
	const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
	await mkdir(directory);
	await writeFile(join(directory, "page.bin"), bytes);
	await writeFile(join(parent, "package.json"), "{}");
	return {
		context: { port: createResources(directory), known: { name: "page.bin", bytes } },
		resources: [{ close: () => rm(parent, { recursive: true }) }],
	};
});
