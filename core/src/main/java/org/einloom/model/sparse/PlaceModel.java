package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Node;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.counts.SparseCounts;
import org.einloom.counts.SparseCounts.At;
import org.einloom.counts.SparseFlow;
import org.einloom.counts.SparseFlows;
import org.einloom.density.Box;
import org.einloom.model.sparse.Regions.Region;
import org.einloom.model.sparse.SparseModel.Tile;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseLegality;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * The expected counts, place by place: what {@link SparseModel} has in closed form, as the sum over
 * all visits, of which those that are alike are looked at once. So tensors may be padded, and
 * densities depend on the place in any way; it takes as long as there are places that differ. What
 * is counted as dense must come to the dense counts, which are found otherwise.
 */
final class PlaceModel {
  private final Einsum einsum;
  private final Sparsity sparsity;
  private final Ground ground;
  private final Counts dense;
  private final Routes routes;
  private final Regions regions;
  private final Odds odds;
  private final Visits visits;
  private final PlacedTiles tiles;
  private final Needed needed;
  private final Arriving arriving;
  private final Map<At, SparseFlows> flows = new HashMap<>();

  /**
   * A model of one mapping.
   *
   * @param ground of this mapping, with these densities and formats
   */
  PlaceModel(Einsum einsum, Sparsity sparsity, Ground ground) {
    this.einsum = einsum;
    this.sparsity = sparsity;
    this.ground = ground;
    this.dense = ground.dense;
    this.routes = ground.routes;
    this.regions = ground.regions;
    this.odds = ground.odds;
    this.visits = ground.visits;
    this.tiles = ground.tiles;
    this.arriving = ground.arriving;
    this.needed = new Needed(einsum, sparsity, routes, regions, visits);
  }

  SparseCounts count() {
    for (TensorAccess t : einsum.tensors()) {
      List<String> memories = routes.memories(t);
      for (int k = 1; k <= memories.size(); k++) {
        boolean inner = k < memories.size();
        if (inner && Regions.padded(einsum, t) && !Regions.windows(t) && needed.saves(t, k)) {
          throw odds.refuse("tiles of '" + t.name() + "' that are padded are left out");
        }
        if (t.equals(einsum.output())) {
          result(t, memories, k);
        } else {
          operand(t, memories, k);
        }
      }
    }
    return points();
  }

  Map<Held, Tile> tiles() {
    var all = new HashMap<Held, Tile>();
    for (TensorAccess t : einsum.tensors()) {
      List<String> memories = routes.memories(t);
      for (int k = 0; k < memories.size(); k++) {
        all.put(new Held(memories.get(k), t.name()), tiles.tile(t, k));
      }
    }
    return all;
  }

  private SparseCounts points() {
    TensorAccess any = einsum.output();
    int place = routes.memories(any).size();
    var sums = new double[4];
    boolean gates = needed.gates();
    visits.each(
        any,
        place,
        new BitSet(),
        (group, n) -> {
          int[] index = group.getFirst();
          Needed.Needs needs = needed.point(index);
          double done = odds.any(List.of(needs.done()));
          double notSkipped = gates ? odds.any(List.of(needs.notSkipped())) : done;
          var effectual = new HashSet<Region>();
          einsum.operands().forEach(o -> effectual.add(regions.of(o, index)));
          sums[0] += (double) n * done;
          sums[1] += (double) n * (notSkipped - done);
          sums[2] += (double) n * (1 - notSkipped);
          sums[3] += (double) n * odds.any(List.of(effectual));
        });
    check(sums[0] + sums[1] + sums[2], (double) dense.computes());
    return new SparseCounts(flows, sums[0], sums[1], sums[2], sums[3]);
  }

  private void operand(TensorAccess t, List<String> memories, int k) {
    String parent = memories.get(k - 1);
    boolean compute = k == memories.size();
    int as = sparsity.format(parent, t).compresses() || compute ? k - 1 : k;
    var together = new BitSet();
    var inside = new BitSet();
    for (Node node : routes.between(t, k)) {
      flow(t, node.name(), reads(t, k, as, together, dense(node.name(), t).reads()), 0);
      if (node instanceof Fanout f) {
        inside.or(visits.spread(f.name()));
        if (f.multicast() == Multicast.WORDS) {
          together = merged(t, inside);
        }
      }
    }
    flow(t, parent, reads(t, k, k - 1, together, dense(parent, t).reads()), 0);
    if (!compute) {
      String child = memories.get(k);
      flow(t, child, reads(t, k, k, new BitSet(), dense(child, t).fills(), true), 1);
    }
  }

  /** Loops whose iterations are looked at together: where words are shared, or may be. */
  private BitSet merged(TensorAccess t, BitSet inside) {
    var merged = (BitSet) inside.clone();
    if (!Regions.windows(t)) {
      merged.andNot(visits.relevant(t));
    }
    return merged;
  }

  private SparseFlow reads(TensorAccess t, int k, int as, BitSet together, long expected) {
    return reads(t, k, as, together, expected, false);
  }

  /**
   * Words that a place requests.
   *
   * @param as the place in whose format they are counted
   * @param fills whether metadata go as the words do
   */
  private SparseFlow reads(
      TensorAccess t, int k, int as, BitSet together, long expected, boolean fills) {
    var key =
        new Ground.Flow(
            t.name(),
            k,
            (fills ? "fills as " : "reads as ") + as,
            together,
            expected,
            savings(t),
            Optional.empty());
    return known(key, () -> readsOf(t, k, as, together, expected, fills));
  }

  private List<Saving> savings(TensorAccess t) {
    return sparsity.savings().stream().filter(s -> s.tensor().equals(t.name())).toList();
  }

  private SparseFlow known(Ground.Flow key, Supplier<SparseFlow> count) {
    SparseFlow flow = ground.flows.get(key);
    if (flow == null) {
      flow = count.get();
      ground.flows.put(key, flow);
    }
    return flow;
  }

  private SparseFlow readsOf(
      TensorAccess t, int k, int as, BitSet together, long expected, boolean fills) {
    List<String> memories = routes.memories(t);
    boolean plain = !sparsity.format(memories.get(as), t).compresses();
    boolean sure = !needed.saves(t, k);
    if (plain && sure) {
      return new SparseFlow((double) expected, (double) expected, 0, 0, 0, 0);
    }
    if (k < memories.size() && Regions.windows(t)) {
      // the parents of tiles that overlap leave nothing out
      Arriving.Sum sum = arriving.of(t, k, as, together);
      check(sum.words(), (double) expected);
      return new SparseFlow((double) expected, sum.stored(), 0, 0, sum.metadataBits(), 0);
    }
    var sum = new double[6];
    boolean gates = needed.gates(t, k);
    boolean alike = fills || !needed.mutual(t, k); // metadata need what words need
    boolean windows = Regions.windows(t);
    visits.each(
        t,
        k,
        together,
        (children, n) -> {
          for (List<int[]> group : byWords(windows, t, children)) {
            int[] one = group.getFirst();
            Region words = regions.of(t, one);
            if (words.words() == 0) {
              continue;
            }
            var notSkipped = new ArrayList<Set<Region>>();
            var done = new ArrayList<Set<Region>>();
            var bitsNotSkipped = new ArrayList<Set<Region>>();
            var bitsDone = new ArrayList<Set<Region>>();
            for (int[] child : group) {
              Needed.Needs data = needed.link(t, k, child, true);
              notSkipped.add(data.notSkipped());
              done.add(data.done());
              if (!alike) {
                Needed.Needs metadata = needed.link(t, k, child, false);
                bitsNotSkipped.add(metadata.notSkipped());
                bitsDone.add(metadata.done());
              }
            }
            double stored = plain ? (double) words.words() : tiles.stored(t, as, one, words);
            double all = (double) n * stored;
            double bits = plain ? 0 : (double) n * tiles.metadataBits(t, as, one, words);
            double pDone = odds.any(done);
            double pNotSkipped = gates ? odds.any(notSkipped) : pDone;
            double pBits = alike ? pDone : odds.any(bitsDone);
            double pBitsNotSkipped = alike ? pNotSkipped : gates ? odds.any(bitsNotSkipped) : pBits;
            sum[0] += (double) n * (double) words.words();
            sum[1] += all * pDone;
            sum[2] += all * (pNotSkipped - pDone);
            sum[3] += all * (1 - pNotSkipped);
            sum[4] += bits * pBits;
            sum[5] += bits * (pBitsNotSkipped - pBits);
          }
        });
    check(sum[0], (double) expected);
    return new SparseFlow((double) expected, sum[1], sum[2], sum[3], sum[4], sum[5]);
  }

  /** Children that request the same, together. */
  private List<List<int[]>> byWords(boolean windows, TensorAccess t, List<int[]> children) {
    if (!windows) {
      return List.of(children);
    }
    Map<Region, List<int[]>> by = new LinkedHashMap<>();
    for (int[] c : children) {
      by.computeIfAbsent(regions.of(t, c), _ -> new ArrayList<>()).add(c);
    }
    return List.copyOf(by.values());
  }

  private void result(TensorAccess t, List<String> memories, int k) {
    String parent = memories.get(k - 1);
    boolean compute = k == memories.size();
    if (Regions.windows(t) && !needed.certain(t, k)) {
      throw odds.refuse("results '" + t.name() + "' that overlap are left out");
    }
    var inside = new BitSet();
    for (Node node : routes.between(t, k)) {
      flow(t, node.name(), results(t, k, merged(t, inside), dense(node.name(), t).updates()), 2);
      if (node instanceof Fanout f) {
        inside.or(visits.spread(f.name()));
      }
    }
    BitSet all = merged(t, inside);
    if (sparsity.format(parent, t).compresses()) {
      if (dense(parent, t).reads() > 0) {
        throw SparseLegality.incomplete(einsum, parent);
      }
      flow(t, parent, results(t, k, all, dense(parent, t).updates(), Which.STORED), 2);
    } else {
      flow(t, parent, results(t, k, all, dense(parent, t).updates()), 2);
    }
    if (dense(parent, t).reads() > 0) {
      SparseFlow starts = results(t, k, all, dense(parent, t).reads(), Which.STARTED);
      flow(t, parent, starts, 0);
      for (Node node : routes.between(t, k)) {
        check(starts.dense(), (double) dense(node.name(), t).reads());
        flow(t, node.name(), starts, 0);
      }
      if (!compute) {
        check(starts.dense(), (double) dense(memories.get(k), t).fills());
        flow(t, memories.get(k), starts, 1);
      }
    }
    if (!compute) {
      String child = memories.get(k);
      flow(t, child, results(t, k, new BitSet(), dense(child, t).drains()), 3);
    }
  }

  /** Which results are counted. */
  private enum Which {
    ALL,
    STARTED,
    STORED
  }

  private SparseFlow results(TensorAccess t, int k, BitSet together, long expected) {
    return results(t, k, together, expected, Which.ALL);
  }

  private SparseFlow results(TensorAccess t, int k, BitSet together, long expected, Which which) {
    boolean compute = k == routes.memories(t).size();
    var key =
        new Ground.Flow(
            t.name(),
            k,
            which.name(),
            together,
            expected,
            compute ? sparsity.savings() : savings(t),
            compute ? sparsity.compute() : Optional.empty());
    return known(key, () -> resultsOf(t, k, together, expected, which));
  }

  private SparseFlow resultsOf(TensorAccess t, int k, BitSet together, long expected, Which which) {
    boolean compute = k == routes.memories(t).size();
    var sum = new double[6];
    boolean certain = needed.certain(t, k);
    boolean gates = compute ? needed.gates() : needed.gates(t, k);
    boolean windows = Regions.windows(t);
    if (certain && which != Which.STORED) {
      return new SparseFlow((double) expected, (double) expected, 0, 0, 0, 0);
    }
    visits.each(
        t,
        k,
        together,
        (children, n) -> {
          for (List<int[]> group : byWords(windows, t, children)) {
            int[] one = group.getFirst();
            Region words = regions.of(t, one);
            visits.nested(t, k, one);
            if (words.words() == 0 || (which == Which.STARTED && !visits.started(t, k, one))) {
              continue;
            }
            var notSkipped = new ArrayList<Set<Region>>();
            var done = new ArrayList<Set<Region>>();
            for (int[] child : group) {
              Needed.Needs needs = compute ? needed.point(child) : needed.link(t, k, child, true);
              notSkipped.add(needs.notSkipped());
              done.add(needs.done());
            }
            boolean stored = which == Which.STORED;
            double all =
                (double) n * (stored ? tiles.stored(t, 0, one, words) : (double) words.words());
            double bits = stored ? (double) n * tiles.metadataBits(t, 0, one, words) : 0;
            // what is left out are zeros, which are not stored
            double pDone = stored ? 1 : odds.any(done);
            double pNotSkipped = stored || !gates ? pDone : odds.any(notSkipped);
            sum[0] += (double) n * (double) words.words();
            sum[1] += all * pDone;
            sum[2] += all * (pNotSkipped - pDone);
            sum[3] += all * (1 - pNotSkipped);
            sum[4] += bits * pDone;
            sum[5] += bits * (pNotSkipped - pDone);
          }
        });
    check(sum[0], (double) expected);
    return new SparseFlow((double) expected, sum[1], sum[2], sum[3], sum[4], sum[5]);
  }

  private Flows dense(String component, TensorAccess t) {
    return dense.component(component).total(t.name());
  }

  private void flow(TensorAccess t, String component, SparseFlow flow, int way) {
    SparseFlow[] all = {SparseFlow.ZERO, SparseFlow.ZERO, SparseFlow.ZERO, SparseFlow.ZERO};
    all[way] = flow;
    flows.merge(
        new At(component, t.name()),
        new SparseFlows(all[0], all[1], all[2], all[3]),
        SparseFlows::plus);
  }

  /** Two ways of counting agree, or the mapping does something that this one does not know. */
  private void check(double here, double expected) {
    if (Math.abs(here - expected) > 1e-9 * Math.max(1, expected)) {
      throw odds.refuse("words are shared in an irregular way");
    }
  }

  static Box box(Region region, Odds odds) {
    return region
        .box()
        .orElseThrow(() -> odds.refuse("a tile of '" + region.tensor() + "' has gaps"));
  }
}
