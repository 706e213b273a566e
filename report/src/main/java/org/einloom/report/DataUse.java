package org.einloom.report;

import java.util.List;
import java.util.Optional;
import org.einloom.profile.LayerUse;

/**
 * What became of measured data.
 *
 * @param file of the profile, as the user named it
 * @param model the network that was measured
 * @param inputs what it was run on
 * @param layers of the result
 */
public record DataUse(String file, String model, String inputs, List<LayerUse> layers) {
  public DataUse {
    layers = List.copyOf(layers);
  }

  Optional<LayerUse> of(String layer) {
    return layers.stream().filter(l -> l.layer().equals(layer)).findFirst();
  }
}
