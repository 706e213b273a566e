package org.einloom.evaluation.timeloop.sparse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Where tensors are kept.
 *
 * @param all by tensor, in the order of the Einsum; innermost first, and at least one
 */
record Stores(SequencedMap<String, List<Store>> all) {
  Stores {
    all = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
  }

  /** Those of a tensor, innermost first. */
  List<Store> of(String tensor) {
    return Objects.requireNonNull(all.get(tensor), tensor);
  }
}
