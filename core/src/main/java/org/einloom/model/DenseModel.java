package org.einloom.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Node;
import org.einloom.counts.ComponentCounts;
import org.einloom.counts.Counts;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/** Counts what a mapping makes the hardware do when every word is stored and moved. */
public final class DenseModel {
  private static final double FEW_POSITIONS = 20_000;

  private DenseModel() {}

  /**
   * The exact counts of a mapping, by the rules of {@code docs/model.md}.
   *
   * @throws org.einloom.workload.InvalidSpecException when the mapping is not legal, a count
   *     exceeds 2^63-1, or a mapping is too irregular to be counted in bounded time
   */
  public static Analysis analyze(Einsum einsum, Architecture architecture, LoopTree mapping) {
    Legality.check(einsum, architecture, mapping);
    return analyzeLegal(einsum, architecture, mapping);
  }

  /** The same for a mapping known to be legal, as a mapper's candidates are by construction. */
  public static Analysis analyzeLegal(Einsum einsum, Architecture architecture, LoopTree mapping) {
    return analyzeLegal(einsum, architecture, mapping, new KnownMoves());
  }

  /**
   * The same where more mappings of this kind are counted.
   *
   * @param known of analyses before, and for those to come
   */
  public static Analysis analyzeLegal(
      Einsum einsum, Architecture architecture, LoopTree mapping, KnownMoves known) {
    Compiled compiled = new Compiled(einsum, architecture, mapping, known);
    return count(compiled, tensor -> method(compiled, tensor));
  }

  /** How a tensor is counted: the first way that there is. */
  static Method method(Compiled compiled, Compiled.Tensor tensor) {
    if (ClosedForm.exists(compiled, tensor)) {
      return Method.CLOSED_FORM;
    }
    return OperandKinds.covers(compiled, tensor) ? Method.BY_KIND : Method.STEPPED;
  }

  /** Counts with a choice of how each tensor is. */
  static Analysis count(Compiled compiled, Function<Compiled.Tensor, Method> how) {
    Map<Integer, Stepped> stepped = new HashMap<>();
    LinkedHashMap<String, Method> methods = new LinkedHashMap<>();
    for (int t = 0; t < compiled.tensors.size(); t++) {
      Compiled.Tensor tensor = compiled.tensors.get(t);
      Method method = how.apply(tensor);
      methods.put(tensor.access.name(), method);
      switch (method) {
        case CLOSED_FORM -> {}
        case BY_KIND -> stepped.put(t, OperandKinds.count(compiled, tensor));
        case STEPPED -> stepped.put(t, Stepper.step(compiled, tensor));
      }
    }
    List<ComponentCounts> components = new ArrayList<>();
    List<Node> nodes = compiled.architecture.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (!(nodes.get(i) instanceof Compute)) {
        components.add(new ComponentCounter(compiled, i, stepped).count());
      }
    }
    return new Analysis(
        new Counts(components, compiled.einsum.computes(), busiest(compiled), used(compiled)),
        methods);
  }

  /**
   * Points that an analysis may have to walk through: those of the iteration space if some mapping
   * of this Einsum leaves a tensor without a closed form, else none. A measure of what one analysis
   * costs.
   */
  public static long mayStep(Einsum einsum) {
    boolean shared = einsum.tensors().stream().anyMatch(t -> !t.ranksAreDisjoint());
    boolean mixed =
        einsum.output().ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
    return Math.max(shared || mixed ? einsum.computes() : 0, positions(einsum));
  }

  /**
   * The same for mappings on this architecture, where neighbours may hand on words of operands
   * whose tiles overlap.
   */
  public static long mayStep(Einsum einsum, Architecture architecture) {
    double most = 0;
    for (TensorAccess t : einsum.operands()) {
      boolean linked = architecture.fanouts().stream().anyMatch(f -> f.passes(t));
      if (linked && t.ranks().stream().anyMatch(r -> r.expression().terms().size() > 1)) {
        double vectors = 1;
        for (RankVariable v : einsum.variables()) {
          vectors *= t.indexedBy(v.name()) ? (double) v.extent() : 1;
        }
        most += vectors;
      }
    }
    return Math.max(mayStep(einsum), (long) Math.min(1e18, most));
  }

  /** The same for ranks of several variables whose tiles stand at very many places. */
  private static long positions(Einsum einsum) {
    double sum = 0;
    for (TensorAccess t : einsum.tensors()) {
      for (TensorAccess.Rank r : t.ranks()) {
        double places = 1;
        for (Affine.Term term : r.expression().terms()) {
          places *= einsum.extent(term.variable());
        }
        sum += r.expression().terms().size() > 1 ? places : 0;
      }
    }
    return sum < FEW_POSITIONS ? 0 : (long) Math.min(1e18, 50 * sum);
  }

  /** Points of the compute instance with all indices 0, which is active whenever any is. */
  private static long busiest(Compiled c) {
    return points(c, c.architecture.nodes().size(), true);
  }

  /** Compute instances that are active at all. */
  private static long used(Compiled c) {
    return points(c, 0, false);
  }

  private static long points(Compiled c, int component, boolean steps) {
    Views views = new Views(c, component);
    View view = views.each(c.computeDepth());
    if (steps) {
      byte[] role = view.role();
      for (int l = 0; l < role.length; l++) {
        role[l] = c.temporal(l) ? View.TIME : View.FIXED;
      }
    }
    long product = 1;
    for (int v = 0; v < c.variables; v++) {
      long sum = 0;
      Variable variable = new Variable(c, view, v, new long[c.loopVariable.length]);
      for (TileClass t : variable.classes(steps ? variable.loops() : 0, false, false)) {
        sum = Limits.add(sum, t.count());
      }
      product = Limits.multiply(product, sum);
    }
    return product;
  }
}
