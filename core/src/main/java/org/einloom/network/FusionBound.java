package org.einloom.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Policy;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;

/**
 * Bounds what fusion could save, from above: whatever intermediate tensors move in and out of the
 * outermost memory under the mappings that the layers have.
 */
final class FusionBound {
  private FusionBound() {}

  /**
   * The bound, and what is saved by keeping what fits.
   *
   * @return empty if it is not known which layer feeds which, or the result is not that of the
   *     whole workload
   */
  static Optional<Fusion> of(Workload workload, NetworkResult result) {
    boolean whole = result.order().size() == workload.layers().size();
    if (!whole || workload.links().layers().isEmpty()) {
      return Optional.empty();
    }
    Intermediates tensors = Intermediates.of(workload);
    Policy policy = Policy.named(result.policy());
    Map<UseKey, OutermostUse> uses = new HashMap<>();
    OutermostUse sum = OutermostUse.NONE;
    for (int i = 0; i < workload.layers().size(); i++) {
      int distinct = result.order().get(i).layer();
      LayerResult layer = result.layers().get(distinct);
      Architecture path = result.path(layer.evaluation());
      // the accesses of a repetition have the names of its first occurrence
      for (TensorAccess t : tensors.operands(i)) {
        sum = sum.plus(use(uses, distinct, t, layer, path, policy));
      }
      TensorAccess t = layer.layer().einsum().output();
      OutermostUse use = use(uses, distinct, t, layer, path, policy);
      sum =
          sum.plus(
              switch (tensors.ends(i).leaves()) {
                case NOT -> use;
                case PARTLY -> tensors.readers().get(i).isEmpty() ? OutermostUse.NONE : use;
                case WHOLE ->
                    tensors.readers().get(i).isEmpty()
                        ? OutermostUse.NONE
                        : use.less(OutermostUse.writtenOnce(t, path, policy));
              });
    }
    List<Fusion.Kept> kept = new ArrayList<>();
    for (Memory memory : candidates(result)) {
      kept.add(new OnChip(tensors, result, memory).kept());
    }
    return Optional.of(new Fusion(tensors.count(), sum.bits(), sum.energyPj(), kept));
  }

  private record UseKey(int distinct, String tensor) {}

  private static OutermostUse use(
      Map<UseKey, OutermostUse> uses,
      int distinct,
      TensorAccess t,
      LayerResult layer,
      Architecture path,
      Policy policy) {
    return uses.computeIfAbsent(
        new UseKey(distinct, t.name()), k -> OutermostUse.of(t, layer.evaluation(), path, policy));
  }

  /** The memories of which there is one, inside the outermost one, that say what they hold. */
  private static Set<Memory> candidates(NetworkResult result) {
    Set<Memory> memories = new LinkedHashSet<>();
    for (Architecture path : result.design().paths()) {
      path.memories().stream().filter(m -> Relocated.isCandidate(path, m)).forEach(memories::add);
    }
    return memories;
  }
}
