// Every screen that the frame leads to by itself.

import type { Roots } from "../roots";
import { visit } from "../visit";
import { cameraScreen } from "./camera";
import { controlScreen } from "./control";
import { firstControlChoice } from "./control/control-choice";
import { faultsScreen } from "./faults";
import { filamentScreen } from "./filament";
import { heaterScreen } from "./heater";
import { homeScreen } from "./home";
import { idleScreen } from "./idle";
import { moreScreen } from "./more";
import { printersScreen } from "./printers";
import { readOnlyScreen } from "./read-only";
import { spoolsScreen } from "./spools";
import { wifiScreen } from "./wifi";

export function panelRoots(): Roots {
	const control = firstControlChoice();
	const roots: Roots = {
		sections: {
			home: () => visit(homeScreen(roots)),
			control: () => visit(controlScreen(control)),
			filament: () => visit(filamentScreen()),
			heater: () => visit(heaterScreen()),
			more: () =>
				visit(
					moreScreen({
						printers: roots.printers,
						faults: roots.faults,
						camera: () => visit(cameraScreen()),
						spools: () => visit(spoolsScreen()),
						heater: roots.sections.heater,
					}),
				),
		},
		faults: () => visit(faultsScreen()),
		wifi: () => visit(wifiScreen()),
		printers: () => visit(printersScreen()),
		readOnly: () => visit(readOnlyScreen()),
		idle: () => visit(idleScreen()),
	};
	return roots;
}
