#include "base/table.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"

/* ---- a row as bytes ---- */

static void add_escaped(struct buffer *out, const char *text) {
    static const char plain[] = "\\\n\r\t", signs[] = "\\nrt";
    for (; *text; text++) {
        const char *at = strchr(plain, *text);
        if (at)
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, at ? signs[at - plain] : *text);
    }
}

static void add_field(struct buffer *out, const char *text) {
    struct buffer escaped = {0};
    add_escaped(&escaped, text);
    size_t room = 2 * escaped.length + 2;
    out->bytes = memory_reserve(out->bytes, &out->capacity, out->length + room + 1, 1);
    out->length += csv_write(out->bytes + out->length, room, buffer_text(&escaped), escaped.length);
    out->bytes[out->length] = '\0';
    buffer_free(&escaped);
}

static void add_row(struct buffer *out, size_t columns, const char *const *fields) {
    for (size_t i = 0; i < columns; i++) {
        if (i)
            buffer_add_byte(out, ',');
        add_field(out, fields[i]);
    }
    buffer_add_byte(out, '\n');
}

/* ---- adding ---- */

static bool make_folder_of(const char *path, struct error *error) {
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return true;
    char *folder = memory_text_of(path, (size_t)(slash - path));
    bool made = file_exists(folder) || file_make_folder(folder, error);
    free(folder);
    return made;
}

/* Length of the whole rows: what stands behind the last newline was never acknowledged. */
static off_t whole_length(int file, off_t length) {
    char block[4096];
    while (length > 0) {
        off_t from = length > (off_t)sizeof block ? length - (off_t)sizeof block : 0;
        ssize_t got = pread(file, block, (size_t)(length - from), from);
        if (got <= 0)
            return -1;
        for (ssize_t i = got; i > 0; i--)
            if (block[i - 1] == '\n')
                return from + i;
        length = from;
    }
    return 0;
}

static bool same_header(int file, const struct buffer *header) {
    struct buffer first = {0};
    first.bytes = memory_reserve(NULL, &first.capacity, header->length + 1, 1);
    ssize_t got = pread(file, first.bytes, header->length, 0);
    bool same = got == (ssize_t)header->length && !memcmp(first.bytes, header->bytes, (size_t)got);
    buffer_free(&first);
    return same;
}

static bool add_locked(int file, const char *path, const char *const *header, size_t columns,
                       const char *const *fields, struct error *error) {
    struct buffer head = {0}, row = {0};
    struct stat status;
    add_row(&head, columns, header);
    bool good = !fstat(file, &status) && S_ISREG(status.st_mode);
    off_t length = good ? whole_length(file, status.st_size) : -1;
    if (length < 0 || (length < status.st_size && ftruncate(file, length)))
        good = error_set_system(error, errno, _("cannot write %s"), path);
    else if (length == 0)
        buffer_add(&row, head.bytes, head.length);
    else if (!same_header(file, &head))
        good = error_set(error, _("%s is another kind of table: its first line differs"), path);
    if (good) {
        add_row(&row, columns, fields);
        good = file_write(file, row.bytes, row.length, error);
        if (good && fdatasync(file))
            good = error_set_system(error, errno, _("cannot write %s"), path);
        if (!good && ftruncate(file, length))
            good = false; /* the next writer cuts it off */
    }
    buffer_free(&head);
    buffer_free(&row);
    return good;
}

bool table_add(const char *path, const char *const *header, size_t columns,
               const char *const *fields, struct error *error) {
    if (!make_folder_of(path, error))
        return false;
    int file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (file < 0)
        return error_set_system(error, errno, _("cannot open %s"), path);
    while (flock(file, LOCK_EX) && errno == EINTR)
        ;
    bool good = add_locked(file, path, header, columns, fields, error);
    close(file);
    return good;
}

/* ---- reading ---- */

struct table_reader {
    const char *const *header;
    size_t columns, number, broken; /* broken: line of the first row with too few fields, or 0 */
    table_row *row;
    void *user;
    struct buffer fields;
    size_t starts[TABLE_COLUMNS], count;
    bool wrong, stopped;
};

static void add_unescaped(struct buffer *out, const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char next = i + 1 < length ? bytes[i + 1] : 0;
        const char *at = bytes[i] == '\\' && next ? strchr("\\nrt", next) : NULL;
        buffer_add_byte(out, at ? "\\\n\r\t"[at - "\\nrt"] : bytes[i]);
        i += at != NULL;
    }
    buffer_add_byte(out, '\0');
}

static void take_field(void *field, size_t length, void *user) {
    struct table_reader *reader = user;
    if (reader->count < TABLE_COLUMNS)
        reader->starts[reader->count] = reader->fields.length;
    reader->count++;
    add_unescaped(&reader->fields, field, length);
}

static void take_row(int end, void *user) {
    struct table_reader *reader = user;
    const char *fields[TABLE_COLUMNS];
    reader->number++;
    bool fits = reader->count == reader->columns;
    for (size_t i = 0; fits && i < reader->count; i++)
        fields[i] = reader->fields.bytes + reader->starts[i];
    if (reader->number == 1) {
        for (size_t i = 0; fits && i < reader->columns; i++)
            fits = !strcmp(fields[i], reader->header[i]);
        reader->wrong = !fits;
    } else if (!fits && !reader->broken) {
        reader->broken = reader->number;
    } else if (fits && !reader->wrong && !reader->stopped) {
        reader->stopped = !reader->row(reader->user, reader->number, fields);
    }
    reader->count = 0;
    buffer_clear(&reader->fields);
    (void)end;
}

static bool read_bytes(struct table_reader *reader, const char *path, const struct buffer *bytes,
                       struct error *error) {
    struct csv_parser parser;
    size_t length = bytes->length;
    while (length && bytes->bytes[length - 1] != '\n')
        length--;
    if (csv_init(&parser, 0))
        memory_exhausted();
    csv_parse(&parser, buffer_text(bytes), length, take_field, take_row, reader);
    csv_free(&parser);
    if (reader->wrong)
        return error_set(error, _("%s is another kind of table: its first line differs"), path);
    return !reader->broken ||
           error_set(error,
                     _("%s: line %zu has not as many fields as the header: it was changed by "
                       "hand; mend or remove that line"),
                     path, reader->broken);
}

bool table_read(const char *path, const char *const *header, size_t columns, table_row *row,
                void *user, struct error *error) {
    struct table_reader reader = {.header = header, .columns = columns, .row = row, .user = user};
    struct buffer bytes = {0};
    if (!file_exists(path))
        return true;
    bool good =
        file_read(path, TABLE_SIZE, &bytes, error) && read_bytes(&reader, path, &bytes, error);
    buffer_free(&reader.fields);
    buffer_free(&bytes);
    return good;
}
