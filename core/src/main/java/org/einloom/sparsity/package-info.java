/**
 * What a design makes of zeros: formats of the tiles that memories keep, actions that are gated or
 * skipped because tiles of other tensors are empty. Meanings: {@code docs/sparsity.md}.
 */
@NullMarked
package org.einloom.sparsity;

import org.jspecify.annotations.NullMarked;
