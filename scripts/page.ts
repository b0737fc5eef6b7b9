// Packs the device's page for the image, without its comments: `npm run page`. With `--check` it only says whether what is
// packed is up to date.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { gunzipSync, gzipSync } from "fflate";

const source = fileURLToPath(new URL("../ui/web", import.meta.url));
const packed = fileURLToPath(new URL("../ui/web-packed", import.meta.url));
const ENDING = ".gz";

mkdirSync(packed, { recursive: true });
const names = readdirSync(source).sort();
const stale = names.filter((name) => !isSame(name));
const unknown = readdirSync(packed).filter(
	(name) => !name.endsWith(ENDING) || !names.includes(name.slice(0, -ENDING.length)),
);

if (process.argv.includes("--check")) {
	const wrong = [...stale, ...unknown];
	if (wrong.length > 0) {
		process.stderr.write(`Not packed as ui/web is now: ${wrong.join(", ")}.\nRun: npm run page\n`);
		process.exitCode = 1;
	}
} else {
	for (const name of stale) writeFileSync(packedPath(name), pack(name));
	for (const name of unknown) rmSync(join(packed, name));
	process.stdout.write(`${names.length} files, ${stale.length} written, ${unknown.length} removed\n`);
}

function packedPath(name: string): string {
	return join(packed, `${name}${ENDING}`);
}

/** Names stay, for whoever looks at it in a browser. */
function shorten(name: string): Buffer {
	const bytes = readFileSync(join(source, name));
	const loader = ({ ".js": "js", ".css": "css" } as const)[extname(name)];
	if (loader === undefined) return bytes;
	const { code } = transformSync(bytes.toString(), {
		loader,
		minifyWhitespace: true,
		legalComments: "none",
		charset: "utf8",
		target: "esnext",
	});
	return Buffer.from(code);
}

/** Without a time or a name in its header: the same page becomes the same bytes. */
function pack(name: string): Uint8Array {
	return gzipSync(shorten(name), { level: 9, mem: 12, mtime: 0 });
}

/** What comes out counts: another packer makes other bytes of the same page. */
function isSame(name: string): boolean {
	try {
		return Buffer.from(gunzipSync(readFileSync(packedPath(name)))).equals(shorten(name));
	} catch {
		// Not there, or damaged.
		return false;
	}
}
