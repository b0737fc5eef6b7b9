// The topics of a Kobra: where it is told what to do, and where it tells how it is.

const root = "anycubic/anycubicCloud/v1";

export interface KobraAddress {
	readonly modelId: string;
	/** 32 hex digits. */
	readonly deviceId: string;
}

/** Who speaks. */
export type CommandSource = "server" | "web" | "slicer";

export interface CommandTopic {
	readonly from: CommandSource;
	readonly type: string;
	/** Where the topic names it. */
	readonly action: string | undefined;
}

export function reportTopic({ modelId, deviceId }: KobraAddress, type: string): string {
	return `${root}/printer/public/${modelId}/${deviceId}/${type}/report`;
}

/** Says of each command that it was taken in, and nothing more. */
export function responseTopic({ modelId, deviceId }: KobraAddress): string {
	return `${root}/printer/public/${modelId}/${deviceId}/response`;
}

/** What a printer subscribes to at somebody else's broker. */
export function commandFilter({ modelId, deviceId }: KobraAddress): string {
	return `${root}/server/printer/${modelId}/${deviceId}/#`;
}

/** `undefined` for topics of something else. */
export function readCommandTopic(
	topic: string,
	{ modelId, deviceId }: KobraAddress,
): CommandTopic | undefined {
	const [from, ...rest] = topic.startsWith(`${root}/`) ? topic.slice(root.length + 1).split("/") : [];
	const [printer, model, device, type, action, ...more] = rest;
	if (from !== "server" && from !== "web" && from !== "slicer") return undefined;
	if (printer !== "printer" || model !== modelId || device !== deviceId) return undefined;
	return type === undefined || more.length > 0 ? undefined : { from, type, action };
}
