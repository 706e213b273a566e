package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** The report of a network: what it shows is what the JSON says, and what can be done with it. */
class ResultPageTest {
  private static final int DESKTOP = 1400;

  @TempDir static Path folder;

  private static Browser browser;
  private static Path page;
  private static JsonNode result;

  @BeforeAll
  static void start() throws Exception {
    if (!Browser.isThere()) {
      return; // every test is skipped
    }
    browser = Browser.start(folder.resolve("profile"));
    var pages = new Pages(folder);
    String file = pages.map("resnet18", "nvdla", "resnet18.json", "--explain");
    result = Pages.read(file);
    page = pages.report(file);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    Browser.assumeThere();
    browser.open(page, DESKTOP, false);
  }

  @AfterEach
  void nothingWentWrong() {
    if (browser != null) {
      browser.assertQuiet(page);
    }
  }

  private static JsonNode layer(int i) {
    return result.get("layers").get(i);
  }

  private static int index(String name) {
    for (int i = 0; i < result.get("layers").size(); i++) {
      if (layer(i).get("name").asString().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no layer " + name);
  }

  private static List<String> rows(String table, int column) {
    return browser.all("#" + table + " tbody tr td:nth-child(" + column + ")").stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void cardsShowTheTotals() {
    // 1.27 mJ and 1.17 ms are what the table of the command prints
    double mj = result.at("/totals/energyPj").asDouble() * 1e-9;
    assertThat(browser.text("#card-energy .card-value")).isEqualTo("%.2f mJ".formatted(mj));
    double ms = result.at("/totals/latencyS").asDouble() * 1e3;
    assertThat(browser.text("#card-latency .card-value")).isEqualTo("%.2f ms".formatted(ms));
    assertThat(browser.text("#card-proof .card-value")).isEqualTo("Optimal");
    assertThat(browser.text("h1")).isEqualTo("resnet18 on nvdla");
    assertThat(browser.all("#not-costed").size())
        .isEqualTo(result.get("notCosted").isEmpty() ? 0 : 1);
  }

  @Test
  void theFirstSentenceIsTheAnswer() {
    String answer = browser.text(".answer");
    assertThat(answer)
        .startsWith(
            browser.text("#card-energy .card-value")
                + " in "
                + browser.text("#card-latency .card-value")
                + " for one run");
    double dram = 0;
    for (JsonNode layer : result.get("layers")) {
      dram += layer.at("/components/0/energyPj").asDouble() * layer.get("repeats").asInt();
    }
    long share = Math.round(100 * dram / result.at("/totals/energyPj").asDouble());
    assertThat(answer).contains("DRAM takes " + share + "% of the energy");
  }

  /** A layer has one short name wherever it is shown, and all of it where it is shown alone. */
  @Test
  void layersHaveOneShortName() {
    List<String> names = rows("layers-table", 2);
    JsonNode shown =
        browser.json(
            "(() => { const axis = einloom.charts.get('energy').chart.getOption().yAxis[0];"
                + " return axis.data.map((name, i) => axis.axisLabel.formatter(name, i)); })()");
    for (int i = 0; i < names.size(); i++) {
      assertThat(shown.get(i).asString()).isEqualTo(names.get(i));
    }
    assertThat(rows("memory-table", 1)).isSubsetOf(names).doesNotContain("relu");
    assertThat(browser.text("#layer h2")).isEqualTo(layer(0).get("name").asString());
  }

  @Test
  void idleComponentsAreFoldedAway() {
    int idle = 0;
    double leakage = 0;
    for (JsonNode c : layer(0).get("components")) {
      if (c.get("tensors").isEmpty()
          && Set.copyOf(c.get("actions").propertyNames()).equals(Set.of("leak"))) {
        idle++;
        leakage += c.get("energyPj").asDouble();
      }
    }
    assertThat(idle).isGreaterThan(5);
    assertThat(browser.text("#layer details.idle summary"))
        .startsWith(idle + " idle components, %.2f nJ".formatted(leakage * 1e-3));
    assertThat(browser.all("#layer .layer-grid table.components tbody tr"))
        .filteredOn(WebElement::isDisplayed)
        .hasSize(layer(0).get("components").size() - idle);
  }

  /** Roofs that are close together share a label, and labels do not lie on each other. */
  @Test
  void labelsOfRoofsAreApart() {
    JsonNode labels = browser.series("roofline", "labels");
    List<Double> heights = new ArrayList<>();
    labels.forEach(l -> heights.add(l.at("/value/1").asDouble()));
    heights.sort(null);
    for (int i = 1; i < heights.size(); i++) {
      assertThat(heights.get(i) / heights.get(i - 1)).isGreaterThan(1.59);
    }
  }

  @Test
  void barsOfComponentsAreTheEnergiesOfTheJson() {
    for (JsonNode component : layer(0).get("components")) {
      String name = component.get("name").asString();
      JsonNode bars = browser.series("energy", name);
      boolean costly = false;
      for (int i = 0; i < result.get("layers").size(); i++) {
        JsonNode of = layer(i);
        double energy = 0;
        for (JsonNode c : of.get("components")) {
          energy += c.get("name").asString().equals(name) ? c.get("energyPj").asDouble() : 0;
        }
        costly |= energy > 0;
        if (!bars.isNull()) {
          assertThat(bars.get(i).asDouble())
              .as("%s of layer %d", name, i)
              .isCloseTo(energy * of.get("repeats").asDouble(), within(1e-6));
        }
      }
      assertThat(bars.isNull()).as(name).isEqualTo(!costly);
    }
  }

  @Test
  void barsOfTensorsAddUpToTheSameEnergy() {
    browser.click("#energy [data-choice=role]");
    browser.click("#energy [data-choice=one]");
    for (int i = 0; i < result.get("layers").size(); i++) {
      double sum = 0;
      for (String role : List.of("input", "weight", "output", "compute", "leakage")) {
        JsonNode bars = browser.series("energy", role);
        sum += bars.isNull() ? 0 : bars.get(i).asDouble();
      }
      assertThat(sum)
          .isCloseTo(layer(i).get("energyPj").asDouble(), Percentage.withPercentage(1e-6));
    }
    double weights = 0;
    for (JsonNode c : layer(0).get("components")) {
      weights += c.at("/tensors/weight/energyPj").asDouble(0);
    }
    assertThat(browser.series("energy", "weight").get(0).asDouble())
        .isCloseTo(weights, Percentage.withPercentage(1e-6));
  }

  @Test
  void latencyUtilizationAndRooflineAreThoseOfTheJson() {
    for (int i = 0; i < result.get("layers").size(); i++) {
      JsonNode l = layer(i);
      double latency = l.get("latencyS").asDouble();
      assertThat(browser.series("latency", "latency").get(i).asDouble())
          .isCloseTo(latency * l.get("repeats").asInt(), Percentage.withPercentage(1e-9));
      assertThat(browser.series("utilization", "utilization").get(i).asDouble())
          .isCloseTo(100 * l.get("utilization").asDouble(), Percentage.withPercentage(1e-9));
      JsonNode point = browser.series("roofline", "layers").get(i);
      double operations = 2 * l.get("macs").asDouble() + l.get("operations").asDouble();
      assertThat(point.get("value").get(0).asDouble())
          .isCloseTo(
              operations / (l.get("outermostBits").asDouble() / 8),
              Percentage.withPercentage(1e-9));
      assertThat(point.get("value").get(1).asDouble())
          .isCloseTo(operations / latency, Percentage.withPercentage(1e-9));
    }
    // 2048 MACs a cycle at 1 GHz
    JsonNode roof = browser.series("roofline", "roof");
    assertThat(roof.get(roof.size() - 1).get(1).asDouble()).isEqualTo(2 * 2048 * 1e9);
  }

  @Test
  void memoriesShowWhatTheyHold() {
    JsonNode buffer = layer(0).get("components").get(1);
    double held = 0;
    for (JsonNode tensor : buffer.get("tensors")) {
      held += tensor.get("heldBits").asDouble(0);
    }
    double share = held / result.at("/hardware/nodes/1/capacityBits").asDouble();
    assertThat(share).isBetween(0.01, 1.0);
    assertThat(rows("memory-table", 2).getFirst()).isEqualTo(Math.round(100 * share) + "%");
  }

  @Test
  void theTableSortsAndFilters() {
    List<String> before = rows("layers-table", 2);
    assertThat(before).hasSize(result.get("layers").size());
    browser.click("#layers-table [data-sort=energy]");
    assertThat(rows("layers-table", 2).getFirst()).isEqualTo("layer4.0/conv2");
    assertThat(browser.find("#layers-table th[aria-sort=descending]").getText())
        .startsWith("Energy");
    browser.click("#layers-table [data-sort=energy]");
    assertThat(rows("layers-table", 2).getLast()).isEqualTo("layer4.0/conv2");
    browser.click("#layers-table [data-sort=energy]");
    assertThat(rows("layers-table", 2)).isEqualTo(before);
    browser.find("#layers-table input").sendKeys("fc gemm mac");
    assertThat(rows("layers-table", 2)).isEmpty();
    browser.find("#layers-table input").clear();
    browser.find("#layers-table input").sendKeys("conv2 dram");
    assertThat(rows("layers-table", 2)).containsExactly("layer4.0/conv2");
    browser.find("#layers-table input").sendKeys("xyz");
    assertThat(browser.text("#layers-table tbody")).isEqualTo("Nothing matches");
  }

  @Test
  void aRowLeadsToItsLayerAndItsLoopNest() {
    int fc = index("/fc/Gemm");
    browser.click("#layers-table tbody tr:nth-child(" + (fc + 1) + ") a");
    assertThat(browser.text("#layer h2")).isEqualTo("/fc/Gemm");
    assertThat(browser.json("location.hash").asString()).isEqualTo("#layer=" + (fc + 1));
    int loops = 0;
    for (JsonNode node : layer(fc).get("nest")) {
      loops += node.has("loop") ? 1 : 0;
    }
    assertThat(browser.all("#layer .nest-row.temporal, #layer .nest-row.spatial")).hasSize(loops);
    assertThat(browser.all("#layer .nest-row.compute")).hasSize(1);
    assertThat(browser.all("#layer .array")).as("of the engine that it runs on").hasSize(2);
    assertThat(browser.text("#layer .arrays")).contains("Kernels", " of 32", "Channels", " of 64");
    assertThat(browser.find("#layer .nest").getText()).contains("stationary over");
  }

  @Test
  void aFigureIsTracedToItsSource() {
    browser.click("#card-energy");
    assertThat(browser.json("document.querySelector('dialog').open").asBoolean()).isTrue();
    // the layer that costs most comes first, and the component in it
    browser.click(".sum .traced");
    assertThat(browser.text("#drawer-title")).startsWith("/layer4/layer4.0/conv2/Conv:");
    browser.click(".sum .traced");
    assertThat(browser.text("#drawer-title")).startsWith("DRAM:");
    JsonNode read = layer(index("/layer4/layer4.0/conv2/Conv")).at("/components/0/actions/read");
    String bill = browser.text(".bill[data-action=read] .formula");
    assertThat(bill)
        .isEqualTo(
            "%,d × 512 pJ = %,d pJ"
                .formatted(read.get("count").asLong(), read.get("energyPj").asLong()));
    assertThat(browser.all(".bill .agrees")).hasSameSizeAs(browser.all(".bill"));
    browser.click(".bill[data-action=read] .traced");
    assertThat(browser.text(".drawer-body"))
        .contains("component class 'dram'", "How it was derived");
    browser.click(".drawer header .quiet");
    assertThat(browser.text("#drawer-title")).startsWith("DRAM:");
    browser.key(Keys.ESCAPE);
    assertThat(browser.json("document.querySelector('dialog').open").asBoolean()).isFalse();
  }

  @Test
  void aBarIsTracedWhenItIsClicked() {
    browser.script(
        "einloom.charts.get('energy').chart.trigger('click', {componentType: 'series', seriesId:"
            + " 'CBUF', seriesName: 'CBUF', dataIndex: "
            + index("/layer2/layer2.0/conv2/Conv")
            + "})");
    assertThat(browser.text("#drawer-title")).startsWith("CBUF:");
    assertThat(browser.text(".drawer-body")).contains("/layer2/layer2.0/conv2/Conv");
  }

  @Test
  void seriesAndScalesCanBeSwitched() {
    browser.click("#energy .legend button");
    assertThat(browser.series("energy", "DRAM").isNull()).isTrue();
    assertThat(browser.find("#energy .legend button").getAttribute("aria-pressed"))
        .isEqualTo("false");
    browser.click("#energy [data-choice=share]");
    double sum = 0;
    for (JsonNode component : layer(0).get("components")) {
      JsonNode bars = browser.series("energy", component.get("name").asString());
      sum += bars.isNull() ? 0 : bars.get(0).asDouble();
    }
    assertThat(sum).isCloseTo(100, within(1e-9));
  }

  @Test
  void darkAndLightAreTheSystemsChoiceAndThenTheReaders() {
    String background = "getComputedStyle(document.body).backgroundColor";
    String ink = "einloom.charts.get('energy').chart.getOption().textStyle.color";
    String light = browser.json(background).asString();
    String lightInk = browser.json(ink).asString();
    browser.click("[data-theme-choice=dark]");
    String dark = browser.json(background).asString();
    assertThat(dark).isNotEqualTo(light);
    assertThat(browser.json(ink).asString()).isNotEqualTo(lightInk);
    browser.click("[data-theme-choice=auto]");
    assertThat(browser.json(background).asString()).isEqualTo(light);
    browser.open(page, DESKTOP, true);
    assertThat(browser.json(background).asString()).isEqualTo(dark);
  }

  @Test
  void textCanBeReadInBothThemes() {
    for (String choice : List.of("light", "dark")) {
      browser.click("[data-theme-choice=" + choice + "]");
      for (String ink : List.of("ink", "ink-2", "ink-3", "accent", "good", "warn")) {
        for (String ground : List.of("surface", "bg", "sunken")) {
          // https://www.w3.org/TR/WCAG22/#contrast-minimum
          assertThat(contrast(ink, ground))
              .as("%s on %s, %s", ink, ground, choice)
              .isGreaterThan(4.5);
        }
      }
    }
    browser.click("[data-theme-choice=auto]");
  }

  private static double contrast(String ink, String ground) {
    double a = luminance(ink);
    double b = luminance(ground);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String token) {
    String hex =
        browser
            .json("getComputedStyle(document.documentElement).getPropertyValue('--" + token + "')")
            .asString()
            .strip();
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void aPhoneIsWideEnough() {
    for (int width : new int[] {390, 320}) {
      browser.open(page, width, false);
      assertThat(browser.overflow()).as("at %d", width).isZero();
      browser.click("#card-energy");
      browser.click(".sum .traced");
      browser.click(".sum .traced");
      assertThat(browser.overflow()).as("drawer at %d", width).isZero();
    }
  }

  @Test
  void theKeyboardIsEnough() {
    browser
        .driver()
        .executeScript("document.querySelector('#layers-table [data-sort=macs]').focus()");
    browser.key(Keys.ENTER);
    assertThat(browser.find("#layers-table th[aria-sort=descending]").getText()).startsWith("MACs");
    browser.script("document.querySelector('#layers-table tbody a').focus()");
    browser.key(Keys.ENTER);
    assertThat(browser.text("#layer h2")).isEqualTo("/layer1/layer1.0/conv1/Conv");
    browser.script("document.querySelector('#energy summary').focus()");
    browser.key(Keys.ENTER);
    browser.waitFor("document.querySelector('#energy-table tbody tr')"); // filled when it is open
    assertThat(browser.all("#energy-table tbody tr")).hasSize(result.get("layers").size());
    // everything that is pressed has a name
    assertThat(
            browser
                .json(
                    "[...document.querySelectorAll('button, a, input')].filter(e =>"
                        + " !(e.getAttribute('aria-label') ?? e.textContent).trim()).length")
                .asInt())
        .isZero();
  }

  @Test
  void theInputsAreThere() {
    assertThat(browser.text("#inputs .command")).contains("einloom map resnet18 --arch nvdla");
    browser.click("#inputs .file:nth-of-type(2) summary");
    assertThat(browser.find("#inputs .file:nth-of-type(2) pre").getText()).contains("einloom: 1");
    String hash = result.at("/inputs/files/0/sha256").asString();
    assertThat(browser.find("#inputs").getDomProperty("textContent")).contains(hash);
    // by hand, as pages are not given the clipboard otherwise
    browser.find("#inputs [data-copy='the command']").click();
    assertThat(browser.text("#inputs [data-copy='the command']")).isEqualTo("Copied");
  }

  @Test
  void aLinkOpensALayer() {
    browser.driver().get(page.toUri() + "#layer=5");
    browser.driver().navigate().refresh();
    assertThat(browser.text("#layer h2")).isEqualTo(layer(4).get("name").asString());
    browser.open(page, DESKTOP, false);
  }
}
