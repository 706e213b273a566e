package org.einloom.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.network.KindUse;
import org.jspecify.annotations.Nullable;

/** How well each sort of layers runs, for programs. */
final class KindJson {
  private KindJson() {}

  static List<Map<String, @Nullable Object>> of(List<KindUse> kinds) {
    return kinds.stream().map(KindJson::of).toList();
  }

  /** Its values by key. */
  static Map<String, @Nullable Object> of(KindUse k) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("kind", k.kind().label());
    json.put("layers", k.layers());
    json.put("macs", k.macs());
    json.put("leastUtilization", Json.orNull(k.least()));
    json.put("medianUtilization", Json.orNull(k.median()));
    json.put("mostUtilization", Json.orNull(k.most()));
    return json;
  }
}
