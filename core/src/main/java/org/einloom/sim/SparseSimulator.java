package org.einloom.sim;

import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.counts.SparseCounts;
import org.einloom.density.Pattern;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.SparseLegality;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;

/**
 * Runs a mapping on actual sparse tensors, as {@code docs/sparsity.md} defines it: every action is
 * looked at and told to be done, gated or skipped.
 */
public final class SparseSimulator {
  private SparseSimulator() {}

  /**
   * Runs the mapping.
   *
   * @param patterns which words are occupied, by operand; one that is not named has no zeros
   * @throws org.einloom.workload.InvalidSpecException if the mapping is illegal, cannot be counted
   *     with sparse tensors, or is too large to be run
   */
  public static SparseCounts run(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Sparsity sparsity,
      Map<String, Pattern> patterns) {
    Legality.check(einsum, architecture, mapping);
    SparseLegality.check(einsum, architecture, mapping, sparsity);
    WorkLimit.check(einsum, mapping);
    var recording = new SparseRecording(einsum, architecture, mapping, sparsity, patterns);
    recording.run();
    var counts = new SparseTally();
    for (SparseTrack track : recording.tracks()) {
      if (track.result()) {
        new SparseResult(track, recording, counts).count();
      } else {
        new SparseOperand(track, recording, counts).count();
      }
    }
    recording.points().forEach(p -> counts.point(recording.state(p), p.effectual()));
    return counts.counts();
  }
}
