package org.einloom.sim;

import java.util.HashMap;
import java.util.Map;
import org.einloom.counts.SparseCounts;
import org.einloom.counts.SparseCounts.At;
import org.einloom.counts.SparseFlow;
import org.einloom.counts.SparseFlows;

/** What is counted of a run with sparse tensors. */
final class SparseTally {
  /** An action that is done. */
  static final int DONE = 0;

  /** One that takes its time. */
  static final int GATED = 1;

  /** One that takes nothing. */
  static final int SKIPPED = 2;

  private static final int READS = 0;
  private static final int FILLS = 1;
  private static final int UPDATES = 2;
  private static final int DRAINS = 3;

  private final Map<At, double[][]> flows = new HashMap<>();
  private final double[] points = new double[3];
  private double effectual;

  void reads(String component, String tensor, double stored, int state, double bits, int of) {
    count(component, tensor, READS, stored, state, bits, of);
  }

  void fills(String component, String tensor, double stored, int state) {
    count(component, tensor, FILLS, stored, state, 0, state);
  }

  /** A tile that is filled as a whole. */
  void fills(String component, String tensor, double dense, double stored, int state, double bits) {
    double[] flow = flow(component, tensor, FILLS);
    flow[0] += dense;
    flow[1 + state] += stored;
    metadata(flow, bits, state);
  }

  void updates(String component, String tensor, int state) {
    count(component, tensor, UPDATES, 1, state, 0, state);
  }

  void updates(String component, String tensor, double stored, int state, double bits) {
    count(component, tensor, UPDATES, stored, state, bits, state);
  }

  void drains(String component, String tensor, int state) {
    count(component, tensor, DRAINS, 1, state, 0, state);
  }

  void point(int state, boolean isEffectual) {
    points[state]++;
    effectual += isEffectual ? 1 : 0;
  }

  private double[] flow(String component, String tensor, int which) {
    return flows.computeIfAbsent(new At(component, tensor), _ -> new double[4][6])[which];
  }

  private void count(
      String component, String tensor, int which, double stored, int state, double bits, int of) {
    double[] flow = flow(component, tensor, which);
    flow[0]++;
    flow[1 + state] += stored;
    metadata(flow, bits, of);
  }

  private static void metadata(double[] flow, double bits, int state) {
    if (state != SKIPPED) {
      flow[4 + state] += bits;
    }
  }

  SparseCounts counts() {
    Map<At, SparseFlows> all = new HashMap<>();
    flows.forEach(
        (at, f) ->
            all.put(
                at,
                new SparseFlows(
                    flow(f[READS]), flow(f[FILLS]), flow(f[UPDATES]), flow(f[DRAINS]))));
    return new SparseCounts(all, points[DONE], points[GATED], points[SKIPPED], effectual);
  }

  private static SparseFlow flow(double[] f) {
    return new SparseFlow(f[0], f[1], f[2], f[3], f[4], f[5]);
  }
}
