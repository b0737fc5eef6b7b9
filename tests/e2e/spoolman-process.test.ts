// `npm run spoolman` as a person starts it: a process of its own, its output, its exit code.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { WebSocket } from "ws";
import { freePorts } from "./free-ports";

const LIMIT = { timeout: 60_000 };

function start(t: TestContext, ...args: string[]) {
	const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "sim/spoolman/main.ts", ...args], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	t.after(() => child.kill("SIGKILL"));
	let output = "";
	const started = new Promise<void>((resolve) => {
		for (const stream of [child.stdout, child.stderr])
			stream?.on("data", (text: Buffer) => {
				output += text.toString();
				if (output.includes("Ctrl-C ends it.")) resolve();
			});
	});
	const ended = once(child, "close").then(([code]) => code as number | null);
	return { child, started, ended, output: () => output };
}

function folder(t: TestContext): string {
	const path = mkdtempSync(join(tmpdir(), "culm-spoolman-"));
	t.after(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
	test(
		`${signal} ends it cleanly with exit code 0, also with a listener, and what it kept is there again`,
		LIMIT,
		async (t) => {
			const port = await freePorts(1);
			const args = ["--port", String(port), "--storage", join(folder(t), "new", "folder")];
			const first = start(t, ...args, "--example");
			await first.started;
			assert.match(first.output(), new RegExp(`http://127\\.0\\.0\\.1:${port}/api/v1`));
			const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/spool`);
			await new Promise((resolve) => socket.addEventListener("open", resolve));
			const used = await fetch(`http://127.0.0.1:${port}/api/v1/spool/1/use`, {
				method: "PUT",
				headers: { "content-type": "application/json" },
				body: '{"use_weight":10}',
			});
			const spool = await used.json();
			first.child.kill(signal);
			assert.equal(await first.ended, 0, first.output());
			assert.match(first.output(), /Ending…/);

			const second = start(t, ...args);
			await second.started;
			assert.deepEqual(await (await fetch(`http://127.0.0.1:${port}/api/v1/spool/1`)).json(), spool);
			second.child.kill(signal);
			assert.equal(await second.ended, 0);
		},
	);

test("--help is answered with exit code 0, a bad option with words and exit code 2", LIMIT, async (t) => {
	const help = start(t, "--help");
	assert.equal(await help.ended, 0);
	assert.match(help.output(), /--storage DIR/);
	for (const args of [["--port", "x"], ["--colour"], ["--address", "here"]]) {
		const bad = start(t, ...args);
		assert.equal(await bad.ended, 2, args.join(" "));
		assert.match(bad.output(), new RegExp(args[0] ?? ""));
		assert.match(bad.output(), /All options: npm run spoolman -- --help/);
	}
});

test("a port in use and a folder that is a file are said in words, with exit code 1", LIMIT, async (t) => {
	const port = await freePorts(1);
	const first = start(t, "--port", String(port));
	await first.started;
	const second = start(t, "--port", String(port));
	assert.equal(await second.ended, 1);
	assert.match(second.output(), new RegExp(`${port}.*already listens`));
	const file = join(folder(t), "file");
	writeFileSync(file, "");
	const third = start(t, "--port", String(port), "--storage", file);
	assert.equal(await third.ended, 1);
	assert.match(third.output(), /folder cannot be used/);
	for (const { output } of [second, third]) assert.doesNotMatch(output(), /\n\s+at /, "no stack");
});
