// The time at which a model looks at the state.

import type { ModelInput } from "../screen";
import type { Moment } from "../words/format";

export function momentOf({ device, state }: ModelInput): Moment {
	return {
		wallTimeMs: device.clock.wallTime(),
		utcOffsetMinutes: device.clock.utcOffsetMinutes(),
		uptimeSeconds: state.device.uptimeSeconds,
	};
}
