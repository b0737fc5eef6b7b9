// What our HTTP server knows of a connection, and a connection of the server.

import type { HttpServerOptions } from "../http";
import type { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";

/** A request and its response, or a WebSocket. */
export interface ServerConnection {
	/** Whether it has not asked for anything whole yet. An upload under way is no such thing. */
	readonly isIdle: boolean;
	/** Ends it as soon as what is under way is done. */
	finish(): void;
	/** Ends it now. What was written is still sent. */
	drop(): void;
}

export interface ServerConnectionOwner {
	/** Who answers. */
	readonly options: HttpServerOptions;
	readonly text: TextCodec;
	/** No WebSocket is opened any more. */
	readonly isClosing: boolean;
	onError(error: PortError): void;
	/** The connection goes on as a WebSocket. */
	onUpgraded(from: ServerConnection, to: ServerConnection): void;
	/** The connection is gone. */
	onOver(connection: ServerConnection): void;
}
