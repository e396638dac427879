/* What C lacks and nothing else needs to know: the room's one header. */
#ifndef ITR_BASE_H
#define ITR_BASE_H

#include "base/buffer.h"
#include "base/display.h"
#include "base/error.h"
#include "base/file.h"
#include "base/finding.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

#endif
