// The SDK's answer to a WebSocket handshake; its typings do not know it.

declare module "embedded:network/http/server/options/websocket" {
	/** To be called on the connection, where it keeps what it has to remember. */
	const WebSocketHandshake: {
		onRequest(this: object, request: { method: string; headers: Map<string, string> }): void;
		onResponse(this: object, response: { status: number; headers: Map<string, string | number> }): void;
	};
	export default WebSocketHandshake;
}
