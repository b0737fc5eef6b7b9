// From a host's name to its address, with the resolver of the system.

import Net from "net";
import Timer from "timer";
import { isIPv4 } from "../parts/addresses";

/** The address, or `undefined` when there is none. Calls back later, and not once the returned function was called. */
export function resolveHost(host: string, onResolved: (address: string | undefined) => void): () => void {
	let isWanted = true;
	const tell = (address: string | undefined): void => {
		if (!isWanted) return;
		isWanted = false;
		onResolved(address);
	};
	if (isIPv4(host) || host === "localhost") {
		const timer = Timer.set(() => tell(host === "localhost" ? "127.0.0.1" : host));
		return () => {
			isWanted = false;
			Timer.clear(timer);
		};
	}
	try {
		// The SDK knows no way to end a request.
		Net.resolve(host, (_name, address) => tell(address));
	} catch {
		Timer.set(() => tell(undefined));
	}
	return () => {
		isWanted = false;
	};
}

/** For the SDK's clients, which are given addresses only. Theirs would ask a server on the internet. */
export class AddressResolver {
	private readonly address: string;

	constructor({ address }: { address: string }) {
		this.address = address;
	}

	resolve({ host, onResolved }: { host: string; onResolved(host: string, address: string): void }): void {
		onResolved(host, this.address);
	}

	close(): void {}
}

/** For the SDK's clients that find the addresses of names themselves. */
export class SystemResolver {
	private forget: () => void = () => {};

	resolve({
		host,
		onResolved,
		onError,
	}: {
		host: string;
		onResolved(host: string, address: string): void;
		onError(host: string): void;
	}): void {
		this.forget = resolveHost(host, (address) => {
			if (address === undefined) onError(host);
			else onResolved(host, address);
		});
	}

	close(): void {
		this.forget();
	}
}
