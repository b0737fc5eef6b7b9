// A real Chromium, and pages in it that tell what they did wrong.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page as it is now; its context has to bypass the page's CSP. */
export async function axe(page: Page): Promise<unknown> {
	await page.evaluate(AXE);
	return page.evaluate(
		"axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html, node.failureSummary])))",
	);
}

export function launchBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: CHROMIUM,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-background-networking",
			"--no-first-run",
			"--disable-sync",
		],
	});
}

export interface OpenedPage {
	page: Page;
	/** What the page logged as an error, threw, or fetched from elsewhere. */
	errors: string[];
}

export async function openPage(
	browser: Browser,
	address: string,
	options: BrowserContextOptions,
): Promise<OpenedPage> {
	const page = await browser.newPage(options);
	const errors: string[] = [];
	page.on("console", (message) => {
		// An answer of 4xx, which the browser itself notes and the page tells in words.
		if (message.type() === "error" && !/^Failed to load resource: .* 4\d\d/.test(message.text()))
			errors.push(message.text());
	});
	page.on("pageerror", (error) => errors.push(error.message));
	page.on("request", (request) => {
		if (!request.url().startsWith(new URL(address).origin)) errors.push(`asked ${request.url()}`);
	});
	await page.goto(address);
	return { page, errors };
}
