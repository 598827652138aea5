/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The picture of an object: its programs, the functions that they call, the maps that these use,
 * what stands in the slots of maps (tail calls, inner maps), and the types of events.
 */
#ifndef CODEGEN_GRAPH_H
#define CODEGEN_GRAPH_H

#include "model.h"
#include "value.h"

/*
 * What templates/graph.mustache sees: "name", "nodes" ("id", "label", "shape", "style" or null) and
 * "edges" ("from", "to", "label" or null, "style" or null). Texts stand within double quotes of
 * Graphviz' language. `view` has all but this. It is of this model, of a set the first.
 */
struct value *graph_view(struct arena *, const struct value *view, const struct model *);

#endif
