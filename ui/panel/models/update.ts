// The firmware update: it comes from a browser; the panel says where to send it and how it goes.

import type { ModelInput } from "../screen";
import { isKnown, megabytes, percent } from "../words/format";
import { fill } from "../words/texts";
import { pageAddress } from "./about";
import type { Tone } from "./tone";

export interface UpdateView {
	/** "Installed: 0.1.0" */
	readonly installed: string;
	readonly text: string;
	readonly tone: Tone;
	/** Something is under way: the device should stay on. */
	readonly isBusy: boolean;
	/** "41%" while an image comes in; else "". */
	readonly percent: string;
	/** 0 to 1 while an image comes in; else 0. */
	readonly progress: number;
	/** How a program sends an image; "" without a network and while something is under way. */
	readonly programs: string;
	/** For a QR code while there is nothing under way; "" without a network. */
	readonly url: string;
}

export function updateView(input: ModelInput): UpdateView {
	const { state, words } = input;
	const { phase, receivedBytes, totalBytes, message } = state.update;
	const { update } = words;
	const address = pageAddress(input);
	const isIdle = phase === "idle" || phase === "failed";
	const share =
		isKnown(receivedBytes) && isKnown(totalBytes) && totalBytes > 0
			? Math.min(1, Math.max(0, receivedBytes / totalBytes))
			: undefined;
	return {
		installed: fill(update.installed, { version: state.device.firmware || words.common.unknown }),
		text: textOf(),
		tone: phase === "failed" ? "danger" : phase === "idle" ? "muted" : "accent",
		isBusy: !isIdle,
		percent: phase === "receiving" ? percent(words, share === undefined ? undefined : share * 100) : "",
		progress: phase === "receiving" ? (share ?? 0) : isIdle ? 0 : 1,
		programs: isIdle && address !== "" ? fill(update.programs, { address }) : "",
		url: isIdle ? address : "",
	};

	function textOf(): string {
		switch (phase) {
			case "idle":
				return address === "" ? update.idleNoNetwork : fill(update.idle, { address });
			case "receiving":
				return fill(update.receiving, {
					received: megabytes(words, receivedBytes),
					total: megabytes(words, totalBytes),
				});
			case "checking":
				return update.checking;
			case "restarting":
				return update.restarting;
			case "failed":
				return words.language.code === "en" && message ? message : update.failed;
		}
	}
}
