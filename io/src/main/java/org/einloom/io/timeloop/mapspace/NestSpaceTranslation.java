package org.einloom.io.timeloop.mapspace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.FactorText;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.mapper.timeloop.NestSpace;
import org.einloom.mapper.timeloop.NestSpace.Range;
import org.einloom.workload.Einsum;

/**
 * Timeloop's constraints as they are, for a search of Timeloop's mapspace: each level has its block
 * of loops whether it keeps anything or not.
 */
public final class NestSpaceTranslation {
  private final TimeloopMapspace asked;
  private final SequencedMap<String, Long> extents;
  private final Set<String> tensors = new LinkedHashSet<>();
  private final Architecture architecture;
  private final Einsum einsum;
  private final List<String> memories;
  private final List<Remark> remarks = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param space the mappings that there are
   * @param remarks what has no meaning, or is taken in a certain way
   */
  public record Translated(NestSpace space, List<Remark> remarks) {
    public Translated {
      remarks = List.copyOf(remarks);
    }
  }

  private NestSpaceTranslation(
      TimeloopMapspace asked, TimeloopProblem problem, Einsum einsum, Architecture architecture) {
    this.asked = asked;
    this.architecture = architecture;
    this.einsum = einsum;
    extents = problem.mappedExtents();
    problem.dataSpaces().forEach(s -> tensors.add(s.name()));
    memories = architecture.memories().stream().map(Memory::name).toList();
    remarks.addAll(asked.remarks());
  }

  /**
   * Translates.
   *
   * @throws org.einloom.io.input.InputException when a name is unknown, or something is asked for
   *     that is not searched
   */
  public static Translated of(
      TimeloopMapspace asked, TimeloopProblem problem, Einsum einsum, Architecture architecture) {
    if (!problem.flattened().isEmpty()) {
      throw problem
          .at()
          .error(
              "the problem flattens dimensions, of which a search by Timeloop's rules is not there",
              "leave --accounting out");
    }
    return new NestSpaceTranslation(asked, problem, einsum, architecture).translated();
  }

  private Translated translated() {
    asked.constraints().forEach(this::check);
    List<NestSpace.Level> levels = memories.stream().map(this::level).toList();
    double least = 0;
    for (TimeloopConstraint c : asked.constraints()) {
      if (c instanceof TimeloopConstraint.MinParallelism p) {
        least = Math.max(least, p.least());
      }
    }
    return new Translated(new NestSpace(einsum, levels, least), remarks);
  }

  private void check(TimeloopConstraint c) {
    if (!(c instanceof TimeloopConstraint.MinParallelism) && !memories.contains(c.target())) {
      throw c.at()
          .error(
              "unknown storage level " + Words.quote(c.target()),
              "expected " + Words.list(memories),
              Words.didYouMean(c.target(), memories));
    }
    switch (c) {
      case TimeloopConstraint.Kept k -> {
        checkTensors(k, k.keep());
        checkTensors(k, k.bypass());
        if (k.target().equals(memories.getFirst()) && !k.bypass().isEmpty()) {
          throw k.at()
              .error(
                  "%s has to bypass %s".formatted(Words.quote(k.target()), k.bypass()),
                  "expected the outermost level to keep everything");
        }
      }
      case TimeloopConstraint.Loops l -> {
        Set<String> seen = new HashSet<>();
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
        NestSpace.NoReuse n = l.noReuse();
        for (Set<String> names : List.of(n.inSpace(), n.byNeighbours(), n.inTime())) {
          checkTensors(l, names);
        }
        for (String name : n.firstRead()) {
          if (!name.equals(einsum.output().name())) {
            throw l.at()
                .error(
                    "'rmw_first_update' names %s".formatted(Words.quote(name)),
                    "expected the result, " + Words.quote(einsum.output().name()));
          }
        }
      }
      case TimeloopConstraint.MinParallelism p -> {}
    }
  }

  private void checkTensors(TimeloopConstraint c, Set<String> names) {
    for (String name : names) {
      if (!tensors.contains(name)) {
        throw c.at()
            .error(
                "unknown data space " + Words.quote(name),
                "expected " + Words.list(tensors),
                Words.didYouMean(name, tensors));
      }
    }
  }

  private NestSpace.Level level(String memory) {
    Set<String> keeps = new LinkedHashSet<>();
    Set<String> bypasses = new LinkedHashSet<>();
    Map<String, Range> time = new HashMap<>();
    Map<String, Range> space = new HashMap<>();
    List<String> timeOrder = List.of();
    List<String> spaceOrder = List.of();
    Set<String> alongX = new LinkedHashSet<>(extents.keySet());
    Set<String> alongY = new LinkedHashSet<>(extents.keySet());
    NestSpace.NoReuse noReuse = NestSpace.NoReuse.NONE;
    for (TimeloopConstraint c : asked.constraints()) {
      if (!c.target().equals(memory)) {
        continue;
      }
      if (c instanceof TimeloopConstraint.Kept k) {
        keeps.addAll(k.keep());
        bypasses.addAll(k.bypass());
      } else if (c instanceof TimeloopConstraint.Loops l) {
        noReuse = noReuse.and(l.noReuse());
        for (FactorText.Item item : l.factors()) {
          Asked a = Asked.of(item, extents, asked.constraints());
          (l.spatial() ? space : time)
              .merge(
                  item.dimension(),
                  new Range(a.least(), a.most()),
                  (x, y) ->
                      new Range(Math.max(x.least(), y.least()), Math.min(x.most(), y.most())));
        }
        if (l.spatial()) {
          spaceOrder = order(l, spaceOrder);
          axes(l, alongX, alongY);
        } else {
          timeOrder = order(l, timeOrder);
        }
      }
    }
    return new NestSpace.Level(
        memory, keeps, bypasses, time, timeOrder, space, spaceOrder, alongX, alongY, noReuse);
  }

  private static List<String> order(TimeloopConstraint.Loops l, List<String> before) {
    if (!before.isEmpty() && !l.permutation().isEmpty() && !before.equals(l.permutation())) {
      throw l.at()
          .error(
              "a second 'permutation' of the loops of '%s'".formatted(l.target()),
              "expected one, or the same again");
    }
    return l.permutation().isEmpty() ? before : l.permutation();
  }

  private void axes(TimeloopConstraint.Loops l, Set<String> alongX, Set<String> alongY) {
    Optional<Fanout> fanout = fanout(l.target());
    OptionalInt split = l.split();
    Axes axes =
        Axes.of(List.copyOf(extents.keySet()), l.permutation(), split, fanout, remarks, l.at());
    for (Axes.Axis axis : axes.all()) {
      (axis.dimension().equals("Y") ? alongY : alongX).retainAll(axis.mayTake());
    }
  }

  private Optional<Fanout> fanout(String memory) {
    int at = architecture.indexOf(memory);
    return architecture.nodes().get(at + 1) instanceof Fanout f ? Optional.of(f) : Optional.empty();
  }
}
