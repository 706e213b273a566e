package org.einloom.io.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void quotesWithoutHarmingATerminal() {
    assertThat(Words.quote("a\u001b[31mb\u202ec")).isEqualTo("'aU+001B[31mbU+202Ec'");
    assertThat(Words.quote("x".repeat(1000))).hasSize(65).endsWith("...'");
    assertThat(Words.quote("\uD83D\uDE00")).isEqualTo("'\uD83D\uDE00'");
  }
}
