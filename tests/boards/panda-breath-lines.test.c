// The Panda Breath's driver over fake pins. Prints "ok NAME" or "not ok NAME: WHY", a line for each case;
// panda-breath-lines.test.ts compiles and runs it.

#include "fake-esp-idf.h"
#include "panda-breath-lines.h"
#include "panda-breath-outputs.h"
#include "cases.h"
#include "panda-breath-pins.h"

#define HALF_WAVE 10000

static int gHeaterAtStart;
static int gFanAtStart;

static bool open(void)
{
	PandaStrap strap;
	return pandaOpen(&strap);
}

static PandaReading reading(void)
{
	PandaReading result;
	pandaRead(&result);
	return result;
}

static void mains(int crossings)
{
	while (crossings--) {
		fakeAdvance(HALF_WAVE);
		fakeEdge(PANDA_PIN_ZERO_CROSS);
	}
}

static void offBeforeMain(void)
{
	CHECK(0 == gHeaterAtStart);
	CHECK(0 == gFanAtStart);
}

static void offBeforeOpen(void)
{
	CHECK(!pandaSetHeater(true));
	pandaSetFan(true);
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	CHECK(!reading().heater);
	CHECK(0 == pandaPressedButtons());
}

static void heaterFollows(void)
{
	CHECK(open());
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(pandaSetHeater(true));
	CHECK(1 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(reading().heater);
	CHECK(pandaSetHeater(false));
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(!reading().heater);
}

static void heaterLapses(void)
{
	CHECK(open());
	pandaSetHeater(true);
	fakeAdvance(PANDA_HEATER_HOLD_MICROS - 1);
	CHECK(1 == fakeOutput(PANDA_PIN_HEATER));
	fakeAdvance(250001);
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(!reading().heater);
	CHECK(pandaSetHeater(true));
	CHECK(1 == fakeOutput(PANDA_PIN_HEATER));
}

static void heaterHolds(void)
{
	CHECK(open());
	for (int tick = 0; tick < 100; tick++) {
		pandaSetHeater(true);
		fakeAdvance(500000);
		CHECK(1 == fakeOutput(PANDA_PIN_HEATER));
	}
}

static void fanWaitsForZeroCross(void)
{
	CHECK(open());
	mains(3);
	pandaSetFan(true);
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	fakeAdvance(HALF_WAVE - 1);
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	fakeAdvance(1);
	fakeEdge(PANDA_PIN_ZERO_CROSS);
	CHECK(1 == fakeOutput(PANDA_PIN_FAN));
	CHECK(reading().fan);
}

static void fanIsHeld(void)
{
	CHECK(open());
	pandaSetFan(true);
	mains(3);
	for (int crossing = 0; crossing < 500; crossing++) {
		mains(1);
		CHECK(1 == fakeOutput(PANDA_PIN_FAN));
		pandaSetFan(true);
		CHECK(1 == fakeOutput(PANDA_PIN_FAN));
	}
	pandaSetFan(false);
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	CHECK(!reading().fan);
	mains(10);
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
}

static void fanStaysOffWithoutMains(void)
{
	CHECK(open());
	pandaSetFan(true);
	fakeAdvance(60000000);
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	CHECK(!reading().fan);
	CHECK(-1 == reading().mainsAgeMs);
	CHECK(0 == reading().halfWaveMicros);
}

static void noiseIsNoMains(void)
{
	CHECK(open());
	pandaSetFan(true);
	for (int edge = 0; edge < 100; edge++) {
		fakeAdvance(20000);
		fakeEdge(PANDA_PIN_ZERO_CROSS);
	}
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	CHECK(-1 == reading().mainsAgeMs);
}

static void spikesDoNotHideMains(void)
{
	CHECK(open());
	fakeEdge(PANDA_PIN_ZERO_CROSS);
	fakeAdvance(4000);
	for (int crossing = 0; crossing < 10; crossing++) {
		fakeEdge(PANDA_PIN_ZERO_CROSS);
		fakeAdvance(300);
		fakeEdge(PANDA_PIN_ZERO_CROSS);
		fakeAdvance(HALF_WAVE - 300);
	}
	CHECK(HALF_WAVE == reading().halfWaveMicros);
	CHECK(10 == reading().mainsAgeMs);
}

static void mainsAreTimed(void)
{
	CHECK(open());
	mains(2);
	CHECK(0 == reading().mainsAgeMs);
	CHECK(HALF_WAVE == reading().halfWaveMicros);
	for (int crossing = 0; crossing < 3; crossing++) {
		fakeAdvance(8333);
		fakeEdge(PANDA_PIN_ZERO_CROSS);
	}
	CHECK(8333 == reading().halfWaveMicros);
	fakeAdvance(25000);
	CHECK(25 == reading().mainsAgeMs);
	// More than a 32-bit count of microseconds, or of milliseconds, can hold.
	fakeAdvance((int64_t)30 * 24 * 3600 * 1000000);
	CHECK(INT32_MAX == reading().mainsAgeMs);
}

static void readsSensors(void)
{
	CHECK(open());
	fake.raw[PANDA_ADC_CHANNEL_CHAMBER] = 2000;
	fake.raw[PANDA_ADC_CHANNEL_ELEMENT] = 500;
	CHECK(2000 == reading().chamber.raw);
	CHECK(1000 == reading().chamber.millivolts);
	CHECK(500 == reading().element.raw);
	CHECK(250 == reading().element.millivolts);
	fake.failing = "adc_cali_raw_to_voltage";
	CHECK(2000 == reading().chamber.raw);
	CHECK(-1 == reading().chamber.millivolts);
	fake.failing = "adc_oneshot_read";
	CHECK(-1 == reading().chamber.raw);
	CHECK(-1 == reading().chamber.millivolts);
}

static void opensUncalibrated(void)
{
	fake.failing = "adc_cali_create_scheme_curve_fitting";
	CHECK(open());
	fake.failing = NULL;
	fake.raw[PANDA_ADC_CHANNEL_CHAMBER] = 2000;
	CHECK(2000 == reading().chamber.raw);
	CHECK(-1 == reading().chamber.millivolts);
}

static void readsStrap(void)
{
	static const struct {
		FakeLine line;
		bool pulledUp, pulledDown;
	} cases[] = { { kFakeLow, false, false }, { kFakeHigh, true, true }, { kFakeFloating, true, false } };

	for (size_t index = 0; index < 3; index++) {
		PandaStrap strap;
		fake.lines[PANDA_PIN_STRAP] = cases[index].line;
		CHECK(pandaOpen(&strap));
		CHECK(strap.pulledUp == cases[index].pulledUp);
		CHECK(strap.pulledDown == cases[index].pulledDown);
		pandaClose();
	}
}

static void readsButtons(void)
{
	CHECK(open());
	CHECK(0 == pandaPressedButtons());
	fake.lines[PANDA_PIN_BUTTON_POWER] = kFakeLow;
	CHECK(kPandaPower == pandaPressedButtons());
	fake.lines[PANDA_PIN_BUTTON_DRY] = kFakeLow;
	CHECK((kPandaPower | kPandaDry) == pandaPressedButtons());
	fake.lines[PANDA_PIN_BUTTON_POWER] = fake.lines[PANDA_PIN_BUTTON_DRY] = kFakeFloating;
	fake.lines[PANDA_PIN_BUTTON_AUTO] = fake.lines[PANDA_PIN_BUTTON_ON] = kFakeLow;
	CHECK((kPandaAuto | kPandaOn) == pandaPressedButtons());
}

static void lightsLamps(void)
{
	CHECK(open());
	pandaSetLeds(kPandaPower | kPandaOn);
	CHECK(1 == fakeOutput(PANDA_PIN_LED_POWER));
	CHECK(0 == fakeOutput(PANDA_PIN_LED_AUTO));
	CHECK(1 == fakeOutput(PANDA_PIN_LED_ON));
	CHECK(0 == fakeOutput(PANDA_PIN_LED_DRY));
	pandaSetLeds(kPandaAuto | kPandaDry);
	CHECK(0 == fakeOutput(PANDA_PIN_LED_POWER));
	CHECK(1 == fakeOutput(PANDA_PIN_LED_AUTO));
	CHECK(0 == fakeOutput(PANDA_PIN_LED_ON));
	CHECK(1 == fakeOutput(PANDA_PIN_LED_DRY));
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
}

static void closesOff(void)
{
	CHECK(open());
	pandaSetHeater(true);
	pandaSetFan(true);
	pandaSetLeds(kPandaPower);
	mains(3);
	CHECK(1 == fakeOutput(PANDA_PIN_FAN));
	pandaClose();
	pandaClose();
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	CHECK(0 == fakeOutput(PANDA_PIN_LED_POWER));
	CHECK(0 == fake.handles);
	mains(3);
	CHECK(!pandaSetHeater(true));
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
}

static void restartsOff(void)
{
	CHECK(open());
	pandaSetHeater(true);
	pandaSetFan(true);
	mains(3);
	fake.shutdown();
	CHECK(0 == fakeOutput(PANDA_PIN_HEATER));
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
	mains(3);
	CHECK(0 == fakeOutput(PANDA_PIN_FAN));
}

static void refusesToOpen(void)
{
	static const char *const functions[] = {
		"gpio_config", "gpio_install_isr_service", "gpio_isr_handler_add", "esp_timer_create",
		"esp_timer_start_periodic", "adc_oneshot_new_unit", "adc_oneshot_config_channel",
		"esp_register_shutdown_handler",
	};

	for (size_t index = 0; index < sizeof(functions) / sizeof(functions[0]); index++) {
		fake.failing = functions[index];
		if (open()) {
			gFault = functions[index];
			return;
		}
		CHECK(!pandaSetHeater(true));
		pandaSetFan(true);
		CHECK(1 != fakeOutput(PANDA_PIN_HEATER));
		CHECK(1 != fakeOutput(PANDA_PIN_FAN));
		CHECK(0 == fake.handles);
	}
	fake.failing = NULL;
	CHECK(open());
	CHECK(!open());
	CHECK(pandaSetHeater(true));
}

static void servesInterruptsAlways(void)
{
	CHECK(open());
	CHECK(ESP_INTR_FLAG_IRAM == fake.isrFlags);
}

static void holdsThreeSeconds(void)
{
	CHECK(HEATER_HOLD_MS * 1000 == PANDA_HEATER_HOLD_MICROS);
}

static void prepare(void)
{
	pandaClose();
	fake = (FakeEspIdf){ .shutdown = fake.shutdown };
	fakeAdvance(1000000);
}

int main(void)
{
	static const Case cases[] = {
		{ "an output that a crash left on is off before the firmware starts", offBeforeMain },
		{ "nothing can be turned on before the board is open", offBeforeOpen },
		{ "the heater's pin follows the heater", heaterFollows },
		{ "an \"on\" that is not repeated lapses", heaterLapses },
		{ "an \"on\" that is repeated holds", heaterHolds },
		{ "an \"on\" lasts as long as the port says", holdsThreeSeconds },
		{ "the fan starts at a zero cross and not before", fanWaitsForZeroCross },
		{ "the fan's gate is held, and falls at once", fanIsHeld },
		{ "the fan does not start without mains", fanStaysOffWithoutMains },
		{ "edges that are no half-wave apart are no mains", noiseIsNoMains },
		{ "spikes between zero crosses do not hide them", spikesDoNotHideMains },
		{ "the age and the half-wave of mains are right, also after a month", mainsAreTimed },
		{ "zero crosses are served while the flash is written", servesInterruptsAlways },
		{ "both sensors are read, and what fails is no number", readsSensors },
		{ "a chip without calibration opens, and reads no voltage", opensUncalibrated },
		{ "the strap is read with both pulls", readsStrap },
		{ "buttons are read", readsButtons },
		{ "lamps are lit, and nothing else", lightsLamps },
		{ "closing turns everything off for good and gives everything back", closesOff },
		{ "a restart turns everything off", restartsOff },
		{ "the board does not open, and stays off, when a part of it fails", refusesToOpen },
	};
	bool passed;

	gHeaterAtStart = fakeOutput(PANDA_PIN_HEATER);
	gFanAtStart = fakeOutput(PANDA_PIN_FAN);
	passed = passAll(cases, sizeof(cases) / sizeof(cases[0]), prepare);
	pandaClose();
	return passed ? 0 : 1;
}
