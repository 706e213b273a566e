package org.einloom.description;

import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.arch.Architecture;
import org.einloom.counts.Flows;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;
import org.einloom.workload.LayerKind;

/**
 * What a result says of one distinct layer, as far as a description needs it.
 *
 * @param name of its first occurrence
 * @param operator in the file that it came from
 * @param repeats how often it occurs
 * @param macs of one execution
 * @param einsum what it computes
 * @param path of the design that it runs on
 * @param mapping legal for both
 * @param flows by component and tensor, over all instances
 * @param cycles of one execution
 * @param utilization of the computes; empty where nothing limits them
 */
public record MappedLayer(
    String name,
    String operator,
    long repeats,
    long macs,
    Einsum einsum,
    Architecture path,
    LoopTree mapping,
    Map<String, Map<String, Flows>> flows,
    long cycles,
    OptionalDouble utilization) {
  public MappedLayer {
    flows = Map.copyOf(flows);
  }

  /** What sort of computation it is. */
  public LayerKind kind() {
    return LayerKind.of(operator, einsum);
  }

  /** The flows of a tensor at a component; zero where it never comes there. */
  public Flows flows(String component, String tensor) {
    return flows.getOrDefault(component, Map.of()).getOrDefault(tensor, Flows.ZERO);
  }
}
