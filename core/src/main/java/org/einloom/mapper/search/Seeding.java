package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.HeuristicMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * Mappings to begin with: the proven best with perfect tiles, of the Einsum itself and of larger
 * ones whose extents have more divisors, where the fast search covers these; otherwise what the
 * heuristic mapper finds. They are not all of the mapspace at hand; {@link Repair} makes them so.
 */
final class Seeding {
  /** How often a search with larger extents may look up before it is ended. */
  private static final int MOST_LOOKS = 200;

  private static final int MOST_SEARCHES = 4;

  /** A larger extent has at most so much more. */
  private static final double MOST_PADDING = 0.2;

  private Seeding() {}

  /** Mappings worth a start, the most promising kind first. */
  static List<LoopTree> of(Problem p) {
    List<LoopTree> seeds = new ArrayList<>();
    for (Einsum einsum : variants(p)) {
      if (p.options.monitor().stop()) {
        return seeds;
      }
      // that of the Einsum itself must end, so that imperfect tiles are never worse than perfect
      boolean same = einsum.equals(p.einsum);
      fast(p, einsum, same ? p.options.monitor() : limited(p.options.monitor()), seeds);
    }
    if (seeds.isEmpty() && !p.options.monitor().stop()) {
      MapperOptions plain =
          new MapperOptions(p.options.policy(), 1).withMonitor(p.options.monitor());
      heuristic(p, plain).ifPresent(seeds::add);
    }
    return seeds;
  }

  private static Optional<LoopTree> heuristic(Problem p, MapperOptions plain) {
    try {
      return HeuristicMapper.quick().map(p.einsum, p.architecture, p.objective, plain)
              instanceof MappingResult.Found f
          ? Optional.of(f.mapping())
          : Optional.empty();
    } catch (InvalidSpecException nothingFits) {
      return Optional.empty(); // it knows fewer mappings than there are
    }
  }

  private static void fast(Problem p, Einsum einsum, SearchMonitor monitor, List<LoopTree> seeds) {
    Constraints free =
        new Constraints(
            p.options.constraints().all().stream()
                .filter(
                    c ->
                        !(c instanceof Constraint.TemporalFactor
                            || c instanceof Constraint.LoopOrder
                            || c instanceof Constraint.Limit))
                .toList());
    MapperOptions options =
        new MapperOptions(p.options.policy(), 1, Tiling.PERFECT, free, false, silent(monitor));
    Problem similar = new Problem(einsum, p.architecture, p.objective, options);
    if (!similar.covered()) {
      return;
    }
    double none = Double.POSITIVE_INFINITY;
    Incumbents best = new Incumbents(p.objective, false, p.architecture.clockHz(), none, none);
    Searches.together(ExactSearch.of(similar, best));
    if (best.mapping != null) {
      seeds.add(best.mapping);
    }
  }

  /** What is reported would be bounds of another problem. */
  private static SearchMonitor silent(SearchMonitor monitor) {
    return new SearchMonitor() {
      @Override
      public boolean stop() {
        return monitor.stop();
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {}
    };
  }

  private static SearchMonitor limited(SearchMonitor monitor) {
    return new SearchMonitor() {
      private int looks;

      @Override
      public boolean stop() {
        return ++looks > MOST_LOOKS || monitor.stop();
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {}
    };
  }

  private static List<Einsum> variants(Problem p) {
    Set<List<Long>> extents = new LinkedHashSet<>();
    extents.add(Arrays.stream(p.extent).boxed().toList());
    Tiles tiles = new Tiles(p);
    for (int kind = 0; kind < 3; kind++) {
      List<Long> padded = new ArrayList<>();
      for (int v = 0; v < p.variables; v++) {
        long e = p.extent[v];
        long more = tiles.imperfect(v) ? padded(e, kind) : e;
        padded.add(more <= e * (1 + MOST_PADDING) ? more : e);
      }
      extents.add(padded);
    }
    return extents.stream().limit(MOST_SEARCHES).map(e -> larger(p.einsum, e)).toList();
  }

  private static long padded(long e, int kind) {
    return switch (kind) {
      case 0 -> smooth(e, 5);
      case 1 -> Math.ceilDiv(e, 8) * 8;
      default -> Math.ceilDiv(e, 16) * 16;
    };
  }

  /** The next number without prime factors above this. */
  private static long smooth(long n, int prime) {
    for (long m = n; ; m++) {
      long left = m;
      for (int f = 2; f <= prime; f++) {
        while (left % f == 0) {
          left /= f;
        }
      }
      if (left == 1) {
        return m;
      }
    }
  }

  private static Einsum larger(Einsum einsum, List<Long> extents) {
    List<RankVariable> variables = new ArrayList<>();
    for (int v = 0; v < extents.size(); v++) {
      variables.add(new RankVariable(einsum.variables().get(v).name(), extents.get(v)));
    }
    return new Einsum(
        einsum.name(),
        variables,
        einsum.operands().stream().map(t -> larger(t, einsum, variables)).toList(),
        larger(einsum.output(), einsum, variables));
  }

  private static TensorAccess larger(
      TensorAccess tensor, Einsum einsum, List<RankVariable> variables) {
    List<TensorAccess.Rank> ranks = new ArrayList<>();
    for (TensorAccess.Rank rank : tensor.ranks()) {
      long size = rank.size();
      for (Affine.Term term : rank.expression().terms()) {
        for (RankVariable v : variables) {
          if (v.name().equals(term.variable())) {
            size += Math.abs(term.coefficient()) * (v.extent() - einsum.extent(v.name()));
          }
        }
      }
      ranks.add(new TensorAccess.Rank(rank.expression(), size));
    }
    return tensor.withRanks(ranks);
  }
}
