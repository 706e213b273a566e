package org.einloom.profile;

import java.util.List;

/**
 * What was measured of a distinct layer, and what became of it.
 *
 * @param layer the name of the occurrence that stands for all
 * @param repeats how many there are
 * @param data what is known of its tensors
 * @param uses what the design took of it
 * @param changesCosts whether any cost of the design differs from that without
 */
public record LayerUse(
    String layer,
    long repeats,
    LayerData data,
    List<DataAttributes.Use> uses,
    boolean changesCosts) {
  public LayerUse {
    uses = List.copyOf(uses);
  }
}
