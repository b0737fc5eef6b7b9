// Why a printer in LAN mode did not let us in.

/**
 * - `unreachable`: nothing answers there as it should; the cause is a `PortError`, if there is any
 * - `no_kobra`: something else answers
 * - `lan_mode_off`: the printer is bound to the cloud
 * - `other_host`: it sends us to another device, which is none of our business
 * - `bad_signature`: it does not accept what we made of its token
 * - `refused`: it says no for another reason
 * - `bad_answer`: what it says cannot be used
 * - `wrong_device`: it is another printer than the one that is expected
 */
export type LanErrorCode =
	| "unreachable"
	| "no_kobra"
	| "lan_mode_off"
	| "other_host"
	| "bad_signature"
	| "refused"
	| "bad_answer"
	| "wrong_device";

export class LanError extends Error {
	override readonly name = "LanError";
	readonly code: LanErrorCode;

	constructor(code: LanErrorCode, message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.code = code;
	}
}
