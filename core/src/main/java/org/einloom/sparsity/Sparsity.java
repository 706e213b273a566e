package org.einloom.sparsity;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.format.TensorFormat;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * What is sparse about an Einsum on a design.
 *
 * @param densities by operand; one that is not named has no zeros. By result, that of what the
 *     outermost memory stores compressed, after an activation, say: independent of the operands
 * @param formats of tiles; what is not named is uncompressed
 * @param savings at memories
 * @param compute what becomes of a point of which an operand is zero; empty: it is computed
 */
public record Sparsity(
    SequencedMap<String, Density> densities,
    Map<Held, TensorFormat> formats,
    List<Saving> savings,
    Optional<Kind> compute) {
  /** A tensor at a memory. */
  public record Held(String memory, String tensor) {}

  public Sparsity {
    densities = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(densities));
    formats = Map.copyOf(formats);
    savings = List.copyOf(savings);
  }

  /** The law of a tensor. */
  public Density density(TensorAccess tensor) {
    Density given = densities.get(tensor.name());
    return given != null
        ? given
        : UniformDensity.dense(tensor.ranks().stream().map(TensorAccess.Rank::size).toList());
  }

  /** How a tensor's tiles are stored at a memory. */
  public TensorFormat format(String memory, TensorAccess tensor) {
    TensorFormat given = formats.get(new Held(memory, tensor.name()));
    return given != null ? given : TensorFormat.uncompressed(tensor.ranks().size());
  }

  /** What happens to a tensor at a memory. */
  public List<Saving> savings(String memory, String tensor) {
    return savings.stream()
        .filter(s -> s.memory().equals(memory) && s.tensor().equals(tensor))
        .toList();
  }

  /** The same with other formats; of a result that none of them compresses, without its density. */
  public Sparsity with(Einsum einsum, Map<Held, TensorFormat> other) {
    var same = new Sparsity(densities, other, savings, compute);
    if (same.compressesResult(einsum)) {
      return same;
    }
    var laws = new LinkedHashMap<>(densities);
    laws.remove(einsum.output().name());
    return new Sparsity(laws, other, savings, compute);
  }

  /** Whether some memory stores the result compressed, as it is after what follows it. */
  public boolean compressesResult(Einsum einsum) {
    return formats.entrySet().stream()
        .anyMatch(
            e -> e.getKey().tensor().equals(einsum.output().name()) && e.getValue().compresses());
  }

  /**
   * Returns if it can be meant for this Einsum.
   *
   * @throws InvalidSpecException if it names what is not there, or asks for what is not modelled
   */
  public void check(Einsum einsum) {
    var tensors = new HashSet<String>();
    for (TensorAccess t : einsum.operands()) {
      if (!tensors.add(t.tensor())) {
        throw new InvalidSpecException(
            "tensor '%s' is used twice in '%s', so its uses are not independent; sparse operands used twice are not modelled: leave densities, formats and optimisations out"
                .formatted(t.tensor(), einsum.name()));
      }
    }
    densities.forEach(
        (name, density) -> {
          TensorAccess t = einsum.tensor(name);
          if (t.equals(einsum.output()) && !compressesResult(einsum)) {
            throw new InvalidSpecException(
                "density of '%s', the result of '%s', which no memory compresses; expected densities of operands: where results are zero follows from these, unless a format stores them after an activation, say"
                    .formatted(name, einsum.name()));
          }
          List<Long> shape = t.ranks().stream().map(TensorAccess.Rank::size).toList();
          if (!density.shape().equals(shape)) {
            throw new InvalidSpecException(
                "the density of '%s' is one of shape %s; the tensor has %s"
                    .formatted(name, density.shape(), shape));
          }
        });
    formats.forEach(
        (held, format) -> {
          TensorAccess t = einsum.tensor(held.tensor());
          if (t.equals(einsum.output())
              && format.compresses()
              && !densities.containsKey(t.name())) {
            throw new InvalidSpecException(
                "'%s' at '%s' has format %s, and no density; of a result that is compressed expected the density of what is stored"
                    .formatted(held.tensor(), held.memory(), format.name()));
          }
        });
    for (Saving s : savings) {
      einsum.tensor(s.tensor());
      for (String leader : s.leaders()) {
        if (einsum.tensor(leader).equals(einsum.output())) {
          throw new InvalidSpecException(
              "'%s' at '%s' follows '%s', the result; expected operands"
                  .formatted(s.tensor(), s.memory(), leader));
        }
      }
    }
  }
}
