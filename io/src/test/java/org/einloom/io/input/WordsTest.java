package org.einloom.io.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({"'',abc,3", "abc,abc,0", "abc,acb,1", "abc,ab,1", "abc,xbc,1", "wieght,weight,1"})
  void countsSlipsOfTheFingers(String a, String b, int distance) {
    assertThat(Words.distance(a, b)).isEqualTo(distance);
    assertThat(Words.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void guessesOnlyWhatIsNear() {
    List<String> known = List.of("size", "source", "m", "MHz");
    assertThat(Words.nearest("sise", known)).contains("size");
    assertThat(Words.nearest("SIZE", known)).contains("size");
    assertThat(Words.nearest("mhz", known)).contains("MHz");
    assertThat(Words.nearest("M", known)).contains("m");
    assertThat(Words.nearest("mm", known)).contains("m");
    assertThat(Words.nearest("k", known)).as("one letter is like any other").isEmpty();
    assertThat(Words.nearest("bandwidth", known)).isEmpty();
    assertThat(Words.nearest("size", known)).as("itself").isEmpty();
  }

  @Test
  void quotesWithoutHarmingATerminal() {
    assertThat(Words.quote("a\u001b[31mb\u202ec")).isEqualTo("'aU+001B[31mbU+202Ec'");
    assertThat(Words.quote("x".repeat(1000))).hasSize(65).endsWith("...'");
    assertThat(Words.quote("\uD83D\uDE00")).isEqualTo("'\uD83D\uDE00'");
  }
}
