// A sheet: what rises from the bottom over the screen, which is dimmed and out of reach. A touch beside it closes it.

import { Column, Container, Content, type Contents } from "piu/MC";
import type { KitBase } from "../kit";
import { MoveIn } from "../motion";
import type { Sheet } from "../navigator";
import { SkinTap } from "./tap";

const FADE_MS = 150;
/** A second tap that was meant for what was there before answers nothing, also not no. */
export const ARMED_AFTER_MS = 350;

export interface SheetOptions {
	readonly contents: readonly Contents[];
	/** A touch beside it does nothing: there is something to answer, or much that was typed. */
	readonly isModal?: boolean;
	readonly onDismissed?: () => void;
}

/** Opens it. As high as its contents, which are arranged from top to bottom. */
export function openSheet(kit: KitBase, options: SheetOptions): Sheet {
	const { density, height, radius } = kit.metrics;
	const rise = density === "large" ? 96 : 48;
	const since = kit.device.clock.now();
	const scrim = new Content(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		active: true,
		skin: kit.look.scrim,
		behavior: new Scrim(() => {
			const isArmed = kit.device.clock.now() - since >= ARMED_AFTER_MS;
			if (isArmed && !options.isModal) kit.navigator.dismiss();
		}),
	});
	const panel = new Column(null, {
		left: 0,
		right: 0,
		// The lower corners are below the screen; while it rises, its foot still covers the bottom.
		bottom: -rise - radius,
		active: true,
		skin: kit.look.round(kit.look.theme.surface),
		behavior: new MoveIn(0, rise),
		contents: [...options.contents, new Content(null, { height: radius })],
	});
	const dismissed = options.onDismissed;
	const sheet: Sheet = {
		content: new Container(null, { left: 0, right: 0, top: 0, height, contents: [scrim, panel] }),
		...(dismissed && { onDismissed: dismissed }),
	};
	kit.navigator.open(sheet);
	return sheet;
}

class Scrim extends SkinTap {
	override onDisplaying(content: Content): void {
		content.duration = FADE_MS;
		content.time = 0;
		content.start();
	}

	override onTimeChanged(content: Content): void {
		content.state = content.fraction ?? 1;
	}

	protected override onPressed(): void {}
}
