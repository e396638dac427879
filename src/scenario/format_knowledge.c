/* What the knowledge base does in a call. */
#include "scenario/format_tables.h"

static const struct useful_article blank_article = {.change = {.scene = SCENE_NONE}};
static const struct field article_fields[] = {
    {"id", FIELD_ID, AT(useful_article, id), .required = true,
     .help = N_("the article's id in the knowledge base")},
    CHANGE_FIELDS(useful_article, change.),
};

static void finish_article(struct reader *reader, const cJSON *object, char *base) {
    finish_change(reader, object, (char *)&((struct useful_article *)base)->change);
}

static const struct shape shape_article = {
    N_("useful article"),   N_("an article that matters in this call, and what reading it does"),
    FIELDS(article_fields), sizeof(struct useful_article),
    &blank_article,         SPACE_ARTICLE,
    finish_article};
static const struct field an_article = {.kind = FIELD_OBJECT, .shape = &shape_article};

static const struct field knowledge_fields[] = {
    {"articles", LIST(scenario, articles, article_count, 0, USEFUL_ARTICLES),
     .element = &an_article, .help = N_("the articles that matter in this call")},
    {"proposal", LIST(scenario, proposals, proposal_count, 0, 16), .element = &a_typed,
     .help = N_("what an article that the trainee proposes earns: the first rule that it meets")},
};
const struct shape shape_knowledge = {N_("use of knowledge"),
                                      N_("what looking things up does in this call"),
                                      FIELDS(knowledge_fields)};
