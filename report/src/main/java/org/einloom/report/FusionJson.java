package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.network.Fusion;
import org.einloom.network.NetworkResult;
import org.jspecify.annotations.Nullable;

/** What it could save to keep intermediate tensors on the chip, as JSON. */
final class FusionJson {
  private FusionJson() {}

  /** Null where it is not known. */
  static @Nullable Map<String, Object> of(NetworkResult result) {
    return result.fusion().map(FusionJson::of).orElse(null);
  }

  private static Map<String, Object> of(Fusion f) {
    var json = new LinkedHashMap<String, Object>();
    json.put("intermediates", f.tensors());
    json.put("outermostBits", f.outermostBits());
    json.put("outermostEnergyPj", f.outermostEnergyPj());
    List<Object> kept = new ArrayList<>();
    for (Fusion.Kept k : f.kept()) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("memory", k.memory());
      entry.put("savedBits", k.outermostBits());
      entry.put("savedEnergyPj", k.energyPj());
      entry.put("savedLatencyS", k.latencyS());
      entry.put("resultsOf", k.layers());
      kept.add(entry);
    }
    json.put("kept", kept);
    return json;
  }
}
