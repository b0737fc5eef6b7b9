// What heater-board.ts calls.

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "panda-breath-lines.h"

// The places of a reading in what xs_panda_read fills; heater-board.ts names them too.
enum {
	kChamberRaw,
	kChamberMillivolts,
	kElementRaw,
	kElementMillivolts,
	kMainsAgeMs,
	kHalfWaveMicros,
	kOutputs,	// bit 0: heater, bit 1: fan
	kReadingLength,
};

// Bit 0: the strap's level with pull-up, bit 1: with pull-down. -1: the hardware can not be set up.
void xs_panda_open(xsMachine *the)
{
	PandaStrap strap;

	if (pandaOpen(&strap))
		xsmcSetInteger(xsResult, (strap.pulledUp ? 1 : 0) | (strap.pulledDown ? 2 : 0));
	else
		xsmcSetInteger(xsResult, -1);
}

void xs_panda_close(xsMachine *the)
{
	pandaClose();
}

// (on: boolean): boolean, false when not open
void xs_panda_set_heater(xsMachine *the)
{
	xsmcSetBoolean(xsResult, pandaSetHeater(xsmcTest(xsArg(0))));
}

void xs_panda_set_fan(xsMachine *the)
{
	pandaSetFan(xsmcTest(xsArg(0)));
}

// (values: ArrayBuffer): void, as 32-bit integers
void xs_panda_read(xsMachine *the)
{
	int32_t *values;
	xsUnsignedValue byteLength;
	PandaReading reading;

	pandaRead(&reading);
	xsmcGetBufferWritable(xsArg(0), (void **)&values, &byteLength);
	if (byteLength != (kReadingLength * sizeof(int32_t)))
		xsRangeError("wrong length");
	values[kChamberRaw] = reading.chamber.raw;
	values[kChamberMillivolts] = reading.chamber.millivolts;
	values[kElementRaw] = reading.element.raw;
	values[kElementMillivolts] = reading.element.millivolts;
	values[kMainsAgeMs] = reading.mainsAgeMs;
	values[kHalfWaveMicros] = reading.halfWaveMicros;
	values[kOutputs] = (reading.heater ? 1 : 0) | (reading.fan ? 2 : 0);
}

// (lit: number): void, one bit a lamp
void xs_panda_set_leds(xsMachine *the)
{
	pandaSetLeds((uint32_t)xsmcToInteger(xsArg(0)));
}

// One bit a button, set while it is pressed.
void xs_panda_pressed_buttons(xsMachine *the)
{
	xsmcSetInteger(xsResult, (int)pandaPressedButtons());
}
