package org.einloom.network;

import java.util.List;

/**
 * What it could save to keep intermediate tensors on the chip, between the layer that makes one and
 * those that read it, while every layer keeps its mapping. Totals of the whole network.
 *
 * @param tensors results of layers that a later layer reads
 * @param outermostBits what they move in and out of the outermost memory: no way to keep them on
 *     the chip saves more of its traffic
 * @param outermostEnergyPj the same of the energy of its reads and writes
 * @param kept what is saved by keeping those that fit in a memory of the chip; by memory, outermost
 *     first
 */
public record Fusion(
    long tensors, double outermostBits, double outermostEnergyPj, List<Kept> kept) {
  public Fusion {
    kept = List.copyOf(kept);
  }

  /**
   * Intermediate tensors that lie in one memory of the chip, each as a whole, from the layer that
   * makes it to the last that reads it, beside what the layers keep there themselves. What is saved
   * is the difference of two evaluations by the same model, and so what it takes in the other
   * memory is paid for.
   *
   * @param memory its name
   * @param layers the names of the layers whose results are kept, in the order of the graph
   * @param outermostBits less traffic of the outermost memory
   * @param energyPj less energy of the whole network
   * @param latencyS less latency of the whole network
   */
  public record Kept(
      String memory, List<String> layers, double outermostBits, double energyPj, double latencyS) {
    public Kept {
      layers = List.copyOf(layers);
    }
  }
}
