// The tests that have to notice a change of the heater's safety, the fastest first: `npm run test:mutation`. Those that heat whole
// chambers are left out: they notice little more, and take longer than all of these.

import "../unit/breath/heater/sensor-watch.test";
import "../unit/breath/heater/foldback.test";
import "../unit/breath/heater/mains-watch.test";
import "../unit/breath/heater/fan.test";
import "../unit/breath/heater/clearing.test";
import "../unit/breath/heater/shown-temperature.test";
import "../unit/breath/heater/regulator.test";
import "../unit/breath/heater/power-watch.test";
import "../unit/breath/heater/rest-watch.test";
import "../unit/breath/heater/balance-watch.test";
import "../unit/breath/heater/step.test";
import "../unit/breath/fault-store.test";
import "../unit/breath/heater/step.properties.test";
import "../unit/breath/heater-loop.test";
