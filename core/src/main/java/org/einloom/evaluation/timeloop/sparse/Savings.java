package org.einloom.evaluation.timeloop.sparse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Figure;
import org.einloom.evaluation.timeloop.sparse.RankFormat.Units;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Optimization;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Option;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Saving;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * How many reads of each tensor are left out at each level. Of several ways to leave out reads of
 * one tensor at one level the one that leaves out most is taken; gating is looked at before
 * skipping, inner levels before outer ones.
 */
final class Savings {
  /** A share of the reads, and how they are left out. */
  record Of(Saving saving, double share) {}

  private final SparseNest nest;
  private final Einsum einsum;
  private final Stores stores;
  private final Map<String, Map<Integer, Of>> found = new HashMap<>();

  Savings(SparseNest nest, Einsum einsum, SparseSpec spec, Stores stores) {
    this.nest = nest;
    this.einsum = einsum;
    this.stores = stores;
    for (Saving saving : Saving.values()) {
      for (int l = 0; l < nest.levels().size(); l++) {
        SparseSpec.Level level = spec.levels().get(nest.levels().get(l).memory());
        if (level != null) {
          for (Optimization o : level.optimizations()) {
            if (o.saving() == saving) {
              add(o, l);
            }
          }
        }
      }
    }
  }

  /** What is left out of the reads of a tensor at a level. */
  Optional<Of> at(String tensor, int level) {
    return Optional.ofNullable(found.getOrDefault(tensor, Map.of()).get(level));
  }

  private TensorAccess tensor(String name) {
    return einsum.tensors().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private void add(Optimization optimization, int level) {
    double most = 0;
    int best = 0;
    List<Option> options = optimization.options();
    double[] shares = new double[options.size()];
    Store[] from = new Store[options.size()];
    for (int i = 0; i < options.size(); i++) {
      from[i] = source(options.get(i).target(), level);
      shares[i] = share(options.get(i), from[i]);
      double savings = readPj(from[i]) / from[i].dense.blockWords() * held(from[i]) * shares[i];
      if (savings >= most) {
        most = savings;
        best = i;
      }
    }
    Of one = new Of(optimization.saving(), shares[best]);
    found
        .computeIfAbsent(options.get(best).target(), t -> new HashMap<>())
        .merge(from[best].level, one, (a, b) -> a.share() < b.share() ? b : a);
  }

  /** The level that reads come from: this one, or the next outside that keeps the tensor. */
  private Store source(String target, int level) {
    return stores.of(target).stream()
        .filter(s -> s.level >= level)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSpecException(
                    "no level from '%s' outwards keeps '%s', whose reads are to be left out there"
                        .formatted(nest.levels().get(level).memory(), target)));
  }

  private int below(Store store, String target) {
    int i = stores.of(target).indexOf(store);
    return i == 0 ? -1 : stores.of(target).get(i - 1).level;
  }

  private double share(Option option, Store from) {
    Leader leader =
        new Leader(
            nest,
            einsum.variables().stream().map(v -> v.name()).toList(),
            tensor(option.target()),
            from.level,
            below(from, option.target()),
            from.dense.blockWords());
    double needed = 1;
    for (String condition : option.conditions()) {
      needed *= 1 - leader.emptiness(tensor(condition), stores.of(condition).getFirst().density);
    }
    return 1 - needed;
  }

  private double readPj(Store store) {
    Figure energy = store.hardware.energiesPj().get("random_read");
    return energy == null ? 0 : energy.value();
  }

  /** Words that a read sends, with what is written of them, as far as whole words of metadata. */
  private double held(Store store) {
    String target =
        stores.all().entrySet().stream()
            .filter(e -> e.getValue().contains(store))
            .findFirst()
            .orElseThrow()
            .getKey();
    int below = below(store, target);
    Store sent = stores.of(target).stream().filter(s -> s.level == below).findFirst().orElse(store);
    long ratio = store.hardware.storage().wordBits() / store.hardware.wordBits();
    double units = sent.units.stream().mapToDouble((Units u) -> u.metadata() + u.payloads()).sum();
    return store.occupied + units * ratio;
  }
}
