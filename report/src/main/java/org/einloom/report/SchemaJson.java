package org.einloom.report;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.einloom.schema.Schema;

/** Schemas as text. */
public final class SchemaJson {
  private SchemaJson() {}

  /** Indented, with a line break at the end. */
  public static String text(Schema schema) {
    return new String(Json.bytes(new LinkedHashMap<>(schema.json())), StandardCharsets.UTF_8);
  }
}
