// Debian's libqrencode (libqrencode-dev): the squares of a QR code.
#include <qrencode.h>
