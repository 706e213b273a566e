package org.einloom.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts a page together from the sources in the folder {@code html} of the resources. */
final class HtmlPage {
  static final String CHARTS = "lib/echarts-6.1.0.common.min.js";
  static final String FONT = "lib/inter-5.3.0-latin-wght-normal.woff2";

  private static final List<String> STYLES =
      List.of(
          "base.css",
          "layout.css",
          "panel.css",
          "table.css",
          "nest.css",
          "drawer.css",
          "compare.css",
          "study.css");

  /** What both kinds of page use. */
  private static final List<String> SHARED =
      List.of("dom.js", "format.js", "theme.js", "charts.js", "bars.js", "table.js", "page.js");

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private HtmlPage() {}

  /**
   * The page.
   *
   * @param scripts of this kind of page, in the order they are to run
   * @param data what {@link HtmlJson#embedded} made
   */
  static byte[] of(String title, List<String> scripts, String data) {
    String charts = text(CHARTS);
    String script = "(() => {\n'use strict';\n" + texts(SHARED) + texts(scripts) + "})();\n";
    Map<String, String> parts = new LinkedHashMap<>();
    // scripts that are not these do not run, whatever a name in a result may be; nothing is fetched
    parts.put(
        "policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; font-src data:;"
            + " style-src 'unsafe-inline'; script-src %s %s".formatted(hash(charts), hash(script)));
    parts.put("title", escaped(title));
    parts.put("font", Base64.getEncoder().encodeToString(bytes(FONT)));
    parts.put("style", texts(STYLES));
    parts.put("data", data);
    parts.put("charts", charts);
    parts.put("script", script);
    Matcher places = PLACE.matcher(text("page.html"));
    // in one pass, so that what is put in is not looked at again
    String page =
        places.replaceAll(
            place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    return page.getBytes(StandardCharsets.UTF_8);
  }

  /** Text as it can stand anywhere in a page. */
  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                c < ' ' || "<>&\"'{}".indexOf(c) >= 0
                    ? "&#" + c + ";"
                    : new String(Character.toChars(c)))
        .collect(Collectors.joining());
  }

  private static String texts(List<String> files) {
    return files.stream().map(HtmlPage::text).collect(Collectors.joining("\n"));
  }

  private static String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  /** A source of pages. */
  static byte[] bytes(String file) {
    try (InputStream in = HtmlPage.class.getResourceAsStream("html/" + file)) {
      if (in == null) {
        throw new IllegalStateException("resource html/" + file + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
