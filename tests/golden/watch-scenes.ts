// Faults and camera as golden pictures.

import type { CameraStatus, PanelDevice, Picture } from "../../ui/panel/device";
import { cameraScreen } from "../../ui/panel/screens/camera";
import { faultScreen, faultsScreen } from "../../ui/panel/screens/faults";
import type { Scene } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { faultyP1S, idleH2D, printingP1S, readOnlyP1S, stateOf } from "./states";

/** A chamber as a camera may see it, in bands of colour, that size. */
function chamberPicture(width: number, height: number): Picture {
	const pixels = new Uint8Array(width * height * 2);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const isBed = y > height * 0.8;
			const isPrint = !isBed && y > height * 0.45 && Math.abs(x - width / 2) < width * 0.12;
			const shade = 40 + ((x * 40) / width) * (1 - y / height);
			const [red, green, blue] = isPrint
				? [255, 138 - (y * 40) / height, 61]
				: isBed
					? [90, 76, 40]
					: [shade, shade + 4, shade + 10];
			const pixel = ((red & 0xf8) << 8) | ((green & 0xfc) << 3) | (blue >> 3);
			const at = (y * width + x) * 2;
			pixels[at] = pixel & 0xff;
			pixels[at + 1] = pixel >> 8;
		}
	}
	return { width, height, pixels };
}

/** It sends one picture, and then says that. */
function camera(status: CameraStatus, hasPicture: boolean, ageSeconds = 0): Partial<PanelDevice> {
	let now = 0;
	const timer = { cancel: () => undefined };
	return {
		clock: {
			now: () => now,
			wallTime: () => 1_763_735_520_000,
			utcOffsetMinutes: () => 0,
			after: () => timer,
			every: () => timer,
		},
		camera: {
			refusal: () => undefined,
			watch(_id, viewer) {
				void Promise.resolve().then(() => {
					if (hasPicture) viewer.onPicture(new Uint8Array(1));
					now += ageSeconds * 1000;
					viewer.onStatus(status);
				});
				return { ok: true, stop: () => undefined };
			},
			decode(_jpeg, room, onEnd) {
				// 1280 × 720, shrunk by 2 and by 4.
				const isLarge = room.width > 600;
				const picture = isLarge ? chamberPicture(640, 360) : chamberPicture(320, Math.min(180, room.height));
				onEnd(picture);
				return () => undefined;
			},
		},
	};
}

const live: CameraStatus = { state: "live" };
const lost: CameraStatus = {
	state: "waiting",
	error: "camera_off",
	help: "The printer answers and offers no camera. Is live view in the local network turned on in its settings?",
};

export function watchScenes(): readonly Scene[] {
	const faulty = stateOf([faultyP1S()]);
	const printing = stateOf([printingP1S()]);
	return [
		...inAllLooks("faults", { state: faulty, open: (panel) => panel.navigator.go(faultsScreen()) }),
		panelScene("faults-chosen", {
			state: faulty,
			async open(panel, stage) {
				panel.navigator.go(stage.size === "large" ? faultsScreen() : faultScreen("HMS_0700_2000_0002_0001"));
				await stage.settle();
				if (stage.size === "large") await stage.tap(200, 160);
			},
		}),
		panelScene("faults-one", {
			state: faulty,
			sizes: ["small"],
			open: (panel) => panel.navigator.go(faultScreen("0300_8004")),
		}),
		panelScene("faults-read-only", {
			state: stateOf([readOnlyP1S({ faults: faultyP1S().faults })]),
			open: (panel, { size }) =>
				panel.navigator.go(size === "large" ? faultsScreen() : faultScreen("0300_8004")),
		}),
		panelScene("faults-none", { state: printing, open: (panel) => panel.navigator.go(faultsScreen()) }),
		panelScene("faults-stop", {
			state: faulty,
			async open(panel, stage) {
				panel.navigator.go(stage.size === "large" ? faultsScreen() : faultScreen("0300_8004"));
				await stage.settle();
				if (stage.size === "large") await stage.tap(680, 430);
				else await stage.tap(240, 172);
			},
		}),
		panelScene("camera", {
			state: printing,
			parts: camera(live, true),
			open: (panel) => panel.navigator.go(cameraScreen()),
		}),
		panelScene("camera-old", {
			state: printing,
			parts: camera(lost, true, 42),
			open: (panel) => panel.navigator.go(cameraScreen()),
		}),
		panelScene("camera-connecting", {
			state: printing,
			parts: camera({ state: "connecting" }, false),
			open: (panel) => panel.navigator.go(cameraScreen()),
		}),
		panelScene("camera-off", {
			state: printing,
			parts: camera(lost, false),
			open: (panel) => panel.navigator.go(cameraScreen()),
		}),
		...inAllLooks("camera-rtsps", {
			state: stateOf([idleH2D()]),
			open: (panel) => panel.navigator.go(cameraScreen()),
		}),
	];
}
