/* Opens the HiGHS solver at run time. The prototypes are our own; HighsInt is a 32-bit int in the builds we open. */
#ifndef JUNHENG_SOLVER_DL_H
#define JUNHENG_SOLVER_DL_H

typedef struct junheng_highs_api {
    void *(*create)(void);
    void (*destroy)(void *);
    const char *(*version)(void);
    int (*set_bool)(void *, const char *, int);
    int (*set_int)(void *, const char *, int);
    int (*set_double)(void *, const char *, double);
    int (*set_string)(void *, const char *, const char *);
    int (*pass_mip)(void *, int, int, int, int, int, double, const double *, const double *, const double *, const double *,
        const double *, const int *, const int *, const double *, const int *);
    int (*pass_lp)(void *, int, int, int, int, int, double, const double *, const double *, const double *, const double *,
        const double *, const int *, const int *, const double *);
    int (*run)(void *);
    int (*model_status)(const void *);
    int (*get_double)(const void *, const char *, double *);
    int (*get_int)(const void *, const char *, int *);
    int (*get_solution)(const void *, double *, double *, double *, double *);
    int (*set_solution)(void *, const double *, const double *, const double *, const double *);
    int (*set_callback)(void *, void (*)(int, const char *, const void *, void *, void *), void *);
    int (*start_callback)(void *, int);
} junheng_highs_api;

/* Asked by the solver now and then; anything but 0 stops it. */
typedef struct junheng_watch {
    int (*should_stop)(void *);
    void *context;
} junheng_watch;

/* Lets `watch` stop a run. It must outlive the run. */
void junheng_watch_highs(const junheng_highs_api *api, void *highs, junheng_watch *watch);

/* 0 when every function was found; else 1 and a message in `problem`. The library stays open for the life of the process. */
int junheng_open_highs(const char *path, junheng_highs_api *api, char *problem, int size);

#endif
