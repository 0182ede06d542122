/* One outgoing request by libcurl, whose own interface takes variable arguments and so cannot be called from Swift.
   Nothing is followed, nothing is kept, no proxy is used. */
#ifndef JUNHENG_OUTBOUND_H
#define JUNHENG_OUTBOUND_H

#include <stddef.h>
#include <stdint.h>

/* Answers whether the address that is about to be connected to may be: 4 or 16 bytes in network order. */
typedef int (*junheng_outbound_guard)(void *context, const uint8_t *address, int length);

typedef struct junheng_outbound_request {
    const char *method;
    const char *url;
    /* `Name: value`, ended by a null pointer. */
    const char *const *headers;
    const uint8_t *body;
    size_t body_length;
    long connect_milliseconds;
    long total_milliseconds;
    /* Bytes of the answer's body beyond which it is given up. */
    size_t answer_limit;
    /* Certificates to trust instead of the machine's; null for the machine's. */
    const char *certificates;
    junheng_outbound_guard allows;
    void *context;
} junheng_outbound_request;

typedef enum junheng_outbound_outcome {
    JUNHENG_OUTBOUND_ANSWERED = 0,
    JUNHENG_OUTBOUND_FORBIDDEN,
    JUNHENG_OUTBOUND_UNRESOLVED,
    JUNHENG_OUTBOUND_UNREACHABLE,
    JUNHENG_OUTBOUND_LATE,
    JUNHENG_OUTBOUND_UNTRUSTED,
    JUNHENG_OUTBOUND_TOO_LARGE,
    JUNHENG_OUTBOUND_BROKEN,
} junheng_outbound_outcome;

typedef struct junheng_outbound_answer {
    junheng_outbound_outcome outcome;
    long status;
    /* Raw header lines of the last answer. */
    uint8_t *headers;
    size_t headers_length;
    uint8_t *body;
    size_t body_length;
    /* What libcurl says went wrong, for the log. */
    char detail[256];
} junheng_outbound_answer;

/* Once, before the first request, on one thread. */
void junheng_outbound_begin(void);
/* Blocks until there is an answer or the time is over. */
void junheng_outbound_run(const junheng_outbound_request *request, junheng_outbound_answer *answer);
void junheng_outbound_free(junheng_outbound_answer *answer);

#endif
