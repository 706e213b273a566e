package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.profile.Profile;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.DistinctLayer;
import org.jspecify.annotations.Nullable;

/** What a workload holds, as JSON, for programs. */
public final class WorkloadJson {
  private WorkloadJson() {}

  /** Layers with repetitions folded, totals with repetitions, UTF-8. */
  public static byte[] write(Workload workload) {
    return write(workload, Optional.empty());
  }

  /** The same, with the densities that were measured. */
  public static byte[] write(Workload workload, Optional<Profile> profile) {
    Map<String, List<String>> occurrences = Occurrences.of(workload);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("workload", workload.name());
    var totals = new LinkedHashMap<String, @Nullable Object>();
    totals.put("macs", workload.macs());
    totals.put("operations", workload.operations());
    totals.put(
        "parameters", workload.parameters().isPresent() ? workload.parameters().getAsLong() : null);
    json.put("totals", totals);
    List<Object> layers = new ArrayList<>();
    for (DistinctLayer l : workload.distinctLayers()) {
      var layer = new LinkedHashMap<String, Object>();
      layer.put("name", l.layer().name());
      layer.put("operator", l.layer().operator());
      layer.put("einsum", l.layer().einsum().expression());
      layer.put("macs", l.layer().macs());
      layer.put("operations", l.layer().operations());
      layer.put("repeats", l.repeats());
      layer.put("bits", OwnWidths.of(l.layer().einsum()));
      profile.ifPresent(
          p -> {
            var densities = new LinkedHashMap<String, Object>();
            List<String> names = occurrences.getOrDefault(l.layer().name(), List.of());
            for (TensorAccess t : l.layer().einsum().tensors()) {
              p.density(names, t.name()).ifPresent(d -> densities.put(t.name(), d));
            }
            layer.put("densities", densities);
          });
      layers.add(layer);
    }
    json.put("layers", layers);
    json.put("notCosted", Json.notCosted(workload.notCosted()));
    return Json.bytes(json);
  }
}
