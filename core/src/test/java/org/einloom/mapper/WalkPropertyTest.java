package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.mapper.search.Searches;
import org.junit.jupiter.api.Test;

/** The walk against brute force, also on problems that the fast search would take. */
class WalkPropertyTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 150);

  @Test
  void provesWhatBruteForceFinds() {
    var answers = MapperProperty.check(() -> Searches::walk, CASES, c -> c);
    assertThat(answers).doesNotContainKeys("bounded", "unproven");
  }
}
