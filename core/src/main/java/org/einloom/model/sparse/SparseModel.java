package org.einloom.model.sparse;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Node;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.counts.SparseCounts;
import org.einloom.counts.SparseCounts.At;
import org.einloom.counts.SparseFlow;
import org.einloom.counts.SparseFlows;
import org.einloom.format.Size;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseLegality;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * The expected counts of a mapping with sparse tensors: the dense flows, each split by the
 * probability that what it takes is there. In closed form, where places are alike; {@link
 * SparseAnalysis} also counts what is refused here.
 */
public final class SparseModel {
  /**
   * What is found.
   *
   * @param dense the counts if no word were zero
   * @param sparse the expected counts
   * @param tiles by memory and tensor, what an instance holds at a time
   */
  public record Result(Counts dense, SparseCounts sparse, Map<Held, Tile> tiles) {
    public Result {
      tiles = Map.copyOf(tiles);
    }
  }

  /**
   * What an instance of a memory holds of a tensor.
   *
   * @param words if none were left out
   * @param expected the mean over all tiles
   * @param worst what no tile exceeds
   */
  public record Tile(long words, Size expected, Size worst) {}

  private final Einsum einsum;
  private final Routes routes;
  private final Sparsity sparsity;
  private final LoopSet loops;
  private final Chances chances;
  private final Tiles tiles;
  private final PlacedWords words;
  private final Counts dense;
  private final Map<At, SparseFlows> flows = new HashMap<>();

  private SparseModel(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Sparsity sparsity,
      boolean jointly) {
    this.einsum = einsum;
    this.routes = new Routes(architecture, mapping);
    this.sparsity = sparsity;
    this.loops = new LoopSet(einsum, mapping);
    this.chances = new Chances(einsum, loops, sparsity, jointly);
    this.tiles = new Tiles(einsum, sparsity, loops, chances);
    this.words = new PlacedWords(sparsity, loops, chances);
    this.dense = DenseModel.analyze(einsum, architecture, mapping).counts();
  }

  /**
   * The expected counts.
   *
   * @throws org.einloom.workload.InvalidSpecException when the mapping is not legal, or cannot be
   *     counted exactly
   */
  public static Result analyze(
      Einsum einsum, Architecture architecture, LoopTree mapping, Sparsity sparsity) {
    return analyze(einsum, architecture, mapping, sparsity, false);
  }

  /** The same, also where several tensors' densities depend on the place. */
  static Result analyze(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Sparsity sparsity,
      boolean jointly) {
    SparseLegality.check(einsum, architecture, mapping, sparsity);
    SparseLegality.checkRegular(einsum);
    var model = new SparseModel(einsum, architecture, mapping, sparsity, jointly);
    return new Result(model.dense, model.count(), model.tiles.all());
  }

  private Link none() {
    return new Link(new Conditions(loops), new Conditions(loops));
  }

  private SparseCounts count() {
    Link point = none();
    Conditions effectual = new Conditions(loops);
    for (TensorAccess t : einsum.tensors()) {
      List<String> memories = loops.memories(t);
      point = point.with(link(t, memories, memories.size(), true));
    }
    for (TensorAccess t : einsum.operands()) {
      effectual.require(t, loops.all());
      Link all = point;
      sparsity.compute().ifPresent(kind -> all.require(kind, t, loops.all()));
    }
    for (TensorAccess t : einsum.tensors()) {
      List<String> memories = loops.memories(t);
      for (int k = 1; k <= memories.size(); k++) {
        if (t.equals(einsum.output())) {
          result(t, memories, k, k == memories.size() ? point : link(t, memories, k, true));
        } else {
          operand(t, memories, k);
        }
      }
    }
    double points = (double) dense.computes();
    Shares shares = shares(point, new BitSet(), new BitSet());
    return new SparseCounts(
        flows,
        points * shares.done(),
        points * shares.gated(),
        points * shares.skipped(),
        points * chances.all(effectual));
  }

  /** What has to be there for words to move between a place of a tensor and its parent. */
  private Link link(TensorAccess t, List<String> memories, int place, boolean mutual) {
    Link link = none();
    for (int k = 1; k <= place; k++) {
      BitSet fixed = k < memories.size() ? loops.visit(memories.get(k), t) : loops.all();
      for (Saving s : sparsity.savings(memories.get(k - 1), t.name())) {
        if (k < place || mutual || !s.mutual()) {
          for (String leader : s.leaders()) {
            link.require(s.kind(), einsum.tensor(leader), fixed);
          }
        }
      }
    }
    return link;
  }

  private Shares shares(Link link, BitSet merged, BitSet zero) {
    double notSkipped = chances.any(link.notSkipped(), merged, zero);
    double done = chances.any(link.done(), merged, zero);
    return new Shares(done, Math.max(0, notSkipped - done), 1 - notSkipped);
  }

  private void operand(TensorAccess t, List<String> memories, int k) {
    String parent = memories.get(k - 1);
    Link data = link(t, memories, k, true);
    Link metadata = link(t, memories, k, false);
    boolean placed = words.needed(t, k, data);
    BitSet merged = new BitSet();
    var inside = new BitSet();
    boolean parentCompresses = sparsity.format(parent, t).compresses();
    for (Node node : routes.between(t, k)) {
      String as = parentCompresses || k == memories.size() ? parent : memories.get(k);
      reads(t, node.name(), as, k, placed, data, metadata, merged);
      if (node instanceof Fanout f) {
        inside.or(loops.spread(f.name()));
        if (f.multicast() == Multicast.WORDS) {
          merged = irrelevant(t, inside);
        }
      }
    }
    if (placed || !data.done().regions().isEmpty()) {
      distinct(t, memories, k, inside);
    }
    reads(t, parent, parent, k, placed, data, metadata, merged);
    if (k < memories.size()) {
      fills(t, memories.get(k), placed, data);
    }
  }

  private void reads(
      TensorAccess t,
      String component,
      String as,
      int place,
      boolean placed,
      Link data,
      Link metadata,
      BitSet merged) {
    double n = (double) dense(component, t).reads();
    if (placed) {
      List<String> memories = loops.memories(t);
      BitSet request = place < memories.size() ? loops.above(memories.get(place), t) : loops.all();
      add(component, t, reads(words.reads(t, n, request, as, data, metadata, merged)));
      return;
    }
    Size perWord = tiles.perWord(t, as);
    Shares of = shares(data, merged, new BitSet());
    Shares ofMetadata = shares(metadata, merged, new BitSet());
    double bits = n * perWord.metadataBits();
    double stored = n * perWord.words();
    add(
        component,
        t,
        reads(
            new SparseFlow(
                n,
                stored * of.done(),
                stored * of.gated(),
                stored * of.skipped(),
                bits * ofMetadata.done(),
                bits * ofMetadata.gated())));
  }

  private void fills(TensorAccess t, String memory, boolean placed, Link data) {
    double n = (double) dense(memory, t).fills();
    if (placed) {
      add(memory, t, fills(words.fills(t, n, memory, data)));
      return;
    }
    Size perWord = tiles.perWord(t, memory);
    Shares of = shares(data, new BitSet(), new BitSet());
    double stored = n * perWord.words();
    double bits = n * perWord.metadataBits();
    add(
        memory,
        t,
        fills(
            new SparseFlow(
                n,
                stored * of.done(),
                stored * of.gated(),
                stored * of.skipped(),
                bits * of.done(),
                bits * of.gated())));
  }

  private void result(TensorAccess t, List<String> memories, int k, Link link) {
    String parent = memories.get(k - 1);
    var inside = new BitSet();
    for (Node node : routes.between(t, k)) {
      Shares up = shares(link, irrelevant(t, inside), new BitSet());
      add(node.name(), t, updates(dense(node.name(), t).updates(), up));
      if (node instanceof Fanout f) {
        inside.or(loops.spread(f.name()));
      }
    }
    if (!link.done().regions().isEmpty()) {
      distinct(t, memories, k, inside);
    }
    BitSet merged = irrelevant(t, inside);
    if (sparsity.format(parent, t).compresses()) {
      if (dense(parent, t).reads() > 0) {
        throw SparseLegality.incomplete(einsum, parent);
      }
      add(parent, t, stored(t, parent));
    } else {
      Shares together = shares(link, merged, new BitSet());
      add(parent, t, updates(dense(parent, t).updates(), together));
    }
    add(parent, t, reads(startsOf(t, memories, k, parent, link, merged)));
    for (Node node : routes.between(t, k)) {
      add(node.name(), t, reads(startsOf(t, memories, k, node.name(), link, merged)));
    }
    if (k < memories.size()) {
      String child = memories.get(k);
      SparseFlow starts = startsOf(t, memories, k, child, link, merged);
      Shares own = shares(link, new BitSet(), new BitSet());
      add(
          child,
          t,
          new SparseFlows(
              SparseFlow.ZERO,
              starts,
              SparseFlow.ZERO,
              flow((double) dense(child, t).drains(), own)));
    }
  }

  /**
   * Words of a result that arrive complete, and are compressed. What is left out of their updates
   * are zeros, which are not stored: so all that is stored is done.
   */
  private SparseFlows stored(TensorAccess t, String memory) {
    double words = (double) dense(memory, t).updates();
    Size perWord = tiles.perWord(t, memory);
    return new SparseFlows(
        SparseFlow.ZERO,
        SparseFlow.ZERO,
        new SparseFlow(words, words * perWord.words(), 0, 0, words * perWord.metadataBits(), 0),
        SparseFlow.ZERO);
  }

  /**
   * Starting values: what goes up less what finds nothing to be added to. Where places are not
   * alike, the latter are those of the first iterations.
   */
  private SparseFlow startsOf(
      TensorAccess t, List<String> memories, int k, String component, Link link, BitSet merged) {
    Flows of = dense(component, t);
    double words =
        (double)
            (k < memories.size() && component.equals(memories.get(k)) ? of.fills() : of.reads());
    Shares shares = shares(link, merged, new BitSet());
    boolean even =
        link.done().regions().entrySet().stream()
            .allMatch(e -> e.getValue().stream().allMatch(r -> chances.even(e.getKey(), r)));
    if (even || words == 0) {
      return flow(words, shares);
    }
    if (windows(t)) {
      throw chances.refuse(
          "words of '"
              + t.name()
              + "' are begun at different steps, and densities depend on the place");
    }
    BitSet fixed = k < memories.size() ? loops.visit(memories.get(k), t) : loops.all();
    BitSet first = irrelevant(t, fixed);
    var spread = (BitSet) first.clone();
    spread.andNot(loops.temporal());
    spread.andNot(merged);
    if (!spread.isEmpty()) {
      throw chances.refuse(
          "results are summed in several memories, and densities depend on the place");
    }
    first.and(loops.temporal());
    double all = words / (1 - 1.0 / loops.iterations(first));
    Shares ofFirst = shares(link, merged, first);
    double firsts = all - words;
    return new SparseFlow(
        words,
        all * shares.done() - firsts * ofFirst.done(),
        all * shares.gated() - firsts * ofFirst.gated(),
        all * shares.skipped() - firsts * ofFirst.skipped(),
        0,
        0);
  }

  private static SparseFlow flow(double words, Shares of) {
    return new SparseFlow(words, words * of.done(), words * of.gated(), words * of.skipped(), 0, 0);
  }

  private static SparseFlows updates(long words, Shares of) {
    return new SparseFlows(
        SparseFlow.ZERO, SparseFlow.ZERO, flow((double) words, of), SparseFlow.ZERO);
  }

  private static SparseFlows fills(SparseFlow of) {
    return new SparseFlows(SparseFlow.ZERO, of, SparseFlow.ZERO, SparseFlow.ZERO);
  }

  private static SparseFlows reads(SparseFlow of) {
    return new SparseFlows(of, SparseFlow.ZERO, SparseFlow.ZERO, SparseFlow.ZERO);
  }

  private BitSet irrelevant(TensorAccess t, BitSet of) {
    var set = (BitSet) of.clone();
    set.andNot(loops.relevant(t));
    return set;
  }

  private Flows dense(String component, TensorAccess t) {
    return dense.component(component).total(t.name());
  }

  private void add(String component, TensorAccess t, SparseFlows more) {
    flows.merge(new At(component, t.name()), more, SparseFlows::plus);
  }

  private static boolean windows(TensorAccess t) {
    return t.ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
  }

  /**
   * Words that only some of several instances share have no common fate, nor are they in the mean
   * what each instance asks for.
   */
  private void distinct(TensorAccess t, List<String> memories, int k, BitSet inside) {
    BitSet fixed = k < memories.size() ? loops.above(memories.get(k), t) : loops.all();
    var spread = (BitSet) inside.clone();
    spread.and(loops.relevant(t));
    var together = (BitSet) fixed.clone();
    together.andNot(spread);
    if (windows(t)
        && loops.words(t, together) != loops.words(t, fixed) * loops.iterations(spread)) {
      throw chances.refuse("instances share some words of '" + t.name() + "' and not others");
    }
  }
}
