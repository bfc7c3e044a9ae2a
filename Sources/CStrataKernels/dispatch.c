#include "strata_kernels.h"
