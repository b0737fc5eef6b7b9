// The screens that the frame leads to by itself.

import type { Section } from "./screen";
import type { Visit } from "./visit";

export interface Roots {
	/** Of the rail and the bottom bar. */
	readonly sections: Readonly<Record<Section, () => Visit>>;
	/** By the badge in the head. */
	faults(): Visit;
	/** By the sign of the network in the head. */
	wifi(): Visit;
	/** By the printer's name in the head, when there is only one or none to switch to. */
	printers(): Visit;
	/** By the badge of a printer that can only be watched. */
	readOnly?(): Visit;
	/** While nobody looks. */
	idle?(): Visit;
}
