/* All closed calls as a table for spreadsheets. */
#include "report/report.h"

#include <string.h>

#define TEXT_COLUMNS 8 /* the first ones, written as cells; the others are numbers */

static void add_session(void *user, sqlite3_stmt *row) {
    struct buffer *out = user;
    int columns = sqlite3_column_count(row);
    for (int i = 0; i < columns; i++) {
        const char *text = (const char *)sqlite3_column_text(row, i);
        buffer_add_text(out, i ? "," : "");
        if (i < TEXT_COLUMNS)
            report_cell(out, text ? text : "");
        else if (text)
            buffer_add_text(out, text);
    }
    buffer_add_text(out, "\r\n");
}

bool report_sessions(struct store *store, struct buffer *out, struct error *error) {
    const struct report_filter all = {0};
    buffer_add_text(out, "\xEF\xBB\xBF"
                         "record,start,trainee,scenario,mode,language,outcome,ending,version,q,"
                         "pass,critical,unsure,duration_s,first_reply_s,first_reply_target_s,"
                         "talk_s,hold_s,after_call_s,replies,typed,rating,first_contact,solved,"
                         "transferred,complaint,defused,error\r\n");
    return report_ask(
        store,
        "SELECT file.day || '/' || file.name, start, trainee, scenario, mode, language, outcome, "
        "ending, version, printf('%d.%d', q / 10, q % 10), pass, critical, unsure, "
        "printf('%d.%03d', duration / 1000, duration % 1000), "
        "CASE WHEN frt IS NOT NULL THEN printf('%d.%03d', frt / 1000, frt % 1000) END, "
        "frt_target / 1000, "
        "CASE WHEN talk IS NOT NULL THEN printf('%d.%03d', talk / 1000, talk % 1000) END, "
        "CASE WHEN hold IS NOT NULL THEN printf('%d.%03d', hold / 1000, hold % 1000) END, "
        "CASE WHEN after IS NOT NULL THEN printf('%d.%03d', after / 1000, after % 1000) END, "
        "replies, typed, rating, first_contact, solved, transferred, complaint, defused, error "
        "FROM call JOIN file ON file.id = call.id ORDER BY start, file.day, file.name",
        &all, add_session, out, error);
}
