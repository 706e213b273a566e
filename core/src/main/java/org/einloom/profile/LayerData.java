package org.einloom.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * What a profile knows of one distinct layer.
 *
 * @param einsum of the layer
 * @param tensors by name in the Einsum; of which nothing was measured is not in it
 */
public record LayerData(Einsum einsum, SequencedMap<String, TensorData> tensors) {
  /**
   * Looks up a layer.
   *
   * @param occurrences the names of all layers that are this computation
   * @param widths of words in the design
   * @throws InvalidSpecException if a tensor was measured, but not in words of this width
   */
  public static LayerData of(
      Profile profile, List<String> occurrences, Einsum einsum, Widths widths) {
    var known = new LinkedHashMap<String, TensorData>();
    for (TensorAccess t : einsum.tensors()) {
      mean(profile, occurrences, t, widths.of(t)).ifPresent(d -> known.put(t.name(), d));
    }
    return new LayerData(einsum, known);
  }

  private static Optional<TensorData> mean(
      Profile profile, List<String> occurrences, TensorAccess t, int bits) {
    List<BitStatistics> all = new ArrayList<>();
    for (String layer : occurrences) {
      Optional<TensorProfile> measured = profile.tensor(layer, t.name());
      if (measured.isEmpty()) {
        return Optional.empty(); // half of the occurrences do not stand for all
      }
      TensorProfile of = measured.get();
      all.add(of.ofWidth(bits).orElseThrow(() -> otherWidth(layer, t, bits, of)));
    }
    double density = all.stream().mapToDouble(BitStatistics::density).average().orElseThrow();
    OptionalDouble toggle =
        all.stream().allMatch(b -> b.toggle().isPresent())
            ? all.stream().mapToDouble(b -> b.toggle().getAsDouble()).average()
            : OptionalDouble.empty();
    return Optional.of(new TensorData(t.name(), bits, density, toggle));
  }

  private static InvalidSpecException otherWidth(
      String layer, TensorAccess t, int bits, TensorProfile measured) {
    String formats =
        measured.bits().stream().map(b -> b.format().name()).collect(Collectors.joining(","));
    return new InvalidSpecException(
        "the profile has no statistics of words of %d b, which '%s' of layer '%s' has in this design; it has %s; profile again with --formats %s%sint%d"
            .formatted(
                bits,
                t.name(),
                layer,
                formats.isEmpty() ? "none" : formats,
                formats,
                formats.isEmpty() ? "" : ",",
                bits));
  }
}
