package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  private static String page(String title, byte[] json) {
    return new String(HtmlReport.result(title, json), StandardCharsets.UTF_8);
  }

  private static byte[] json() {
    return ResultJson.write(Example.bounded(), "1.2", (l, e, a, m) -> "", new Detail(true, true));
  }

  @ParameterizedTest
  @CsvSource({
    "lib/echarts-6.1.0.common.min.js,"
        + " 61f13280aba3161f77fc801bf5f9c786f55f10432153a0683fc5cc0700b013d5",
    "lib/inter-5.3.0-latin-wght-normal.woff2,"
        + " 3100e775e8616cd2611beecfa23a4263d7037586789b43f035236a2e6fbd4c62"
  })
  void whatOthersMadeIsAsTheyPublishedIt(String file, String sha256) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(HtmlPage.bytes(file));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
    assertThat(List.of(HtmlPage.CHARTS, HtmlPage.FONT)).contains(file);
    String readme = new String(HtmlPage.bytes("lib/README.md"), StandardCharsets.UTF_8);
    assertThat(readme).contains(sha256);
  }

  @Test
  void thePageHoldsTheResult() {
    Matcher data = DATA.matcher(page("t", json()));
    assertThat(data.find()).isTrue();
    JsonNode inPage = JsonMapper.shared().readTree(data.group(1));
    assertThat(inPage).isEqualTo(JsonMapper.shared().readTree(json()));
    assertThat(data.group(1)).doesNotContain("\n");
  }

  @Test
  void onlyItsOwnScriptsRunAndNothingIsFetched() throws Exception {
    String page = page("t", json());
    List<String> scripts = SCRIPT.matcher(page).results().map(m -> m.group(1)).toList();
    assertThat(scripts).hasSize(2);
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1)).startsWith("default-src 'none';");
    for (String script : scripts) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      assertThat(policy.group(1))
          .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    String markup = SCRIPT.matcher(page).replaceAll("");
    assertThat(markup)
        .doesNotContainPattern("(src|href)=\"?(https?:)?//")
        .doesNotContain("@import");
    for (MatchResult url : Pattern.compile("url\\(\"?(.{5})").matcher(markup).results().toList()) {
      assertThat(url.group(1)).isEqualTo("data:");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>&lt;\u2028\u2029",
        "\" onload=\"x",
        "{{data}} {{script}} $1 \\"
      })
  void namesCannotLeaveTheirPlace(String name) {
    byte[] json =
        JsonMapper.shared()
            .writeValueAsString(java.util.Map.of("einloom", "1", "workload", name))
            .getBytes(StandardCharsets.UTF_8);
    String page = page(name, json);
    assertThat(SCRIPT.matcher(page).results()).hasSize(2);
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    assertThat(JsonMapper.shared().readTree(data.group(1)).get("workload").asString())
        .isEqualTo(name);
    assertThat(page).contains("<title>").doesNotContain("<title>" + name + "</title>");
  }

  @Test
  void embeddedTextHoldsNothingThatHtmlReads() {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    var random = new Random(seed);
    String letters = "<>&\"\\/ \n\u2028ab{}!-";
    for (int i = 0; i < 2000; i++) {
      var text = new StringBuilder();
      random
          .ints(random.nextInt(20), 0, letters.length())
          .forEach(c -> text.append(letters.charAt(c)));
      String json = JsonMapper.shared().writeValueAsString(text.toString());
      String embedded = HtmlJson.embedded(json);
      assertThat(embedded).as("seed %d", seed).doesNotContainPattern("[<>&\u2028\u2029]");
      assertThat(JsonMapper.shared().readValue(embedded, String.class))
          .as("seed %d", seed)
          .isEqualTo(text.toString());
      // what is no JSON has no way out either
      assertThat(HtmlJson.embedded(text.toString())).doesNotContainPattern("[<>&]");
    }
  }
}
