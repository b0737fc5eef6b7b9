// Linux: the SDK's sockets have no multicast there, so nobody is told of the device. Its page has an address all the same.

import type { Log } from "../../log";
import type { MdnsPort } from "../../mdns";

export function createMdns({ log }: { log: Log }): MdnsPort {
	return {
		advertise({ hostname }) {
			log.warn(`mDNS: unsupported by this simulator; ${hostname}.local cannot be found`);
			return { async close() {} };
		},
	};
}
