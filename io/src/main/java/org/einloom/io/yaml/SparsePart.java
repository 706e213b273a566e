package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.density.Density;
import org.einloom.format.TensorFormat;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** Formats, optimisations and what becomes of zeros, as a file has them, for all layers or one. */
final class SparsePart {
  private final Map<String, SequencedMap<Scalar, YamlNode>> formats = new LinkedHashMap<>();
  private final Map<String, List<Optimization>> optimizations = new LinkedHashMap<>();
  private @Nullable List<Optional<Kind>> zeros;

  /** Reads what is said of a memory. */
  void memory(String name, Fields fields, List<String> tensors) {
    fields
        .optional("formats")
        .ifPresent(
            n -> {
              var of = Values.entries(n, "formats", "expected tensors or roles with formats");
              of.keySet().forEach(t -> SparsityYaml.known(t, tensors, "tensor or role"));
              formats.put(name, of);
            });
    fields
        .optional("optimizations")
        .ifPresent(
            n -> {
              var list = new ArrayList<Optimization>();
              for (YamlNode item :
                  Values.list(n, "optimizations", "expected a list such as [{skip: A, on: [B]}]")) {
                list.add(Optimization.read(item, tensors));
              }
              optimizations.put(name, list);
            });
  }

  /** Reads what becomes of zeros. */
  void zeros(YamlNode node) {
    zeros = kinds(node);
  }

  /** The same with what is other for a layer. */
  SparsePart with(SparsePart other) {
    var both = new SparsePart();
    formats.forEach((memory, of) -> both.formats.put(memory, new LinkedHashMap<>(of)));
    other.formats.forEach(
        (memory, of) ->
            both.formats.computeIfAbsent(memory, _ -> new LinkedHashMap<>()).putAll(of));
    both.optimizations.putAll(optimizations);
    both.optimizations.putAll(other.optimizations);
    both.zeros = other.zeros != null ? other.zeros : zeros;
    return both;
  }

  /** A word, or a list of them to choose from. */
  private static List<Optional<Kind>> kinds(YamlNode node) {
    var words =
        Values.words(
            "skip", Optional.of(Kind.SKIP),
            "gate", Optional.of(Kind.GATE),
            "compute", Optional.<Kind>empty());
    if (node instanceof Scalar) {
      return List.of(Values.choice(node, "zeros", words));
    }
    var kinds = new LinkedHashSet<Optional<Kind>>();
    for (YamlNode item : Values.list(node, "zeros", "expected skip, gate, compute, or a list")) {
      kinds.add(Values.choice(item, "zeros", words));
    }
    if (kinds.isEmpty()) {
      throw node.at().error("'zeros' is empty", "expected skip, gate or compute");
    }
    return List.copyOf(kinds);
  }

  /** Where results are zero is told, or they are not compressed. */
  private static void checkStored(
      YamlNode node, TensorAccess t, Einsum einsum, String memory, List<TensorFormat> choices) {
    for (TensorFormat f : choices) {
      if (f.compresses()) {
        throw node.at()
            .error(
                "'%s', the result of '%s', has format %s at '%s', and no density"
                    .formatted(t.name(), einsum.name(), f.name(), memory),
                "of a result that is compressed expected the density of what is stored");
      }
    }
  }

  /** Whether a tensor may be compressed at some memory. */
  boolean mayCompress(TensorAccess t, SparsityChoices choices) {
    return choices.formats().entrySet().stream()
        .anyMatch(
            e ->
                e.getKey().tensor().equals(t.name())
                    && e.getValue().stream().anyMatch(TensorFormat::compresses));
  }

  /** What it leaves open for an Einsum. */
  SparsityChoices choices(Einsum einsum, SequencedMap<String, Density> densities) {
    var stored = new HashMap<Held, List<TensorFormat>>();
    formats.forEach(
        (memory, of) ->
            of.forEach(
                (name, node) -> {
                  for (TensorAccess t : einsum.tensors()) {
                    if (Optimization.means(name.value(), t)) {
                      List<TensorFormat> choices = FormatReader.choices(node, t);
                      if (t.equals(einsum.output()) && !densities.containsKey(t.name())) {
                        checkStored(node, t, einsum, memory, choices);
                      }
                      stored.put(new Held(memory, t.name()), choices);
                    }
                  }
                }));
    var all = new ArrayList<SparsityChoices.Rule>();
    optimizations.forEach(
        (memory, list) ->
            list.forEach(
                o -> {
                  List<Saving> savings = o.savings(einsum, memory);
                  if (!savings.isEmpty()) {
                    all.add(new SparsityChoices.Rule(savings, o.optional()));
                  }
                }));
    List<Optional<Kind>> kinds = zeros;
    return new SparsityChoices(
        densities, stored, all, kinds != null ? kinds : List.of(Optional.empty()));
  }
}
