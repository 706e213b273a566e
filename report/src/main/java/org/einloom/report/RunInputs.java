package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a result was made from, so that it can be made again.
 *
 * @param command as it would be typed; empty when it is not known
 * @param files in the order they were read
 */
public record RunInputs(String command, List<InputFile> files) {
  /** Nothing known. */
  public static final RunInputs NONE = new RunInputs("", List.of());

  public RunInputs {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param use what for: {@code workload}, {@code architecture}, {@code mapping}, {@code
   *     constraints}, {@code profile}, or {@code included} by the one before
   * @param name as the user named it, or of what is shipped
   * @param shipped whether it comes with Einloom
   * @param bytes its size
   * @param sha256 of its bytes, in hexadecimal
   * @param text all of it; null for what is no text, or too long to repeat
   */
  public record InputFile(
      String use, String name, boolean shipped, long bytes, String sha256, @Nullable String text) {}

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("command", command);
    List<Object> list = new ArrayList<>();
    for (InputFile f : files) {
      var file = new LinkedHashMap<String, @Nullable Object>();
      file.put("use", f.use());
      file.put("name", f.name());
      file.put("shipped", f.shipped());
      file.put("bytes", f.bytes());
      file.put("sha256", f.sha256());
      file.put("text", f.text());
      list.add(file);
    }
    json.put("files", list);
    return json;
  }
}
