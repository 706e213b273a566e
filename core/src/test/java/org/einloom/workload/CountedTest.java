package org.einloom.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0     | layer | 0 layers
          1     | layer | 1 layer
          2     | class | 2 classes
          12345 | index | 12,345 indexes
          """)
  void oneIsSingular(long n, String noun, String text) {
    assertThat(Counted.of(n, noun)).isEqualTo(text);
  }
}
