// A place on this computer where a virtual printer can be found as a real one is: at the printers' own port.

import { once } from "node:events";
import { createServer } from "node:net";

/** Where every real printer listens; an announcement has room for an address only. */
export const PRINTER_PORT = 8883;
export const LOOPBACK = "127.0.0.1";
/** So many virtual printers on one computer can be told apart. */
const MAX_PRINTERS = 24;

export interface LoopbackPlace {
	host: string;
	/** 1 for the first virtual printer on this computer. */
	count: number;
}

/**
 * The first loopback address on which nobody has the printers' port, after `last`. `undefined` when there is none:
 * not every system has more than one loopback address.
 */
export async function nextPlace(last?: LoopbackPlace): Promise<LoopbackPlace | undefined> {
	for (let count = (last?.count ?? 0) + 1; count <= MAX_PRINTERS; count++) {
		const host = `127.0.0.${count}`;
		if (await isFree(host)) return { host, count };
	}
	return undefined;
}

async function isFree(host: string): Promise<boolean> {
	const server = createServer().listen(PRINTER_PORT, host);
	try {
		await once(server, "listening");
	} catch {
		return false;
	}
	server.close();
	await once(server, "close");
	return true;
}
