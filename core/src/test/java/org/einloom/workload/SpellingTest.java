package org.einloom.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest
  @CsvSource({"'',abc,3", "abc,abc,0", "abc,acb,1", "abc,ab,1", "abc,xbc,1", "wieght,weight,1"})
  void countsSlipsOfTheFingers(String a, String b, int distance) {
    assertThat(Spelling.distance(a, b)).isEqualTo(distance);
    assertThat(Spelling.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void guessesOnlyWhatIsNear() {
    List<String> known = List.of("size", "source", "m", "MHz");
    assertThat(Spelling.nearest("sise", known)).contains("size");
    assertThat(Spelling.nearest("SIZE", known)).contains("size");
    assertThat(Spelling.nearest("mhz", known)).contains("MHz");
    assertThat(Spelling.nearest("M", known)).contains("m");
    assertThat(Spelling.nearest("mm", known)).contains("m");
    assertThat(Spelling.nearest("k", known)).as("one letter is like any other").isEmpty();
    assertThat(Spelling.nearest("bandwidth", known)).isEmpty();
    assertThat(Spelling.nearest("size", known)).as("itself").isEmpty();
  }
}
