package org.einloom.evolution;

import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Point;

/** Points of a design space as genotypes: one gene for each axis, the number of its row. */
record Genome(DesignSpace space) {
  /** The genotype with these rows of the axes. */
  Genotype<IntegerGene> of(int[] rows) {
    int most = sizes().stream().mapToInt(Integer::intValue).max().orElseThrow();
    List<IntegerGene> genes = new ArrayList<>();
    for (int row : rows) {
      genes.add(IntegerGene.of(row, 0, most)); // one range for all is what a chromosome has
    }
    return Genotype.of(IntegerChromosome.of(genes));
  }

  /** By axis, how many rows it has. */
  List<Integer> sizes() {
    return space.axes().stream().map(a -> a.rows().size()).toList();
  }

  /** One with equal chance for each row, whether or not it meets the conditions. */
  Genotype<IntegerGene> draw(RandomGenerator random) {
    return of(sizes().stream().mapToInt(random::nextInt).toArray());
  }

  /** The rows of a genotype. */
  static List<Integer> rows(Genotype<IntegerGene> genotype) {
    return genotype.chromosome().stream().map(IntegerGene::allele).toList();
  }

  /** The point that it stands for; empty where a condition does not hold. */
  Optional<Point> point(Genotype<IntegerGene> genotype) {
    return space.point(rows(genotype).stream().mapToInt(Integer::intValue).toArray());
  }
}
