package org.einloom.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.einloom.arch.Architecture;
import org.einloom.counts.Counts;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/** One run: the steps in their order, every tensor on its chain, and the check of what came out. */
final class Run {
  private final Architecture architecture;
  private final Loops loops;
  private final Board board = new Board();
  private final List<Operand> operands = new ArrayList<>();
  private final Result result;
  private final PlainLoops expected;
  private final int loopsAboveCompute;
  private final long[] pointsOfCompute;

  Run(Einsum einsum, Architecture architecture, LoopTree mapping) {
    this.architecture = architecture;
    loops = new Loops(einsum, mapping);
    var words = new ArrayList<Words>();
    var data = new ArrayList<long[]>();
    for (TensorAccess tensor : einsum.operands()) {
      words.add(new Words(einsum, tensor));
      data.add(data(tensor, words.getLast().count()));
      Chain chain = Chain.of(tensor, architecture, mapping, loops, board);
      operands.add(new Operand(words.getLast(), chain, loops, data.getLast()));
    }
    var resultWords = new Words(einsum, einsum.output());
    long[] extents = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    expected = new PlainLoops(extents, words, data, resultWords);
    Chain chain = Chain.of(einsum.output(), architecture, mapping, loops, board);
    result = new Result(resultWords, chain, loops, new Completion(expected.terms()));
    loopsAboveCompute = chain.compute().loopsAbove();
    pointsOfCompute = new long[chain.compute().instances()];
  }

  /** Small numbers without a pattern, none of them 0; the same for every use of a tensor. */
  private static long[] data(TensorAccess tensor, int words) {
    var random = new SplittableRandom(tensor.tensor().hashCode());
    return random.longs(words, 1, 1000).map(x -> x % 2 == 0 ? x : -x).toArray();
  }

  SimResult run() {
    do {
      step();
    } while (loops.advance());
    result.finish();
    long[] values = result.values();
    if (!Arrays.equals(values, expected.values())) {
      throw new IllegalStateException(
          "the run gives "
              + Arrays.toString(values)
              + ", plain loops "
              + Arrays.toString(expected.values()));
    }
    var counts =
        new Counts(
            board.components(architecture),
            Arrays.stream(pointsOfCompute).sum(),
            Arrays.stream(pointsOfCompute).max().orElse(0),
            Arrays.stream(pointsOfCompute).filter(n -> n > 0).count());
    return new SimResult(counts, Arrays.stream(values).boxed().toList());
  }

  private void step() {
    operands.forEach(Operand::beginStep);
    result.beginStep();
    Points points = points();
    long[] products = new long[pointsOfCompute.length];
    Arrays.fill(products, 1);
    for (Operand operand : operands) {
      long[] values = operand.use(points);
      for (int i = 0; i < products.length; i++) {
        products[i] *= values[i];
      }
    }
    result.compute(points, products);
  }

  private Points points() {
    var points = new Points(pointsOfCompute.length);
    for (int i = 0; i < pointsOfCompute.length; i++) {
      if (loops.locate(loopsAboveCompute, i)) {
        points.set(i, loops.low().clone());
        pointsOfCompute[i]++;
      }
    }
    return points;
  }
}
