// A horizontal track with round ends, filled up to a place: what bars and sliders are drawn with.

import type { Port } from "piu/MC";
import type { Look, PillHeight } from "../look/look";

export function drawTrack(
	port: Port,
	look: Look,
	height: PillHeight,
	left: number,
	top: number,
	width: number,
	share: number,
	color: string,
): void {
	port.drawSkin(look.pill(height, look.theme.line), left, top, width, height);
	if (share <= 0) return;
	port.drawSkin(look.pill(height, color), left, top, Math.max(height, Math.round(width * share)), height);
}
