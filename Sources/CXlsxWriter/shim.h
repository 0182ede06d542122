// Debian's libxlsxwriter (libxlsxwriter-dev): writes xlsx in constant memory.
#include <xlsxwriter.h>
