package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.format.RankFormat;
import org.einloom.format.TensorFormat;
import org.einloom.format.TreeLevel;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * What was chosen about zeros, so that it can be said again: as the part of a file of sparsity that
 * is other for a layer. It names every tensor at every memory, as what is left out would be what
 * the file has for all layers.
 */
final class SparseChoice {
  private SparseChoice() {}

  static Map<String, Object> json(Einsum einsum, Architecture path, Sparsity sparsity) {
    var memories = new LinkedHashMap<String, Object>();
    for (Memory m : path.memories()) {
      var formats = new LinkedHashMap<String, Object>();
      for (TensorAccess t : einsum.tensors()) {
        formats.put(t.name(), format(sparsity.format(m.name(), t), t.ranks().size()));
      }
      var memory = new LinkedHashMap<String, Object>();
      memory.put("formats", formats);
      memory.put("optimizations", optimizations(einsum, m.name(), sparsity));
      memories.put(m.name(), memory);
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("memories", memories);
    json.put("zeros", sparsity.compute().map(Kind::label).orElse("compute"));
    return json;
  }

  /** Its name, or its levels if that name alone does not say it. */
  private static Object format(TensorFormat f, int ranks) {
    if (!f.compresses()) {
      return "uncompressed";
    }
    boolean matrix = f.name().equals("csr") || f.name().equals("csc");
    if (TensorFormat.NAMES.contains(f.name())
        && (!matrix || ranks == 2)
        && TensorFormat.named(f.name(), ranks).equals(f)) {
      return f.name();
    }
    return f.levels().stream().map(SparseChoice::level).toList();
  }

  private static Map<String, Object> level(TreeLevel l) {
    var json = new LinkedHashMap<String, Object>();
    json.put("level", l.format().label());
    json.put("ranks", l.ranks());
    OptionalInt bits =
        switch (l.format()) {
          case RankFormat.RunLength r -> r.bits();
          case RankFormat.Coordinates c -> c.bits();
          case RankFormat.Offsets o -> o.bits();
          case RankFormat.Uncompressed _, RankFormat.Bitmask _ -> OptionalInt.empty();
        };
    bits.ifPresent(b -> json.put("bits", b));
    if (l.block() > 1) {
      json.put("block", l.block());
    }
    return json;
  }

  private static List<Object> optimizations(Einsum einsum, String memory, Sparsity sparsity) {
    List<Object> all = new ArrayList<>();
    Set<Object> mutual = new LinkedHashSet<>();
    for (Saving s : sparsity.savings()) {
      if (s.memory().equals(memory)) {
        var json = new LinkedHashMap<String, Object>();
        if (s.mutual()) {
          // each of several on the others is one optimisation of a file
          Set<String> several = new TreeSet<>(s.leaders());
          several.add(s.tensor());
          json.put(
              s.kind().label(),
              einsum.operands().stream()
                  .map(TensorAccess::name)
                  .filter(several::contains)
                  .toList());
          if (mutual.add(json)) {
            all.add(json);
          }
        } else {
          json.put(s.kind().label(), s.tensor());
          json.put("on", s.leaders());
          all.add(json);
        }
      }
    }
    return all;
  }

  /** The same in a few words each, without what is not compressed. */
  static Set<String> words(Einsum einsum, Architecture path, Sparsity sparsity) {
    var words = new LinkedHashSet<String>();
    for (Memory m : path.memories()) {
      for (TensorAccess t : einsum.tensors()) {
        TensorFormat f = sparsity.format(m.name(), t);
        if (f.compresses()) {
          words.add("%s at %s as %s".formatted(t.name(), m.name(), f.name()));
        }
      }
      for (Saving s : sparsity.savings()) {
        if (s.memory().equals(m.name())) {
          words.add(s.label());
        }
      }
    }
    sparsity.compute().ifPresent(k -> words.add(k.label() + " zeros"));
    return words;
  }
}
