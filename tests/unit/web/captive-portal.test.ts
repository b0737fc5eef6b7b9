import assert from "node:assert/strict";
import { test } from "node:test";
import type { HttpResponse } from "../../../modules/platform/http";
import { portalAnswer } from "../../../modules/web/captive-portal";
import { benchWeb, errorCode, HOST } from "./bench-web";

async function openBench() {
	const bench = await benchWeb();
	const { wifi } = bench;
	const open = (on: boolean) => {
		wifi.status = { ...wifi.status, accessPoint: { ...wifi.status.accessPoint, on } };
	};
	open(true);
	return { ...bench, open };
}

function leadsToPage({ status, headers, body }: HttpResponse): void {
	assert.equal(status, 302);
	assert.equal(headers?.location, "http://192.168.254.1/");
	assert.equal(headers?.["cache-control"], "no-store");
	assert.equal(body, "This device's page is at http://192.168.254.1/\n", "a few words, and no data");
}

test("while our own network is open, whoever looks for the internet is led to the page", async () => {
	const { http } = await openBench();
	for (const [host, path] of [
		["connectivitycheck.example", "/generate_204"],
		["captive.example", "/hotspot-detect.html"],
		["www.example.com", "/"],
		["www.example.com", "/api/state"],
		["www.example.com", "/api/settings"],
		["192.168.254.1.example.com", "/"],
		["192.168.254.1", "/generate_204"],
		["192.168.254.1", "/ncsi.txt"],
	] as const)
		leadsToPage(await http.request(path, { headers: { host } }));
	leadsToPage(await http.request("/", { headers: {} }));
	leadsToPage(
		await http.request("/api/state", {
			headers: { host: "www.example.com", origin: "http://www.example.com" },
		}),
	);
});

test("the page itself is served there, and what is nowhere is nowhere", async () => {
	const { http } = await openBench();
	for (const host of ["192.168.254.1", "culm.local", HOST])
		assert.equal((await http.request("/", { headers: { host } })).status, 200);
	assert.equal((await http.request("/nothing")).status, 404);
});

test("a write under a foreign name is refused there too, and so is a foreign page", async () => {
	const { http, calls, clock } = await openBench();
	for (const headers of [
		{ host: "www.example.com" },
		{ host: "192.168.254.1", origin: "http://www.example.com" },
	] as { host: string }[]) {
		const response = await http.request("/api/restart", { method: "POST", headers });
		assert.equal(response.status, 403);
		assert.equal(errorCode(response), "foreign_origin");
		assert.equal((http.upgrade("/ws", headers) as HttpResponse).status, 403);
		assert.equal((http.announce("/ota", 10, { headers }) as HttpResponse).status, 403);
	}
	clock.advance(10_000);
	assert.equal(calls.restarts, 0);
});

test("when it is closed nobody is led anywhere", async () => {
	const { http, open } = await openBench();
	open(false);
	assert.equal((await http.request("/", { headers: { host: "www.example.com" } })).status, 403);
	assert.equal((await http.request("/generate_204")).status, 404);
});

test("a port other than 80 is part of the way", () => {
	const request = { method: "GET", path: "/", query: "", headers: { host: "www.example.com" } };
	const answer = portalAnswer(request, { address: "10.1.1.1", port: 8080 }, "culm");
	assert.equal(answer?.headers?.location, "http://10.1.1.1:8080/");
});
