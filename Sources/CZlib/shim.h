// Debian's zlib (zlib1g-dev): compresses responses.
#include <zlib.h>
