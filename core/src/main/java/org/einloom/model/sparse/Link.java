package org.einloom.model.sparse;

import java.util.BitSet;
import org.einloom.sparsity.Kind;
import org.einloom.workload.TensorAccess;

/**
 * Conditions on a link of a tensor.
 *
 * @param notSkipped for it not to be skipped
 * @param done for it to be neither skipped nor gated
 */
record Link(Conditions notSkipped, Conditions done) {
  Link with(Link o) {
    return new Link(notSkipped.with(o.notSkipped), done.with(o.done));
  }

  void require(Kind kind, TensorAccess leader, BitSet fixed) {
    done.require(leader, fixed);
    if (kind == Kind.SKIP) {
      notSkipped.require(leader, fixed);
    }
  }
}
