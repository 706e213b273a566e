package org.einloom.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.einloom.io.input.Words;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.mapping.LoopTree;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.report.AtomicFile;
import org.einloom.report.DataUse;
import org.einloom.report.Detail;
import org.einloom.report.HtmlReport;
import org.einloom.report.ResultCsv;
import org.einloom.report.ResultJson;
import org.einloom.report.ResultParquet;
import org.einloom.report.ResultTable;
import org.einloom.report.RunInputs;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go. Files are written last, whole or not at all. */
final class OutputArguments {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write the result as JSON as well; '-': to standard output, in place of the table.")
  private @Nullable String json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Write every count and its energy as comma-separated values as well, a row per layer,"
              + " component, tensor and action; '-': to standard output, in place of the table.")
  private @Nullable String csv;

  @Option(
      names = "--parquet",
      paramLabel = "FILE",
      description =
          "Write the same rows as a Parquet file as well, with the figures of their layers and"
              + " components beside them.")
  private @Nullable String parquet;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the result as one HTML file for a browser as well; needs no network.")
  private @Nullable String report;

  @Option(
      names = "--save-mapping",
      paramLabel = "FILE",
      description = "Write the mappings as YAML, for 'einloom evaluate --mapping FILE'.")
  private @Nullable String saveMapping;

  @Option(names = "--show-mapping", description = "Show the mapping of each layer as a loop nest.")
  private boolean showMapping;

  @Option(
      names = "--explain",
      description =
          "Say why each layer costs what it costs: what decides its time, how far each memory is"
              + " from its compulsory traffic, and what the search left out.")
  private boolean explain;

  /**
   * Before any long work.
   *
   * @param inputs what the command reads: files, or names that may be none
   */
  void check(List<String> inputs) {
    if (Outputs.STANDARD_OUTPUT.equals(saveMapping)) {
      throw new InvalidSpecException("--save-mapping is '-'; name a file");
    }
    if (Outputs.STANDARD_OUTPUT.equals(parquet)) {
      throw new InvalidSpecException("--parquet is '-'; name a file");
    }
    HtmlOutput.check("--report", report);
    new Outputs()
        .add("--json", json)
        .add("--csv", csv)
        .add("--parquet", parquet)
        .add("--report", report)
        .add("--save-mapping", saveMapping)
        .check(inputs);
  }

  /** What the result is made from, if anything that is written tells it. */
  RunInputs record(Supplier<RunInputs> inputs) {
    return json == null && report == null ? RunInputs.NONE : inputs.get();
  }

  /**
   * Writes the result where it was wanted.
   *
   * @param fronts whether to show those too
   * @param made what from
   * @param data what became of measured data, if there was any
   */
  void write(
      NetworkResult result,
      boolean fronts,
      RunInputs made,
      Optional<DataUse> data,
      PrintWriter out) {
    write(result, new Detail(fronts, explain, data), made, out);
  }

  /** Whether layers are to be explained. */
  boolean explains() {
    return explain;
  }

  /** The same with what is to be shown. */
  void write(NetworkResult result, Detail detail, RunInputs made, PrintWriter out) {
    byte[] bytes =
        json == null && report == null
            ? null
            : ResultJson.write(result, Version.number(), LoopTreeText::write, detail, made);
    byte[] page =
        report == null || bytes == null
            ? null
            : HtmlReport.result(result.workload() + " on " + result.design().first().name(), bytes);
    byte[] values = csv == null ? null : ResultCsv.write(result);
    var table = ResultTable.lines(result, Terminal.width(), detail);
    if (saveMapping != null) {
      AtomicFile.write(path(saveMapping), mappings(result).getBytes(StandardCharsets.UTF_8));
    }
    put(report, page, out);
    put(parquet, parquet == null ? null : ResultParquet.write(result, Version.number()), out);
    boolean printedJson = put(json, bytes, out);
    boolean printedCsv = put(csv, values, out);
    if (printedJson || printedCsv) {
      return;
    }
    if (showMapping) {
      for (LayerResult l : result.layers()) {
        out.println(
            LoopTreeText.write(
                l.layer().name(), l.layer().einsum(), result.path(l.evaluation()), l.mapping()));
      }
    }
    table.forEach(out::println);
  }

  /** Whether JSON or CSV goes to standard output, which then takes nothing else. */
  boolean printsData() {
    return Outputs.STANDARD_OUTPUT.equals(json) || Outputs.STANDARD_OUTPUT.equals(csv);
  }

  /** Writes or prints it if it was wanted; whether it was printed. */
  static boolean put(@Nullable String file, byte @Nullable [] bytes, PrintWriter out) {
    return file != null && bytes != null && JsonOutput.put(file, bytes, out);
  }

  private static String mappings(NetworkResult result) {
    Map<String, LoopTree> trees = new LinkedHashMap<>();
    result.layers().forEach(l -> trees.put(l.layer().name(), l.mapping()));
    Map<String, String> computes = new LinkedHashMap<>();
    if (result.design().paths().size() > 1) {
      result.layers().forEach(l -> computes.put(l.layer().name(), l.evaluation().compute()));
    }
    return MappingYaml.write(trees, computes);
  }

  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new InvalidSpecException(Words.quote(name) + " is not the name of a file", e);
    }
  }
}
