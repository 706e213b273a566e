package org.einloom.description;

import java.util.List;
import java.util.OptionalDouble;
import org.einloom.arch.Design;
import org.einloom.workload.Workload.NotCosted;

/**
 * What a result says of a network, as far as a description needs it.
 *
 * @param workload its name
 * @param design what it runs on, with the widths that were used
 * @param energyPj of everything, repetitions included
 * @param latencyS one layer after the other, repetitions included
 * @param utilization of the computes over the time of all layers; empty where nothing limits them
 * @param layers the distinct ones, at least one
 * @param measured attributes of components that measured values set, each as {@code MAC zeros};
 *     empty without a profile, or where nothing depends on it
 * @param sparse the names of layers whose words and computes are expected ones of sparse tensors
 * @param notCosted operators that are in no figure
 */
public record MappedNetwork(
    String workload,
    Design design,
    double energyPj,
    double latencyS,
    OptionalDouble utilization,
    List<MappedLayer> layers,
    List<String> measured,
    List<String> sparse,
    List<NotCosted> notCosted) {
  public MappedNetwork {
    layers = List.copyOf(layers);
    measured = List.copyOf(measured);
    sparse = List.copyOf(sparse);
    notCosted = List.copyOf(notCosted);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a result without layers");
    }
  }
}
