/* The schema. Times are milliseconds, marks tenths of a point; NULL is "can't be said": the script
 * of the call is not there any more, or no rating was given. */
#include "store/tables.h"

#define APPLICATION 1769239090 /* "itr2": file(1) and we tell it from other databases */

#define STRING_OF(number) #number
#define STRING(number) STRING_OF(number)

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS day(name TEXT PRIMARY KEY, mtime INTEGER) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS file(id INTEGER PRIMARY KEY, day TEXT NOT NULL, name TEXT NOT NULL,"
    "  size INTEGER, mtime INTEGER, state INTEGER, UNIQUE(day, name));"
    "CREATE TABLE IF NOT EXISTS call(id INTEGER PRIMARY KEY REFERENCES file ON DELETE CASCADE,"
    "  trainee TEXT, scenario TEXT, version INTEGER, mode TEXT, language TEXT,"
    "  start TEXT, day TEXT, outcome TEXT, ending TEXT, q INTEGER, pass INTEGER, critical INTEGER,"
    "  unsure INTEGER, duration INTEGER, frt INTEGER, frt_target INTEGER,"
    "  replies INTEGER, typed INTEGER, rating INTEGER,"
    /* from here on: what only the fold knows */
    "  talk INTEGER, hold INTEGER, after INTEGER, holds INTEGER, silences INTEGER,"
    "  first_contact INTEGER, solved INTEGER, transferred INTEGER,"
    "  complaint INTEGER, defused INTEGER, error INTEGER);"
    "CREATE INDEX IF NOT EXISTS call_trainee ON call(trainee);"
    "CREATE INDEX IF NOT EXISTS call_scenario ON call(scenario);"
    "CREATE INDEX IF NOT EXISTS call_day ON call(day);"
    "CREATE TABLE IF NOT EXISTS stage(call INTEGER REFERENCES call ON DELETE CASCADE,"
    "  stage TEXT, q INTEGER, PRIMARY KEY(call, stage)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS point(call INTEGER REFERENCES call ON DELETE CASCADE,"
    "  point TEXT, verdict TEXT, PRIMARY KEY(call, point)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS reply(call INTEGER REFERENCES call ON DELETE CASCADE,"
    "  row INTEGER, t INTEGER, typed INTEGER, node TEXT, ref TEXT,"
    "  PRIMARY KEY(call, row)) WITHOUT ROWID;"
    /* what points are called, in the latest version of their script that was met */
    "CREATE TABLE IF NOT EXISTS wording(scenario TEXT, point TEXT, version INTEGER, action INTEGER,"
    "  zh TEXT, en TEXT, PRIMARY KEY(scenario, point)) WITHOUT ROWID;"
    "PRAGMA application_id = " STRING(APPLICATION) ";"
                                                   "PRAGMA user_version = " STRING(
                                                       STORE_SCHEMA) ";";

bool tables_run(sqlite3 *database, const char *sql) {
    return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool number_of(sqlite3 *database, const char *sql, int64_t *number) {
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return good;
}

bool tables_make(sqlite3 *database) {
    int64_t application, version, tables;
    if (!number_of(database, "PRAGMA application_id", &application) ||
        !number_of(database, "PRAGMA user_version", &version) ||
        !number_of(database, "SELECT count(*) FROM sqlite_master", &tables))
        return false;
    if (application == APPLICATION && version == STORE_SCHEMA)
        return true;
    return !tables && tables_run(database, "BEGIN IMMEDIATE") && tables_run(database, schema) &&
           tables_run(database, "COMMIT");
}
