package org.einloom.component.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionParserTest {
  private static final Map<String, Double> VALUES = Map.of("width", 16.0, "words", 12.0);
  private static final List<String> NAMES = List.of("width", "words");

  private static double value(String text) {
    return ExpressionParser.parse(text, NAMES).value(VALUES::get);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3 | 7",
        "(1 + 2) * 3 | 9",
        "2 ^ 3 ^ 2 | 512",
        "-2 ^ 2 | -4",
        "2 ^ -1 | 0.5",
        "10 - 4 - 3 | 3",
        "100 / 10 / 5 | 2",
        "-width + 1 | -15",
        "1.5e1 * words | 180",
        "ceil(log2(words)) | 4",
        "log2(64) | 6",
        "floor(7 / 2) | 3",
        "round(2.4) | 2",
        "min(width, words) + max(width, words) | 28",
        "sqrt(width) | 4",
        "  words*width  | 192",
      })
  void arithmetic(String text, double expected) {
    assertThat(value(text)).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 + | 3 | the expression ends too soon; expected a number, a name or '('",
        "(1 + 2 | 6 | the expression ends too soon; expected an operator or ')'",
        "1 2 | 2 | '2' does not fit here; expected an operator or the end",
        "wdith * 2 | 0 | unknown name 'wdith'; expected one of width, words; did you mean 'width'?",
        "cel(2) | 0 | unknown function 'cel'; expected one of min, max, ceil",
        "min(2) | 0 | min takes 2, not 1",
        "ceil(2, 3) | 0 | ceil takes 1, not 2",
        "width.class | 5 | '.' does not fit here",
        "System.exit(1) | 0 | unknown name 'System'",
        "width; words | 5 | ';' does not fit here",
        "${width} | 0 | '$' does not fit here",
      })
  void mistakes(String text, int at, String message) {
    Throwable thrown = catchThrowable(() -> value(text));
    assertThat(thrown).isInstanceOf(ExpressionException.class).hasMessageContaining(message);
    assertThat(((ExpressionException) thrown).at()).isEqualTo(at);
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThatThrownBy(() -> value("(".repeat(400) + "1" + ")".repeat(400)))
        .hasMessageContaining("inside each other");
    assertThatThrownBy(() -> value("-".repeat(900) + "1")).hasMessageContaining("in a row");
    assertThatThrownBy(() -> value("1" + "^1".repeat(450))).hasMessageContaining("in a row");
    assertThatThrownBy(() -> value("1" + "+1".repeat(600))).hasMessageContaining("more than 1000");
    assertThat(value("1" + "+1".repeat(499))).isEqualTo(500);
  }

  /** Whatever is thrown at it: a number or a complaint with its place. */
  @Test
  void randomTexts() {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    var random = new Random(seed);
    String[] words = {
      "1", "2.5", "width", "words", "+", "-", "*", "/", "^", "(", ")", ",", "min", "log2(", " ", "x"
    };
    int parsed = 0;
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      int n = 1 + random.nextInt(9);
      for (int j = 0; j < n; j++) {
        text.append(words[random.nextInt(words.length)]);
      }
      try {
        value(text.toString());
        parsed++;
      } catch (ExpressionException e) {
        assertThat(e.at()).as("seed %d: %s", seed, text).isBetween(0, text.length());
      }
    }
    assertThat(parsed).as("seed %d", seed).isGreaterThan(300);
  }
}
