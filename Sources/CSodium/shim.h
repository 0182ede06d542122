// Debian's libsodium (libsodium-dev): hashes, passwords, random bytes, signatures.
#include <sodium.h>
