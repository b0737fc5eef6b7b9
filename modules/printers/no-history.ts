// What a device says of past jobs that is built without remembering them.

import type { JobHistory } from "./history/job-history";

export const noHistory: Pick<JobHistory, "list" | "clear" | "onChange"> = Object.freeze({
	list: () => [],
	async clear() {},
	onChange: () => () => {},
});
