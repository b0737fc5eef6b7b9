// The panel's smaller size in Moddable's simulator: 320 × 240, 2.4 to 2.8 inches.

import { panelDevice } from "../panel-device.js";

export default panelDevice("Culm panel 320 × 240", 320, 240);
