// What a device says that is built without commands to printers: it only watches them.

import { failed } from "../command";
import type { CommandGate } from "./commands/gate";

/** Of the gate, what a printer needs. */
export type PrinterCommands = Pick<
	CommandGate,
	"run" | "refusal" | "take" | "report" | "jobBegan" | "disconnected"
>;

const WATCHES = failed(
	"not_supported",
	"This device only watches printers. Give commands on the printer, or with a device that is built for it.",
);

export const watchOnly: PrinterCommands = Object.freeze({
	async run() {
		return WATCHES;
	},
	refusal() {
		return WATCHES;
	},
	report() {
		return "none" as const;
	},
	take() {},
	jobBegan() {},
	disconnected() {},
});
