/**
 * What a mapping makes the hardware do with sparse tensors, as expected over all tensors of their
 * laws, by {@code docs/sparsity.md}. Tensors are independent of each other; nothing else is
 * assumed.
 */
@NullMarked
package org.einloom.model.sparse;

import org.jspecify.annotations.NullMarked;
