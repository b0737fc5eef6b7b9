// A content that shows a QR code. What Piu calls QRCode.

import type { Rectangle, ViewLike } from "../drawing/interface";
import { QrDrawing } from "../drawing/qr-code";
import { ContentNode } from "./content-node";
import { ANY_RESIZED } from "./flags";

export class QrCodeNode extends ContentNode {
	override readonly type = "QRCode";
	string: string | undefined;
	maxVersion = 40;
	#drawing: QrDrawing | undefined;

	setString(string: string): void {
		this.string = string;
		this.#drawing = undefined;
		this.requestLayout(ANY_RESIZED);
	}

	override draw(view: ViewLike, _area: Rectangle): void {
		if (this.string === undefined) return;
		if (this.#drawing === undefined) {
			this.#drawing = new QrDrawing();
			this.#drawing.setString(this.string, this.maxVersion);
		}
		const { width, height } = this.box;
		this.#drawing.draw(view, width, height, this.skin, this.state);
	}
}
