package org.einloom.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.component.Estimate;
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

/** One estimate of a component: one that was asked for before, and one that is new. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ComponentBenchmark {
  @Param({"mac", "register_file", "sram"})
  public String componentClass = "";

  private Catalog catalog = Catalog.of(List.of());
  private Attributes attributes = Attributes.NONE;
  private long next;

  @Setup
  public void setUp() {
    catalog = Catalog.installed();
    attributes = Attributes.NONE.with("technology", 45);
    attributes =
        componentClass.equals("mac")
            ? attributes.with("format", "int8")
            : attributes.with("size", 32768).with("width", 32);
  }

  /** Looked up. */
  @Benchmark
  public Estimate again() {
    return catalog.estimate(componentClass, attributes);
  }

  /** Computed: no voltage comes twice in a run. */
  @Benchmark
  public Estimate anew() {
    ComponentModel model = catalog.model(componentClass);
    double voltage = 0.7 + (next++ % 100_003) * 1e-6;
    return Catalog.compute(model, attributes.with("voltage", voltage));
  }
}
