package org.einloom.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What was measured of a network.
 *
 * @param model its name
 * @param inputs what it was run on, in one line
 * @param tensors by name
 * @param layers by layer of the workload, which tensor of the network each of its tensors is; a
 *     layer or tensor of which that is not known is left out
 */
public record Profile(
    String model,
    String inputs,
    SequencedMap<String, TensorProfile> tensors,
    SequencedMap<String, SequencedMap<String, String>> layers) {
  public Profile {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
  }

  /** What was measured of a tensor of a layer, if anything. */
  public Optional<TensorProfile> tensor(String layer, String tensor) {
    return Optional.ofNullable(layers.get(layer)).map(names -> names.get(tensor)).map(tensors::get);
  }

  /** The mean density of a tensor over the occurrences of a layer; empty if one is not known. */
  public OptionalDouble density(List<String> occurrences, String tensor) {
    return occurrences.stream().allMatch(l -> tensor(l, tensor).isPresent())
        ? occurrences.stream().mapToDouble(l -> tensor(l, tensor).orElseThrow().density()).average()
        : OptionalDouble.empty();
  }
}
