package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The report of a study shows the figures of its points. */
class StudyPageTest {
  private static final int POINTS = 24;

  private static final String STUDY =
      """
      einloom: 1
      study:
        name: <i>small</i>
        workloads: [mm.yaml]
        architecture: arch.yaml
        parameters:
          macs: [8, 16, 32]
          sram: [1, 2, 4, 8]
          rate: [0.2, 0.4]
        set:
          MACs.actions.compute.throughput: ${macs} /cycle
          MACs.area: ${0.1 + 7e-3*macs} mm2
          SRAM.size: ${sram} KiB
          SRAM.area: ${4000*sram} um2
          SRAM.actions.read.energy: ${1 + sram/8} pJ
          DRAM.actions.read.bandwidth: ${rate} GB/s
        objectives: [energy, latency, area]
        budgets:
          tight: {area: 0.25 mm2, best: edp}
      """;

  private static final String ARCHITECTURE =
      """
      einloom: 1
      architecture:
        name: small
        clock: 1 GHz
        widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
        nodes:
        - memory: DRAM
          actions:
            read: {energy: 15 pJ, width: 1 B, bandwidth: 0.2 GB/s}
            write: {energy: 20 pJ, width: 1 B, bandwidth: 0.2 GB/s}
        - memory: SRAM
          size: 1 KiB
          actions:
            read: {energy: 1 pJ, width: 1 B, bandwidth: 100 GB/s}
            write: {energy: 2 pJ, width: 1 B, bandwidth: 100 GB/s}
          area: 9000 um2
        - compute: MACs
          actions: {compute: {energy: 0.08 pJ, throughput: 8 /cycle}}
          area: 0.1 mm2
      """;

  private static final String WORKLOAD =
      """
      einloom: 1
      workload:
        name: mm
        einsums:
        - {name: A, extents: {m: 32, n: 24, k: 48}, expression: "O[m,n] += I[m,k] * W[k,n]"}
        - {name: B, extents: {m: 32, n: 12, k: 24}, expression: "O[m,n] += I[m,k] * W[k,n]"}
      """;

  @TempDir static Path folder;

  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void start() throws IOException {
    if (!Browser.isThere()) {
      return; // every test is skipped
    }
    browser = Browser.start(folder.resolve("profile"));
    var pages = new Pages(folder);
    Files.writeString(folder.resolve("s.yaml"), STUDY);
    Files.writeString(folder.resolve("arch.yaml"), ARCHITECTURE);
    Files.writeString(folder.resolve("mm.yaml"), WORKLOAD);
    page = folder.resolve("s.html");
    pages.run(
        "explore",
        pages.file("s.yaml"),
        "--quiet",
        "--no-cut",
        "--results",
        pages.file("s.jsonl"),
        "--pages",
        pages.file("pages"),
        "--report",
        page.toString());
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

  private static JsonNode points() {
    return browser.json("einloom.data.points");
  }

  private static int drawn(String group) {
    JsonNode data = browser.series("front", group);
    return data.isNull() ? 0 : data.size();
  }

  @Test
  void anyTwoFiguresAreDrawn() {
    browser.open(page, 1400, false);
    assertThat(points()).hasSize(POINTS);
    assertThat(drawn("front") + drawn("kept")).isEqualTo(POINTS);
    assertThat(drawn("front")).isPositive();
    JsonNode first = browser.series("front", "front").get(0).get("value");
    int index = first.get(2).asInt();
    assertThat(first.get(0).asDouble()).isEqualTo(points().get(index).at("/figures/0").asDouble());
    assertThat(first.get(1).asDouble()).isEqualTo(points().get(index).at("/figures/1").asDouble());
    browser.script(
        "const s = document.querySelector('#front select'); s.value = 'area';"
            + " s.dispatchEvent(new Event('change'))");
    first = browser.series("front", "front").get(0).get("value");
    assertThat(first.get(0).asDouble()).isEqualTo(points().get(index).at("/figures/4").asDouble());
    assertThat(browser.text("h1")).isEqualTo("<i>small</i> on arch");
    assertThat(browser.all("i")).isEmpty();
    browser.assertQuiet(page);
  }

  @Test
  void allAxesOfAFewStandInAWideWindow() {
    browser.open(page, 1400, false);
    String beyond = "(s => s.scrollWidth - s.clientWidth)(document.querySelector('.parallel'))";
    assertThat(browser.json(beyond).asInt()).isZero();
  }

  @Test
  void rangesOfAnAxisAreKeptInOtherCharts() {
    browser.open(page, 1400, false);
    assertThat(browser.all(".strand")).hasSize(POINTS);
    browser.script(
        "einloom.state.ranges.set('p0', [-0.1, 0.1]); einloom.charts.get('parallel').draw()");
    assertThat(browser.all(".strand.out")).hasSize(POINTS * 2 / 3);
    assertThat(browser.text("#parallel .found")).isEqualTo("8 of 24 points in range");
    browser.assertQuiet(page);
  }

  @Test
  void aPointOpensItsLayersAndItsReport() {
    browser.open(page, 1400, false);
    browser.script("einloom.openPoint(einloom.data.points[5])");
    JsonNode point = points().get(5);
    assertThat(browser.text("#title-point")).isEqualTo("Point #" + point.get("number").asInt());
    assertThat(browser.text("#point code")).isEqualTo(point.get("id").asString());
    double drawn = 0;
    for (String component : new String[] {"DRAM", "SRAM", "MACs"}) {
      JsonNode bars = browser.series("point-layers", component);
      for (JsonNode bar : bars) {
        drawn += bar.asDouble();
      }
    }
    double energy = point.at("/figures/0").asDouble();
    assertThat(drawn).isBetween(energy * (1 - 1e-9), energy * (1 + 1e-9));
    String link = browser.find("#point a.quiet").getAttribute("href");
    Path report = Path.of(java.net.URI.create(link));
    assertThat(report).exists();
    browser.assertQuiet(page);
    browser.open(report, 1400, false);
    assertThat(browser.text("h1")).contains("mm");
    browser.assertQuiet(report);
  }

  @Test
  void chosenPointsStandSideBySide() {
    browser.open(page, 1400, false);
    int before = browser.all("#chosen-table thead th").size();
    assertThat(before).isBetween(2, 5);
    browser.script(
        "einloom.choose(einloom.data.points.find(p => !einloom.state.chosen.includes(p)))");
    assertThat(browser.all("#chosen-table thead th")).hasSize(before + 1);
    assertThat(browser.series("chosen-energy", "DRAM")).hasSize(before);
    browser.click("#chosen-table .drop");
    assertThat(browser.all("#chosen-table thead th")).hasSize(before);
    browser.assertQuiet(page);
  }

  @Test
  void whatMattersIsToldOfEachFigure() {
    browser.open(page, 1400, false);
    JsonNode shares = browser.json("einloom.data.effects.area");
    double sum = 0;
    for (JsonNode effect : shares) {
      sum += effect.get("share").asDouble();
    }
    assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9); // the area is a sum of terms of one parameter
    assertThat(shares.get(2).get("share").asDouble()).isLessThan(1e-12);
    assertThat(browser.series("effects", "share").size()).isEqualTo(3);
    browser.assertQuiet(page);
  }

  @Test
  void aPhoneIsWideEnoughInLightAndDark() {
    for (boolean dark : new boolean[] {false, true}) {
      browser.open(page, 390, dark);
      assertThat(browser.overflow()).isZero();
      browser.assertQuiet(page);
    }
  }
}
