// Takes the README's pictures anew: `npm run pictures`. The simulator and Chromium in it; some minutes of simulated heat.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { parseCommandLine } from "../sim/command-line";
import { panelDrawer } from "../sim/drawn-panel";
import { startSimulator } from "../sim/simulator";
import { panelRoots } from "../ui/panel/screens/roots";

const PORT = 27_180;
const SPEED = 60;
/** An hour and a half of the simulated chamber. */
const WARM_UP_MS = 90_000;
const IMAGES = fileURLToPath(new URL("../docs/images", import.meta.url));
const PHONE = { width: 390, height: 980 };
const GAP = 24;

const storage = mkdtempSync(join(tmpdir(), "culm-pictures-"));
const parsed = parseCommandLine(["--port", String(PORT), "--storage", storage, "--speed", String(SPEED)]);
if (parsed.kind !== "run") throw new Error("bad options");
const quiet = { info() {}, warn() {}, error() {} };
const simulator = await startSimulator(parsed.options, quiet, { drawPanel: panelDrawer(panelRoots) });
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu"],
});
try {
	await change("/api/breath", { mode: "always_on", target: 45, on: true });
	await sleep(WARM_UP_MS);
	await startJob();
	await change("/api/breath", { mode: "auto", target: 50, bedThreshold: 50 });
	await sleep(WARM_UP_MS / 10);
	// First, while the job is under way.
	await takeWorkbench(browser);
	await takePhones(browser);
} finally {
	await browser.close();
	await simulator.close();
	rmSync(storage, { recursive: true, force: true });
}

async function change(path: string, body: unknown): Promise<void> {
	const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
		method: "POST",
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(await response.text());
}

async function startJob(): Promise<void> {
	const body = JSON.stringify({ action: "start" });
	const response = await fetch(`http://127.0.0.1:${PORT + 1}/api/world`, { method: "POST", body });
	if (!response.ok) throw new Error(await response.text());
}

/** The page on a phone, dark and light, side by side. */
async function takePhones(browser: Browser): Promise<void> {
	const shots: string[] = [];
	for (const colorScheme of ["dark", "light"] as const) {
		const page = await browser.newPage({ viewport: PHONE, colorScheme });
		await page.goto(`http://127.0.0.1:${PORT}/`);
		await page.getByText("online", { exact: true }).waitFor();
		await page.locator("#heater-chart path.chamber").waitFor({ state: "attached" });
		shots.push((await page.screenshot()).toString("base64"));
		await page.close();
	}
	const images = shots.map((data) => `<img src="data:image/png;base64,${data}">`).join("");
	const style = `body{margin:0;display:flex;gap:${GAP}px}img{border-radius:24px;outline:1px solid #8884;outline-offset:-1px}`;
	const page = await browser.newPage({
		viewport: { width: 2 * PHONE.width + GAP, height: PHONE.height },
	});
	await page.setContent(`<style>${style}</style>${images}`);
	await page.screenshot({ path: join(IMAGES, "page.png"), omitBackground: true });
	await page.close();
}

async function takeWorkbench(browser: Browser): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, colorScheme: "dark" });
	await page.goto(`http://127.0.0.1:${PORT + 1}/`);
	await page.getByText("Virtual P1S").waitFor();
	await page.getByText("A search finds it").waitFor();
	await page.locator("#screen:not(.off)").waitFor();
	await page.screenshot({ path: join(IMAGES, "workbench.png") });
	await page.close();
}
