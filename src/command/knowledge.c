/* itr knowledge: search the base; list the notes that trainees proposed, approve or reject them. */
#include <stdlib.h>
#include <string.h>

#include "command/command.h"

#define HITS 20

/* What a command may read and still say what is wrong with it. */
static struct knowledge *open_base(const struct options *options, int *status) {
    struct folders folders;
    struct error error;
    struct findings findings = {0};
    struct buffer out = {0};
    if (!folders_find(&folders, &error)) {
        *status = command_fail(EXIT_IO, "%s", error.text);
        return NULL;
    }
    struct knowledge *knowledge = knowledge_open(folders.knowledge, options->data, &findings);
    command_add_findings(&findings, false, &out);
    if (findings.count)
        *status = command_fail(EXIT_FINDINGS, "%s", buffer_text(&out));
    buffer_free(&out);
    findings_free(&findings);
    folders_free(&folders);
    return knowledge;
}

/* ---- articles ---- */

static void add_inert(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

static void add_article(struct buffer *out, const struct article *article, bool json) {
    enum language language = message_language();
    if (json) {
        buffer_add_text(out, "{\"id\": ");
        json_add_string(out, article->id, strlen(article->id));
        buffer_add_text(out, ", \"title\": ");
        json_add_string(out, article->title[language], strlen(article->title[language]));
        buffer_add_text(out, "}\n");
        return;
    }
    add_inert(out, article->id);
    buffer_add_text(out, "  ");
    add_inert(out, article->title[language]);
    buffer_add_byte(out, '\n');
}

static int search(const struct options *options) {
    struct buffer query = {0}, out = {0};
    int status = EXIT_DONE;
    uint32_t hits[HITS];
    for (int i = 1; i < options->argc; i++)
        buffer_printf(&query, "%s ", options->argv[i]);
    struct knowledge *knowledge = open_base(options, &status);
    if (knowledge) {
        size_t count = knowledge_search(knowledge, buffer_text(&query), query.length, hits, HITS);
        for (size_t i = 0; i < count; i++)
            add_article(&out, knowledge_article(knowledge, hits[i]), options->json);
        if (!count && !options->json)
            buffer_printf(&out, "%s\n", _("Nothing found: try fewer or other words."));
        status = command_write(&out) ? status : EXIT_IO;
    }
    knowledge_free(knowledge);
    buffer_free(&query);
    buffer_free(&out);
    return status;
}

static void add_whole_article(struct buffer *out, const struct article *article) {
    enum language language = message_language();
    add_article(out, article, false);
    buffer_add_byte(out, '\n');
    display_add(out, article->body[language], strlen(article->body[language]), true);
    buffer_add_byte(out, '\n');
    if (*article->updated)
        buffer_printf(out, _("\nUpdated %s\n"), article->updated);
}

static int show(const struct options *options, const char *id) {
    int status = EXIT_DONE;
    struct buffer out = {0};
    struct knowledge *knowledge = open_base(options, &status);
    int64_t index = knowledge ? knowledge_find(knowledge, id) : -1;
    if (index >= 0) {
        add_whole_article(&out, knowledge_article(knowledge, (size_t)index));
        status = command_write(&out) ? status : EXIT_IO;
    } else if (knowledge) {
        status = command_fail(EXIT_USAGE,
                              _("there is no article `%s`; `itr knowledge search WORDS` finds "
                                "them."),
                              id);
    }
    knowledge_free(knowledge);
    buffer_free(&out);
    return status;
}

/* ---- proposals ---- */

static void add_json(struct buffer *out, const struct report_proposal *proposal) {
    const char *const keys[] = {"id",    "state", "trainee", "scenario", "start",
                                "title", "text",  "by",      "reason"};
    const char *const values[] = {proposal->id,      proposal_state_word(proposal->state),
                                  proposal->trainee, proposal->scenario_id,
                                  proposal->start,   proposal->title,
                                  proposal->text,    proposal->by,
                                  proposal->reason};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        buffer_printf(out, "%s\"%s\": ", i ? ", " : "{", keys[i]);
        json_add_string(out, values[i], strlen(values[i]));
    }
    buffer_add_text(out, "}\n");
}

static void add_plain(struct buffer *out, const struct report_proposal *proposal) {
    static const char *const states[] = {N_("open"), N_("approved"), N_("rejected")};
    buffer_printf(out, "%s  %s  %.10s  ", proposal->id, _(states[proposal->state]),
                  proposal->start);
    add_inert(out, proposal->trainee);
    buffer_add_text(out, "\n    ");
    add_inert(out, proposal->title);
    buffer_add_text(out, "\n    ");
    add_inert(out, proposal->text);
    buffer_add_byte(out, '\n');
    if (proposal->state == PROPOSAL_OPEN)
        return;
    buffer_add_text(out, "    ");
    add_inert(out, proposal->by);
    buffer_add_text(out, *proposal->reason ? ": " : "");
    add_inert(out, proposal->reason);
    buffer_add_byte(out, '\n');
}

static int list(const struct options *options) {
    struct report_proposals proposals;
    struct error error = {0};
    struct buffer out = {0};
    if (!report_proposals(options->data, &proposals, &error)) {
        report_proposals_free(&proposals);
        return command_fail(EXIT_IO, "%s", error.text);
    }
    for (size_t i = 0; i < proposals.count; i++)
        (options->json ? add_json : add_plain)(&out, &proposals.items[i]);
    if (!proposals.count && !options->json)
        buffer_printf(&out, "%s\n", _("No note was proposed yet."));
    int status = command_write(&out) ? EXIT_DONE : EXIT_IO;
    buffer_free(&out);
    report_proposals_free(&proposals);
    return status;
}

static const struct report_proposal *find(const struct report_proposals *proposals,
                                          const char *id) {
    for (size_t i = 0; i < proposals->count; i++)
        if (!strcmp(proposals->items[i].id, id))
            return &proposals->items[i];
    return NULL;
}

static int keep_decision(const struct options *options, const struct report_proposal *proposal,
                         bool approved) {
    char now[32], *by = command_trainee(options, options->by);
    struct error error;
    const struct decision decision = {.time = command_now(now),
                                      .id = proposal->id,
                                      .by = by,
                                      .title = proposal->title,
                                      .text = proposal->text,
                                      .reason = options->reason ? options->reason : "",
                                      .approved = approved};
    bool kept = knowledge_decide(options->data, &decision, &error);
    free(by);
    return kept ? EXIT_DONE
                : command_fail(EXIT_IO,
                               _("%s. Only who may write that folder, a coach, decides on notes."),
                               error.text);
}

static int decide(const struct options *options, const char *id, bool approved) {
    struct report_proposals proposals;
    struct error error = {0};
    int status;
    if (!approved && !options->reason)
        return command_fail(EXIT_USAGE, _("say why: itr knowledge reject ID --reason TEXT"));
    bool read = report_proposals(options->data, &proposals, &error);
    const struct report_proposal *proposal = read ? find(&proposals, id) : NULL;
    if (!read)
        status = command_fail(EXIT_IO, "%s", error.text);
    else if (!proposal)
        status = command_fail(EXIT_USAGE,
                              _("there is no note `%s`; `itr knowledge list` names them."), id);
    else
        status = keep_decision(options, proposal, approved);
    report_proposals_free(&proposals);
    return status;
}

static int choose(const struct options *options) {
    const char *verb = options->argc ? options->argv[0] : "";
    if (!strcmp(verb, "search") && options->argc > 1)
        return search(options);
    if (!strcmp(verb, "show") && options->argc == 2)
        return show(options, options->argv[1]);
    if (!strcmp(verb, "list") && options->argc == 1)
        return list(options);
    if ((!strcmp(verb, "approve") || !strcmp(verb, "reject")) && options->argc == 2)
        return decide(options, options->argv[1], *verb == 'a');
    return command_fail(EXIT_USAGE, _("say what: itr knowledge search WORDS | show ID | list | "
                                      "approve ID | reject ID --reason TEXT"));
}

int command_knowledge(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_DECIDE,
                      N_("itr knowledge search WORDS | show ID: the knowledge base.\n"
                         "itr knowledge list | approve ID | reject ID --reason TEXT: notes that "
                         "trainees proposed; for coaches."),
                      &options, &status))
        return status;
    status = choose(&options);
    options_free(&options);
    return status;
}
