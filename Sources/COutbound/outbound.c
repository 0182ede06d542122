#include "outbound.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Header lines of an answer are few; more than this is not an answer we want. */
#define HEADER_LIMIT (64 * 1024)

typedef struct exchange {
    const junheng_outbound_request *request;
    junheng_outbound_answer *answer;
    size_t headers_room, body_room;
    int is_forbidden, is_too_large;
} exchange;

/* Grows the buffer and appends; 0 when there is no memory. */
static int append(uint8_t **bytes, size_t *length, size_t *room, const char *more, size_t count) {
    if (*length + count > *room) {
        size_t wanted = *room ? *room * 2 : 4096;
        while (wanted < *length + count) wanted *= 2;
        uint8_t *grown = realloc(*bytes, wanted);
        if (!grown) return 0;
        *bytes = grown;
        *room = wanted;
    }
    memcpy(*bytes + *length, more, count);
    *length += count;
    return 1;
}

static size_t take_body(char *data, size_t size, size_t count, void *context) {
    exchange *exchange = context;
    size_t length = size * count;
    if (exchange->answer->body_length + length > exchange->request->answer_limit) {
        exchange->is_too_large = 1;
        return 0;
    }
    return append(&exchange->answer->body, &exchange->answer->body_length, &exchange->body_room, data, length) ? length : 0;
}

static size_t take_header(char *data, size_t size, size_t count, void *context) {
    exchange *exchange = context;
    size_t length = size * count;
    /* A new status line begins a new answer (100 Continue comes before the real one). */
    if (length > 5 && memcmp(data, "HTTP/", 5) == 0) exchange->answer->headers_length = 0;
    if (exchange->answer->headers_length + length > HEADER_LIMIT) {
        exchange->is_too_large = 1;
        return 0;
    }
    return append(&exchange->answer->headers, &exchange->answer->headers_length, &exchange->headers_room, data, length) ? length : 0;
}

/* Asked with the very address of every connection, after the name was looked up: no second look-up can slip in another one. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    exchange *exchange = context;
    (void)purpose;
    const uint8_t *bytes = NULL;
    int length = 0;
    if (address->family == AF_INET) {
        bytes = (const uint8_t *)&((const struct sockaddr_in *)&address->addr)->sin_addr;
        length = 4;
    } else if (address->family == AF_INET6) {
        bytes = (const uint8_t *)&((const struct sockaddr_in6 *)&address->addr)->sin6_addr;
        length = 16;
    }
    if (!bytes || !exchange->request->allows(exchange->request->context, bytes, length)) {
        exchange->is_forbidden = 1;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static junheng_outbound_outcome outcome(CURLcode code, const exchange *exchange) {
    if (exchange->is_too_large) return JUNHENG_OUTBOUND_TOO_LARGE;
    switch (code) {
        case CURLE_OK: return JUNHENG_OUTBOUND_ANSWERED;
        case CURLE_COULDNT_RESOLVE_HOST: return JUNHENG_OUTBOUND_UNRESOLVED;
        case CURLE_COULDNT_CONNECT: return exchange->is_forbidden ? JUNHENG_OUTBOUND_FORBIDDEN : JUNHENG_OUTBOUND_UNREACHABLE;
        case CURLE_OPERATION_TIMEDOUT: return JUNHENG_OUTBOUND_LATE;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER: return JUNHENG_OUTBOUND_UNTRUSTED;
        default: return JUNHENG_OUTBOUND_BROKEN;
    }
}

void junheng_outbound_begin(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

void junheng_outbound_run(const junheng_outbound_request *request, junheng_outbound_answer *answer) {
    memset(answer, 0, sizeof *answer);
    answer->outcome = JUNHENG_OUTBOUND_BROKEN;
    exchange exchange = {.request = request, .answer = answer};
    CURL *curl = curl_easy_init();
    if (!curl) return;
    char detail[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers = NULL;
    for (const char *const *header = request->headers; *header; header++) {
        struct curl_slist *longer = curl_slist_append(headers, *header);
        if (!longer) goto done;
        headers = longer;
    }
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    /* A proxy of the environment would hide the address that is really reached. */
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (request->certificates) curl_easy_setopt(curl, CURLOPT_CAINFO, request->certificates);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, request->connect_milliseconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request->total_milliseconds);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    if (request->body) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, (const char *)request->body);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
    answer->outcome = outcome(code, &exchange);
    strncpy(answer->detail, detail[0] ? detail : curl_easy_strerror(code), sizeof answer->detail - 1);
done:
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}

void junheng_outbound_free(junheng_outbound_answer *answer) {
    free(answer->headers);
    free(answer->body);
    answer->headers = NULL;
    answer->body = NULL;
}
