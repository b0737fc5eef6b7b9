// See fake-esp-idf.h.

#include "fake-esp-idf.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct FakeTimer {
	esp_timer_create_args_t args;
	uint64_t period;	// 0: stopped
	int64_t due;
};
struct FakeConverter {
	bool configured[5];
};
struct FakeCalibration {
	int unused;
};

FakeEspIdf fake;

// A chip that restarts after a fault keeps the levels of its pins: heater and fan are on here.
static uint32_t gLatch = (1u << 18) | (1u << 3);
static uint32_t gOutputs = (1u << 18) | (1u << 3);
static uint32_t gPulledUp;
static uint32_t gPulledDown;
static uint32_t gEdges;
static gpio_isr_t gHandlers[32];
static struct FakeTimer *gTimer;
static int64_t gNow = 1000000;
static int gLocked;
static bool gInInterrupt;

static bool fails(const char *function)
{
	return fake.failing && !strcmp(fake.failing, function);
}

static void setBits(uint32_t *bits, uint32_t mask, bool on)
{
	*bits = on ? (*bits | mask) : (*bits & ~mask);
}

esp_err_t gpio_config(const gpio_config_t *config)
{
	uint32_t mask = (uint32_t)config->pin_bit_mask;

	if (fails("gpio_config"))
		return ESP_FAIL;
	setBits(&gOutputs, mask, GPIO_MODE_OUTPUT == config->mode);
	setBits(&gPulledUp, mask, GPIO_PULLUP_ENABLE == config->pull_up_en);
	setBits(&gPulledDown, mask, GPIO_PULLDOWN_ENABLE == config->pull_down_en);
	setBits(&gEdges, mask, GPIO_INTR_POSEDGE == config->intr_type);
	return ESP_OK;
}

esp_err_t gpio_install_isr_service(int flags)
{
	if (fails("gpio_install_isr_service"))
		return ESP_FAIL;
	if (fake.isrFlags)
		return ESP_ERR_INVALID_STATE;
	fake.isrFlags = flags;
	return ESP_OK;
}

esp_err_t gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t handler, void *arg)
{
	assert(!arg);
	if (fails("gpio_isr_handler_add"))
		return ESP_FAIL;
	gHandlers[pin] = handler;
	return ESP_OK;
}

esp_err_t gpio_isr_handler_remove(gpio_num_t pin)
{
	gHandlers[pin] = NULL;
	return ESP_OK;
}

void fakeRegisterWrite(int reg, uint32_t value)
{
	assert((GPIO_OUT_W1TS_REG == reg) || (GPIO_OUT_W1TC_REG == reg));
	setBits(&gLatch, value, GPIO_OUT_W1TS_REG == reg);
}

uint32_t fakeRegisterRead(int reg)
{
	uint32_t levels = 0;

	assert(GPIO_IN_REG == reg);
	for (int pin = 0; pin < 32; pin++) {
		bool high = (kFakeHigh == fake.lines[pin]) ||
			((kFakeFloating == fake.lines[pin]) && (gPulledUp & (1u << pin)));
		setBits(&levels, 1u << pin, high);
	}
	return levels;
}

int64_t esp_timer_get_time(void)
{
	return gNow;
}

esp_err_t esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *timer)
{
	assert(!gTimer);
	if (fails("esp_timer_create"))
		return ESP_FAIL;
	*timer = gTimer = calloc(1, sizeof(struct FakeTimer));
	gTimer->args = *args;
	fake.handles++;
	return ESP_OK;
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period)
{
	if (fails("esp_timer_start_periodic"))
		return ESP_FAIL;
	timer->period = period;
	timer->due = gNow + (int64_t)period;
	return ESP_OK;
}

esp_err_t esp_timer_stop(esp_timer_handle_t timer)
{
	esp_err_t err = timer->period ? ESP_OK : ESP_ERR_INVALID_STATE;
	timer->period = 0;
	return err;
}

esp_err_t esp_timer_delete(esp_timer_handle_t timer)
{
	assert(!timer->period);
	free(timer);
	gTimer = NULL;
	fake.handles--;
	return ESP_OK;
}

void esp_rom_delay_us(uint32_t micros)
{
	gNow += micros;
}

esp_err_t esp_register_shutdown_handler(void (*handler)(void))
{
	if (fails("esp_register_shutdown_handler"))
		return ESP_FAIL;
	if (fake.shutdown)
		return ESP_ERR_INVALID_STATE;
	fake.shutdown = handler;
	return ESP_OK;
}

void fakeLock(portMUX_TYPE *lock, bool fromInterrupt)
{
	assert(fromInterrupt == gInInterrupt);
	assert(!gLocked++);
	(*lock)++;
}

void fakeUnlock(portMUX_TYPE *lock, bool fromInterrupt)
{
	assert(fromInterrupt == gInInterrupt);
	assert(!--gLocked);
	(*lock)--;
}

esp_err_t adc_oneshot_new_unit(const adc_oneshot_unit_init_cfg_t *config, adc_oneshot_unit_handle_t *unit)
{
	assert(ADC_UNIT_1 == config->unit_id);
	if (fails("adc_oneshot_new_unit"))
		return ESP_FAIL;
	*unit = calloc(1, sizeof(struct FakeConverter));
	fake.handles++;
	return ESP_OK;
}

esp_err_t adc_oneshot_config_channel(
	adc_oneshot_unit_handle_t unit, adc_channel_t channel, const adc_oneshot_chan_cfg_t *config)
{
	assert((ADC_ATTEN_DB_12 == config->atten) && (ADC_BITWIDTH_12 == config->bitwidth));
	if (fails("adc_oneshot_config_channel"))
		return ESP_FAIL;
	unit->configured[channel] = true;
	return ESP_OK;
}

esp_err_t adc_oneshot_read(adc_oneshot_unit_handle_t unit, adc_channel_t channel, int *raw)
{
	assert(unit->configured[channel]);
	if (fails("adc_oneshot_read"))
		return ESP_FAIL;
	*raw = fake.raw[channel];
	return ESP_OK;
}

esp_err_t adc_oneshot_del_unit(adc_oneshot_unit_handle_t unit)
{
	free(unit);
	fake.handles--;
	return ESP_OK;
}

esp_err_t adc_cali_create_scheme_curve_fitting(const adc_cali_curve_fitting_config_t *config, adc_cali_handle_t *handle)
{
	assert((ADC_ATTEN_DB_12 == config->atten) && (ADC_BITWIDTH_12 == config->bitwidth));
	if (fails("adc_cali_create_scheme_curve_fitting"))
		return ESP_FAIL;
	*handle = calloc(1, sizeof(struct FakeCalibration));
	fake.handles++;
	return ESP_OK;
}

esp_err_t adc_cali_delete_scheme_curve_fitting(adc_cali_handle_t handle)
{
	free(handle);
	fake.handles--;
	return ESP_OK;
}

esp_err_t adc_cali_raw_to_voltage(adc_cali_handle_t handle, int raw, int *millivolts)
{
	assert(handle);
	if (fails("adc_cali_raw_to_voltage"))
		return ESP_FAIL;
	*millivolts = raw / 2;
	return ESP_OK;
}

int fakeOutput(int pin)
{
	return (gOutputs & (1u << pin)) ? (int)((gLatch >> pin) & 1) : -1;
}

void fakeAdvance(int64_t micros)
{
	int64_t end = gNow + micros;

	while (gTimer && gTimer->period && (gTimer->due <= end)) {
		gNow = gTimer->due;
		gTimer->due += (int64_t)gTimer->period;
		gTimer->args.callback(gTimer->args.arg);
	}
	gNow = end;
}

void fakeEdge(int pin)
{
	assert(gEdges & (1u << pin));
	if (!gHandlers[pin])
		return;
	gInInterrupt = true;
	gHandlers[pin](NULL);
	gInInterrupt = false;
}
