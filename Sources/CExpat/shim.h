// Debian's expat (libexpat1-dev): streams the XML inside xlsx files.
#include <expat.h>
