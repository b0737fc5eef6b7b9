// The camera of the printer that is shown: watched as long as the screen is there.

import { Column, Container, type Content } from "piu/MC";
import { badge } from "../components/badge";
import { icon } from "../components/icon";
import { label, lineHeight } from "../components/label";
import { note } from "../components/note";
import { picture } from "../components/picture";
import type { Kit } from "../kit";
import { type CameraView, cameraView } from "../models/camera";
import type { Screen } from "../screen";
import { Watching } from "./camera/watching";

export function cameraScreen(): Screen<CameraView> {
	let watching: Watching | undefined;
	let isAsleep = false;
	return {
		id: "camera",
		section: "more",
		title: (words) => words.camera.title,
		model: (input) => cameraView(input, watching?.watchOf(input.printer?.id ?? "") ?? { isGone: false }),
		build(kit) {
			const { gap } = kit.metrics;
			const width = kit.metrics.width - kit.metrics.rail;
			const height = kit.metrics.height - kit.metrics.head - kit.metrics.bottomBar;
			const foot = kit.isLarge ? 2 * lineHeight(kit.look, "caption") + gap : 0;
			const frame = picture(kit, { left: 0, right: 0, top: 0, bottom: foot });
			const own = new Watching({
				device: kit.device,
				width,
				height: height - foot,
				onPicture: (shown) => frame.show(shown),
				onChange: () => kit.refresh(),
			});
			watching = own;
			// Whoever is shown, and can be, as long as somebody may look.
			kit.follow(
				(view) => (view.canWatch && !isAsleep ? view.printerId : ""),
				(printerId) => {
					frame.show(undefined);
					own.watch(printerId);
					kit.refresh();
				},
			);
			return new Container(null, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [frame.content, words(kit, foot), line(kit, foot)],
			});
		},
		onLeave() {
			watching?.end();
			watching = undefined;
			isAsleep = false;
		},
		onSleep(isNow) {
			isAsleep = isNow;
		},
	};
}

/** In the middle as long as there is no picture: what is going on, or why there is none. */
function words(kit: Kit<CameraView>, foot: number): Content {
	const { gap, padding, icon: icons } = kit.metrics;
	const inner = { left: 2 * padding, right: 2 * padding };
	const column = new Column(null, {
		left: 0,
		right: 0,
		contents: [
			icon<CameraView>(kit, {
				icon: "camera",
				size: "large",
				height: icons.large,
				tone: (view) => (view.isProblem ? "warn" : "muted"),
			}),
			note<CameraView>(kit, { ...inner, top: 2 * gap, align: "center", text: (view) => view.text }),
			note<CameraView>(kit, {
				...inner,
				top: gap,
				align: "center",
				size: "caption",
				tone: "muted",
				text: (view) => view.otherwise,
			}),
		],
	});
	const place = new Container(null, { left: 0, right: 0, top: 0, bottom: foot, contents: [column] });
	return kit.showWhen(place, (view) => !view.hasPicture);
}

/** Below the picture, on the small panel over its foot: whose it is, and how old. */
function line(kit: Kit<CameraView>, foot: number): Content {
	const { gap, padding } = kit.metrics;
	const mark = badge<CameraView>(kit, {
		width: 216,
		right: padding,
		bottom: kit.isLarge ? Math.max(0, (foot - 24) >> 1) : gap,
		text: (view) => (view.hasPicture ? view.pictureAge : ""),
		tone: (view) => (view.isLive ? "accent" : "warn"),
	});
	if (!kit.isLarge)
		return new Container(null, { left: 0, right: 0, bottom: 0, height: 32, contents: [mark] });
	return new Container(null, {
		left: 0,
		right: 0,
		bottom: 0,
		height: foot,
		contents: [
			label<CameraView>(kit, {
				left: padding,
				right: padding,
				top: 0,
				bottom: 0,
				text: (view) => (view.hasPicture && view.text !== "" ? "" : view.printerName),
				smaller: "caption",
				tone: "muted",
			}),
			// Two lines of it, where there was a picture and is none any more.
			note<CameraView>(kit, {
				left: padding,
				right: 232,
				size: "caption",
				tone: "warn",
				text: (view) => (view.hasPicture ? view.text : ""),
			}),
			mark,
		],
	});
}
