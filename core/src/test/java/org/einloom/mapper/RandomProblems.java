package org.einloom.mapper;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;

/**
 * Draws problems whose every mapping can be evaluated: every kind of Einsum with tiny extents, one
 * to four memories, none to two fanouts, tolls in every other one and branches that are idle in
 * some, costs of all kinds, constraints now and then.
 */
final class RandomProblems {
  private RandomProblems() {}

  /** The problem that belongs to this seed, always the same. */
  static Problem draw(long seed) {
    var random = new SplittableRandom(seed);
    // as many small mapspaces as large ones, seldom a very large one
    long most = random.nextInt(300) == 0 ? 12_000 : (long) (35 * Math.pow(50, random.nextDouble()));
    long least = random.nextInt(20) == 0 ? 0 : most / 6;
    Einsum einsum = TinyEinsums.draw(random);
    for (int tries = 1; ; tries++) {
      if (tries % 40 == 0) {
        einsum = TinyEinsums.draw(random); // too large for any architecture
      }
      Architecture architecture = TinyArchitectures.draw(random, einsum);
      Tiling tiling = tiling(random, einsum);
      long count = EveryMapping.count(einsum, architecture, tiling, most);
      if (least <= count && count < most) {
        var free =
            new Problem(
                "RandomProblems.draw(" + seed + "L)",
                einsum,
                TinyExtras.add(seed, einsum, architecture),
                objective(random),
                tiling,
                Constraints.NONE,
                random.nextInt(3) == 0);
        return random.nextInt(10) < 3 ? TinyConstraints.add(random, free) : free;
      }
    }
  }

  private static Tiling tiling(SplittableRandom random, Einsum einsum) {
    int kind = random.nextInt(20);
    if (kind < 14) {
      return Tiling.PERFECT;
    } else if (kind < 17) {
      return Tiling.IMPERFECT;
    }
    Map<String, Boolean> byVariable = new TreeMap<>();
    for (RankVariable v : einsum.variables()) {
      if (random.nextBoolean()) {
        byVariable.put(v.name(), random.nextBoolean());
      }
    }
    return new Tiling(random.nextBoolean(), byVariable);
  }

  private static Objective objective(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Objective.ENERGY;
      case 1 -> Objective.LATENCY;
      case 2 -> Objective.EDP;
      default -> {
        double energy = random.nextInt(3) == 0 ? 0 : 0.5 + random.nextInt(4);
        double latency = random.nextInt(3) == 0 && energy > 0 ? 0 : random.nextInt(1, 50) * 1e9;
        yield Objective.weighted(
            "%s*energy + %s*latency".formatted(energy, latency), energy, latency);
      }
    };
  }
}
