package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import org.einloom.format.TensorFormat;

/** One way to store a tensor at all places that are decided. */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record Option(TensorFormat[] formats, double[] bits, double[] metadata, Bill bill) {
  /** Leaves out what another is no worse than; of equal ones the first stays. */
  static void undominated(List<Option> of) {
    var kept = new ArrayList<Option>();
    for (Option o : of) {
      if (kept.stream().noneMatch(k -> k.atMost(o))) {
        kept.removeIf(o::atMost);
        kept.add(o);
      }
    }
    of.clear();
    of.addAll(kept);
  }

  /** Whether it costs no more in any figure, and takes no more room at any place. */
  boolean atMost(Option o) {
    return bill.atMost(o.bill) && atMost(bits, o.bits) && atMost(metadata, o.metadata);
  }

  private static boolean atMost(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
    }
    return true;
  }
}
