// The camera of the shown printer: its picture, or why there is none.

import type { CameraRefusal, CameraStatus } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { age } from "../words/format";
import { fill } from "../words/texts";

/** How watching goes; the screen keeps it. */
export interface CameraWatch {
	/** Absent as long as nobody watches. */
	readonly status?: CameraStatus;
	/** Why watching could not begin. */
	readonly refusal?: CameraRefusal;
	readonly isGone: boolean;
	/** Of the last picture; absent before the first one. */
	readonly pictureAgeSeconds?: number;
	/** The picture that came last could not be read. */
	readonly isUnreadable?: boolean;
}

export interface CameraView {
	readonly printerName: string;
	/** "" as long as none is set up. */
	readonly printerId: string;
	/** This printer's camera can be shown here. */
	readonly canWatch: boolean;
	readonly watchLabel: string;
	readonly isLive: boolean;
	readonly hasPicture: boolean;
	/** What is going on, or why there is no picture; "" over a live one. */
	readonly text: string;
	readonly isProblem: boolean;
	/** Where the picture can be had instead; "" when there is no such place. */
	readonly otherwise: string;
	/** "Picture from 12 s ago" of one that is old; "just now" of one that is not; "" before the first one. */
	readonly pictureAge: string;
}

/** Pictures come once a second at the fastest. */
const OLD_SECONDS = 5;

export function cameraView(input: ModelInput, watch: CameraWatch): CameraView {
	const { printer, words } = input;
	const { status, pictureAgeSeconds } = watch;
	const refusal = watch.refusal ?? (status === undefined ? refusalOf(input) : undefined);
	const isOld = pictureAgeSeconds !== undefined && pictureAgeSeconds >= OLD_SECONDS;
	const text = textOf(input, watch, refusal);
	return {
		printerName: printer?.name ?? "",
		printerId: printer?.id ?? "",
		canWatch: refusal === undefined && !watch.isGone,
		watchLabel: words.camera.watch,
		isLive: status?.state === "live" && !isOld,
		hasPicture: pictureAgeSeconds !== undefined,
		text,
		isProblem: refusal !== undefined || watch.isGone || status?.error !== undefined,
		otherwise: refusal === "rtsps" ? words.camera.otherwise : "",
		pictureAge: ageText(words, pictureAgeSeconds, isOld),
	};
}

function ageText(words: Words, seconds: number | undefined, isOld: boolean): string {
	if (seconds === undefined) return "";
	return isOld ? fill(words.camera.old, { age: age(words, seconds) }) : words.format.justNow;
}

/** What the printer's camera is, is said before the device is asked. */
function refusalOf({ printer, device }: ModelInput): CameraRefusal | undefined {
	if (printer === undefined) return "not_found";
	const { camera } = printer.capabilities;
	if (camera !== "jpeg") return camera;
	return device.camera.refusal(printer.id)?.code;
}

function textOf(
	{ printer, words }: ModelInput,
	{ status, isGone, isUnreadable, pictureAgeSeconds }: CameraWatch,
	refusal: CameraRefusal | undefined,
): string {
	const { camera, link } = words;
	const { host = "", serial = "" } = printer ?? {};
	if (isGone) return camera.gone;
	if (printer === undefined) return words.why.noPrinter;
	if (refusal !== undefined) return camera[refusal];
	if (status === undefined) return "";
	if (status.state === "live") {
		if (isUnreadable) return camera.unreadable;
		// The first picture is still being made.
		return pictureAgeSeconds === undefined ? camera.connecting : "";
	}
	const { error, help } = status;
	if (error === undefined) return status.state === "waiting" ? camera.waiting : camera.connecting;
	if (words.language.code === "en" && help) return help;
	switch (error) {
		case "wrong_serial":
		case "untrusted_certificate":
		case "certificate_changed":
			return fill(link[error], { host, serial });
		default:
			return fill(camera[error], { host });
	}
}
