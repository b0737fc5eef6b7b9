// A printer's camera on its card: the pictures of one printer at a time, and only while somebody can see them.

/** @import { CameraStatus } from "../../modules/printers/camera" */
/** @import { PrinterState } from "../../modules/printers/printer-state" */
import { askPassword, authorization } from "./api.js";
import { write } from "./dom.js";
import { cameraWords, words } from "./words.js";

const RETRY_MS = 2_000;

/** What of the camera's words changes with the language. @typedef {() => string} Saying */

/**
 * @typedef {object} Watched
 * @property {PrinterState} printer
 * @property {WebSocket | undefined} socket
 * @property {ReturnType<typeof setTimeout> | undefined} retry
 * @property {ImageBitmap | undefined} picture The last one, for a card that is made anew.
 * @property {Saying} saying
 */

/** As they were drawn last. @type {Map<string, PrinterState>} */
const shown = new Map();
/** @type {Watched | undefined} */
let watched;
/** Why the last one ended, below the card that it belongs to. @type {{ id: string, saying: Saying } | undefined} */
let ended;

/** Off when nobody looks. */
document.addEventListener("visibilitychange", () => {
	if (!watched) return;
	if (document.hidden) disconnect(watched);
	else if (!watched.socket) connect(watched);
});

/** @param {PrinterState} printer */
export function toggleCamera(printer) {
	const wasShown = watched?.printer.id === printer.id;
	hide();
	ended = undefined;
	if (!wasShown) {
		watched = { printer, socket: undefined, retry: undefined, picture: undefined, saying: () => "" };
		connect(watched);
	}
	redraw(printer.id);
}

/** The printer is set up no longer. @param {string} id */
export function forgetCamera(id) {
	shown.delete(id);
	if (watched?.printer.id === id) hide();
}

/** @param {HTMLElement} card @param {PrinterState} printer */
export function drawCamera(card, printer) {
	const { camera } = printer.capabilities;
	const button = field(card, "camera-toggle");
	const canvas = /** @type {HTMLCanvasElement} */ (field(card, "camera-picture"));
	const mine = watched?.printer.id === printer.id ? watched : undefined;
	if (mine) mine.printer = printer;
	shown.set(printer.id, printer);
	button.hidden = camera !== "jpeg";
	write(button, words(mine ? "hideCamera" : "showCamera"));
	button.setAttribute("aria-expanded", String(mine !== undefined));
	canvas.hidden = !mine?.picture;
	canvas.classList.toggle("stale", mine !== undefined && mine.saying() !== "");
	canvas.setAttribute("aria-label", words("cameraPicture", { name: printer.name }));
	if (mine?.picture && canvas.width !== mine.picture.width) paint(canvas, mine.picture);
	const why = ended?.id === printer.id ? ended.saying() : "";
	write(
		field(card, "camera-status"),
		camera === "jpeg" ? (mine?.saying() ?? why) : words(`camera_${camera}`),
	);
}

function hide() {
	if (!watched) return;
	const { printer, picture } = watched;
	disconnect(watched);
	watched = undefined;
	picture?.close();
	redraw(printer.id);
}

/** @param {Watched} camera */
function connect(camera) {
	const { id } = camera.printer;
	const socket = new WebSocket(`ws://${location.host}/api/printers/${encodeURIComponent(id)}/camera`);
	socket.binaryType = "blob";
	camera.socket = socket;
	say(camera, () => words("cameraConnecting"));
	// Of no effect on a device without a password.
	socket.onopen = () => {
		const [, password = ""] = (authorization().authorization ?? "").split("Bearer ");
		socket.send(JSON.stringify({ password }));
	};
	socket.onmessage = ({ data }) => {
		if (typeof data === "string") hear(camera, JSON.parse(data));
		else void show(camera, data);
	};
	socket.onclose = () => {
		if (camera.socket !== socket) return;
		camera.socket = undefined;
		say(camera, () => words("cameraLost"));
		camera.retry = setTimeout(() => connect(camera), RETRY_MS);
	};
}

/** @param {Watched} camera */
function disconnect(camera) {
	clearTimeout(camera.retry);
	camera.socket?.close();
	camera.socket = undefined;
}

/** @param {Watched} camera @param {{ status?: CameraStatus, error?: { code: string, message: string } }} message */
function hear(camera, { status, error }) {
	if (status) {
		const { host, serial } = camera.printer;
		say(camera, () =>
			status.state === "live" && !status.error ? "" : cameraWords(status, { host, serial }),
		);
	}
	if (error) void refused(camera, error);
}

/** @param {Watched} camera @param {{ code: string, message: string }} error */
async function refused(camera, { code, message }) {
	// The device closes, and may be asked again.
	if (code === "too_slow" || code === "gone") return;
	camera.socket = undefined;
	const isAsked = code === "unauthorized" || code === "wrong_password";
	if (isAsked && (await askPassword(code === "wrong_password"))) {
		if (watched === camera) connect(camera);
		return;
	}
	if (watched !== camera) return;
	ended = { id: camera.printer.id, saying: () => cameraWords({ error: code, help: message }) };
	hide();
}

/** @param {Watched} camera @param {Blob} jpeg */
async function show(camera, jpeg) {
	// What is no picture is let pass: the next one will be.
	const picture = await createImageBitmap(jpeg).catch(() => undefined);
	if (watched !== camera || !picture) {
		picture?.close();
		return;
	}
	camera.picture?.close();
	camera.picture = picture;
	const card = cardOf(camera.printer.id);
	if (!card) return;
	const canvas = /** @type {HTMLCanvasElement} */ (field(card, "camera-picture"));
	canvas.hidden = false;
	paint(canvas, picture);
}

/** @param {HTMLCanvasElement} canvas @param {ImageBitmap} picture */
function paint(canvas, picture) {
	canvas.width = picture.width;
	canvas.height = picture.height;
	canvas.getContext("2d")?.drawImage(picture, 0, 0);
}

/** @param {Watched} camera @param {Saying} saying */
function say(camera, saying) {
	camera.saying = saying;
	redraw(camera.printer.id);
}

/** @param {string} id */
function redraw(id) {
	const card = cardOf(id);
	const printer = shown.get(id);
	if (card && printer) drawCamera(card, printer);
}

/** @param {string} id */
function cardOf(id) {
	return document.getElementById(`printer-${id}`);
}

/** @param {HTMLElement} card @param {string} name */
function field(card, name) {
	return /** @type {HTMLElement} */ (card.querySelector(`[data-field="${name}"]`));
}
