// What "piu/QRCode" is on Node: a content that shows a QR code.

import type { QRCode as PiuQrCode } from "piu/QRCode";
import { constructorOf } from "./faces/constructors";
import { qrCodeKeys } from "./faces/dictionary";
import { QRCode as QrCodeFace } from "./faces/leaves";
import { leaf } from "./faces/make";
import { QrCodeNode } from "./tree/qr-code-node";

export const QRCode: typeof PiuQrCode = constructorOf(QrCodeFace.prototype, ($, dictionary) =>
	leaf(
		new QrCodeNode(),
		(node) => new QrCodeFace(node),
		qrCodeKeys,
		$,
		dictionary,
		(node) => {
			node.string = dictionary.string;
			node.maxVersion = dictionary.maxVersion ?? node.maxVersion;
		},
	),
);
