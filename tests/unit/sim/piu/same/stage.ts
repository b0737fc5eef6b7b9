// What a scene runs on: the real Piu of a Moddable build, or the host for Node. Both write the same lines.

import type { Application, Content } from "piu/MC";

export interface Stage {
	readonly application: Application;
	log(line: string): void;
	touch(phase: "began" | "moved" | "ended", id: number, x: number, y: number): void;
	/** What the screen's timer does. */
	idle(): void;
	/** Rectangles that were drawn since the last call: "x y width height". */
	drawn(): readonly string[];
}

export interface Scene {
	readonly name: string;
	run(stage: Stage): void;
}

/** Name, or type, and place and size on the screen; indented below its container. */
export function dump(stage: Stage, content: Content, depth = 0): void {
	const { x, y, width, height } = content.bounds;
	stage.log(`${"  ".repeat(depth)}${content.name ?? content.type} ${x} ${y} ${width} ${height}`);
	let within = "first" in content ? (content.first as Content | undefined) : undefined;
	while (within) {
		dump(stage, within, depth + 1);
		within = within.next;
	}
}
