/** What expected counts with sparse tensors cost, and what each optimisation saves. */
@NullMarked
package org.einloom.evaluation.sparse;

import org.jspecify.annotations.NullMarked;
