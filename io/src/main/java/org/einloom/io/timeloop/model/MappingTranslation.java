package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.io.timeloop.Directive.SkewTerm;
import org.einloom.io.timeloop.TimeloopArchitecture;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.TimeloopProblem.Flattened;
import org.einloom.io.timeloop.model.Directives.Counted;
import org.einloom.io.timeloop.model.Directives.OfLevel;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/** From directives to a nest of Timeloop's and a LoopTree. */
final class MappingTranslation {
  private final Directives directives;
  private final TimeloopArchitecture source;
  private final TimeloopProblem problem;
  private final Einsum einsum;

  MappingTranslation(
      Directives directives, TimeloopArchitecture source, TimeloopProblem problem, Einsum einsum) {
    this.directives = directives;
    this.source = source;
    this.problem = problem;
    this.einsum = einsum;
  }

  TimeloopModel.Mapped mapped(TimeloopModel.Hardware hardware) {
    Nest nest = nest();
    checkProducts(nest);
    return new TimeloopModel.Mapped(nest, tree(nest, hardware.architecture()), directives.at());
  }

  private Nest nest() {
    List<Nest.Level> levels = new ArrayList<>();
    for (OfLevel l : directives.levels()) {
      List<Nest.Loop> time = new ArrayList<>();
      List<Nest.Loop> space = new ArrayList<>();
      for (Counted c : l.time()) {
        if (c.count() > 1) {
          time.addFirst(new Nest.Loop(c.dimension(), c.count(), c.last(), Nest.Axis.TIME));
        }
      }
      for (int i = 0; i < l.space().size(); i++) {
        Counted c = l.space().get(i);
        if (c.count() > 1) {
          space.addFirst(
              new Nest.Loop(
                  c.dimension(), c.count(), c.last(), i < l.split() ? Nest.Axis.X : Nest.Axis.Y));
        }
      }
      levels.add(
          new Nest.Level(
              l.level().name(),
              l.keeps(),
              time,
              space,
              l.noReuse(),
              l.noLinks(),
              l.noTemporalReuse(),
              l.readsFirst(),
              l.skew()
                  .map(
                      s ->
                          new Nest.Skew(
                              s.modulo(),
                              s.terms().stream().map(MappingTranslation::term).toList()))));
    }
    return new Nest(
        einsum,
        levels,
        problem.flattened().stream()
            .map(f -> new Nest.Flattened(f.name(), f.dimensions()))
            .toList());
  }

  private static Nest.SkewTerm term(SkewTerm t) {
    return new Nest.SkewTerm(
        t.constant(),
        t.dimension().isEmpty()
            ? Optional.empty()
            : Optional.of(new Nest.Index(t.dimension(), t.spatial())),
        t.boundDimension().isEmpty()
            ? Optional.empty()
            : Optional.of(new Nest.Index(t.boundDimension(), t.boundSpatial())));
  }

  /** The factors of a dimension come to its extent. */
  private void checkProducts(Nest nest) {
    problem
        .mappedExtents()
        .forEach(
            (name, extent) -> {
              long full = 1;
              long rest = 1;
              List<Nest.Loop> loops =
                  nest.levels().stream()
                      .flatMap(l -> l.all().stream())
                      .filter(l -> l.dimension().equals(name))
                      .toList();
              for (Nest.Loop l : loops.reversed()) {
                rest = Math.addExact(rest, Math.multiplyExact(full, l.last() - 1));
                full = Math.multiplyExact(full, l.count());
              }
              if (!loops.isEmpty() && loops.getFirst().count() != loops.getFirst().last()) {
                throw directives
                    .at()
                    .error(
                        "the outermost factor %d,%d of '%s' has another number for its last turn, and no other turns"
                            .formatted(loops.getFirst().count(), loops.getFirst().last(), name),
                        "expected '" + name + "=" + loops.getFirst().last() + "'");
              }
              if (rest != extent) {
                throw directives
                    .at()
                    .error(
                        "the factors of '%s' come to %d; the problem has %d"
                            .formatted(name, rest, extent),
                        "change one of them, or let one be 0: whatever remains");
              }
            });
  }

  private LoopTree tree(Nest nest, Architecture architecture) {
    List<MappingNode> nodes = new ArrayList<>();
    Map<String, Long> inner = new HashMap<>();
    // tiles are products of all loops inside
    for (Nest.Level level : nest.levels()) {
      for (Nest.Loop l : level.all()) {
        inner.merge(l.dimension(), l.count(), Math::multiplyExact);
      }
    }
    List<MappingNode> first = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (int p = 0; p < nest.levels().size(); p++) {
      Nest.Level level = nest.levels().get(p);
      for (TensorAccess t : einsum.tensors()) {
        if (level.keeps().contains(t.name())) {
          var storage = new MappingNode.Storage(level.memory(), t.name());
          if (seen.contains(t.name())) {
            nodes.add(storage);
          } else {
            // the outermost level that keeps a tensor has all of it from the start
            seen.add(t.name());
            if (nodes.stream().anyMatch(n -> movesOver(n, t))) {
              throw directives
                  .at()
                  .error(
                      "'%s' is first kept by '%s', inside loops over its dimensions"
                          .formatted(t.name(), level.memory()),
                      "let an outer level keep it, or move these loops inside");
            }
            first.add(storage);
          }
        }
      }
      for (Nest.Loop l : level.time()) {
        nodes.addAll(loop(l, inner, architecture, p));
      }
      for (Nest.Loop l : level.space()) {
        nodes.addAll(loop(l, inner, architecture, p));
      }
    }
    nodes.addAll(0, first);
    return new LoopTree(nodes);
  }

  private static boolean movesOver(MappingNode node, TensorAccess tensor) {
    return node instanceof MappingNode.Loop l && tensor.indexedBy(l.variable());
  }

  private List<MappingNode> loop(
      Nest.Loop l, Map<String, Long> inner, Architecture architecture, int level) {
    long outer = java.util.Objects.requireNonNull(inner.get(l.dimension()));
    long tile = outer / l.count();
    inner.put(l.dimension(), tile);
    List<MappingNode> nodes = new ArrayList<>();
    Optional<Flattened> flattened =
        problem.flattened().stream().filter(f -> f.name().equals(l.dimension())).findFirst();
    if (flattened.isEmpty()) {
      nodes.add(node(l, l.dimension(), tile, architecture, level));
      return nodes;
    }
    long below = 1;
    for (String variable : flattened.get().dimensions()) {
      long extent = einsum.extent(variable);
      long from = Math.max(tile, below);
      long to = Math.min(outer, Math.multiplyExact(below, extent));
      if (to > from) {
        if (to % from != 0 || from % below != 0) {
          throw directives
              .at()
              .error(
                  "a loop over the flattened '%s' is no loop over '%s' in turn, which is not modelled"
                      .formatted(l.dimension(), variable),
                  "choose factors whose products are products of their sizes");
        }
        nodes.addFirst(node(l, variable, from / below, architecture, level));
      }
      below = Math.multiplyExact(below, extent);
    }
    return nodes;
  }

  private MappingNode node(
      Nest.Loop l, String variable, long tile, Architecture architecture, int level) {
    if (l.axis() == Nest.Axis.TIME) {
      return new MappingNode.Temporal(variable, tile);
    }
    int at = architecture.indexOf(source.storage().get(level).name());
    if (!(architecture.nodes().get(at + 1) instanceof Fanout f)) {
      throw directives
          .at()
          .error(
              "'%s' is spread below '%s', which has one child"
                  .formatted(l.dimension(), source.storage().get(level).name()),
              "expected factors of 1 there");
    }
    return new MappingNode.Spatial(f.name(), l.axis().name(), variable, tile);
  }
}
