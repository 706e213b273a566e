/**
 * Finds the best mapping of sparse tensors, with the formats and optimisations that suit it best,
 * and proves that no other is better. Mappings grow from the outermost memory inwards, so that what
 * is decided is counted exactly; what is left is bounded. Argument by argument: {@code
 * docs/architecture.md}.
 */
@NullMarked
package org.einloom.mapper.sparse;

import org.jspecify.annotations.NullMarked;
