// The Panda Breath's pins, interrupt, converter and timer. Knows nothing of XS.

#ifndef PANDA_BREATH_LINES_H
#define PANDA_BREATH_LINES_H

#include <stdbool.h>
#include <stdint.h>

// The same bits for lamps and buttons.
enum {
	kPandaPower = 1,
	kPandaAuto = 2,
	kPandaOn = 4,
	kPandaDry = 8,
};

typedef struct {
	bool pulledUp;
	bool pulledDown;
} PandaStrap;

typedef struct {
	int raw;	// -1: the converter did not answer
	int millivolts;	// -1: no calibration
} PandaSample;

typedef struct {
	PandaSample chamber;
	PandaSample element;
	int32_t mainsAgeMs;		// -1: no zero cross seen
	int32_t halfWaveMicros;	// 0: no zero cross seen
	bool heater;
	bool fan;
} PandaReading;

// Everything off, then everything set up. False when the timer that ends a forgotten "on", the interrupt or the
// converter is not to be had: the heater stays off then. Takes 4 ms for the strap.
bool pandaOpen(PandaStrap *strap);

// False when not open: the heater is off then.
bool pandaSetHeater(bool on);
void pandaSetFan(bool on);
void pandaRead(PandaReading *reading);
void pandaSetLeds(uint32_t lit);
uint32_t pandaPressedButtons(void);

// Both outputs and all lamps off. May be called any number of times.
void pandaClose(void);

#endif
