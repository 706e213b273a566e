package org.einloom.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Results as pages for a browser: one file each, with the data as JSON, the charts' library, and
 * scripts that draw from that JSON and from nothing else. Nothing is fetched.
 */
public final class HtmlReport {
  private static final List<String> RESULT =
      List.of(
          "result/data.js",
          "result/provenance.js",
          "result/cards.js",
          "result/answer.js",
          "result/energy.js",
          "result/latency.js",
          "result/roofline.js",
          "result/memory.js",
          "result/sparsity.js",
          "result/nest.js",
          "result/layer.js",
          "result/layers.js",
          "result/costs.js",
          "result/inputs.js",
          "result/main.js");

  private static final List<String> COMPARISON =
      List.of(
          "compare/data.js",
          "compare/metrics.js",
          "compare/answer.js",
          "compare/energy.js",
          "compare/layers.js",
          "compare/main.js");

  private HtmlReport() {}

  /**
   * The page of one result.
   *
   * @param title what a browser shows on the tab
   * @param json as {@link ResultJson} writes it
   */
  public static byte[] result(String title, byte[] json) {
    String data = HtmlJson.embedded(new String(json, StandardCharsets.UTF_8));
    return HtmlPage.of(title, RESULT, data);
  }

  /**
   * The page of a comparison.
   *
   * @param results what each contender was read from, as {@link ResultJson} writes it
   */
  public static byte[] comparison(
      List<Contender> contenders, List<byte[]> results, String version) {
    Map<String, @Nullable Object> json = CompareData.map(contenders, version);
    json.put("results", results.stream().map(CompareLayers::of).toList());
    String title =
        contenders.stream()
            .map(c -> c.summary().architecture())
            .distinct()
            .collect(Collectors.joining(", ", "Comparison: ", ""));
    String data = new String(Json.bytes(json), StandardCharsets.UTF_8);
    return HtmlPage.of(title, COMPARISON, HtmlJson.embedded(data));
  }
}
