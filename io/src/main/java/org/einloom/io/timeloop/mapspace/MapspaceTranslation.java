package org.einloom.io.timeloop.mapspace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.FactorText;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.yaml.MapspaceSpec;
import org.einloom.io.yaml.TilingChoice;

/**
 * Timeloop's constraints as Einloom's.
 *
 * <ul>
 *   <li>Timeloop has one block of loops at every level, whether it keeps anything or not; Einloom's
 *       loops are at the memory whose storage node is the nearest above. So at a memory that keeps
 *       nothing there are none, and a factor other than 1 there asks for something to be kept.
 *   <li>A permutation is written from the inside, and what it does not name is outside of it.
 *   <li>Of a split, the first dimensions of a spatial permutation lie along X, all others along Y.
 * </ul>
 */
public final class MapspaceTranslation {
  private final SequencedMap<String, Long> extents;
  private final Set<String> tensors;
  private final Architecture architecture;
  private final TimeloopMapspace asked;
  private final List<Constraint> constraints = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param mapspace constraints and tiling
   * @param remarks what could not be said, or only in part
   */
  public record Translated(MapspaceSpec mapspace, List<Remark> remarks) {
    public Translated {
      remarks = List.copyOf(remarks);
    }
  }

  private MapspaceTranslation(
      TimeloopMapspace asked, TimeloopProblem problem, Architecture architecture) {
    this.asked = asked;
    this.extents = problem.mappedExtents();
    this.tensors =
        problem.dataSpaces().stream()
            .map(TimeloopProblem.DataSpace::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.architecture = architecture;
    this.remarks.addAll(asked.remarks());
  }

  /**
   * Translates.
   *
   * @param architecture the specification's, as Einloom sees it
   * @throws org.einloom.io.input.InputException when a name is unknown, or something is asked for
   *     that Einloom's constraints cannot say
   */
  public static Translated of(
      TimeloopMapspace asked, TimeloopProblem problem, Architecture architecture) {
    var translation = new MapspaceTranslation(asked, problem, architecture);
    asked.constraints().forEach(translation::constraint);
    var tiling =
        asked.imperfect() ? new TilingChoice(Optional.of(true), Map.of()) : TilingChoice.OPEN;
    return new Translated(
        new MapspaceSpec(new Constraints(translation.constraints), tiling), translation.remarks);
  }

  private void constraint(TimeloopConstraint c) {
    String memory = memory(c);
    switch (c) {
      case TimeloopConstraint.Loops l when l.spatial() -> spatial(l);
      case TimeloopConstraint.Loops l -> temporal(l, memory);
      case TimeloopConstraint.Kept k -> {
        if (!k.keep().isEmpty()) {
          String says = origin(k.at(), "'keep: " + known(k.keep(), k.at()) + "'", memory);
          constraints.add(new Constraint.Kept(says, memory, k.keep()));
        }
        if (!k.bypass().isEmpty()) {
          String says = origin(k.at(), "'bypass: " + known(k.bypass(), k.at()) + "'", memory);
          constraints.add(new Constraint.Bypassed(says, memory, k.bypass()));
        }
      }
      case TimeloopConstraint.MinParallelism p -> parallelism(p);
    }
  }

  private static String origin(Position at, String says, String target) {
    return at + ": " + says + " of " + target;
  }

  private Set<String> known(Set<String> names, Position at) {
    for (String name : names) {
      if (!tensors.contains(name)) {
        throw at.error(
            "unknown data space " + Words.quote(name),
            "expected " + Words.list(tensors),
            Words.didYouMean(name, tensors));
      }
    }
    return names;
  }

  private String memory(TimeloopConstraint c) {
    List<String> names = architecture.memories().stream().map(Memory::name).toList();
    if (!names.contains(c.target())) {
      throw c.at()
          .error(
              "unknown storage level " + Words.quote(c.target()),
              "expected " + Words.list(names),
              Words.didYouMean(c.target(), names));
    }
    return c.target();
  }

  private Map<String, Asked> factors(TimeloopConstraint.Loops l) {
    var factors = new HashMap<String, Asked>();
    for (FactorText.Item item : l.factors()) {
      factors.merge(
          item.dimension(),
          Asked.of(item, extents, asked.constraints()),
          (a, b) -> new Asked(Math.max(a.least(), b.least()), Math.min(a.most(), b.most())));
    }
    return factors;
  }

  private List<String> permutation(TimeloopConstraint.Loops l) {
    var seen = new HashSet<String>();
    for (String d : l.permutation()) {
      if (!extents.containsKey(d)) {
        throw l.at()
            .error(
                "unknown dimension " + Words.quote(d) + " in 'permutation'",
                "expected " + Words.list(extents.keySet()),
                Words.didYouMean(d, extents.keySet()));
      }
      if (!seen.add(d)) {
        throw l.at().error("dimension " + Words.quote(d) + " is twice in 'permutation'");
      }
    }
    return l.permutation();
  }

  private void temporal(TimeloopConstraint.Loops l, String memory) {
    Map<String, Asked> factors = factors(l);
    for (FactorText.Item item : l.factors()) {
      Asked a = Asked.of(item, extents, asked.constraints());
      if (!a.isFree(extents.getOrDefault(item.dimension(), 1L))) {
        String says = origin(item.at(), "'" + written(item) + "' of the loops in time", memory);
        constraints.add(
            new Constraint.TemporalFactor(says, memory, item.dimension(), a.least(), a.most()));
      }
    }
    List<String> order = permutation(l).reversed();
    long iterate = extents.keySet().stream().filter(d -> mayIterate(d, factors)).count();
    boolean orders = order.stream().anyMatch(d -> mayIterate(d, factors));
    if (iterate > 1 && orders) {
      String says = origin(l.at(), "'permutation: " + l.permutation() + "'", memory);
      constraints.add(new Constraint.LoopOrder(says, memory, order, true));
    }
  }

  private boolean mayIterate(String dimension, Map<String, Asked> factors) {
    Asked a = factors.get(dimension);
    return extents.getOrDefault(dimension, 1L) > 1 && (a == null || !a.isOne());
  }

  private static String written(FactorText.Item item) {
    return item.dimension() + item.comparison() + item.count();
  }

  private void spatial(TimeloopConstraint.Loops l) {
    Optional<Fanout> fanout = fanout(l.target());
    List<String> permutation = permutation(l);
    Axes axes =
        Axes.of(List.copyOf(extents.keySet()), permutation, l.split(), fanout, remarks, l.at());
    var room = new Room(fanout);
    // the largest first, so that what can be packed along the axes is
    for (FactorText.Item item :
        l.factors().stream().sorted(Comparator.comparingLong(i -> -i.count())).toList()) {
      spread(l, item, Asked.of(item, extents, asked.constraints()), axes, fanout, room);
    }
    if (fanout.isPresent()) {
      String name = fanout.get().name();
      for (Axes.Axis axis : axes.all()) {
        if (!axis.mayTake().containsAll(iterating())) {
          String says = origin(l.at(), "'split: " + l.split().orElse(0) + "'", l.target());
          constraints.add(
              new Constraint.SpatialVariables(says, name, axis.dimension(), axis.mayTake()));
        }
      }
    }
  }

  private Set<String> iterating() {
    return extents.entrySet().stream()
        .filter(e -> e.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void spread(
      TimeloopConstraint.Loops l,
      FactorText.Item item,
      Asked a,
      Axes axes,
      Optional<Fanout> fanout,
      Room room) {
    String d = item.dimension();
    if (a.isFree(extents.getOrDefault(d, 1L))) {
      return;
    }
    List<Axes.Axis> where = axes.all().stream().filter(x -> x.mayTake().contains(d)).toList();
    if (fanout.isEmpty() || where.isEmpty()) {
      if (a.least() > 1) {
        throw item.at()
            .error(
                "%s is asked for in space below '%s', where %s"
                    .formatted(
                        Words.quote(written(item)),
                        l.target(),
                        fanout.isEmpty()
                            ? "nothing is replicated"
                            : "the split leaves no room for it"));
      }
      return;
    }
    if (a.least() == a.most() && !a.isOne()) {
      Optional<Map<String, Long>> parts =
          room.take(where.stream().map(Axes.Axis::dimension).toList(), a.least());
      if (parts.isPresent()) {
        if (where.stream().filter(x -> room.isAxis(x.dimension())).count() > 1) {
          remarks.add(
              new Remark(
                  item.at(),
                  "without a 'split' that says where, '%s' lies along %s; no other way is searched"
                      .formatted(written(item), Room.names(parts.get()))));
        }
        for (Axes.Axis axis : where) {
          long part = parts.get().getOrDefault(axis.dimension(), 1L);
          along(l, item, fanout.get(), axis, new Asked(part, part));
        }
        return;
      }
    }
    if (where.size() > 1 && a.least() == 1 && !a.isOne()) {
      Axes.Axis widest = room.widest(where);
      remarks.add(
          new Remark(
              item.at(),
              "without a 'split' that says where, '%s' lies along %s alone; no other way is searched"
                  .formatted(written(item), widest.dimension())));
      for (Axes.Axis axis : where) {
        along(l, item, fanout.get(), axis, axis.equals(widest) ? a : new Asked(1, 1));
      }
      return;
    }
    if (where.size() > 1 && !a.isOne()) {
      throw item.at()
          .error(
              "%s is asked for in space below '%s', along X or Y"
                  .formatted(Words.quote(written(item)), l.target()),
              "give a 'split' and a 'permutation' that say which, as in 'split: 1'");
    }
    for (Axes.Axis axis : where) {
      along(l, item, fanout.get(), axis, a);
    }
  }

  private void along(
      TimeloopConstraint.Loops l, FactorText.Item item, Fanout fanout, Axes.Axis axis, Asked a) {
    String says = origin(item.at(), "'" + written(item) + "' of the loops in space", l.target());
    constraints.add(
        new Constraint.SpatialFactor(
            says, fanout.name(), axis.dimension(), item.dimension(), a.least(), a.most()));
  }

  /** What replicates everything below a memory. */
  private Optional<Fanout> fanout(String memory) {
    var nodes = architecture.nodes();
    for (int i = architecture.indexOf(memory) + 1; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Fanout f) {
        return Optional.of(f);
      }
      if (nodes.get(i) instanceof Memory) {
        break;
      }
    }
    return Optional.empty();
  }

  private void parallelism(TimeloopConstraint.MinParallelism p) {
    if (p.least() == 0) {
      return;
    }
    List<Fanout> fanouts = architecture.fanouts().stream().filter(f -> f.children() > 1).toList();
    for (Fanout f : fanouts) {
      String says = origin(p.at(), "'min: " + p.least() + "'", p.target());
      constraints.add(new Constraint.MinUtilization(says, f.name(), p.least()));
    }
    if (fanouts.size() > 1 && p.least() < 1) {
      remarks.add(
          new Remark(
              p.at(), "the share is asked of every fanout by itself; their product may be less"));
    }
  }
}
