package org.einloom.model;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.workload.Affine;
import org.einloom.workload.TensorAccess;

/**
 * What stands in the way of a closed form.
 *
 * @param why a clause that follows the tensor's name
 * @param remedy what the user can do
 */
record Obstacle(String why, String remedy) {

  /** A rank variable occurs in several ranks. */
  static Obstacle sharedVariables(TensorAccess access) {
    Set<String> seen = new HashSet<>();
    String shared =
        access.ranks().stream()
            .flatMap(rank -> rank.expression().terms().stream())
            .map(Affine.Term::variable)
            .filter(v -> !seen.add(v))
            .distinct()
            .collect(Collectors.joining("', '"));
    return new Obstacle(
        "ranks of '" + access.name() + "' share rank variable '" + shared + "'",
        "use smaller extents");
  }

  /** A rank that mixes variables, or is padded, is spread over instances that keep the result. */
  static Obstacle spreadRank(Compiled c, Compiled.Tensor t, int loop) {
    return new Obstacle(
        "rank variable "
            + variable(c, loop)
            + " is spread over fanout "
            + fanout(c, loop)
            + " and indexes a rank of the result '"
            + t.access.name()
            + "' that is padded or mixes rank variables, so that instances share words",
        "do not spread "
            + variable(c, loop)
            + " over "
            + fanout(c, loop)
            + ", or use smaller extents");
  }

  /** Instances fall idle while they hold a result of which such a rank exists. */
  static Obstacle idleHolders(Compiled c, Compiled.Tensor t, int loop) {
    return new Obstacle(
        "tiles of the reduced rank variable "
            + variable(c, loop)
            + " do not divide it and are spread over fanout "
            + fanout(c, loop)
            + ", so that instances fall idle that hold words of '"
            + t.access.name()
            + "', of which a rank is padded or mixes rank variables",
        "let the tiles of "
            + variable(c, loop)
            + " divide it, do not spread it over "
            + fanout(c, loop)
            + ", or use smaller extents");
  }

  /** Neighbours hand on words of an operand. */
  static Obstacle links(Compiled c, Compiled.Tensor t, int loop) {
    return new Obstacle(
        "rank variable "
            + variable(c, loop)
            + " is spread over fanout "
            + fanout(c, loop)
            + ", whose neighbours hand on words of '"
            + t.access.name()
            + "', and which of them hold the same words differs from step to step",
        "do not spread "
            + variable(c, loop)
            + " over "
            + fanout(c, loop)
            + ", leave its 'neighbours' out, or use smaller extents");
  }

  /** It takes the order of events to know which words are complete. */
  static Obstacle completion(Compiled.Tensor t) {
    return new Obstacle(
        "instances that no network adds up make parts of the same words of '"
            + t.access.name()
            + "', and which parts arrive complete depends on their order",
        "let tiles of reduced rank variables that are spread over fanouts divide them, do not spread"
            + " variables that a rank of the result mixes, or use smaller extents");
  }

  private static String variable(Compiled c, int loop) {
    return "'" + c.einsum.variables().get(c.loopVariable[loop]).name() + "'";
  }

  private static String fanout(Compiled c, int loop) {
    return "'" + c.architecture.nodes().get(c.loopFanout[loop]).name() + "'";
  }
}
