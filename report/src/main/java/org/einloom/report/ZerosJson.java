package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.einloom.evaluation.timeloop.sparse.SparseCounts;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.OfTensor;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;

/** What became of zeros, for programs. */
final class ZerosJson {
  private ZerosJson() {}

  static Map<String, Object> of(ZerosUse use) {
    SparseCounts.Computes c = use.counts().computes();
    var computes = new LinkedHashMap<String, Object>();
    computes.put("algorithmic", c.algorithmic());
    computes.put("actual", c.actual());
    computes.put("gated", c.gated());
    computes.put("skipped", c.skipped());
    List<Object> memories = new ArrayList<>();
    for (int p = 0; p < use.memories().size(); p++) {
      var tensors = new LinkedHashMap<String, Object>();
      use.levels().get(p).forEach((name, t) -> tensors.put(name, tensor(t)));
      var memory = new LinkedHashMap<String, Object>();
      memory.put("name", use.memories().get(p));
      memory.put("tensors", tensors);
      memories.add(memory);
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("computes", computes);
    json.put("memories", memories);
    return json;
  }

  private static Map<String, Object> tensor(OfTensor t) {
    var json = new LinkedHashMap<String, Object>();
    json.put("distribution", t.densityLabel());
    json.put("density", t.density());
    json.put("format", t.formatLabel());
    json.put("instances", t.instances());
    json.put("heldWords", t.heldWords());
    json.put("heldMetadataBits", t.heldMetadataBits());
    for (Way way : Way.values()) {
      var words = new LinkedHashMap<String, Object>();
      var bits = new LinkedHashMap<String, Object>();
      for (Fate fate : Fate.values()) {
        String key = fate.name().toLowerCase(Locale.ROOT);
        words.put(key, t.words(way, fate));
        bits.put(key, t.metadataBits(way, fate));
      }
      String name = way.name().toLowerCase(Locale.ROOT);
      json.put(name + "s", words);
      if (t.hasFormat()) {
        json.put(name + "MetadataBits", bits);
      }
    }
    if (t.decompressions() > 0) {
      json.put("decompressions", t.decompressions());
    }
    if (t.compressions() > 0) {
      json.put("compressions", t.compressions());
    }
    return json;
  }
}
