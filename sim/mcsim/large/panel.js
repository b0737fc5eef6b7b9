// The panel's larger size in Moddable's simulator: 800 × 480, 5 inches.

import { panelDevice } from "../panel-device.js";

export default panelDevice("Culm panel 800 × 480", 800, 480);
