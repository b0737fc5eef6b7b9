// What printers have printed.

import type { HttpResponse } from "../../platform/http";
import { ApiError, json } from "../answers";
import type { Call } from "../route";

export function readJobs({ parts: { jobs } }: Call): HttpResponse {
	return json({ jobs: jobs.list() });
}

export async function forgetJobs({ parts: { jobs } }: Call): Promise<HttpResponse> {
	try {
		await jobs.clear();
	} catch {
		throw new ApiError("not_stored", "Storage refuses: nothing was forgotten.");
	}
	return json({ jobs: jobs.list() });
}
