// Draws the golden scenes on the real Piu, and leaves their pixels in the app's folder.
// `npm run golden:capture` builds and runs it, and reads what it traces.

import { openFolder, readFile, replaceFile } from "platform/xs/host/files";
import Timer from "timer";
import { playScene, sizesOf } from "../../golden/play-scene";
import { createScenes } from "../../golden/scenes";
import { FrameHost } from "./frame-screen";

/** What the script left in the app's folder. */
interface Start {
	/** A regular expression: only pictures whose names fit are taken. */
	only?: string;
}

export default function main(): void {
	Timer.set(() => void capture());
}

async function capture(): Promise<void> {
	const folder = openFolder();
	const text = String.fromCharCode(...(readFile(folder, "start.json") ?? []));
	const { only = "" } = JSON.parse(text || "{}") as Start;
	const wanted = new RegExp(only);
	const host = new FrameHost();
	for (const scene of createScenes()) {
		if (scene.captured === false) continue;
		for (const size of sizesOf(scene)) {
			const name = `${size}/${scene.name}`;
			if (!wanted.test(name)) continue;
			try {
				replaceFile(folder, `${name.replaceAll("/", "~")}.rgb565`, await playScene(host, scene, size));
				trace(`golden picture ${name}\n`);
			} catch (error) {
				trace(`golden failure ${name}: ${error}\n`);
			}
		}
	}
	trace("golden end\n");
}
