// The command line of the virtual Spoolman alone.

import { isIP } from "node:net";
import { parseArgs } from "node:util";

export interface SpoolmanOptions {
	port: number;
	address: string;
	/** Folder for the database; left out: kept in memory. */
	storage?: string;
	hasExample: boolean;
}

export type SpoolmanCommandLine =
	| { kind: "run"; options: SpoolmanOptions }
	| { kind: "help" }
	| { kind: "bad"; message: string };

const flags = {
	port: { type: "string" },
	address: { type: "string" },
	storage: { type: "string" },
	example: { type: "boolean" },
	help: { type: "boolean" },
} as const;

export const helpText = `A virtual Spoolman: its HTTP interface and WebSockets, for trying and testing.

  npm run spoolman -- [options]

  --port N       where it listens (default 7912)
  --address A    IP address it listens on (default 127.0.0.1; 0.0.0.0 for the whole network)
  --storage DIR  keep the database in DIR/spoolman.sqlite; otherwise it is empty at every start
  --example      begin with four spools where there are none
  --help         this text
`;

/** Never throws: what is wrong comes back as `bad`, in words for the person who typed it. */
export function parseSpoolmanCommandLine(args: readonly string[]): SpoolmanCommandLine {
	let values: ReturnType<typeof parse>;
	try {
		values = parse(args);
	} catch (error) {
		return bad(error instanceof Error ? error.message : String(error));
	}
	if (values.help) return { kind: "help" };
	const { port = "7912", address = "127.0.0.1", storage, example = false } = values;
	if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535)
		return bad("--port has to be a whole number from 1 to 65535.");
	if (isIP(address) === 0)
		return bad("--address has to be an IP address of this computer, such as 127.0.0.1 or 0.0.0.0.");
	if (storage === "") return bad("--storage has to name a folder.");
	return {
		kind: "run",
		options: { port: Number(port), address, hasExample: example, ...(storage !== undefined && { storage }) },
	};
}

function parse(args: readonly string[]) {
	return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values;
}

function bad(message: string): SpoolmanCommandLine {
	return { kind: "bad", message };
}
