/**
 * Schemas: what stands in files, as JSON Schema (draft 2020-12). Readers declare their keys with
 * it, once; what they refuse as unknown and what an editor offers come from the same list.
 */
@NullMarked
package org.einloom.schema;

import org.jspecify.annotations.NullMarked;
