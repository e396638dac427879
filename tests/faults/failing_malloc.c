/* Preloaded into a program, this makes one of its allocations fail:
 *
 *     LD_PRELOAD=libfailing_malloc.so ITR_FAIL_ALLOCATION=N    the N-th (from 1) gives NULL
 *     …                               ITR_FAIL_ALLOCATION=N+   the N-th and all after it
 *     …                               ITR_COUNT_ALLOCATIONS=F  keeps their number in file F: a
 *                                     uint64_t, right at any moment, also when the program is
 * killed
 *
 * What the loader allocates before the constructors run is not counted. Not for sanitizer builds,
 * which bring an allocator of their own. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* The C library's own allocator, under the names that it keeps for this. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static bool counting, onwards;
static uint64_t failing;
static _Atomic uint64_t own_count;
static _Atomic uint64_t *count = &own_count;

static void share_count(const char *path) {
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    void *shared = MAP_FAILED;

    if (descriptor >= 0 && ftruncate(descriptor, sizeof *count) == 0)
        shared = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (descriptor >= 0)
        close(descriptor);
    if (shared == MAP_FAILED)
        _exit(125);
    count = shared;
}

__attribute__((constructor)) static void start(void) {
    const char *fail = getenv("ITR_FAIL_ALLOCATION"), *path = getenv("ITR_COUNT_ALLOCATIONS");
    char *end;

    if (fail) {
        failing = strtoull(fail, &end, 10);
        onwards = *end == '+';
    }
    if (path)
        share_count(path);
    counting = true;
}

static bool fails(void) {
    uint64_t number;

    if (!counting)
        return false;
    number = atomic_fetch_add(count, 1) + 1;
    if (failing == 0 || (number != failing && !(onwards && number > failing)))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size) {
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
    return fails() ? NULL : __libc_calloc(items, size);
}

void *realloc(void *block, size_t size) {
    return size && fails() ? NULL : __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    if (fails())
        return ENOMEM;
    *block = __libc_memalign(alignment, size);
    return *block ? 0 : ENOMEM;
}
