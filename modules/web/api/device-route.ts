// The device as a whole: its state, a restart, a factory reset.

import { orderFactoryReset, orderRestart } from "../../device-orders";
import type { HttpResponse } from "../../platform/http";
import { ApiError, json } from "../answers";
import { askerOf } from "../asker";
import { readFields, readObject } from "../json-body";
import type { Call } from "../route";

const CONFIRMED = Object.freeze({ confirm: "flag" } as const);

export function readState({ parts }: Call): HttpResponse {
	return json(parts.state());
}

export function restart({ request, parts }: Call): HttpResponse {
	readFields(readObject(request.body, parts.text), {});
	orderRestart(parts, askerOf(request));
	return json({ restarting: true });
}

export async function factoryReset({ request, parts }: Call): Promise<HttpResponse> {
	const { confirm } = readFields(readObject(request.body, parts.text), CONFIRMED);
	if (!confirm) throw new ApiError("bad_field", '"confirm" has to be true: every setting will be gone.');
	if (!(await orderFactoryReset(parts, askerOf(request))))
		throw new ApiError("not_stored", "Storage refuses: nothing was reset.");
	return json({ restarting: true });
}
