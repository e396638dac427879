/* Keys of the objects that the scanner has open, to find those that stand twice. Private. */
#ifndef ITR_BASE_JSON_KEY_H
#define ITR_BASE_JSON_KEY_H

#include "base/json_scan.h"

/* Notes the key whose opening quote is at `start` and whose closing one is before scan->at. */
void json_keys_add(struct json_scan *scan, size_t start, bool escaped);

/* The object whose keys begin at `first` is complete: notes its duplicates and forgets its keys. */
void json_keys_close(struct json_scan *scan, size_t first);

/* Sorts the duplicates by where they stand. */
void json_keys_finish(struct json_scan *scan);

#endif
