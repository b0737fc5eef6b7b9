#include "fake-esp-idf.h"
