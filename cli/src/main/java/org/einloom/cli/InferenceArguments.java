package org.einloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.einloom.io.input.Words;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.io.profile.ModelRunner;
import org.einloom.io.profile.Samples;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.Counted;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to show of a network's answers, and what they should be. */
final class InferenceArguments {
  private static final int MOST_SHOWN = 20;

  @Option(names = "--outputs", description = "Print the outputs of the model for each sample.")
  private boolean outputs;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Of the outputs, print the K largest of each row, and where they are.")
  private int top;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "A text file whose lines name these places, from 0.")
  private @Nullable String labels;

  @Option(
      names = "--expect",
      paramLabel = "PATH",
      description =
          "What the outputs should be: .npy, .pb, .npz, or a folder with output_0.pb and so on; once"
              + " for each sample. Anything else is an error.")
  private List<String> expected = new ArrayList<>();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "How far off an element may be, as a share of what is expected, or of 1 if that is less"
              + " (default: 1e-4).")
  private double tolerance = 1e-4;

  boolean wanted() {
    return outputs || top > 0 || !expected.isEmpty();
  }

  void show(OnnxGraph graph, Samples samples, ModelRunner runner, PrintWriter out) {
    if (top < 0 || !(tolerance >= 0) || (labels != null && top == 0)) {
      throw new InvalidSpecException(
          "expected --top and --tolerance of at least 0, and --labels with --top alone");
    }
    if (!expected.isEmpty() && expected.size() != samples.count()) {
      throw new InvalidSpecException(
          "--expect is given %s for %s; expected once for each"
              .formatted(
                  Counted.of(expected.size(), "time"), Counted.of(samples.count(), "sample")));
    }
    List<String> names = labels == null ? List.of() : lines(OutputArguments.path(labels));
    List<SequencedMap<String, NumericTensor>> answers =
        org.einloom.io.profile.Outputs.of(graph, samples, runner);
    for (int i = 0; i < answers.size(); i++) {
      if (outputs || top > 0) {
        if (i == MOST_SHOWN) {
          out.println("and " + (answers.size() - MOST_SHOWN) + " more samples");
        } else if (i < MOST_SHOWN) {
          if (answers.size() > 1) {
            out.println("sample " + (i + 1));
          }
          answers
              .get(i)
              .forEach(
                  (name, t) ->
                      org.einloom.io.profile.Outputs.lines(name, t, top, names)
                          .forEach(out::println));
        }
      }
      if (!expected.isEmpty()) {
        org.einloom.io.profile.Outputs.compare(
                answers.get(i),
                org.einloom.io.profile.Outputs.expected(
                    graph, OutputArguments.path(expected.get(i))),
                tolerance)
            .forEach(out::println);
      }
    }
    out.println();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(Words::printable)
          .toList();
    } catch (IOException e) {
      throw new InvalidSpecException("cannot read the labels in " + file + ": " + e, e);
    }
  }
}
