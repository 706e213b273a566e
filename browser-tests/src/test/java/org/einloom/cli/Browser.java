package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium without a window and without a network, looking at files. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM =
      Path.of(System.getProperty("einloom.chromium", "/usr/bin/chromium"));
  private static final Path DRIVER =
      Path.of(System.getProperty("einloom.chromedriver", "/usr/bin/chromedriver"));

  /** Warns that it has no classes for this version's DevTools, which nobody uses. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static boolean isThere() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
  }

  /** Skips the test where there is no browser, and says so. */
  static void assumeThere() {
    assumeTrue(
        isThere(), () -> "skipped: there is no browser at %s with %s".formatted(CHROMIUM, DRIVER));
  }

  /**
   * Starts one.
   *
   * @param profile an empty folder
   */
  static Browser start(Path profile) {
    SELENIUM.setLevel(Level.SEVERE);
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // named, so that nothing looks for one elsewhere
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Opens a page at a width, in light or dark as the system would have it. */
  void open(Path page, int width, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    driver.get("about:blank"); // so that a page opened again is loaded again
    drain();
    driver.get(page.toUri().toString());
  }

  private void drain() {
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
  }

  /** The page said nothing on the console and asked for nothing but itself. */
  void assertQuiet(Path page) {
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
        .extracting(LogEntry::getMessage)
        .isEmpty();
    List<String> requests =
        StreamSupport.stream(driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
            .map(e -> JsonMapper.shared().readTree(e.getMessage()).get("message"))
            .filter(m -> m.get("method").asString().equals("Network.requestWillBeSent"))
            .map(m -> m.at("/params/request/url").asString())
            .filter(url -> !url.startsWith("data:"))
            .distinct()
            .toList();
    assertThat(requests).containsExactly(page.toUri().toString());
  }

  /** Runs a script for what it does. */
  void script(String script) {
    driver.executeScript(script);
  }

  /** Waits until an expression is true. */
  void waitFor(String expression) {
    Object came =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            const end = Date.now() + 25000;
            const look = () => {
              if (%s) done(true);
              else if (Date.now() > end) done(false);
              else requestAnimationFrame(look);
            };
            look();
            """
                .formatted(expression));
    assertThat(came).as(expression).isEqualTo(true);
  }

  /** What a script returns, as JSON. */
  JsonNode json(String expression) {
    Object text = driver.executeScript("return JSON.stringify(" + expression + ") ?? 'null'");
    return JsonMapper.shared().readTree(String.valueOf(text));
  }

  /** The data of the series of a chart, by the series' id. */
  JsonNode series(String chart, String id) {
    return json(
        "einloom.charts.get('%s').chart.getOption().series.find(s => s.id === '%s')?.data"
            .formatted(chart, id));
  }

  String text(String selector) {
    return find(selector).getText();
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** A click by script: where an element is, and whether it is in view, is not what is tested. */
  void click(String selector) {
    driver.executeScript("arguments[0].click()", find(selector));
  }

  void key(CharSequence key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  /** By how many pixels the page is wider than the window. */
  int overflow() {
    return json("document.documentElement.scrollWidth - innerWidth").asInt();
  }

  ChromeDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
