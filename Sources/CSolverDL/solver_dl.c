#include "solver_dl.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static int find(void *library, const char *name, void *slot, char *problem, int size)
{
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        snprintf(problem, (size_t)size, "%s", name);
        return 1;
    }
    /* A function pointer has the size of a data pointer wherever dlsym exists. */
    memcpy(slot, &symbol, sizeof symbol);
    return 0;
}

int junheng_open_highs(const char *path, junheng_highs_api *api, char *problem, int size)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        const char *why = dlerror();
        snprintf(problem, (size_t)size, "%s", why == NULL ? path : why);
        return 1;
    }
    return find(library, "Highs_create", &api->create, problem, size)
        || find(library, "Highs_destroy", &api->destroy, problem, size)
        || find(library, "Highs_version", &api->version, problem, size)
        || find(library, "Highs_setBoolOptionValue", &api->set_bool, problem, size)
        || find(library, "Highs_setIntOptionValue", &api->set_int, problem, size)
        || find(library, "Highs_setDoubleOptionValue", &api->set_double, problem, size)
        || find(library, "Highs_setStringOptionValue", &api->set_string, problem, size)
        || find(library, "Highs_passMip", &api->pass_mip, problem, size)
        || find(library, "Highs_passLp", &api->pass_lp, problem, size)
        || find(library, "Highs_run", &api->run, problem, size)
        || find(library, "Highs_getModelStatus", &api->model_status, problem, size)
        || find(library, "Highs_getDoubleInfoValue", &api->get_double, problem, size)
        || find(library, "Highs_getIntInfoValue", &api->get_int, problem, size)
        || find(library, "Highs_getSolution", &api->get_solution, problem, size)
        || find(library, "Highs_setSolution", &api->set_solution, problem, size)
        || find(library, "Highs_setCallback", &api->set_callback, problem, size)
        || find(library, "Highs_startCallback", &api->start_callback, problem, size);
}

/* The first field of what a callback may answer is the wish to stop, in every version with callbacks. */
static void ask(int kind, const char *message, const void *out, void *in, void *user)
{
    junheng_watch *watch = user;
    (void)kind;
    (void)message;
    (void)out;
    if (in != NULL && watch->should_stop(watch->context))
        *(int *)in = 1;
}

void junheng_watch_highs(const junheng_highs_api *api, void *highs, junheng_watch *watch)
{
    const int interrupts[] = {1, 2, 6}; /* simplex, interior point, branch and bound */
    api->set_callback(highs, ask, watch);
    for (int place = 0; place < 3; place++)
        api->start_callback(highs, interrupts[place]);
}
