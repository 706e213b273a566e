package org.einloom.mapper.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraint.Kept;
import org.einloom.constraint.Constraint.MinUtilization;
import org.einloom.constraint.Constraint.SpatialFactor;
import org.einloom.constraint.Constraint.SpatialVariables;
import org.einloom.constraint.Constraint.TemporalFactor;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.Tiling;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

class WitnessTest {
  private static final Einsum PRODUCT = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=12 n=10 k=6");

  @Test
  void whatIsPlainIsFound() {
    assertThat(exists()).isTrue();
    assertThat(exists(new Kept("", "Regs", Set.of("A", "output")))).isTrue();
    assertThat(exists(new SpatialFactor("", "PE", "x", "m", 4, 4))).isTrue();
    assertThat(
            exists(
                new SpatialFactor("", "PE", "x", "m", 2, 2),
                new SpatialFactor("", "PE", "x", "n", 2, 2),
                new SpatialFactor("", "PE", "y", "m", 3, 3)))
        .isTrue();
    assertThat(exists(new MinUtilization("", "PE", 1))).isTrue();
    assertThat(
            exists(
                new SpatialVariables("", "PE", "x", Set.of("m")),
                new SpatialVariables("", "PE", "y", Set.of("k")),
                new SpatialFactor("", "PE", "x", "m", 1, 3),
                new MinUtilization("", "PE", 0.75)))
        .isTrue();
  }

  @Test
  void unevenTilesReachFactorsThatDivideNothing() {
    var five = new SpatialFactor("", "PE", "x", "m", 5, 5);
    Question perfect = question(Tiling.PERFECT, "x=7", five);
    assertThat(new Witness(perfect, Policy.DEFAULT).exists()).isFalse();
    Question imperfect = question(Tiling.IMPERFECT, "x=7", five);
    assertThat(new Witness(imperfect, Policy.DEFAULT).exists()).isTrue();
    Question all = question(Tiling.IMPERFECT, "x=7", new MinUtilization("", "PE", 1));
    assertThat(new Witness(all, Policy.DEFAULT).exists()).isTrue();
  }

  @Test
  void whatDoesNotHoldIsNeverFound() {
    assertThat(exists(new SpatialFactor("", "PE", "x", "m", 5, 5))).isFalse();
    assertThat(
            exists(
                new SpatialVariables("", "PE", "x", Set.of()), new MinUtilization("", "PE", 0.5)))
        .isFalse();
    assertThat(exists(new TemporalFactor("", "Regs", "m", 13, 20))).isFalse();
    assertThat(exists(new Constraint.MaxLatency("", 1e-12))).isFalse();
  }

  private static boolean exists(Constraint... constraints) {
    return new Witness(question(Tiling.PERFECT, "x=4", constraints), Policy.DEFAULT).exists();
  }

  private static Question question(Tiling tiling, String x, Constraint... constraints) {
    Architecture plain =
        Tiny.architecture("DRAM", "Buffer", "PE " + x + " y=3 words reduce", "Regs");
    Question question = new Question(PRODUCT, plain, new Constraints(List.of(constraints)), tiling);
    for (String memory : List.of("DRAM", "Buffer", "Regs")) {
      for (String action : List.of("read", "write")) {
        question = question.withMemory(memory, m -> Edits.withFree(m, action));
      }
    }
    return question;
  }
}
