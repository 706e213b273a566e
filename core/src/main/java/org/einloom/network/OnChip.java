package org.einloom.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Policy;
import org.einloom.workload.Einsum;
import org.einloom.workload.Links;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * Keeps intermediate tensors in one memory of the chip, in the order of the graph, each where it
 * fits and pays. That is one way to do it, not the best: what it saves can be had.
 *
 * <p>Why it can be had: layers run one after the other. A tensor that is kept is written as a whole
 * into its own part of the memory by the layer that makes it, and lies there until the last layer
 * that reads it has run. During each of these layers the memory has to hold what the layer holds
 * there itself ({@link Relocated}) and all tensors kept meanwhile. Nothing else changes, and both
 * layers are counted and costed like any mapping.
 */
final class OnChip {
  private final Intermediates tensors;
  private final NetworkResult result;
  private final Memory memory;
  private final Policy policy;
  private final long capacityBits;

  /** By layer of the workload: its tensors that are kept, and what else lies there meanwhile. */
  private final List<Set<String>> own = new ArrayList<>();

  private final long[] othersBits;

  private record Key(int distinct, Set<String> tensors) {}

  private final Map<Key, Optional<Relocated>> relocated = new HashMap<>();
  private final List<String> layers = new ArrayList<>();

  OnChip(Intermediates tensors, NetworkResult result, Memory memory) {
    this.tensors = tensors;
    this.result = result;
    this.memory = memory;
    this.policy = Policy.named(result.policy());
    this.capacityBits = memory.capacityBits().orElse(0);
    this.othersBits = new long[result.order().size()];
    result.order().forEach(e -> own.add(Set.of()));
  }

  /** What is kept, and saved by that. */
  Fusion.Kept kept() {
    for (int i = 0; i < own.size(); i++) {
      keep(i);
    }
    double bits = 0;
    double energyPj = 0;
    double latencyS = 0;
    for (int i = 0; i < own.size(); i++) {
      if (!own.get(i).isEmpty()) {
        Evaluation before = layer(i).evaluation();
        Evaluation after = now(i);
        bits += outermostBits(i, before) - outermostBits(i, after);
        energyPj += before.energyPj() - after.energyPj();
        latencyS += before.latencyS() - after.latencyS();
      }
    }
    return new Fusion.Kept(memory.name(), layers, bits, energyPj, latencyS);
  }

  /** Keeps the result of this layer, if it is read, fits and pays. */
  private void keep(int i) {
    List<Integer> readers = tensors.readers().get(i);
    if (readers.isEmpty() || tensors.ends(i).leaves() != Links.Leaves.NOT) {
      return;
    }
    TreeMap<Integer, Set<String>> moved = new TreeMap<>();
    moved.put(i, Set.of(tensors.layer(i).einsum().output().name()));
    for (int reader : readers) {
      Optional<List<String>> whole = tensors.whole(reader, i);
      if (whole.isEmpty()) {
        return;
      }
      moved.put(reader, Set.copyOf(whole.get()));
    }
    long tensorBits = bits(moved);
    if (tensorBits > capacityBits) {
      return;
    }
    moved.replaceAll((k, names) -> union(own.get(k), names));
    double energyPj = 0;
    double latencyS = 0;
    for (int k = i; k <= readers.getLast(); k++) {
      Set<String> names = moved.getOrDefault(k, own.get(k));
      Optional<Relocated> then = at(k, names);
      long others = othersBits[k] + (moved.containsKey(k) ? 0 : tensorBits);
      if (then.isEmpty() || then.get().heldBits() + others > capacityBits) {
        return;
      }
      if (moved.containsKey(k)) {
        Evaluation before = now(k);
        energyPj += before.energyPj() - then.get().evaluation().energyPj();
        latencyS += before.latencyS() - then.get().evaluation().latencyS();
      }
    }
    if (energyPj <= 0 || latencyS < 0) {
      return;
    }
    for (int k = i; k <= readers.getLast(); k++) {
      if (moved.containsKey(k)) {
        own.set(k, moved.get(k));
      } else {
        othersBits[k] += tensorBits;
      }
    }
    layers.add(result.order().get(i).name());
  }

  /** The size of the tensor, by the widest of its words at the layers that make and read it. */
  private long bits(Map<Integer, Set<String>> accesses) {
    Widths widths = result.design().first().widths();
    long bits = 0;
    for (Map.Entry<Integer, Set<String>> e : accesses.entrySet()) {
      for (String name : e.getValue()) {
        TensorAccess t = tensors.layer(e.getKey()).einsum().tensor(name);
        bits = Math.max(bits, Math.multiplyExact(t.words(), (long) widths.of(t)));
      }
    }
    return bits;
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new TreeSet<>(a);
    both.addAll(b);
    return Set.copyOf(both);
  }

  private LayerResult layer(int i) {
    return result.layers().get(result.order().get(i).layer());
  }

  /** What the layer costs with those of its tensors there that are kept until now. */
  private Evaluation now(int i) {
    return own.get(i).isEmpty()
        ? layer(i).evaluation()
        : at(i, own.get(i)).orElseThrow().evaluation();
  }

  private Optional<Relocated> at(int i, Set<String> names) {
    return relocated.computeIfAbsent(
        new Key(result.order().get(i).layer(), names), k -> relocate(layer(i), names));
  }

  private Optional<Relocated> relocate(LayerResult layer, Set<String> names) {
    Architecture path = result.path(layer.evaluation());
    Einsum einsum = layer.layer().einsum();
    if (!path.memories().contains(memory)) {
      // the layer passes the memory by, which then holds what others left there
      return names.isEmpty() ? Optional.of(new Relocated(layer.evaluation(), 0)) : Optional.empty();
    }
    return Relocated.of(einsum, path, layer.mapping(), memory, names, policy);
  }

  private double outermostBits(int i, Evaluation evaluation) {
    Architecture path = result.path(layer(i).evaluation());
    double bits = 0;
    for (TensorAccess t : layer(i).layer().einsum().tensors()) {
      bits += OutermostUse.of(t, evaluation, path, policy).bits();
    }
    return bits;
  }
}
