package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.RankAccess;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Saving;
import org.einloom.workload.InvalidSpecException;

/**
 * What becomes of the accesses to one tensor: words that no format holds are not there at all,
 * reads that are left out count as gated or skipped where that is done, and further inside there is
 * nothing of them. Every step rounds down what it takes away.
 */
final class Propagation {
  private final String tensor;
  private final List<Store> stores;
  private final Savings savings;
  private final boolean[] done;
  private final boolean metadataFollows;

  /** By store, what may still happen. */
  private final List<Map<Way, Long>> words = new ArrayList<>();

  private final List<Map<Way, List<RankAccess>>> metadata = new ArrayList<>();

  /** For a tensor, by its levels that keep it, innermost first. */
  Propagation(String tensor, List<Store> stores, Savings savings, boolean metadataFollows) {
    this.metadataFollows = metadataFollows;
    this.tensor = tensor;
    this.stores = stores;
    this.savings = savings;
    done = new boolean[stores.size()];
    for (Store s : stores) {
      var counts = new EnumMap<Way, Long>(Way.class);
      var ranks = new EnumMap<Way, List<RankAccess>>(Way.class);
      for (Way way : Way.values()) {
        counts.put(way, there(s, way));
        ranks.put(way, s.metadata(way, Fate.ACTUAL));
      }
      words.add(counts);
      metadata.add(ranks);
    }
  }

  /** Words that a format holds; operands are not updated. */
  private static long there(Store s, Way way) {
    long dense = s.dense(way);
    if (s.format.isEmpty() || (way == Way.UPDATE && !s.output)) {
      return dense;
    }
    return dense - (long) Math.floor(dense * (1 - s.share()));
  }

  /**
   * Runs it; the result is the share of computes that the innermost level leaves out, if it does.
   */
  Optional<Savings.Of> run() {
    Optional<Savings.Of> innermost = Optional.empty();
    for (int i = stores.size() - 1; i >= 0; i--) {
      Optional<Savings.Of> saving = saving(i);
      if (saving.isEmpty()) {
        continue;
      }
      double p = saving.get().share();
      boolean reached = inwards(i, p);
      if (!done[i]) {
        settle(i, false);
        leaveOut(i, p, fate(saving.get()));
      }
      if (reached) {
        innermost = saving;
      }
    }
    for (int i = 0; i < stores.size(); i++) {
      if (saving(i).isEmpty()) {
        settle(i, false);
        additions(stores.get(i));
      }
    }
    return innermost;
  }

  private Optional<Savings.Of> saving(int i) {
    return savings.at(tensor, stores.get(i).level);
  }

  private static Fate fate(Savings.Of saving) {
    return saving.saving() == Saving.GATED ? Fate.GATED : Fate.SKIPPED;
  }

  /**
   * Takes it from all levels inside, up to the next that leaves out reads; whether there is none.
   */
  private boolean inwards(int from, double p) {
    for (int i = from - 1; i >= 0; i--) {
      words.get(i).replaceAll((way, n) -> n - (long) Math.floor(n * p));
      // Timeloop takes it from the metadata only where the level above has a single rank
      if (metadataFollows) {
        metadata
            .get(i)
            .replaceAll((way, ranks) -> ranks.stream().map(a -> a.minus(a.share(p))).toList());
      } else if (stores.get(from).ranks() == 1 && stores.get(i).ranks() > 0) {
        metadata
            .get(i)
            .replaceAll((way, ranks) -> way == Way.UPDATE ? ranks : withoutFirst(ranks, p));
      }
      Optional<Savings.Of> own = saving(i);
      if (own.isPresent()) {
        settle(i, true);
        double further = 1 - (1 - own.get().share()) / (1 - p);
        if (!(further >= 0)) {
          throw new InvalidSpecException(
              "a level outside leaves out %s of the reads of '%s', and one inside of it no more than %s of them; leave out the optimisation inside"
                  .formatted(p, tensor, own.get().share()));
        }
        leaveOut(i, further, fate(own.get()));
        return false;
      }
    }
    return true;
  }

  /** Takes a share of the first rank, and nothing of the others. */
  private static List<RankAccess> withoutFirst(List<RankAccess> ranks, double share) {
    List<RankAccess> left = new ArrayList<>(ranks);
    left.set(0, left.getFirst().minus(left.getFirst().share(share)));
    return left;
  }

  /**
   * What may still happen does.
   *
   * @param inside whether reads were left out outside of this level: Timeloop then takes the reads
   *     of metadata for as many as its updates
   */
  private void settle(int i, boolean inside) {
    Store s = stores.get(i);
    words.get(i).forEach((way, n) -> s.words(way, Fate.ACTUAL, n));
    Map<Way, List<RankAccess>> ranks = metadata.get(i);
    ranks.forEach((way, of) -> s.metadata(way, Fate.ACTUAL, of));
    if (inside && !metadataFollows) {
      s.metadata(Way.READ, Fate.ACTUAL, java.util.Objects.requireNonNull(ranks.get(Way.UPDATE)));
    }
  }

  private void leaveOut(int i, double p, Fate fate) {
    done[i] = true;
    Store s = stores.get(i);
    long reads = s.words(Way.READ, Fate.ACTUAL);
    long less = (long) (s.output ? Math.ceil(reads * p) : Math.floor(reads * p));
    s.words(Way.READ, fate, less);
    s.words(Way.READ, Fate.ACTUAL, reads - less);
    long updates = s.words(Way.UPDATE, Fate.ACTUAL);
    long lessUpdates = (long) Math.floor(updates * p);
    s.words(Way.UPDATE, fate, lessUpdates);
    s.words(Way.UPDATE, Fate.ACTUAL, updates - lessUpdates);
    int ranks = i == 0 ? s.ranks() : Math.min(s.ranks(), stores.get(i - 1).ranks());
    for (Way way : List.of(Way.READ, Way.UPDATE)) {
      List<RankAccess> actual = new ArrayList<>(s.metadata(way, Fate.ACTUAL));
      List<RankAccess> left = new ArrayList<>(s.metadata(way, fate));
      for (int r = 0; r < ranks; r++) {
        RankAccess share = actual.get(r).share(p);
        actual.set(r, actual.get(r).minus(share));
        left.set(r, left.get(r).plus(share));
      }
      s.metadata(way, Fate.ACTUAL, actual);
      s.metadata(way, fate, left);
    }
    additions(s);
  }

  /** Only what is updated is added up. */
  private static void additions(Store s) {
    s.temporalReductions =
        s.dense.updates() == 0
            ? 0
            : (long)
                Math.ceil(
                    s.temporalReductions
                        * (double) s.words(Way.UPDATE, Fate.ACTUAL)
                        / s.dense.updates());
  }
}
