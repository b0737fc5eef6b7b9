// A firmware update whose request has no body; one that has is taken piece by piece, see `web-server.ts`.

import type { HttpResponse } from "../../platform/http";
import { apiError } from "../answers";
import type { Call } from "../route";

export function receiveNothing({ request, parts }: Call): HttpResponse {
	const answer = parts.update.receive(request, 0);
	if ("status" in answer) return answer;
	answer.abort();
	return apiError("bad_field", "The request holds no image.");
}
