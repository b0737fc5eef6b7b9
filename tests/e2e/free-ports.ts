// Ports for a test that cannot let the system choose, because it needs several in a row.

import { once } from "node:events";
import { createServer } from "node:net";

/** The first of `count` ports in a row that are free at this moment. */
export async function freePorts(count: number): Promise<number> {
	for (let attempt = 0; attempt < 100; attempt++) {
		const first = 20_000 + Math.floor(Math.random() * 10_000);
		const free = await Promise.all(Array.from({ length: count }, (_, offset) => isFree(first + offset)));
		if (free.every(Boolean)) return first;
	}
	throw new Error("no ports are free");
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, "127.0.0.1");
	const [error] = await Promise.race([once(server, "listening"), once(server, "error")]).catch((thrown) => [
		thrown,
	]);
	if (error) return false;
	server.close();
	await once(server, "close");
	return true;
}
