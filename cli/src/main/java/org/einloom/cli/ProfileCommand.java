package org.einloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.profile.ModelRunner;
import org.einloom.io.profile.Profiler;
import org.einloom.io.profile.Samples;
import org.einloom.profile.BitFormat;
import org.einloom.report.AtomicFile;
import org.einloom.report.ProfileJson;
import org.einloom.report.ProfileLines;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom profile}: what the values of a network look like. */
@Command(
    name = "profile",
    description =
        "Run an ONNX model on samples and record what its values look like: densities, histograms,"
            + " bits.",
    mixinStandardHelpOptions = true)
final class ProfileCommand implements Runnable {
  private static final String ENDING = ".profile.json";
  private static final int MOST_BINS = 10_000;
  private static final long MOST_MEMORY_MIB = 1 << 20;

  @Parameters(paramLabel = "MODEL", description = "An ONNX file with its weights.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String model;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SampleArguments samples;

  @Option(
      names = "--weights",
      description = "Measure the weights alone, without running the model.")
  private boolean weights;

  @Option(
      names = "--formats",
      paramLabel = "NAME",
      split = ",",
      description =
          "In which formats to look at bits: int2 to int32, fp16, bf16, fp32; one for each width"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "int4,int8,int16,int32")
  private List<String> formats = new ArrayList<>();

  @Option(names = "--bins", paramLabel = "N", description = "Bins of histograms (default: 64).")
  private int bins = 64;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "For the values of one run; with more values, the model is run several times (default:"
              + " 1024).")
  private long memoryMib = 1024;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it (default: MODEL" + ENDING + ", beside the model).")
  private @Nullable String out;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private InferenceArguments inference;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    samples.check();
    within("--bins", bins, MOST_BINS);
    within("--memory", memoryMib, MOST_MEMORY_MIB);
    var profiler =
        new Profiler(formats.stream().map(BitFormat::named).toList(), bins, memoryMib << 20);
    Path file = file();
    Path target = out == null ? beside(file) : OutputArguments.path(out);
    List<String> inputs = new ArrayList<>(samples.files());
    inputs.add(model);
    new Outputs().add("--out", target.toString()).check(inputs);
    if (weights && (samples.given() || inference.wanted())) {
      throw new InvalidSpecException(
          "--weights runs nothing; leave out --inputs, --random, --outputs and --expect");
    }
    PrintWriter writer = spec.commandLine().getOut();
    OnnxGraph graph = OnnxGraph.read(file);
    Profiler.Result result;
    if (weights) {
      result = profiler.weights(graph, samples.extents());
    } else {
      ModelRunner runner = runner();
      Samples read = samples.read(graph);
      if (inference.wanted()) {
        inference.show(graph, read, runner, writer);
      }
      result = profiler.run(graph, read, runner);
    }
    AtomicFile.write(target, ProfileJson.write(result.profile()));
    ProfileLines.lines(result.profile()).forEach(writer::println);
    writer.println();
    result.notes().forEach(n -> writer.println("note: " + n));
    writer.println("written: " + target);
  }

  private static void within(String option, long given, long most) {
    if (given < 1 || given > most) {
      throw new InvalidSpecException("%s is %d; expected 1 to %d".formatted(option, given, most));
    }
  }

  private Path file() {
    if (Zoo.names().contains(model) && !Files.exists(OutputArguments.path(model))) {
      throw new InvalidSpecException(
          "the networks of the zoo come without weights; expected an ONNX file that has them");
    }
    Path file = OutputArguments.path(model);
    if (!Files.isRegularFile(file)) {
      throw new InvalidSpecException(
          "there is no file '%s'; expected an ONNX file with its weights".formatted(model));
    }
    try {
      if (Files.size(file) > 0 && !Models.isOnnx(file)) {
        throw new InvalidSpecException(
            "'%s' is no ONNX file; only these can be run".formatted(model));
      }
    } catch (IOException e) {
      throw new InvalidSpecException("cannot read '" + model + "': " + e.getMessage(), e);
    }
    return file;
  }

  private static Path beside(Path model) {
    String name = String.valueOf(model.getFileName());
    String base = name.endsWith(".onnx") ? name.substring(0, name.length() - 5) : name;
    return model.resolveSibling(base + ENDING);
  }

  private static ModelRunner runner() {
    return ServiceLoader.load(ModelRunner.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSpecException(
                    "there is nothing to run networks with: ONNX Runtime is a module of its own (55 MB"
                        + " from Maven Central); './einloom profile --install', in a checkout of the"
                        + " sources, builds it in; --weights works without"));
  }
}
