// The `response` frames: whether something that was asked for was done.

/** `locked` is ours: this connection may only read, and turn off. The others are those that clients know. */
export type AckType =
	| "set_hostname"
	| "set_ap"
	| "set_hotspot_ip"
	| "factory_reset"
	| "printer_type"
	| UpdateAckType
	| "locked";

/** Of an image that was sent to `/ota`; `ota_unknown`: of no known kind. */
export type UpdateAckType = "ota_fw" | "ota_img" | "ota_gif" | "ota_get_img" | "ota_unknown";

export function ack(type: AckType, ok: boolean): string {
	return JSON.stringify({ response: { type, ok: ok ? 1 : 0 } });
}
