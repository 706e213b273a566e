/**
 * Mappings as users write them: where each node stands in its file, and the text form, a loop nest
 * with one column per memory.
 */
@NullMarked
package org.einloom.io.mapping;

import org.jspecify.annotations.NullMarked;
