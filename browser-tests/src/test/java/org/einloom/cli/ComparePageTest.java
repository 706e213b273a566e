package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The report of a comparison shows the figures of its results. */
class ComparePageTest {
  @TempDir static Path folder;

  private static Browser browser;
  private static Pages pages;
  private static String wide;
  private static String narrow;

  @BeforeAll
  static void start() {
    if (!Browser.isThere()) {
      return; // every test is skipped
    }
    browser = Browser.start(folder.resolve("profile"));
    pages = new Pages(folder);
    wide = pages.map("lenet5", "teaching", "wide.json");
    narrow = pages.map("lenet5", "nvdla", "narrow.json");
  }

  @BeforeEach
  void thereIsABrowser() {
    Browser.assumeThere();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path compare(String name, String... results) {
    List<String> args = new ArrayList<>(List.of("compare"));
    args.addAll(List.of(results));
    args.addAll(List.of("--report", pages.file(name)));
    pages.run(args.toArray(String[]::new));
    Path page = folder.resolve(name);
    browser.open(page, 1400, false);
    return page;
  }

  @Test
  void metricsAndEnergiesAreThoseOfTheResults() throws IOException {
    Path page = compare("c.html", wide, narrow, "--accuracy", wide + "=99.1");
    assertThat(browser.text("h1")).isEqualTo("teaching vs nvdla");
    for (String file : List.of(wide, narrow)) {
      int design = file.equals(wide) ? 0 : 1;
      JsonNode totals = Pages.read(file).get("totals");
      for (String metric : List.of("energyPj", "latencyS", "outermostBits", "utilization")) {
        WebElement bar = browser.all("[data-metric=" + metric + "] .bar-fill").get(design);
        assertThat(Double.parseDouble(bar.getAttribute("data-value")))
            .isEqualTo(totals.get(metric).asDouble());
      }
      double drawn = 0;
      for (String kind : List.of("outermost", "memory", "network", "compute")) {
        JsonNode bars = browser.series("energy", kind);
        drawn += bars.isNull() ? 0 : bars.get(design).asDouble();
      }
      assertThat(drawn)
          .isCloseTo(totals.get("energyPj").asDouble(), Percentage.withPercentage(1e-6));
      JsonNode layers = Pages.read(file).get("layers");
      for (int i = 0; i < layers.size(); i++) {
        assertThat(browser.series("layers", "design" + design).get(i).asDouble())
            .isCloseTo(
                layers.get(i).get("energyPj").asDouble() * layers.get(i).get("repeats").asInt(),
                within(1e-6));
      }
    }
    assertThat(browser.text("#metrics-table")).contains("Accuracy", "99.1%", "Efficiency");
    browser.click("#layers [data-choice=latency]");
    assertThat(browser.series("layers", "design0").get(0).asDouble())
        .isEqualTo(Pages.read(wide).at("/layers/0/latencyS").asDouble());
    browser.assertQuiet(page);
  }

  @Test
  void resultsOfOtherWorkloadsComeWithAWarning() throws IOException {
    String other =
        pages.changed(
            narrow,
            "other.json",
            json -> {
              json.put("workload", "<i>other</i>");
              ((ObjectNode) json.at("/layers/0")).put("name", "<i>first</i>");
            });
    Path page = compare("w.html", wide, other);
    assertThat(browser.text(".notice")).contains("is of another workload");
    assertThat(browser.text("#layers .about")).contains("that all designs ran");
    assertThat(browser.all("i")).isEmpty();
    browser.assertQuiet(page);
  }

  @Test
  void oneDesignTwiceIsToldApartByItsFiles() {
    Path page = compare("same.html", wide, wide);
    assertThat(browser.all(".best")).isEmpty();
    assertThat(browser.text("h1")).contains("teaching (");
    browser.assertQuiet(page);
  }

  @Test
  void rangesOfUtilizationAreRanges() {
    Path page = compare("k.html", wide, narrow);
    for (WebElement range : browser.all("#flexibility td .against")) {
      String[] ends = range.getText().split(" to ");
      if (ends.length == 2) {
        assertThat(ends[0]).isNotEqualTo(ends[1]);
      }
    }
    assertThat(browser.text(".answer")).contains(" is the fastest (", " needs the least energy (");
    browser.assertQuiet(page);
  }

  /** Nothing has to be scrolled for on a phone. */
  @Test
  void threeDesignsFitOnAPhone() {
    Path page = compare("t.html", wide, narrow, wide);
    browser.open(page, 390, false);
    for (String table : List.of("metrics", "flexibility")) {
      assertThat(
              browser
                  .json(
                      "(s => s.scrollWidth - s.clientWidth)(document.querySelector('#"
                          + table
                          + " .scroller'))")
                  .asInt())
          .as(table)
          .isLessThanOrEqualTo(0);
    }
    browser.assertQuiet(page);
  }

  @Test
  void aPhoneIsWideEnoughInLightAndDark() {
    Path page = compare("p.html", wide, narrow, wide, narrow);
    for (boolean dark : new boolean[] {false, true}) {
      browser.open(page, 390, dark);
      assertThat(browser.overflow()).isZero();
      browser.assertQuiet(page);
    }
  }
}
