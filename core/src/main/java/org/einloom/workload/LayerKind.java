package org.einloom.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.workload.TensorAccess.Rank;

/**
 * What sort of computation a layer is, as the field calls it: {@code 3x3 convolution}, {@code fully
 * connected}. Told by the shape of its Einsum; the operator's name only tells convolutions of 1x1
 * from products, and transposed ones from others.
 *
 * @param label for people and programs
 */
public record LayerKind(String label) {
  private static final String CONVOLUTION = "convolution";

  /** Kernel positions of the convolutions of networks, those of the third dimension first. */
  private static final List<String> KERNEL = List.of("t", "r", "s");

  /** The kind of a layer. */
  public static LayerKind of(String operator, Einsum einsum) {
    return new LayerKind(label(operator, einsum));
  }

  private static String label(String operator, Einsum einsum) {
    Set<String> result = variables(einsum.output());
    boolean reduces = einsum.variables().stream().anyMatch(v -> adds(v, result));
    List<Long> windows = windows(operator, einsum);
    if (!einsum.operation().equals(Einsum.MAC) || einsum.operands().size() == 1) {
      return !reduces ? "element-wise" : windows.isEmpty() ? "reduction" : "pooling";
    }
    if (!windows.isEmpty()) {
      return convolution(operator, einsum, windows);
    }
    if (!reduces) {
      return "element-wise";
    }
    if (einsum.operands().size() > 2) {
      return "tensor product";
    }
    return inAll(einsum).isEmpty() ? "fully connected" : "matrix product";
  }

  private static boolean adds(RankVariable v, Set<String> result) {
    return v.extent() > 1 && !result.contains(v.name());
  }

  private static String convolution(String operator, Einsum einsum, List<Long> windows) {
    List<String> sizes = new ArrayList<>();
    windows.forEach(w -> sizes.add(Long.toString(w)));
    while (sizes.size() < 2) {
      sizes.addFirst("1");
    }
    String kernel = String.join("x", sizes);
    String transposed = operator.contains("ConvTranspose") ? "transposed " : "";
    if (inAll(einsum).isEmpty()) {
      return kernel + " " + transposed + CONVOLUTION;
    }
    return kernel + (isDepthwise(einsum) ? " depthwise " : " grouped ") + transposed + CONVOLUTION;
  }

  /** Every channel on its own: what is added up are positions of the kernel. */
  private static boolean isDepthwise(Einsum einsum) {
    Set<String> result = variables(einsum.output());
    Set<String> kernel = new TreeSet<>(KERNEL);
    einsum.operands().forEach(t -> t.ranks().forEach(r -> kernel.addAll(pair(r))));
    return einsum.variables().stream()
        .noneMatch(v -> adds(v, result) && !kernel.contains(v.name()));
  }

  /**
   * The extents of the kernel: of a network's convolution those of the variables that have these
   * names, 1 where there is none; otherwise those that slide, in a rank of two variables.
   */
  private static List<Long> windows(String operator, Einsum einsum) {
    List<Long> windows = new ArrayList<>();
    if (operator.contains("Conv")) {
      for (String name : KERNEL) {
        OptionalLong extent =
            einsum.variables().stream()
                .filter(v -> v.name().equals(name))
                .mapToLong(RankVariable::extent)
                .findFirst();
        if (extent.isPresent() || !name.equals(KERNEL.getFirst())) {
          windows.add(extent.orElse(1));
        }
      }
      return windows;
    }
    Set<String> result = variables(einsum.output());
    for (TensorAccess t : einsum.operands()) {
      for (Rank rank : t.ranks()) {
        pair(rank).stream()
            .filter(v -> !result.contains(v))
            .forEach(v -> windows.add(einsum.extent(v)));
      }
    }
    return windows;
  }

  /** The variables of a rank that has two. */
  private static List<String> pair(Rank rank) {
    List<String> names = rank.expression().terms().stream().map(Affine.Term::variable).toList();
    return names.size() == 2 ? names : List.of();
  }

  /** Variables that all tensors have, batches of one apart: groups, heads. */
  private static Set<String> inAll(Einsum einsum) {
    Set<String> names = new TreeSet<>();
    for (RankVariable v : einsum.variables()) {
      if (v.extent() > 1 && einsum.tensors().stream().allMatch(t -> t.indexedBy(v.name()))) {
        names.add(v.name());
      }
    }
    return names;
  }

  private static Set<String> variables(TensorAccess t) {
    Set<String> names = new TreeSet<>();
    t.ranks().forEach(r -> r.expression().terms().forEach(term -> names.add(term.variable())));
    return names;
  }
}
