// The device's live feed: a snapshot at first, then what changed. Connects again for as long as the page is open.

/** @import { Snapshot, Update } from "../../modules/web/live-feed" */

const RETRY_MS = 2_000;
/** A push comes each second. Without one for this long, the connection is dead even if nobody said so. */
const SILENCE_MS = 5_000;

/** @param {{ onFrame(frame: Snapshot | Update): void, onLost(): void }} listener */
export function openFeed(listener) {
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let silence;
	const socket = new WebSocket(`ws://${location.host}/api/live`);
	const listen = () => {
		clearTimeout(silence);
		silence = setTimeout(() => socket.close(), SILENCE_MS);
	};
	socket.onmessage = ({ data }) => {
		listen();
		listener.onFrame(JSON.parse(data));
	};
	socket.onclose = () => {
		clearTimeout(silence);
		listener.onLost();
		setTimeout(() => openFeed(listener), RETRY_MS);
	};
	listen();
}
