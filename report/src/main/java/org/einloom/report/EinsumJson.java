package org.einloom.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** An Einsum with all that it says, so that it reads back as the same. */
final class EinsumJson {
  private EinsumJson() {}

  static Map<String, Object> of(Einsum einsum) {
    var json = new LinkedHashMap<String, Object>();
    json.put("expression", einsum.expression());
    json.put("operation", einsum.operation());
    var extents = new LinkedHashMap<String, Object>();
    for (RankVariable v : einsum.variables()) {
      extents.put(v.name(), v.extent());
    }
    json.put("extents", extents);
    json.put("operands", einsum.operands().stream().map(EinsumJson::tensor).toList());
    json.put("output", tensor(einsum.output()));
    return json;
  }

  private static Map<String, @Nullable Object> tensor(TensorAccess t) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", t.name());
    json.put("tensor", t.tensor());
    json.put("role", t.role().label());
    json.put("bits", t.bits().isPresent() ? t.bits().getAsInt() : null);
    List<Object> ranks = t.ranks().stream().map(EinsumJson::rank).toList();
    json.put("ranks", ranks);
    return json;
  }

  private static Object rank(TensorAccess.Rank rank) {
    var json = new LinkedHashMap<String, Object>();
    json.put("size", rank.size());
    json.put("offset", rank.expression().offset());
    var terms = new LinkedHashMap<String, Object>();
    for (Affine.Term t : rank.expression().terms()) {
      terms.put(t.variable(), t.coefficient());
    }
    json.put("terms", terms);
    return json;
  }
}
