package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two branches of an {@code If} that data decides, and which of them is costed: the one that
 * costs more, by MACs, then by operations, so that what is counted is a bound from above. A branch
 * that contradicts the shapes that reach it is one that is never taken.
 */
final class Branches {
  /** What such a choice is named as, among what is not costed. */
  static final String NAME = "If that data decides (its larger branch is costed)";

  /**
   * A branch that was read.
   *
   * @param results what is known of its results
   * @param tally its layers and what is not costed of it, and all that came before it
   */
  record Branch(List<Value> results, Tally tally) {
    private boolean costsMoreThan(Branch other) {
      int macs = Long.compare(tally.macs(), other.tally().macs());
      return macs > 0 || (macs == 0 && tally.operations() > other.tally().operations());
    }

    private boolean adds(int layers) {
      return tally.layers().size() > layers;
    }
  }

  private Branches() {}

  /**
   * The one that costs more; null if neither can be read.
   *
   * @param layers how many there are before them
   */
  static @Nullable Branch larger(@Nullable Branch yes, @Nullable Branch no, int layers) {
    if (yes == null || no == null) {
      return yes == null ? no : yes;
    }
    boolean second = no.costsMoreThan(yes);
    Branch larger = second ? no : yes;
    boolean isChoice = yes.adds(layers) || no.adds(layers);
    return new Branch(results(larger, second ? yes : no, isChoice), larger.tally());
  }

  /** Results of the larger branch; where neither costs anything, what both agree on. */
  private static List<Value> results(Branch larger, Branch other, boolean isChoice) {
    var results = new ArrayList<Value>();
    for (int i = 0; i < larger.results().size(); i++) {
      Value value = larger.results().get(i);
      boolean agree =
          i < other.results().size()
              && Objects.equals(value.shape(), other.results().get(i).shape());
      String why = "data decides which branch makes it";
      results.add(
          agree || isChoice
              ? new Value(value.type(), value.shape(), null, false, why, value.stored())
              : Value.unknown(value.type(), why));
    }
    return results;
  }
}
