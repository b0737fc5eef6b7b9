// The Panda Breath's pins, interrupt, converter and timer on ESP-IDF. What is on and when is decided in outputs.h.

#include "panda-breath-lines.h"
#include "panda-breath-outputs.h"
#include "panda-breath-pins.h"

#include "driver/gpio.h"
#include "esp_adc/adc_cali.h"
#include "esp_adc/adc_cali_scheme.h"
#include "esp_adc/adc_oneshot.h"
#include "esp_attr.h"
#include "esp_intr_alloc.h"
#include "esp_rom_sys.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "soc/gpio_reg.h"
#include "soc/soc.h"

#define MASK(pin) (1UL << (pin))

#define OUTPUTS (MASK(PANDA_PIN_HEATER) | MASK(PANDA_PIN_FAN))
#define BUTTONS \
	(MASK(PANDA_PIN_BUTTON_POWER) | MASK(PANDA_PIN_BUTTON_AUTO) | MASK(PANDA_PIN_BUTTON_ON) | MASK(PANDA_PIN_BUTTON_DRY))
#if mxDebug || mxInstrument
	// The debugger is at the other end of the power lamp's pin.
	#define LEDS (MASK(PANDA_PIN_LED_AUTO) | MASK(PANDA_PIN_LED_ON) | MASK(PANDA_PIN_LED_DRY))
#else
	#define LEDS \
		(MASK(PANDA_PIN_LED_POWER) | MASK(PANDA_PIN_LED_AUTO) | MASK(PANDA_PIN_LED_ON) | MASK(PANDA_PIN_LED_DRY))
#endif

// How late a lapsed "on" may be noticed.
#define LAPSE_CHECK_MICROS 250000

// For a strap's line to follow its pull, with much to spare.
#define STRAP_SETTLE_MICROS 2000

static portMUX_TYPE gLock = portMUX_INITIALIZER_UNLOCKED;
static PandaOutputs gOutputs;	// written below gLock only
static bool gOpen;
static bool gEdges;	// our handler is installed
static esp_timer_handle_t gLapseTimer;
static adc_oneshot_unit_handle_t gConverter;
static adc_cali_handle_t gCalibration;

// Level writes are one store to a register: right in an interrupt, and no other pin can be disturbed.
PANDA_INLINE void raise(uint32_t mask)
{
	REG_WRITE(GPIO_OUT_W1TS_REG, mask);
}

PANDA_INLINE void lower(uint32_t mask)
{
	REG_WRITE(GPIO_OUT_W1TC_REG, mask);
}

static bool setUp(uint32_t mask, gpio_mode_t mode, bool pullUp, bool pullDown, gpio_int_type_t interrupt)
{
	gpio_config_t config = {
		.pin_bit_mask = mask,
		.mode = mode,
		.pull_up_en = pullUp ? GPIO_PULLUP_ENABLE : GPIO_PULLUP_DISABLE,
		.pull_down_en = pullDown ? GPIO_PULLDOWN_ENABLE : GPIO_PULLDOWN_DISABLE,
		.intr_type = interrupt,
	};
	return ESP_OK == gpio_config(&config);
}

static void turnOff(void)
{
	portENTER_CRITICAL(&gLock);
	pandaOutputsSetHeater(&gOutputs, false, 0);
	pandaOutputsSetFan(&gOutputs, false);
	lower(OUTPUTS);
	portEXIT_CRITICAL(&gLock);
}

// Runs at start-up before app_main and so before XS, the settings and the network. A restart of the chip by software
// or by a fault leaves pins as they were: this is what ends a heater's "on" that a crash left behind.
// The pins are never given back (gpio_reset_pin): that turns on a pull-up, against which 10 kΩ alone hold the heater off.
__attribute__((constructor)) static void forceOff(void)
{
	lower(OUTPUTS);
	setUp(OUTPUTS, GPIO_MODE_OUTPUT, false, false, GPIO_INTR_DISABLE);
}

static void IRAM_ATTR onEdge(void *refcon)
{
	portENTER_CRITICAL_ISR(&gLock);
	if (pandaOutputsEdge(&gOutputs, esp_timer_get_time()))
		raise(MASK(PANDA_PIN_FAN));
	portEXIT_CRITICAL_ISR(&gLock);
}

static void onLapseCheck(void *refcon)
{
	portENTER_CRITICAL(&gLock);
	if (pandaOutputsLapse(&gOutputs, esp_timer_get_time()))
		lower(MASK(PANDA_PIN_HEATER));
	portEXIT_CRITICAL(&gLock);
}

static bool strapLevel(bool pullUp)
{
	setUp(MASK(PANDA_PIN_STRAP), GPIO_MODE_INPUT, pullUp, !pullUp, GPIO_INTR_DISABLE);
	esp_rom_delay_us(STRAP_SETTLE_MICROS);
	return 0 != (REG_READ(GPIO_IN_REG) & MASK(PANDA_PIN_STRAP));
}

static bool openConverter(void)
{
	adc_oneshot_unit_init_cfg_t unit = { .unit_id = ADC_UNIT_1 };
	adc_oneshot_chan_cfg_t channel = { .atten = ADC_ATTEN_DB_12, .bitwidth = ADC_BITWIDTH_12 };
	adc_cali_curve_fitting_config_t calibration = {
		.unit_id = ADC_UNIT_1,
		.atten = ADC_ATTEN_DB_12,
		.bitwidth = ADC_BITWIDTH_12,
	};

	if (ESP_OK != adc_oneshot_new_unit(&unit, &gConverter)) {
		gConverter = NULL;
		return false;
	}
	if ((ESP_OK != adc_oneshot_config_channel(gConverter, PANDA_ADC_CHANNEL_CHAMBER, &channel)) ||
		(ESP_OK != adc_oneshot_config_channel(gConverter, PANDA_ADC_CHANNEL_ELEMENT, &channel)))
		return false;
	// A chip without calibration data still opens: its sensors then read as failed, which says what is wrong.
	if (ESP_OK != adc_cali_create_scheme_curve_fitting(&calibration, &gCalibration))
		gCalibration = NULL;
	return true;
}

static bool openLapseTimer(void)
{
	esp_timer_create_args_t timer = { .callback = onLapseCheck, .dispatch_method = ESP_TIMER_TASK, .name = "heater" };

	if (ESP_OK != esp_timer_create(&timer, &gLapseTimer)) {
		gLapseTimer = NULL;
		return false;
	}
	return ESP_OK == esp_timer_start_periodic(gLapseTimer, LAPSE_CHECK_MICROS);
}

static bool openEdges(void)
{
	if (!setUp(MASK(PANDA_PIN_ZERO_CROSS), GPIO_MODE_INPUT, true, false, GPIO_INTR_POSEDGE))
		return false;
	// IRAM: the zero cross is not missed while the flash is written. Installed already is as good: it can not be ours alone.
	esp_err_t err = gpio_install_isr_service(ESP_INTR_FLAG_IRAM);
	if ((ESP_OK != err) && (ESP_ERR_INVALID_STATE != err))
		return false;
	gEdges = ESP_OK == gpio_isr_handler_add(PANDA_PIN_ZERO_CROSS, onEdge, NULL);
	return gEdges;
}

bool pandaOpen(PandaStrap *strap)
{
	if (gOpen)
		return false;

	forceOff();
	portENTER_CRITICAL(&gLock);
	gOutputs = (PandaOutputs){0};
	portEXIT_CRITICAL(&gLock);

	strap->pulledUp = strapLevel(true);
	strap->pulledDown = strapLevel(false);

	lower(LEDS);
	esp_err_t err = esp_register_shutdown_handler(turnOff);
	gOpen = ((ESP_OK == err) || (ESP_ERR_INVALID_STATE == err)) &&
		setUp(LEDS, GPIO_MODE_OUTPUT, false, false, GPIO_INTR_DISABLE) &&
		setUp(BUTTONS, GPIO_MODE_INPUT, true, false, GPIO_INTR_DISABLE) &&
		openConverter() && openLapseTimer() && openEdges();
	if (!gOpen)
		pandaClose();
	return gOpen;
}

bool pandaSetHeater(bool on)
{
	// State and pin change together, or the check for a lapse could come between the two.
	portENTER_CRITICAL(&gLock);
	on = on && gOpen;
	pandaOutputsSetHeater(&gOutputs, on, esp_timer_get_time());
	if (on)
		raise(MASK(PANDA_PIN_HEATER));
	else
		lower(MASK(PANDA_PIN_HEATER));
	portEXIT_CRITICAL(&gLock);
	return gOpen;
}

void pandaSetFan(bool on)
{
	portENTER_CRITICAL(&gLock);
	pandaOutputsSetFan(&gOutputs, on && gOpen);
	if (!on)
		lower(MASK(PANDA_PIN_FAN));
	portEXIT_CRITICAL(&gLock);
}

static PandaSample sample(adc_channel_t channel)
{
	PandaSample result = { .raw = -1, .millivolts = -1 };
	int value;

	if (!gConverter || (ESP_OK != adc_oneshot_read(gConverter, channel, &value)))
		return result;
	result.raw = value;
	if (gCalibration && (ESP_OK == adc_cali_raw_to_voltage(gCalibration, result.raw, &value)))
		result.millivolts = value;
	return result;
}

void pandaRead(PandaReading *reading)
{
	reading->chamber = sample(PANDA_ADC_CHANNEL_CHAMBER);
	reading->element = sample(PANDA_ADC_CHANNEL_ELEMENT);

	portENTER_CRITICAL(&gLock);
	reading->mainsAgeMs = pandaOutputsMainsAge(&gOutputs, esp_timer_get_time());
	reading->halfWaveMicros = (int32_t)gOutputs.halfWave;
	reading->heater = gOutputs.heater;
	reading->fan = gOutputs.fan;
	portEXIT_CRITICAL(&gLock);
}

static uint32_t ledPins(uint32_t bits)
{
	return LEDS & (((bits & kPandaPower) ? MASK(PANDA_PIN_LED_POWER) : 0) |
		((bits & kPandaAuto) ? MASK(PANDA_PIN_LED_AUTO) : 0) |
		((bits & kPandaOn) ? MASK(PANDA_PIN_LED_ON) : 0) |
		((bits & kPandaDry) ? MASK(PANDA_PIN_LED_DRY) : 0));
}

void pandaSetLeds(uint32_t lit)
{
	if (!gOpen)
		return;
	raise(ledPins(lit));
	lower(ledPins(~lit));
}

uint32_t pandaPressedButtons(void)
{
	if (!gOpen)
		return 0;
	uint32_t levels = REG_READ(GPIO_IN_REG);
	return ((levels & MASK(PANDA_PIN_BUTTON_POWER)) ? 0 : kPandaPower) |
		((levels & MASK(PANDA_PIN_BUTTON_AUTO)) ? 0 : kPandaAuto) |
		((levels & MASK(PANDA_PIN_BUTTON_ON)) ? 0 : kPandaOn) |
		((levels & MASK(PANDA_PIN_BUTTON_DRY)) ? 0 : kPandaDry);
}

void pandaClose(void)
{
	gOpen = false;
	turnOff();
	lower(LEDS);
	if (gEdges)
		gpio_isr_handler_remove(PANDA_PIN_ZERO_CROSS);
	gEdges = false;
	if (gLapseTimer) {
		esp_timer_stop(gLapseTimer);
		esp_timer_delete(gLapseTimer);
		gLapseTimer = NULL;
	}
	if (gCalibration)
		adc_cali_delete_scheme_curve_fitting(gCalibration);
	gCalibration = NULL;
	if (gConverter)
		adc_oneshot_del_unit(gConverter);
	gConverter = NULL;
}
