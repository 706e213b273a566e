package org.einloom.report;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.workload.Workload.NotCosted;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What all JSON results share. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  static byte[] bytes(Map<String, @Nullable Object> json) {
    var bytes = new ByteArrayOutputStream();
    MAPPER.writeValue(bytes, json);
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** What is not known is null. */
  static @Nullable Object orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** The same. */
  static @Nullable Object orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static List<Object> notCosted(List<NotCosted> operators) {
    List<Object> list = new ArrayList<>();
    for (NotCosted n : operators) {
      var json = new LinkedHashMap<String, Object>();
      json.put("operator", n.operator());
      json.put("count", n.count());
      list.add(json);
    }
    return list;
  }
}
