import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { settingsSchema } from "../../../modules/settings/schema";

const document = readFileSync(new URL("../../../docs/settings.md", import.meta.url), "utf8");

/** "printer3.host" is documented as "printerN.host". */
const general = (text: string): string => text.replace(/\d+(?=\.)|\d+$/, "N");

test("docs/settings.md lists every setting with its place, default and secrecy, and no other", () => {
	const rows = document.split("\n").filter((line) => line.startsWith("| `"));
	const listed = new Set(rows.map((row) => row.split("`")[1]));
	const expected = new Set([...settingsSchema.keys()].map(general));
	assert.deepEqual([...listed].sort(), [...expected].sort());
	for (const [name, setting] of settingsSchema) {
		const row = rows.find((line) => line.includes(`\`${general(name)}\``)) ?? assert.fail(name);
		assert.ok(row.includes(`\`${setting.namespace}/${general(setting.key)}\``), name);
		assert.equal(row.includes("**secret**"), setting.secret, name);
		if (setting.default !== "") assert.ok(row.includes(String(setting.default)), name);
	}
});
