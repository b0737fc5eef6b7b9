// node:fs on XS: files of the project, read by the process that started the engine.

import { xs } from "./xsnap";

export function readFileSync(url: URL, encoding: "utf8"): string {
	if (encoding !== "utf8") throw new Error(`only utf8 is there, not ${encoding}`);
	const question = new TextEncoder().encode(url.pathname);
	const answer = new Uint8Array(xs.issueCommand(question.buffer as ArrayBuffer));
	if (answer[0] !== 1) throw new Error(`no such file: ${url.pathname}`);
	return new TextDecoder().decode(answer.subarray(1));
}
