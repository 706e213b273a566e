package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports of results that are small, large, old, empty of figures, or hostile. */
class OddResultPageTest {
  @TempDir static Path folder;

  private static Browser browser;
  private static Pages pages;
  private static String one;

  @BeforeAll
  static void start() throws IOException {
    if (!Browser.isThere()) {
      return; // every test is skipped
    }
    browser = Browser.start(folder.resolve("profile"));
    pages = new Pages(folder);
    one = pages.one("one.json", "--pareto", "--explain");
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

  private static Path open(String result) throws IOException {
    Path page = pages.report(result);
    browser.open(page, 1400, false);
    return page;
  }

  @Test
  void oneLayerIsEnough() throws IOException {
    Path page = open(one);
    assertThat(browser.text("#layer h2")).isEqualTo("mm");
    assertThat(browser.all("#layers-table tbody tr")).hasSize(1);
    browser.assertQuiet(page);
  }

  @Test
  void aFrontIsDrawnAndItsMappingsShown() throws IOException {
    // the search finds one point only; more of them are the same thing at other places
    String file =
        pages.changed(
            one,
            "front.json",
            json -> {
              var front = (ArrayNode) json.at("/layers/0/front");
              for (int i = 1; i < 5; i++) {
                var point = (ObjectNode) front.get(0).deepCopy();
                point.put("energyPj", 1000.0 * (5 - i)).put("latencyS", 1e-6 * i);
                point.put("mapping", "layer mm\nfor k in 0..12\n  compute number " + i);
                front.add(point);
              }
            });
    Path page = open(file);
    JsonNode front = browser.series("front", "front");
    assertThat(front).hasSize(5);
    assertThat(front.get(2).get(0).asDouble()).isEqualTo(2e-6);
    assertThat(front.get(2).get(1).asDouble()).isEqualTo(3000);
    browser.script(
        "einloom.charts.get('front').chart.trigger('click', {seriesId: 'front', dataIndex: 2})");
    assertThat(browser.text("#layer .chosen")).contains("compute number 2");
    browser.assertQuiet(page);
  }

  @Test
  void aThousandLayersStayUsable() throws IOException {
    String file = pages.changed(one, "thousand.json", json -> Pages.repeatLayers(json, 1000));
    long start = System.nanoTime();
    Path page = open(file);
    assertThat((System.nanoTime() - start) / 1e9).as("seconds to draw").isLessThan(30);
    assertThat(browser.all("#layers-table tbody tr").size()).isBetween(20, 80);
    assertThat(browser.series("energy", "DRAM")).hasSize(1000);
    browser.click("#layers-table [data-sort=energy]");
    assertThat(browser.text("#layers-table tbody tr:nth-child(1) td:nth-child(2)"))
        .isEqualTo("block.999");
    // what is drawn changes in the next frame
    browser.script("document.querySelector('#layers-table .scroller').scrollTop = 1e6");
    browser.waitFor(
        "document.querySelector('#layers-table tbody').textContent.includes('block.0')");
    assertThat(browser.find("#layers-table tbody").getText()).contains("block.0");
    browser.find("#layers-table input").sendKeys("block.77");
    assertThat(browser.all("#layers-table tbody tr")).hasSize(11); // 77 and 770 to 779
    browser.click("#layers-table tbody tr:nth-child(2) a");
    assertThat(browser.text("#layer h2")).startsWith("block.77");
    browser.assertQuiet(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>document.title = 'taken'</script>",
        "<img src=x onerror=\"document.title = 'taken'\">",
        "{a|b} {value} ${1+1} <b>",
        "javascript:alert(1)//\" onclick=\"alert(1)"
      })
  void namesAreTextWhateverIsInThem(String name) throws IOException {
    String file =
        pages.changed(
            one,
            "hostile.json",
            json -> {
              String all = json.toString();
              json.put("workload", name).put("architecture", name).put("einloom", name);
              var layer = (ObjectNode) json.at("/layers/0");
              layer.put("name", name).put("operator", name).put("boundBy", name);
              layer.put("mapping", name);
              ((ObjectNode) json.at("/layers/0/components/0")).put("name", name);
              ((ObjectNode) json.at("/hardware/nodes/0")).put("component", name);
              ((ObjectNode) json.at("/figures/0")).put("component", name).put("source", name);
              ((ObjectNode) json.at("/inputs")).put("command", name);
              ((ObjectNode) json.at("/inputs/files/0")).put("name", name).put("text", name);
              ((ObjectNode) json.at("/totals")).put("outermostMemory", name);
              assertThat(all).isNotEqualTo(json.toString());
            });
    Path page = open(file);
    assertThat(browser.text("h1")).isEqualTo(name + " on " + name);
    assertThat(browser.text("#layer h2")).isEqualTo(name);
    assertThat(browser.driver().getTitle()).isEqualTo(name + " on " + name);
    assertThat(browser.all("img, iframe, object, b > script")).isEmpty();
    // tooltips are made of elements, too
    browser.script(
        "einloom.charts.get('energy').chart.dispatchAction({type: 'showTip', seriesIndex: 0,"
            + " dataIndex: 0})");
    assertThat(browser.all("img")).isEmpty();
    browser.click("#card-energy");
    browser.click(".sum .traced");
    browser.assertQuiet(page);
  }

  @Test
  void moreComponentsThanColoursAreStillTold() throws IOException {
    String file =
        pages.changed(
            one,
            "wide.json",
            json -> {
              var components = (ArrayNode) json.at("/layers/0/components");
              for (int i = 0; i < 16; i++) {
                var copy = (ObjectNode) components.get(0).deepCopy();
                copy.put("name", "Memory" + i);
                components.add(copy);
              }
            });
    Path page = open(file);
    JsonNode colors =
        browser.json(
            "einloom.charts.get('energy').chart.getOption().series.map(s => s.itemStyle?.color)");
    List<String> known = new java.util.ArrayList<>();
    colors.forEach(c -> known.add(c.asString()));
    known.removeIf(c -> c.isEmpty() || c.equals("null"));
    assertThat(known).hasSizeGreaterThan(16).doesNotHaveDuplicates();
    browser.assertQuiet(page);
  }

  @Test
  void nothingIsALotOfFiguresToo() throws IOException {
    String file =
        pages.changed(
            one,
            "zero.json",
            json -> {
              for (String total : List.of("energyPj", "latencyS", "cycles", "outermostBits")) {
                ((ObjectNode) json.at("/totals")).put(total, 0);
                ((ObjectNode) json.at("/layers/0")).put(total, 0);
              }
              ((ObjectNode) json.at("/totals")).putNull("utilization");
              ((ObjectNode) json.at("/layers/0")).putNull("utilization").putNull("boundBy");
              for (String rate : List.of("throughputPerS", "powerW", "tops", "topsPerW")) {
                ((ObjectNode) json.at("/totals")).putNull(rate);
              }
              for (JsonNode c : json.at("/layers/0/components")) {
                ((ObjectNode) c).put("energyPj", 0).put("latencyCycles", 0);
                c.get("tensors").forEach(t -> ((ObjectNode) t).put("energyPj", 0));
                c.get("actions").forEach(a -> ((ObjectNode) a).put("energyPj", 0));
              }
            });
    Path page = open(file);
    assertThat(browser.text("#card-energy .card-value")).isEqualTo("0 J");
    assertThat(browser.text("#card-latency .card-value")).isEqualTo("–");
    assertThat(browser.text("#card-power .card-value")).isEqualTo("–");
    assertThat(browser.all("#roofline")).isEmpty();
    assertThat(browser.find("#page").getText()).doesNotContain("NaN", "Infinity", "undefined");
    browser.assertQuiet(page);
  }

  @Test
  void aResultOfAnEarlierVersionIsShownAsFarAsItGoes() throws IOException {
    String file =
        pages.changed(
            one,
            "old.json",
            json -> {
              json.remove(List.of("hardware", "inputs", "design", "order"));
              var layer = (ObjectNode) json.at("/layers/0");
              layer.remove(List.of("nest", "outermostBits", "front"));
              for (JsonNode c : layer.get("components")) {
                ((ObjectNode) c).remove("latencyCycles");
              }
            });
    Path page = open(file);
    assertThat(browser.text("#layer h2")).isEqualTo("mm");
    assertThat(browser.text("#layer")).contains("compute MAC");
    assertThat(browser.find("#page").getText()).doesNotContain("NaN", "undefined");
    browser.assertQuiet(page);
  }

  @Test
  void aPageThatCannotBeDrawnSaysSo() throws IOException {
    String file =
        pages.changed(
            one, "broken.json", json -> ((ObjectNode) json.at("/layers/0")).put("components", 7));
    open(file);
    assertThat(browser.text("[role=alert]")).contains("could not be drawn");
  }

  @Test
  void whatIsOnTheDiskIsOneFile() throws IOException {
    Path page = pages.report(one);
    assertThat(Files.readString(page)).startsWith("<!doctype html>");
    Path alone = Files.createDirectories(folder.resolve("alone")).resolve("page.html");
    Files.copy(page, alone);
    browser.open(alone, 1400, false);
    assertThat(browser.text("h1")).isEqualTo("one on teaching");
    browser.assertQuiet(alone);
  }
}
