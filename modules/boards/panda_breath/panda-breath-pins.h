// The pins of the Panda Breath board (ESP32-C3-MINI-1). No other file names one.

#ifndef PANDA_BREATH_PINS_H
#define PANDA_BREATH_PINS_H

// The heater's relay (SSR) behind a transistor: high is on, 10 kΩ pull it down while nobody drives it.
// The pin is also the data line (D-) of the chip's USB, which this board does not use.
#define PANDA_PIN_HEATER 18

// The gate of the blower's TRIAC behind an optocoupler: high is on.
#define PANDA_PIN_FAN 3

// Rises once a half-wave at the zero cross of the mains (bridge and optocoupler); needs the chip's pull-up.
#define PANDA_PIN_ZERO_CROSS 7

// Low: the sensors hang on 82 kΩ. High: 33 kΩ. The pin is also D+ of the chip's USB.
#define PANDA_PIN_STRAP 19

// Both on the chip's first converter: GPIO 0 is its channel 0, GPIO 1 its channel 1.
#define PANDA_ADC_CHANNEL_CHAMBER 0
#define PANDA_ADC_CHANNEL_ELEMENT 1

// Lit when high. The power lamp's pin is TX of the serial port that a debug build talks to the debugger by.
#define PANDA_PIN_LED_POWER 21
#define PANDA_PIN_LED_AUTO 6
#define PANDA_PIN_LED_ON 5
#define PANDA_PIN_LED_DRY 4

// Low when pressed; need the chip's pull-up. 9, 8 and 2 also choose how the chip starts: held at power-on,
// "power" starts the serial loader instead of the firmware.
#define PANDA_PIN_BUTTON_POWER 9
#define PANDA_PIN_BUTTON_AUTO 8
#define PANDA_PIN_BUTTON_ON 10
#define PANDA_PIN_BUTTON_DRY 2

#endif
