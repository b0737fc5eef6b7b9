// Whether a port of this computer is taken.

import { TcpSocket } from "../tcp-socket";

const LOOPBACK = "127.0.0.1";

/**
 * Asks the one who may be there. To try and fail is no way to find out: the SDK's listener of Linux leaves the garbage
 * collector a pointer to memory that it gives back when its port is taken.
 */
export function isListening(port: number): Promise<boolean> {
	if (port === 0) return Promise.resolve(false);
	return new Promise((resolve) => {
		const tell = (isTaken: boolean): void => {
			socket.close();
			resolve(isTaken);
		};
		const socket = new TcpSocket({
			address: LOOPBACK,
			port,
			owner: {
				about: `${LOOPBACK}:${port}`,
				onConnected: () => tell(true),
				onReadable() {},
				onWritable() {},
				onError: () => tell(false),
			},
		});
	});
}
