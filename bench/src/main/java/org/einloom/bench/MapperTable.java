package org.einloom.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.io.Shipped;
import org.einloom.io.onnx.Coverage;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.workload.Workload;

/**
 * How long it takes to prove mappings: every distinct layer of four networks on four designs, for
 * energy and the energy-delay product, and problems in {@code examples}. CPU seconds of one thread,
 * in a JVM that has done it three times before; then of a whole fresh process.
 *
 * <p>Arguments: networks, designs and objectives, each a list with commas, and a limit in seconds
 * for a layer, or {@code examples} for the problems there alone; {@code --cold} for one pass in
 * this process, as the fresh ones are started.
 */
public final class MapperTable {
  private static final String ROW = "%-14s %-20s %-7s %6d %7d %9.3f %9.3f %9.2f %9s %8.1f%n";

  /** Before what is timed; most of the first passes is compiled while they last. */
  private static final int WARMING = 3;

  private static final String[][] EXAMPLES = {
    {"peers/matmul-1024", "peers/accelforge-eyeriss"},
    {"peers/matmul-1024", "peers/accelforge-tpu"},
    {"peers/conv3x3-resnet50", "peers/accelforge-eyeriss"},
    {"scale/conv-7-ranks", "scale/six-levels"},
    {"scale/contraction-9-ranks", "scale/four-levels"},
  };

  private MapperTable() {}

  /** Prints the table. */
  public static void main(String... args) throws IOException, InterruptedException {
    boolean cold = args.length > 0 && args[0].equals("--cold");
    int at = cold ? 1 : 0;
    String networks = args.length > at ? args[at] : "resnet50,mobilenet_v2,vit_b_16,bert_base";
    String designs = args.length > at + 1 ? args[at + 1] : "eyeriss,nvdla,tpu-v1,simba";
    String objectives = args.length > at + 2 ? args[at + 2] : "edp,energy";
    double limitS = Double.parseDouble(args.length > at + 3 ? args[at + 3] : "10");
    if (cold) {
      pass(workload(networks), design(designs), objective(objectives), limitS);
      System.out.println(processCpuS());
      return;
    }
    System.out.printf(
        "%-14s %-20s %-7s %6s %7s %9s %9s %9s %9s %8s%n",
        "workload",
        "design",
        "goal",
        "layers",
        "proven",
        "median s",
        "worst s",
        "sum s",
        "process s",
        "M/s");
    if (!networks.equals("examples")) {
      rows(networks, designs, objectives, limitS);
    }
    if (args.length == 0 || args[0].equals("examples")) {
      for (String[] pair : EXAMPLES) {
        row("examples/" + pair[0] + ".yaml", "examples/" + pair[1] + ".yaml", "edp", 60);
      }
    }
  }

  private static void rows(String networks, String designs, String objectives, double limitS)
      throws IOException, InterruptedException {
    List<Double> all = new ArrayList<>();
    for (String o : objectives.split(",")) {
      for (String n : networks.split(",")) {
        for (String d : designs.split(",")) {
          all.addAll(row(n, d, o, limitS));
        }
      }
    }
    Collections.sort(all);
    System.out.printf(
        "all: %d searches, median %.3f s, worst %.3f s%n",
        all.size(), all.get(all.size() / 2), all.getLast());
  }

  private record Pass(List<Double> cpuS, int proven, long evaluated) {}

  private static List<Double> row(String network, String design, String objective, double limitS)
      throws IOException, InterruptedException {
    Workload w = workload(network);
    Architecture a = design(design);
    Objective o = objective(objective);
    for (int i = 0; i < WARMING; i++) {
      pass(w, a, o, limitS);
    }
    Pass warm = pass(w, a, o, limitS);
    List<Double> sorted = warm.cpuS.stream().sorted().toList();
    double sum = sorted.stream().mapToDouble(Double::doubleValue).sum();
    System.out.printf(
        ROW,
        name(network),
        name(design),
        objective,
        sorted.size(),
        warm.proven,
        sorted.get(sorted.size() / 2),
        sorted.getLast(),
        sum,
        fresh(network, design, objective, limitS),
        (double) warm.evaluated / sum * 1e-6);
    return sorted;
  }

  private static String name(String given) {
    String file = Path.of(given).getFileName().toString();
    return file.endsWith(".yaml") ? file.substring(0, file.length() - 5) : file;
  }

  private static Pass pass(Workload w, Architecture a, Objective o, double limitS) {
    List<Double> cpuS = new ArrayList<>();
    int proven = 0;
    long evaluated = 0;
    for (Workload.DistinctLayer layer : w.distinctLayers()) {
      long end = System.nanoTime() + (long) (limitS * 1e9);
      var options = new MapperOptions(Policy.named("default"), 1).withMonitor(until(end));
      MappingResult r = new ExactMapper().map(layer.layer().einsum(), a, o, options);
      if (r instanceof MappingResult.Found f) {
        cpuS.add(f.optimality().cpuS().orElse(Double.NaN));
        proven += f.optimality().status() == Optimality.Status.OPTIMAL ? 1 : 0;
        evaluated += f.optimality().evaluated().orElse(0);
      } else {
        cpuS.add(limitS);
      }
    }
    return new Pass(cpuS, proven, evaluated);
  }

  private static SearchMonitor until(long endNs) {
    return new SearchMonitor() {
      @Override
      public boolean stop() {
        return System.nanoTime() > endNs;
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {}
    };
  }

  /** CPU time of a whole process that does it once. */
  private static String fresh(String network, String design, String objective, double limitS)
      throws IOException, InterruptedException {
    Process p =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                MapperTable.class.getName(),
                "--cold",
                network,
                design,
                objective,
                Double.toString(limitS))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return p.waitFor() == 0 ? "%.2f".formatted(Double.parseDouble(out)) : "failed";
  }

  private static double processCpuS() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        * 1e-9;
  }

  private static Workload workload(String name) {
    return name.endsWith(".yaml")
        ? WorkloadYaml.read(root(name))
        : Zoo.read(name, OnnxOptions.DEFAULT.withCoverage(Coverage.PRODUCTS));
  }

  private static Architecture design(String name) {
    return name.endsWith(".yaml") ? ArchitectureYaml.read(root(name)) : Shipped.architecture(name);
  }

  /** Maven runs this in the module's folder; the examples are beside it. */
  private static Path root(String file) {
    return Path.of(file).toFile().exists() ? Path.of(file) : Path.of("..").resolve(file);
  }

  private static Objective objective(String name) {
    return Objective.NAMED.stream()
        .filter(o -> o.label().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }
}
