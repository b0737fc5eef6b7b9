// Makes the panel's fonts, icons and shapes anew: `npm run assets`. With `--check` it only says whether they are up to date.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { generate } from "./generate";

const panel = fileURLToPath(new URL("../../ui/panel", import.meta.url));
const readme = join(panel, "assets/README.md");
const FOLDERS = ["assets/fonts", "assets/icons", "assets/shapes"];
const SIZES = /(<!-- sizes -->\n)[\s\S]*(<!-- \/sizes -->)/;

const { files, sizes } = generate({
	packages: fileURLToPath(new URL("./node_modules", import.meta.url)),
	words: join(panel, "words"),
});
const all = new Map(files);
all.set(
	"assets/README.md",
	Buffer.from(readFileSync(readme, "utf8").replace(SIZES, (_, open, close) => `${open}${sizes}\n${close}`)),
);

const stale = [...all].filter(([name, made]) => !isSame(join(panel, name), made)).map(([name]) => name);
const unknown = FOLDERS.flatMap((folder) =>
	existsSync(join(panel, folder))
		? readdirSync(join(panel, folder))
				.map((name) => `${folder}/${name}`)
				.filter((name) => !all.has(name))
		: [],
);

if (process.argv.includes("--check")) {
	const wrong = [...stale, ...unknown].sort();
	if (wrong.length > 0) {
		process.stderr.write(`Not as the script makes them: ${wrong.join(", ")}.\nRun: npm run assets\n`);
		process.exitCode = 1;
	}
} else {
	for (const name of stale) {
		mkdirSync(dirname(join(panel, name)), { recursive: true });
		writeFileSync(join(panel, name), all.get(name) ?? "");
	}
	for (const name of unknown) rmSync(join(panel, name));
	process.stdout.write(`${all.size} files, ${stale.length} written, ${unknown.length} removed\n`);
}

/** Of a PNG the pixels count: another zlib packs the same picture into other bytes. */
function isSame(path: string, made: Buffer): boolean {
	if (!existsSync(path)) return false;
	const found = readFileSync(path);
	if (found.equals(made)) return true;
	if (!path.endsWith(".png")) return false;
	try {
		const [one, other] = [PNG.sync.read(found), PNG.sync.read(made)];
		return one.width === other.width && one.height === other.height && one.data.equals(other.data);
	} catch {
		return false;
	}
}
