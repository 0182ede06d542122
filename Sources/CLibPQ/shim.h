// Debian's libpq (libpq-dev): the client of PostgreSQL.
#include <libpq-fe.h>

// Notices ("relation already exists, skipping") are of no use to a server's log.
static inline void junheng_ignore_notice(void *context, const char *message) { (void)context; (void)message; }
static inline void junheng_ignore_notices(PGconn *connection) { PQsetNoticeProcessor(connection, junheng_ignore_notice, 0); }
