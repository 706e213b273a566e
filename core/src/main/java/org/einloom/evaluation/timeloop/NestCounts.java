package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.einloom.workload.TensorAccess;

/**
 * What a mapping makes the hardware do, by Timeloop's rules.
 *
 * @param levels by level, outermost first, what one instance does for each tensor
 * @param instances by level, how many are in use: the mean over the run, rounded down
 * @param mostInstances by level, how many are in use at most
 * @param computes how many computes are in use, the mean rounded down
 * @param mostComputes how many computes are in use at most
 * @param computesEach points that each of them does, rounded down
 * @param paddedCycles iterations of all loops in time, multiplied, whether or not the last turns
 *     are shorter
 */
public record NestCounts(
    List<SequencedMap<String, LevelCounts>> levels,
    List<Long> instances,
    List<Long> mostInstances,
    long computes,
    long mostComputes,
    long computesEach,
    long paddedCycles) {
  public NestCounts {
    List<SequencedMap<String, LevelCounts>> copies = new ArrayList<>();
    levels.forEach(l -> copies.add(Collections.unmodifiableSequencedMap(new LinkedHashMap<>(l))));
    levels = List.copyOf(copies);
    instances = List.copyOf(instances);
    mostInstances = List.copyOf(mostInstances);
  }

  /**
   * Counts.
   *
   * @param meshes by level, how many children one instance of it has along X and Y
   */
  public static NestCounts of(Nest nest, List<Fan.Mesh> meshes, Switches switches) {
    Geometry g = new Geometry(nest, switches);
    Flattening.check(g);
    int levels = g.levels();
    long[] most = new long[levels + 1];
    long[] mean = new long[levels + 1];
    Occupation.of(g, most, mean);
    Traffic[][] traffic = new Traffic[g.tensors.size()][levels];
    double each = 0;
    boolean products = Products.count(nest, switches);
    for (int p = 0; p < levels; p++) {
      Walk.Result r =
          products
              ? Products.of(g, switches, p, meshes.get(p))
              : Walk.of(g, switches, p, meshes.get(p));
      for (int t = 0; t < traffic.length; t++) {
        traffic[t][p] = r.traffic().get(t);
      }
      each = r.computes();
    }
    List<SequencedMap<String, LevelCounts>> counts = new ArrayList<>();
    for (int p = 0; p < levels; p++) {
      counts.add(new LinkedHashMap<>());
    }
    for (int t = 0; t < traffic.length; t++) {
      TensorAccess tensor = g.tensors.get(t);
      List<LevelCounts> of = Tiles.of(g, traffic[t], tensor, most, switches);
      for (int p = 0; p < levels; p++) {
        counts.get(p).put(tensor.name(), of.get(p));
      }
    }
    return new NestCounts(
        counts,
        boxed(mean, levels),
        boxed(most, levels),
        mean[levels],
        most[levels],
        (long) each,
        Occupation.paddedCycles(g));
  }

  private static List<Long> boxed(long[] values, int levels) {
    List<Long> list = new ArrayList<>();
    for (int p = 0; p < levels; p++) {
      list.add(values[p]);
    }
    return list;
  }
}
