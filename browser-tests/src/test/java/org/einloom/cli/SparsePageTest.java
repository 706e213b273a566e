package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** What the report of sparse tensors shows is what the JSON says. */
class SparsePageTest {
  private static final String EXAMPLES = "../examples/sparse/";

  @TempDir Path folder;

  private static List<String> row(Browser browser, String table) {
    return browser.all("#" + table + " tbody tr:first-child td").stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void zerosHaveAPanel() throws Exception {
    Browser.assumeThere();
    var pages = new Pages(folder);
    String file = pages.file("sparse.json");
    pages.run(
        "evaluate",
        EXAMPLES + "matmul.yaml",
        "--arch",
        EXAMPLES + "accelerator.yaml",
        "--mapping",
        EXAMPLES + "mapping.txt",
        "--sparsity",
        EXAMPLES + "sparsity.yaml",
        "--json",
        file);
    JsonNode sparsity = Pages.read(file).at("/layers/0/sparsity");
    double all = 512.0 * 512 * 512;
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      Path page = pages.report(file);
      browser.open(page, 1400, false);
      List<String> work = row(browser, "sparsity-table");
      assertThat(work.get(0)).isEqualTo("product");
      assertThat(work.get(1)).contains("A 10.0%").contains("B 50.0%");
      assertThat(work.get(2)).isEqualTo(percent(sparsity.at("/points/effectual").asDouble() / all));
      assertThat(work.get(5)).isEqualTo(percent(sparsity.at("/points/skipped").asDouble() / all));
      assertThat(work.get(6)).isEqualTo("0.0%");
      List<String> tile = row(browser, "compression-table");
      JsonNode first = sparsity.at("/tiles/0");
      assertThat(tile.get(1)).isEqualTo("A at DRAM");
      assertThat(tile.get(2)).isEqualTo(first.get("format").asString());
      assertThat(tile.get(3))
          .startsWith(
              percent(first.get("expectedWords").asDouble() / first.get("words").asDouble()));
      assertThat(browser.all("#savings-table tbody tr")).hasSize(sparsity.get("savings").size());
      assertThat(row(browser, "savings-table").get(1))
          .isEqualTo(sparsity.at("/savings/0/optimization").asString());
      browser.assertQuiet(page);
    }
  }

  @Test
  void savingsThatAreNotKnownSaySo() throws Exception {
    Browser.assumeThere();
    var pages = new Pages(folder);
    String file = pages.file("padded.json");
    pages.run(
        "map",
        EXAMPLES + "convolution/padded.yaml",
        "--arch",
        EXAMPLES + "convolution/design.yaml",
        "--sparsity",
        EXAMPLES + "convolution/padded-sparsity.yaml",
        "--time-limit",
        "1ms",
        "--json",
        file);
    JsonNode savings = Pages.read(file).at("/layers/0/sparsity/savings");
    assertThat(savings.at("/0/unknown").asString()).contains("no time");
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      Path page = pages.report(file);
      browser.open(page, 1400, false);
      assertThat(browser.all("#savings-table tbody tr")).hasSize(savings.size());
      assertThat(row(browser, "savings-table").get(2)).isEqualTo("not known");
      assertThat(browser.all("#sparsity .footnote").getLast().getText())
          .isEqualTo("Not known: " + savings.at("/0/unknown").asString() + ".");
      browser.assertQuiet(page);
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
