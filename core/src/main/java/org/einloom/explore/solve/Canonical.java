package org.einloom.explore.solve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Links;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.sparsity.SparseLayer;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * A problem without what its answer does not depend on, so that equal problems become equal: names
 * of everything, areas, sources of figures, where leakage comes from (only its sum counts), through
 * what a width is set, whether an operand is called input or weight. Problems with constraints,
 * which name things, stay as they are.
 *
 * @param problem without all that
 * @param memories the names that the mapping's nodes have in the original, by canonical name
 * @param fanouts the same of fanouts
 * @param dimensions the same of dimensions, by canonical names of fanout and dimension
 * @param tensors the same of tensors
 * @param variables the same of rank variables
 */
public record Canonical(
    MappingProblem problem,
    Map<String, String> memories,
    Map<String, String> fanouts,
    Map<String, String> dimensions,
    Map<String, String> tensors,
    Map<String, String> variables) {
  /** The problem without what does not matter. */
  public static Canonical of(MappingProblem original) {
    return original.constraints().all().isEmpty()
        ? new Maker(original).make()
        : new Canonical(original, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** A mapping for the canonical problem as one for the original. */
  public LoopTree original(LoopTree mapping) {
    return new LoopTree(mapping.nodes().stream().map(this::original).toList());
  }

  /** What belongs to a mapping of the canonical problem as it belongs to the original's. */
  public Sparsity original(Sparsity chosen) {
    return new SparseNames(memories, tensors).rename(chosen);
  }

  private MappingNode original(MappingNode node) {
    return switch (node) {
      case MappingNode.Storage s ->
          new MappingNode.Storage(name(memories, s.memory()), name(tensors, s.tensor()));
      case MappingNode.Temporal t ->
          new MappingNode.Temporal(name(variables, t.variable()), t.tile());
      case MappingNode.Spatial s ->
          new MappingNode.Spatial(
              name(fanouts, s.fanout()),
              dimensions.getOrDefault(s.fanout() + "." + s.dimension(), s.dimension()),
              name(variables, s.variable()),
              s.tile());
    };
  }

  private static String name(Map<String, String> names, String canonical) {
    return names.getOrDefault(canonical, canonical);
  }

  /** Makes one. */
  private static final class Maker {
    private final MappingProblem original;
    private final Map<String, String> memories = new LinkedHashMap<>();
    private final Map<String, String> fanouts = new LinkedHashMap<>();
    private final Map<String, String> dimensions = new LinkedHashMap<>();
    private final Map<String, String> tensors = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();

    /** From the names of the original to canonical ones. */
    private final Map<String, String> accessNames = new LinkedHashMap<>();

    private final Map<String, String> tensorNames = new LinkedHashMap<>();
    private final Map<String, String> variableNames = new LinkedHashMap<>();

    Maker(MappingProblem original) {
      this.original = original;
    }

    Canonical make() {
      Einsum einsum = einsum();
      List<Node> nodes = new ArrayList<>();
      Architecture a = original.architecture();
      for (Node n : a.nodes()) {
        nodes.add(node(n, nodes.isEmpty() ? a.leakageUw() : 0, nodes.size()));
      }
      return new Canonical(
          new MappingProblem(
              einsum,
              new Architecture("", a.clockHz(), "", widths(), nodes),
              original.objective(),
              original.constraints(),
              new Tiling(original.tiling().imperfect(), tiling(original.tiling().byVariable())),
              sparse()),
          memories,
          fanouts,
          dimensions,
          tensors,
          variables);
    }

    /** With nodes that go by their place on the path. */
    private Optional<SparseLayer> sparse() {
      Map<String, String> nodes = new LinkedHashMap<>();
      original.architecture().nodes().forEach(n -> nodes.put(n.name(), "n" + nodes.size()));
      return original
          .sparse()
          .map(s -> new SparseNames(nodes, accessNames).rename(s, Maker::action));
    }

    private Map<String, Boolean> tiling(Map<String, Boolean> byVariable) {
      var renamed = new LinkedHashMap<String, Boolean>();
      byVariable.forEach(
          (v, imperfect) -> {
            if (variableNames.containsKey(v)) {
              renamed.put(variableNames.getOrDefault(v, v), imperfect);
            }
          });
      return renamed;
    }

    private Einsum einsum() {
      Einsum e = original.einsum();
      List<RankVariable> renamed = new ArrayList<>();
      for (RankVariable v : e.variables()) {
        String name = "v" + renamed.size();
        variableNames.put(v.name(), name);
        variables.put(name, v.name());
        renamed.add(new RankVariable(name, v.extent()));
      }
      for (TensorAccess t : e.tensors()) {
        tensorNames.putIfAbsent(t.tensor(), "t" + tensorNames.size());
        String name = "a" + accessNames.size();
        accessNames.put(t.name(), name);
        tensors.put(name, t.name());
      }
      return new Einsum(
          "",
          renamed,
          e.operands().stream().map(this::access).toList(),
          access(e.output()),
          Einsum.MAC);
    }

    private TensorAccess access(TensorAccess t) {
      boolean output = t.role() == Role.OUTPUT;
      return new TensorAccess(
          accessNames.getOrDefault(t.name(), t.name()),
          tensorNames.getOrDefault(t.tensor(), t.tensor()),
          output ? Role.OUTPUT : Role.INPUT,
          t.ranks().stream()
              .map(r -> new TensorAccess.Rank(rank(r.expression()), r.size()))
              .toList(),
          output ? OptionalInt.empty() : OptionalInt.of(original.architecture().widths().of(t)),
          OptionalInt.empty());
    }

    /** Of the result; operands have their own. */
    private Widths widths() {
      Widths widths = original.architecture().widths();
      TensorAccess result = original.einsum().output();
      return new Widths(1, 1, widths.of(result), widths.partialOf(result));
    }

    private Affine rank(Affine a) {
      return new Affine(
          a.terms().stream()
              .map(
                  t ->
                      new Affine.Term(
                          t.coefficient(), variableNames.getOrDefault(t.variable(), t.variable())))
              .toList(),
          a.offset());
    }

    private Node node(Node node, double leakageUw, int number) {
      String name = "n" + number;
      Figure leakage = new Figure(leakageUw, "", false);
      return switch (node) {
        case Memory m -> {
          memories.put(name, m.name());
          yield new Memory(
              name,
              m.capacityBits(),
              new Keep(named(m.keep().must()), named(both(m.keep()))),
              actions(m.actions()),
              m.sharedPort(),
              Figure.NONE,
              leakage);
        }
        case Toll t ->
            named(t.tensors()).isEmpty()
                ? new Toll( // charges for nothing here; a toll has to name something
                    name, Set.of("-"), actions(t.actions()), false, Figure.NONE, leakage)
                : new Toll(
                    name,
                    named(t.tensors()),
                    actions(t.actions()),
                    t.sharedPort(),
                    Figure.NONE,
                    leakage);
        case Fanout f -> {
          fanouts.put(name, f.name());
          List<Fanout.Dimension> renamed = new ArrayList<>();
          for (Fanout.Dimension d : f.dimensions()) {
            String dimension = "d" + renamed.size();
            dimensions.put(name + "." + dimension, d.name());
            renamed.add(new Fanout.Dimension(dimension, d.size(), named(d.mustNotIndex())));
          }
          yield new Fanout(
              name,
              renamed,
              f.multicast(),
              f.reduce(),
              f.transfer().map(Maker::action),
              f.links().map(l -> new Links(named(l.tensors()), l.action().map(Maker::action))),
              Figure.NONE,
              leakage);
        }
        case Compute c -> new Compute(name, action(c.compute()), Figure.NONE, leakage);
      };
    }

    private static Set<String> both(Keep keep) {
      Set<String> both = new HashSet<>(keep.may());
      both.addAll(keep.must());
      return both;
    }

    /** The canonical names of the tensors that names or roles mean. */
    private Set<String> named(Set<String> names) {
      return original.einsum().tensors().stream()
          .filter(t -> Keep.names(names, t))
          .map(t -> accessNames.getOrDefault(t.name(), t.name()))
          .collect(Collectors.toUnmodifiableSet());
    }

    private static SequencedMap<String, Action> actions(Map<String, Action> actions) {
      var bare = new LinkedHashMap<String, Action>();
      actions.forEach((name, a) -> bare.put(name, action(a)));
      return bare;
    }

    private static Action action(Action a) {
      return new Action(
          a.name(), new Figure(a.energyPj().value(), "", false), a.widthBits(), a.perCycle());
    }
  }
}
