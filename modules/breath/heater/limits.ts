// Every number of the heater's control, with its unit and its reason. docs/heater-safety.md shows them as a table.

// ── Time ──

/** The control runs twice a second: the element gains at most 3 K in between. */
export const TICK_MS = 500;
/** After such a gap the board has let the heater lapse by itself, and nothing measured before can be compared. */
export const LATE_TICK_MS = 3_000;

// ── What may be asked for ──

/** °C. The vendor's highest chamber temperature; printer electronics beside the chamber suffer above it. */
export const HIGHEST_TARGET = 60;

// ── Limits that hold always, also while idle ──

/** °C above which the element's fault is latched: the vendor's limit for it. */
export const ELEMENT_LIMIT = 105;
/** °C above which the chamber's fault is latched: 25 K above any target, and where mainboards throttle themselves. */
export const CHAMBER_LIMIT = 85;
/** Samples in a row above a limit until it is latched: one conversion may be disturbed. The first turns the heater off. */
export const HOT_SAMPLES = 2;
/** K that a sensor has to be below its limit before the fault can be cleared. */
export const COOLED_BY = 10;

// ── The element's foldback ──

/** °C at which the element is cut off: 3 K before its limit, so that a normal run never meets the latch. */
export const FOLDBACK_OFF = 102;
/** °C at which it may be on again. */
export const FOLDBACK_ON = 99;

// ── Sensors ──

/** Good samples in a row of both sensors before heat is given: 2 s, in which a converter settles. */
export const GOOD_SAMPLES = 4;
/** Bad samples until the fault is latched, when no {@link GOOD_SAMPLES} in a row lie between them: 1.5 s. */
export const BAD_SAMPLES = 3;
/** °C that a reading can be, offsets of 5 K included, when its table ends at 12 and 125. Anything else is nonsense. */
export const LOWEST_READING = 0;
export const HIGHEST_READING = 135;

// ── Mains ──

/** Since the last zero cross. 100 half-waves: the mains are gone, not disturbed. */
export const MAINS_GONE_MS = 1_000;
/** Heat is wanted and there are no mains, for this long: latched. Longer than a dip that the supply bridges. */
export const NO_MAINS_MS = 2_000;

// ── The chamber's law: a PI regulator that looks ahead a little, and a slow pulse. Tuned on the simulated chamber ──
// of 30 to 60 l, and tried with twice the element's mass, three times the sensor's lag, half and 4/3 of the power.

/** One pulse and one pause together: short against the element's own time constant of some 25 s, which smooths it. */
export const PERIOD_MS = 10_000;
/** K below the target at which there is full power. Half of it makes small chambers swing. */
export const PROPORTIONAL_BAND = 7;
/** How far ahead the chamber is foreseen: what the hot element and the sensor's lag still bring. */
export const LOOK_AHEAD_MS = 15_000;
/** Time in which a lasting error of the whole band becomes full power: as slow as the walls. */
export const INTEGRAL_MS = 90_000;
/** Time constants of the two filters whose difference is the slope: above the sensor's noise of 0.2 K. */
export const FAST_FILTER_MS = 4_000;
export const SLOW_FILTER_MS = 16_000;

// ── Some power: does the element follow? ──

/** Power in a window, after which the element is judged: two of its time constants, so 85 % of what is to come. */
export const POWER_MS = 45_000;
/** The window in which that much power has to be; with less, nothing is said. */
export const POWER_WINDOW_MS = 60_000;
/** K that the element rises at least in it. 300 W bring 40; half of that, on weak mains, 20. */
export const ELEMENT_RISE = 6;
/** K above the chamber at which a hot element needs no further rise: more than both sensors' errors together. */
export const ELEMENT_EXCESS = 10;
/** K that "the chamber" rises, without "the element", when the two are swapped, */
export const SWAPPED_RISE = 10;
/** in this time: the element takes 10 s for it, the air of a small chamber 45. */
export const SWAPPED_MS = 30_000;
/** K that "the chamber" is then above "the element": air is never ahead of its heater. The offset people may set. */
export const SWAPPED_LEAD = 5;

/** A window no longer than this, and with no more K of change, shows what excess is usual for this device. */
export const SETTLED_WINDOW_MS = 50_000;
export const SETTLED_CHANGE = 5;

// ── Minutes of heating: do element and chamber fit together? ──

/** K between element and chamber at full power. The simulated one has 43. Stands in for the usual one, and bounds it. */
export const HIGHEST_USUAL = 60;
/** K above what is usual for this device, to be out of proportion: a PTC gives more power in colder air. */
export const EXCESS_MARGIN = 12;
/** K; a smaller excess is never out of proportion. A device that began hot has learnt too little of itself. */
export const LOWEST_SUSPECT = 50;
/** K below what was reached: the chamber has become colder. An opened lid does that too, but not with that excess. */
export const FALLEN_BY = 10;
/** Out of proportion and fallen for this long: latched. The element needs that time to follow a change. */
export const FALLEN_MS = 60_000;
/** One window of the slow balance: so much longer than the element's 25 s that its start and end do not count. */
export const BALANCE_WINDOW_MS = 300_000;
/** K that the chamber gains in a window when the heat arrives where it is measured. */
export const BALANCE_RISE = 1;
/** K; a smaller mean excess says nothing about the airflow. */
export const AIRFLOW_EXCESS = 30;
/** This many times the excess that fits the power: no airflow. Still air takes a ninth of what blown air takes. */
export const AIRFLOW_FACTOR = 2.5;
/** Share of power from which the element's excess is judged, and the part of the fitting one that it must have. */
export const FOLLOW_SHARE = 0.3;
export const FOLLOW_FACTOR = 0.25;
/** K: a smaller usual excess proves nothing. */
export const FOLLOW_USUAL = 20;
/** K below the air, in which no heater can be: more than both sensors' errors together. */
export const COLDER_THAN_AIR = 10;
/** Heating with all there is, and the chamber is where it began: latched. Long, for a cold start with an open lid. */
export const PROGRESS_MS = 900_000;
/** Share of that time with power, or with the element at its limit. */
export const PROGRESS_SHARE = 0.75;
/** K since heating began. Under an open lid 300 W still leave twice that. */
export const PROGRESS_RISE = 3;

// ── No power: does the element cool? ──

/** After power off the element's sensor, which lags, may still rise for this long. */
export const REST_SETTLE_MS = 10_000;
export const REST_WINDOW_MS = 60_000;
/** K that the element rises without power: only a relay that sticks does that. A bed warms air by 2 K a minute. */
export const REST_RISE = 5;
/** K above the chamber that it has to be then: air cannot have heated it. */
export const REST_RISE_EXCESS = 10;
/** K above the chamber from which an element without power has to cool, */
export const REST_HOT_EXCESS = 30;
/** and by how many K in the window. Without any fan, in still air, it loses 5. */
export const REST_FALL = 3;
/** K above the chamber below which the fault can be cleared. */
export const RESTED_EXCESS = 15;

// ── The fan ──

/** K above the release temperature at which the fan comes back on: no switching to and fro at the edge. */
export const FAN_ENGAGE_ABOVE = 3;
/** °C of an element that no chamber makes so hot: it was heated before a restart. */
export const ELEMENT_HOT = 65;
/** The fan's motor stays as it is for this long, unless safety wants it on. */
export const FAN_STAYS_MS = 5_000;
/** °C. What the fan's release temperature is kept within, and what stands in for one that is no number. */
export const LOWEST_RELEASE = 30;
export const HIGHEST_RELEASE = 65;
export const DEFAULT_RELEASE = 40;
