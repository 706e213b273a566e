package org.einloom.explore.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Canonical forms are made part by part; a part that nobody thought of would be lost. */
class CanonicalTest {
  @Test
  @DisplayName(
      "whoever adds a part to a problem says in Canonical and Relaxation whether it matters")
  void everyPartIsThoughtOf() {
    Map<Class<?>, List<String>> thoughtOf = new LinkedHashMap<>();
    thoughtOf.put(Einsum.class, List.of("name", "variables", "operands", "output", "operation"));
    thoughtOf.put(
        TensorAccess.class, List.of("name", "tensor", "role", "ranks", "bits", "partialBits"));
    thoughtOf.put(
        Architecture.class, List.of("name", "clockHz", "technology", "widths", "nodes", "idle"));
    thoughtOf.put(
        Memory.class,
        List.of("name", "capacityBits", "keep", "actions", "sharedPort", "areaUm2", "leakageUw"));
    thoughtOf.put(
        Toll.class, List.of("name", "tensors", "actions", "sharedPort", "areaUm2", "leakageUw"));
    thoughtOf.put(
        Fanout.class,
        List.of(
            "name",
            "dimensions",
            "multicast",
            "reduce",
            "transfer",
            "links",
            "areaUm2",
            "leakageUw"));
    thoughtOf.put(Compute.class, List.of("name", "operations", "compute", "areaUm2", "leakageUw"));
    thoughtOf.put(Action.class, List.of("name", "energyPj", "widthBits", "perCycle"));
    thoughtOf.forEach(
        (type, parts) ->
            assertThat(
                    Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList())
                .as(type.getSimpleName())
                .isEqualTo(parts));
  }
}
