// Debian's libzip (libzip-dev): office files are zip archives, read by Workbooks and written by Documents.
#include <zip.h>
