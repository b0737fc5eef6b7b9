// Plays a scene on a host, and has its pixels.

import {
	type GoldenHost,
	type GoldenScreen,
	type Scene,
	SIZES,
	type SizeName,
	type Stage,
} from "./golden-scene";

/** Of a finger that is drawn over the screen. */
const DRAG_STEPS = 8;
const STEP_MS = 20;
/** After it a gesture has no speed. */
const REST_MS = 200;

/** RGB565, little endian, row after row: the host may use them again for the next scene. */
export async function playScene(host: GoldenHost, scene: Scene, size: SizeName): Promise<Uint8Array> {
	const { width, height } = SIZES[size];
	const screen = host.openScreen(width, height);
	try {
		const end = await screen.run(() => scene.play(createStage(screen, size)));
		await screen.settle();
		end?.();
		return screen.frame;
	} finally {
		screen.close();
	}
}

/** Of both sizes, unless the scene is for one. */
export function sizesOf(scene: Scene): readonly SizeName[] {
	return scene.sizes ?? ["large", "small"];
}

function createStage(screen: GoldenScreen, size: SizeName): Stage {
	return {
		size,
		...SIZES[size],
		settle: () => screen.settle(),
		async press(x, y) {
			screen.touchBegan(x, y);
			await screen.pause(STEP_MS);
		},
		async tap(x, y) {
			screen.touchBegan(x, y);
			await screen.pause(STEP_MS);
			screen.touchEnded(x, y);
			await screen.settle();
		},
		async drag(fromX, fromY, toX, toY) {
			screen.touchBegan(fromX, fromY);
			for (let step = 1; step <= DRAG_STEPS; step++) {
				await screen.pause(STEP_MS);
				const part = step / DRAG_STEPS;
				screen.touchMoved(Math.round(fromX + (toX - fromX) * part), Math.round(fromY + (toY - fromY) * part));
			}
			await screen.pause(REST_MS);
			screen.touchMoved(toX, toY);
			await screen.pause(STEP_MS);
			screen.touchEnded(toX, toY);
			await screen.settle();
		},
	};
}
