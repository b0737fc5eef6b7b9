// What a golden picture is a picture of: the same on the real Piu and on the host for Node.

import type { Preferences } from "../../ui/panel/device";

/** The panel's two sizes, in pixels. */
export const SIZES = Object.freeze({
	large: Object.freeze({ width: 800, height: 480 }),
	small: Object.freeze({ width: 320, height: 240 }),
});
export type SizeName = keyof typeof SIZES;

/** What a person chooses once for all screens. */
export type SceneLook = Partial<Pick<Preferences, "theme" | "language">>;

export interface Scene {
	/** "piu/labels": in a folder of its size, also the name of its picture. */
	readonly name: string;
	/** Both unless given. */
	readonly sizes?: readonly SizeName[];
	/** False: played by the tests, and drawn for people; no picture of the real Piu is kept. */
	readonly captured?: boolean;
	/** The same in another theme or language. Scenes of Piu alone have neither. */
	readonly inLook?: (look: SceneLook) => Scene;
	/**
	 * Makes the application before it waits for anything, and may touch it. Its picture is taken when nothing moves any more after that. Every pixel has
	 * to be drawn by something: Piu clears nothing. Nothing in it may depend on the time. May return what ends it.
	 */
	play(stage: Stage): Promise<End> | End;
}
type End = (() => void) | undefined;

/** What a scene is played on. Places are in pixels of the screen. */
export interface Stage {
	readonly size: SizeName;
	readonly width: number;
	readonly height: number;
	/** Resolves when nothing moves and all is drawn. */
	settle(): Promise<void>;
	/** Puts a finger down and lets it there. */
	press(x: number, y: number): Promise<void>;
	/** Puts a finger down, takes it away, and waits for what comes of it. */
	tap(x: number, y: number): Promise<void>;
	/** Draws a finger from one place to another, where it rests before it is taken away: the gesture has no speed. */
	drag(fromX: number, fromY: number, toX: number, toY: number): Promise<void>;
}

/** Something that Piu draws on. */
export interface GoldenHost {
	/** An empty screen in place of the last one. The next application is made for it. */
	openScreen(width: number, height: number): GoldenScreen;
}

export interface GoldenScreen {
	/** RGB565, little endian, row after row. */
	readonly frame: Uint8Array;
	/** Runs `work` with this as the screen of the application that it makes, before it waits for anything. */
	run<T>(work: () => T): T;
	/** Resolves when nothing moves and all is drawn; rejects when something goes on moving. */
	settle(): Promise<void>;
	/** Lets the time of the host go on; it has drawn what is due by then. */
	pause(ms: number): Promise<void>;
	touchBegan(x: number, y: number): void;
	touchMoved(x: number, y: number): void;
	touchEnded(x: number, y: number): void;
	close(): void;
}
