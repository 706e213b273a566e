package org.einloom.bench;

import java.util.concurrent.TimeUnit;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.io.Shipped;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapper.HeuristicMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapping.LoopTree;
import org.einloom.model.Analysis;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One exact evaluation of a mapping that the mapper found, on layers of networks of the zoo. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ModelBenchmark {
  private static final String LAYERS =
      """
      einloom: 1
      workload:
        name: layers
        einsums:
        - name: conv3x3
          extents: {n: 1, m: 64, c: 64, p: 56, q: 56, r: 3, s: 3}
          expression: "O[n,m,p,q] += I[n,c,p+r-1,q+s-1] * W[m,c,r,s]"
          shapes: {I: [1, 64, 56, 56]}
        - name: conv1x1
          extents: {n: 1, m: 256, c: 64, p: 56, q: 56}
          expression: "O[n,m,p,q] += I[n,c,p,q] * W[m,c]"
        - name: matmul
          extents: {m: 128, n: 768, k: 768}
          expression: "O[m,n] += A[m,k] * B[k,n]"
      """;

  @Param({"conv3x3", "conv1x1", "matmul"})
  public String layer = "";

  @Param({"eyeriss", "nvdla", "tpu-v1", "simba"})
  public String design = "";

  private Einsum einsum = layers("conv3x3");
  private Architecture architecture = Shipped.architecture("eyeriss");
  private LoopTree mapping = new LoopTree(java.util.List.of());

  private static Einsum layers(String name) {
    return WorkloadYaml.read("layers.yaml", LAYERS).layers().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow()
        .einsum();
  }

  @Setup
  public void map() {
    einsum = layers(layer);
    architecture = Shipped.architecture(design);
    var found =
        (MappingResult.Found)
            new HeuristicMapper()
                .map(
                    einsum,
                    architecture,
                    Objective.EDP,
                    new MapperOptions(Policy.named("default"), 1));
    mapping = found.mapping();
  }

  @Benchmark
  public Analysis analyze() {
    return DenseModel.analyze(einsum, architecture, mapping);
  }
}
