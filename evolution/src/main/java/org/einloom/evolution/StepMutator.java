package org.einloom.evolution;

import io.jenetics.Chromosome;
import io.jenetics.IntegerGene;
import io.jenetics.Mutator;
import io.jenetics.MutatorResult;
import io.jenetics.util.MSeq;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes rows of axes: as often to the next one as to any. Values stand in the order of their
 * axis, which for numbers is most often that of their size, so a step is a small change.
 */
final class StepMutator extends Mutator<IntegerGene, Merit> {
  private final List<Integer> sizes;

  /**
   * A mutator.
   *
   * @param sizes by axis, how many rows it has
   */
  StepMutator(List<Integer> sizes, double probability) {
    super(probability);
    this.sizes = List.copyOf(sizes);
  }

  @Override
  protected MutatorResult<Chromosome<IntegerGene>> mutate(
      Chromosome<IntegerGene> chromosome, double probability, RandomGenerator random) {
    MSeq<IntegerGene> genes = MSeq.of(chromosome);
    int changed = 0;
    for (int i = 0; i < genes.size(); i++) {
      if (sizes.get(i) > 1 && random.nextDouble() < probability) {
        IntegerGene gene = genes.get(i);
        genes.set(i, gene.newInstance(other(gene.intValue(), sizes.get(i), random)));
        changed++;
      }
    }
    return new MutatorResult<>(chromosome.newInstance(genes.toISeq()), changed);
  }

  /** Another row of an axis that has several. */
  private static int other(int row, int rows, RandomGenerator random) {
    if (random.nextBoolean()) {
      boolean up = row == 0 || (row < rows - 1 && random.nextBoolean());
      return up ? row + 1 : row - 1;
    }
    int other = random.nextInt(rows - 1);
    return other < row ? other : other + 1;
  }
}
