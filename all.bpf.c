#include "null"
