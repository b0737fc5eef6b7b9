// As much of ESP-IDF as the Panda Breath's driver calls, over pins and a clock that a test drives.

#ifndef FAKE_ESP_IDF_H
#define FAKE_ESP_IDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_FAIL -1
#define ESP_ERR_INVALID_STATE 0x103

#define IRAM_ATTR

// pins

typedef int gpio_num_t;
typedef enum { GPIO_MODE_DISABLE, GPIO_MODE_INPUT, GPIO_MODE_OUTPUT } gpio_mode_t;
typedef enum { GPIO_PULLUP_DISABLE, GPIO_PULLUP_ENABLE } gpio_pullup_t;
typedef enum { GPIO_PULLDOWN_DISABLE, GPIO_PULLDOWN_ENABLE } gpio_pulldown_t;
typedef enum { GPIO_INTR_DISABLE, GPIO_INTR_POSEDGE } gpio_int_type_t;
typedef void (*gpio_isr_t)(void *arg);

typedef struct {
	uint64_t pin_bit_mask;
	gpio_mode_t mode;
	gpio_pullup_t pull_up_en;
	gpio_pulldown_t pull_down_en;
	gpio_int_type_t intr_type;
} gpio_config_t;

#define ESP_INTR_FLAG_IRAM (1 << 10)

esp_err_t gpio_config(const gpio_config_t *config);
esp_err_t gpio_install_isr_service(int flags);
esp_err_t gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t handler, void *arg);
esp_err_t gpio_isr_handler_remove(gpio_num_t pin);

#define GPIO_OUT_W1TS_REG 1
#define GPIO_OUT_W1TC_REG 2
#define GPIO_IN_REG 3
#define REG_WRITE(reg, value) fakeRegisterWrite(reg, value)
#define REG_READ(reg) fakeRegisterRead(reg)
void fakeRegisterWrite(int reg, uint32_t value);
uint32_t fakeRegisterRead(int reg);

// time and restarts

typedef struct FakeTimer *esp_timer_handle_t;
typedef enum { ESP_TIMER_TASK } esp_timer_dispatch_t;
typedef struct {
	void (*callback)(void *arg);
	void *arg;
	esp_timer_dispatch_t dispatch_method;
	const char *name;
	bool skip_unhandled_events;
} esp_timer_create_args_t;

int64_t esp_timer_get_time(void);
esp_err_t esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *timer);
esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period);
esp_err_t esp_timer_stop(esp_timer_handle_t timer);
esp_err_t esp_timer_delete(esp_timer_handle_t timer);

void esp_rom_delay_us(uint32_t micros);
esp_err_t esp_register_shutdown_handler(void (*handler)(void));

// the lock between tasks and interrupts

typedef int portMUX_TYPE;
#define portMUX_INITIALIZER_UNLOCKED 0
#define portENTER_CRITICAL(lock) fakeLock(lock, false)
#define portEXIT_CRITICAL(lock) fakeUnlock(lock, false)
#define portENTER_CRITICAL_ISR(lock) fakeLock(lock, true)
#define portEXIT_CRITICAL_ISR(lock) fakeUnlock(lock, true)
void fakeLock(portMUX_TYPE *lock, bool fromInterrupt);
void fakeUnlock(portMUX_TYPE *lock, bool fromInterrupt);

// the converter

typedef int adc_channel_t;
typedef enum { ADC_UNIT_1 } adc_unit_t;
typedef enum { ADC_ATTEN_DB_0, ADC_ATTEN_DB_12 = 3 } adc_atten_t;
typedef enum { ADC_BITWIDTH_DEFAULT, ADC_BITWIDTH_12 = 12 } adc_bitwidth_t;
typedef struct FakeConverter *adc_oneshot_unit_handle_t;
typedef struct FakeCalibration *adc_cali_handle_t;
typedef struct {
	adc_unit_t unit_id;
	int clk_src;
	int ulp_mode;
} adc_oneshot_unit_init_cfg_t;
typedef struct {
	adc_atten_t atten;
	adc_bitwidth_t bitwidth;
} adc_oneshot_chan_cfg_t;
typedef struct {
	adc_unit_t unit_id;
	adc_channel_t chan;
	adc_atten_t atten;
	adc_bitwidth_t bitwidth;
} adc_cali_curve_fitting_config_t;

esp_err_t adc_oneshot_new_unit(const adc_oneshot_unit_init_cfg_t *config, adc_oneshot_unit_handle_t *unit);
esp_err_t adc_oneshot_config_channel(
	adc_oneshot_unit_handle_t unit, adc_channel_t channel, const adc_oneshot_chan_cfg_t *config);
esp_err_t adc_oneshot_read(adc_oneshot_unit_handle_t unit, adc_channel_t channel, int *raw);
esp_err_t adc_oneshot_del_unit(adc_oneshot_unit_handle_t unit);
esp_err_t adc_cali_create_scheme_curve_fitting(const adc_cali_curve_fitting_config_t *config, adc_cali_handle_t *handle);
esp_err_t adc_cali_delete_scheme_curve_fitting(adc_cali_handle_t handle);
esp_err_t adc_cali_raw_to_voltage(adc_cali_handle_t handle, int raw, int *millivolts);

// what a test drives and looks at

typedef enum { kFakeFloating, kFakeLow, kFakeHigh } FakeLine;

typedef struct {
	FakeLine lines[32];		// what is connected to a pin from outside
	int raw[5];				// by channel; the fake's calibration makes half of it millivolts
	const char *failing;	// the name of a function that fails from now on
	int handles;			// timers, converters and calibrations that are not given back
	int isrFlags;			// given at the installation of the interrupt service
	void (*shutdown)(void);
} FakeEspIdf;

extern FakeEspIdf fake;

// The level of a pin that is an output; -1 for one that is not.
int fakeOutput(int pin);
// Lets time pass, and the timers that are due run.
void fakeAdvance(int64_t micros);
// A rising edge at a pin whose interrupt is on.
void fakeEdge(int pin);

#endif
