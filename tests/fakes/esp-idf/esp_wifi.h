#include "fake-esp-wifi.h"
