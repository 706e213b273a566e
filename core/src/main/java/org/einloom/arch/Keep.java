package org.einloom.arch;

import java.util.Set;
import org.einloom.workload.TensorAccess;

/**
 * Which tensors a memory holds, by tensor name, role label ({@code input}, {@code weight}, {@code
 * output}) or {@code all}.
 *
 * @param must tensors that a mapping has to keep here
 * @param may tensors that a mapping can keep here; those in {@code must} need not be repeated
 */
public record Keep(Set<String> must, Set<String> may) {
  /** Stands for every tensor. */
  public static final String ALL = "all";

  public static final Keep MUST_ALL = new Keep(Set.of(ALL), Set.of());
  public static final Keep MAY_ALL = new Keep(Set.of(), Set.of(ALL));

  public Keep {
    must = Set.copyOf(must);
    may = Set.copyOf(may);
  }

  /** Whether the tensor has to be kept. */
  public boolean requires(TensorAccess tensor) {
    return names(must, tensor);
  }

  /** Whether the tensor can be kept. */
  public boolean allows(TensorAccess tensor) {
    return names(must, tensor) || names(may, tensor);
  }

  /** Whether a set of names, role labels or {@link #ALL} means this tensor. */
  public static boolean names(Set<String> names, TensorAccess tensor) {
    return names.contains(ALL)
        || names.contains(tensor.name())
        || names.contains(tensor.tensor())
        || names.contains(tensor.role().label());
  }
}
