package org.einloom.sparsity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.density.Density;
import org.einloom.format.TensorFormat;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.InvalidSpecException;

/**
 * What a design leaves open about zeros, for a mapper to choose: each choice of one format for
 * every tensor at every memory, of some of the optional optimisations, and of what computes do with
 * zeros makes a {@link Sparsity}.
 *
 * @param densities by operand, as in {@link Sparsity}
 * @param formats those to choose from, at least one for each that is named
 * @param rules optimisations that are used together or not at all
 * @param compute what computes may do with zeros, at least one; empty: nothing
 */
public record SparsityChoices(
    SequencedMap<String, Density> densities,
    Map<Held, List<TensorFormat>> formats,
    List<Rule> rules,
    List<Optional<Kind>> compute) {
  /** More variants would each need a search of their own. */
  private static final int MOST_OPTIONAL = 10;

  /**
   * Optimisations that are written as one.
   *
   * @param optional whether they can be left out
   */
  public record Rule(List<Saving> savings, boolean optional) {
    public Rule {
      savings = List.copyOf(savings);
    }
  }

  public SparsityChoices {
    densities = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(densities));
    var copy = new HashMap<Held, List<TensorFormat>>();
    formats.forEach((held, of) -> copy.put(held, List.copyOf(of)));
    formats = Map.copyOf(copy);
    rules = List.copyOf(rules);
    compute = List.copyOf(compute);
    if (compute.isEmpty() || formats.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("nothing to choose from");
    }
    long optional = rules.stream().filter(Rule::optional).count();
    if (optional > MOST_OPTIONAL) {
      throw new InvalidSpecException(
          "%d optional optimisations; expected at most %d, since every choice of them is searched"
              .formatted(optional, MOST_OPTIONAL));
    }
  }

  /** Nothing is left open. */
  public static SparsityChoices of(Sparsity sparsity) {
    var formats = new HashMap<Held, List<TensorFormat>>();
    sparsity.formats().forEach((held, f) -> formats.put(held, List.of(f)));
    return new SparsityChoices(
        sparsity.densities(),
        formats,
        sparsity.savings().stream().map(s -> new Rule(List.of(s), false)).toList(),
        List.of(sparsity.compute()));
  }

  /** What is chosen if there is no choice; otherwise what there is to choose, in words. */
  public sealed interface Open {
    /** No choice. */
    record No(Sparsity only) implements Open {}

    /** Something to choose. */
    record Yes(String what) implements Open {}
  }

  /** Whether anything is left open. */
  public Open open() {
    for (Map.Entry<Held, List<TensorFormat>> e : formats.entrySet()) {
      if (e.getValue().size() > 1) {
        return new Open.Yes(
            "the format of '%s' at '%s' is one of %s"
                .formatted(
                    e.getKey().tensor(),
                    e.getKey().memory(),
                    String.join(", ", e.getValue().stream().map(TensorFormat::name).toList())));
      }
    }
    if (compute.size() > 1) {
      return new Open.Yes("what becomes of zeros at the computes is a choice");
    }
    if (rules.stream().anyMatch(Rule::optional)) {
      return new Open.Yes("some optimisations are optional");
    }
    return new Open.No(variants().getFirst());
  }

  /**
   * Every choice of optimisations, all of them first, with the first format everywhere.
   *
   * @return at least one, without repetition
   */
  public List<Sparsity> variants() {
    var first = new HashMap<Held, TensorFormat>();
    formats.forEach((held, of) -> first.put(held, of.getFirst()));
    var variants = new ArrayList<Sparsity>();
    List<Rule> optional = rules.stream().filter(Rule::optional).toList();
    for (int left = 0; left < 1 << optional.size(); left++) {
      var savings = new ArrayList<Saving>();
      for (Rule r : rules) {
        int at = optional.indexOf(r);
        if (at < 0 || (left >> at & 1) == 0) {
          savings.addAll(r.savings());
        }
      }
      for (Optional<Kind> kind : compute) {
        var variant = new Sparsity(densities, first, savings, kind);
        if (!variants.contains(variant)) {
          variants.add(variant);
        }
      }
    }
    return List.copyOf(variants);
  }

  /** The formats of a tensor at a memory, uncompressed if none is named. */
  public List<TensorFormat> formats(String memory, String tensor, int ranks) {
    return formats.getOrDefault(
        new Held(memory, tensor), List.of(TensorFormat.uncompressed(ranks)));
  }
}
