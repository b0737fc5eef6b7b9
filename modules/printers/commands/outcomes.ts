// How commands to any printer may end without its answer, in words.

import { failed } from "../command";

export const OFFLINE = failed("offline", "There is no connection to the printer. See its state for why.");
export const LOST = failed(
	"offline",
	"The connection was lost before the printer answered. Its state will show whether it did it.",
);
export const TOO_MANY = failed(
	"busy",
	"Too many commands wait for the printer's answer. Try again in a few seconds.",
);
export const NOT_SENT = failed("not_sent", "The connection did not take the command. Try again.");
