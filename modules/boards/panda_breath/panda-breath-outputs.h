// When the heater and the fan of the Panda Breath are on: pure state, times in microseconds, no registers.
// All of it is inline, since the zero cross interrupt calls it while the flash, and all code in it, is out of reach.

#ifndef PANDA_BREATH_OUTPUTS_H
#define PANDA_BREATH_OUTPUTS_H

#include <stdbool.h>
#include <stdint.h>

#define PANDA_INLINE static inline __attribute__((always_inline))

// Equal to HEATER_HOLD_MS of the port.
#define PANDA_HEATER_HOLD_MICROS 3000000

// A half-wave of mains lasts 10,000 at 50 Hz and 8,333 at 60 Hz: 43 to 71 Hz is taken for mains.
#define PANDA_HALF_WAVE_SHORTEST_MICROS 7000
#define PANDA_HALF_WAVE_LONGEST_MICROS 11700

typedef struct {
	int64_t heaterUntil;	// when the heater's "on" lapses; has a meaning only while it is on
	int64_t edge;		// the last edge that counts; 0 before the first
	int64_t crossing;	// the last edge a half-wave after the one before it; 0 before the first
	uint32_t halfWave;	// between those two
	bool heater;
	bool fan;
	bool fanWanted;
} PandaOutputs;

PANDA_INLINE void pandaOutputsSetHeater(PandaOutputs *outputs, bool on, int64_t now)
{
	outputs->heater = on;
	outputs->heaterUntil = now + PANDA_HEATER_HOLD_MICROS;
}

// True when the heater was on and its time is over.
PANDA_INLINE bool pandaOutputsLapse(PandaOutputs *outputs, int64_t now)
{
	if (!outputs->heater || (now < outputs->heaterUntil))
		return false;
	outputs->heater = false;
	return true;
}

// Off at once: the TRIAC itself conducts until the current is zero. On is left to the next zero cross.
PANDA_INLINE void pandaOutputsSetFan(PandaOutputs *outputs, bool on)
{
	outputs->fanWanted = on;
	if (!on)
		outputs->fan = false;
}

// Takes an edge of the zero cross input. True when the fan's gate has to rise now.
PANDA_INLINE bool pandaOutputsEdge(PandaOutputs *outputs, int64_t now)
{
	int64_t gap = now - outputs->edge;

	// Noise of switched loads: an edge this early is none, and must not hide the one that is due.
	if (outputs->edge && (gap < PANDA_HALF_WAVE_SHORTEST_MICROS))
		return false;
	bool mains = outputs->edge && (gap <= PANDA_HALF_WAVE_LONGEST_MICROS);
	outputs->edge = now;
	if (!mains)
		return false;

	outputs->crossing = now;
	outputs->halfWave = (uint32_t)gap;
	if (!outputs->fanWanted || outputs->fan)
		return false;
	outputs->fan = true;
	return true;
}

// Milliseconds since the last zero cross; -1 when there was none.
PANDA_INLINE int32_t pandaOutputsMainsAge(const PandaOutputs *outputs, int64_t now)
{
	if (!outputs->crossing)
		return -1;
	int64_t age = (now - outputs->crossing) / 1000;
	return (age > INT32_MAX) ? INT32_MAX : (int32_t)age;
}

#endif
