// The simulator's host, put together.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createPlatform } from "../../../sim/host/platform";
import { MemoryLog } from "../../fakes/memory-log";

const root = new URL("../../../", import.meta.url);
const log = new MemoryLog();

test("the version is that of the package", async () => {
	const { version } = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as {
		version: string;
	};
	assert.equal(createPlatform({ log, webPort: 0 }).firmwareVersion, version);
});

test("the printers' authorities are those of the project and the given ones, and all of them are certificates", async () => {
	const files = (await readdir(new URL("certs/", root))).filter((name) => name.endsWith(".der"));
	const { printerAuthorities } = createPlatform({ log, webPort: 0 });
	assert.ok(files.length > 0);
	assert.equal(printerAuthorities.length, files.length);
	for (const der of printerAuthorities) assert.ok(new X509Certificate(der).ca);
	const [extra] = printerAuthorities;
	assert.ok(extra);
	const more = createPlatform({ log, webPort: 0, extraAuthorities: [extra] }).printerAuthorities;
	assert.equal(more.length, files.length + 1);
	assert.equal(more.at(-1), extra);
});

test("settings are kept in the storage directory, and in memory without one", async () => {
	const storageDirectory = await mkdtemp(join(tmpdir(), "culm-platform-"));
	const change = { namespace: "ui_info", key: "language", value: "de" };
	try {
		await createPlatform({ log, webPort: 0, storageDirectory }).storage.write([change]);
		assert.equal(
			createPlatform({ log, webPort: 0, storageDirectory }).storage.get("ui_info", "language"),
			"de",
		);
	} finally {
		await rm(storageDirectory, { recursive: true });
	}
	await createPlatform({ log, webPort: 0 }).storage.write([change]);
	assert.equal(createPlatform({ log, webPort: 0 }).storage.get("ui_info", "language"), undefined);
});

test("what is given is used as it is", () => {
	const platform = createPlatform({ log, webPort: 8080, macAddress: "a0b1c2d3e4f5" });
	assert.equal(platform.log, log);
	assert.equal(platform.webPort, 8080);
	assert.equal(platform.wifi.macAddress, "a0b1c2d3e4f5");
	assert.ok(platform.random() >= 0 && platform.random() < 1);
});
