package org.einloom.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * An Einsum in the making: variables with random extents, then tensors with the sizes that follow.
 */
final class EinsumDraft {
  private static final int MAX_POINTS = 2000;

  private final SplittableRandom random;
  private final SequencedMap<String, Long> extents = new LinkedHashMap<>();
  private final List<TensorAccess> operands = new ArrayList<>();

  /**
   * @param variables names separated by blanks; a number behind a colon bounds the extent,
   *     otherwise 16 does
   */
  EinsumDraft(SplittableRandom random, String variables) {
    this.random = random;
    Map<String, Long> bounds = new LinkedHashMap<>();
    for (String variable : variables.split(" ")) {
      String[] parts = variable.split(":");
      bounds.put(parts[0], parts.length > 1 ? Long.parseLong(parts[1]) : 16);
    }
    long points = (long) Math.min(MAX_POINTS, Math.pow(2, 4 + 7 * random.nextDouble()));
    extents.putAll(random.nextBoolean() ? oneByOne(bounds, points) : alike(bounds, points));
  }

  /** Draws one extent after the other from what is left: few variables, some of them long. */
  private Map<String, Long> oneByOne(Map<String, Long> bounds, long points) {
    Map<String, Long> drawn = new LinkedHashMap<>();
    bounds.keySet().forEach(v -> drawn.put(v, 1L));
    List<String> names = new ArrayList<>(bounds.keySet());
    long left = points;
    while (!names.isEmpty()) {
      String name = names.remove(random.nextInt(names.size()));
      long extent = 1 + random.nextLong(Math.min(bounds.getOrDefault(name, 1L), left));
      drawn.put(name, extent);
      left /= extent;
    }
    return drawn;
  }

  /** Lets all extents grow together: many variables, none of them long. */
  private Map<String, Long> alike(Map<String, Long> bounds, long points) {
    Map<String, Long> drawn = new LinkedHashMap<>();
    bounds.keySet().forEach(v -> drawn.put(v, 1L));
    List<String> names = List.copyOf(bounds.keySet());
    long product = 1;
    for (int tries = 0; tries < 12 * names.size(); tries++) {
      String name = names.get(random.nextInt(names.size()));
      long extent = drawn.getOrDefault(name, 1L);
      if (extent < bounds.getOrDefault(name, 1L) && product / extent * (extent + 1) <= points) {
        product = product / extent * (extent + 1);
        drawn.put(name, extent + 1);
      }
    }
    return drawn;
  }

  long extent(String variable) {
    return extents.getOrDefault(variable, 1L);
  }

  /**
   * The expression {@code coefficient * variable + ... + offset}, from {@code "2 p, 1 r, -1"}; a
   * lone name counts once.
   */
  Affine affine(String text) {
    var terms = new ArrayList<Affine.Term>();
    long offset = 0;
    for (String part : text.isEmpty() ? new String[0] : text.split(", ")) {
      String[] term = part.split(" ");
      if (term.length == 2) {
        terms.add(new Affine.Term(Long.parseLong(term[0]), term[1]));
      } else if (Character.isLetter(part.charAt(0))) {
        terms.add(new Affine.Term(1, part));
      } else {
        offset += Long.parseLong(part);
      }
    }
    return new Affine(terms, offset);
  }

  /**
   * A rank that reaches as far as the points do, less {@code cut} at the high end; seldom a bit
   * longer than that.
   */
  TensorAccess.Rank rank(Affine expression, long cut) {
    long largest = expression.offset();
    for (Affine.Term term : expression.terms()) {
      largest += Math.max(0, term.coefficient() * (extent(term.variable()) - 1));
    }
    long spare = random.nextInt(12) == 0 ? 1 + random.nextInt(2) : 0;
    return new TensorAccess.Rank(expression, Math.max(1, largest + 1 + spare - cut));
  }

  TensorAccess.Rank rank(String expression) {
    return rank(affine(expression), 0);
  }

  /**
   * A tensor by its ranks, each a string as {@link #affine} reads it or a {@link
   * TensorAccess.Rank}.
   */
  TensorAccess tensor(String name, Role role, Object... ranks) {
    var list = new ArrayList<TensorAccess.Rank>();
    for (Object rank : ranks) {
      list.add(rank instanceof TensorAccess.Rank r ? r : rank((String) rank));
    }
    return new TensorAccess(name, name.split("#")[0], role, list, OptionalInt.empty());
  }

  EinsumDraft times(String name, Object... ranks) {
    operands.add(tensor(name, operands.size() == 1 ? Role.WEIGHT : Role.INPUT, ranks));
    return this;
  }

  Einsum into(String name, Object... ranks) {
    List<RankVariable> variables = new ArrayList<>();
    for (Map.Entry<String, Long> e : extents.entrySet()) {
      variables.add(new RankVariable(e.getKey(), e.getValue()));
    }
    return new Einsum("case", variables, operands, tensor(name, Role.OUTPUT, ranks));
  }
}
