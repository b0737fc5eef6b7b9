// A QR code, dark on white in both themes, since some phones read no other.

import { Container, Skin } from "piu/MC";
import { QRCode } from "piu/QRCode";
import type { Kit } from "../kit";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";

export interface QrCodeOptions<View> extends Place {
	/** Side of the white square, px. */
	readonly size: number;
	readonly text: Read<View, string>;
}

const QUIET_ZONE = 12;

export function qrCode<View>(kit: Kit<View>, options: QrCodeOptions<View>): Container {
	const { size } = options;
	const inner = size - 2 * QUIET_ZONE;
	const skin = new Skin({ fill: "white", stroke: "black" });
	const frame = new Container(null, {
		...placeOf(options),
		width: size,
		height: size,
		skin: kit.look.round("#FFFFFF"),
	});
	kit.follow(options.text, (string) => {
		frame.empty();
		// A text that is empty has no code.
		if (string !== "")
			frame.add(new QRCode(null, { width: inner, height: inner, skin, string, maxVersion: 10 }));
	});
	return frame;
}
