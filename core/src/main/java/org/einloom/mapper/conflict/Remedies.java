package org.einloom.mapper.conflict;

import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.einloom.evaluation.Capacity;

/**
 * What would resolve a conflict, with numbers found by asking.
 *
 * @param exists whether there is a mapping, for sure
 * @param feasibility may know the least cost without further questions
 */
record Remedies(Predicate<Question> exists, Feasibility feasibility) {
  /** More than any memory has. */
  private static final long MOST_BITS = 1L << 62;

  /**
   * What would do in place of leaving a requirement out.
   *
   * @param without a question without it, which has a mapping
   */
  String of(Requirement requirement, Question without) {
    return switch (requirement) {
      case Requirement.Demand d ->
          new DemandRemedies(exists, feasibility, d.constraint(), without).text();
      case Requirement.Size s -> "raise the size of " + s.memory() + enough(s, without);
      case Requirement.MustKeep k -> bypass(k.memory(), k.tensors());
      case Requirement.MayNotKeep k ->
          "let %s keep %s (add it to may_keep)".formatted(k.memory(), k.tensor());
      case Requirement.MustNotIndex i ->
          "let dimension '%s' of %s index %s (remove it from must_not_index)"
              .formatted(i.dimension(), i.fanout(), Edits.list(i.tensors()));
      case Requirement.NoAction a ->
          "declare action '%s' of %s (with energy 0 pJ if it is free)"
              .formatted(a.action(), a.memory());
      case Requirement.Divides d ->
          "let tiles of %s be of any size (--tiling %s=imperfect)"
              .formatted(d.variable(), d.variable());
    };
  }

  /** Of several tensors, one is enough. */
  static String bypass(String memory, Set<String> tensors) {
    return "let %s bypass %s (move it from keep to may_keep)"
        .formatted(String.join(" or ", new TreeSet<>(tensors)), memory);
  }

  private String enough(Requirement.Size size, Question without) {
    OptionalLong bits =
        Steps.first(
            size.bits(),
            MOST_BITS,
            b ->
                exists.test(
                    without.withMemory(size.memory(), m -> Edits.withSize(m, OptionalLong.of(b)))));
    return bits.isPresent() ? " to " + Capacity.bitsAsText(bits.getAsLong()) : "";
  }
}
