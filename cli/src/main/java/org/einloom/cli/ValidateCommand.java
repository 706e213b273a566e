package org.einloom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.einloom.arch.Design;
import org.einloom.component.Catalog;
import org.einloom.io.Mappings;
import org.einloom.io.Shipped;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.OnnxReader;
import org.einloom.io.study.StudyFile;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.ComponentsYaml;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.FileKind;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.SparsityYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.workload.Counted;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom validate}: whether files are right. */
@Command(
    name = "validate",
    description =
        "Check files: architectures, workloads (YAML or ONNX), mappings, constraints,"
            + " sparsity.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--workload",
      paramLabel = "MODEL",
      description = "What the mappings are of: a network of the zoo or a file.")
  private @Nullable String model;

  @Option(
      names = {"--arch", "-a"},
      paramLabel = "ARCH",
      description = "What the mappings or constraints are for: a shipped architecture or a file.")
  private @Nullable String arch;

  @Option(
      names = "--dim",
      paramLabel = "NAME=N",
      description =
          "Extent of a dimension that ONNX files leave open, by its name (batch=8), or by input and"
              + " axis (tokens:1=128). May be given several times.")
  private List<String> dimensions = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int exitCode = ExitCode.OK;
    for (String file : files) {
      try {
        out.println(file + ": " + validate(OutputArguments.path(file)));
      } catch (InvalidSpecException e) {
        Failures.say(err, String.valueOf(e.getMessage()));
        exitCode = ExitCode.USAGE;
      }
    }
    return exitCode;
  }

  private String validate(Path file) {
    if (Models.isOnnx(file)) {
      return describe(OnnxReader.read(file, options()));
    }
    Source source = Source.file(file);
    if (Mappings.isText(source)) {
      return "a mapping of " + legal(file) + ", legal";
    }
    return switch (FileKind.of(source)) {
      case ARCHITECTURE -> describe(ArchitectureYaml.readFile(source).design());
      case WORKLOAD -> describe(WorkloadYaml.read(source));
      case CONSTRAINTS -> describeConstraints(source);
      case COMPONENTS -> describeClasses(source);
      case STUDY -> describeStudy(source);
      case SPARSITY -> describeSparsity(source);
      case MAPPING -> {
        int layers = MappingYaml.read(source).mappings().size();
        yield model == null && arch == null
            ? "a mapping of "
                + layers(layers)
                + "; whether it is legal depends on --workload and --arch, which were not given"
            : "a mapping of " + legal(file) + ", legal";
      }
    };
  }

  private String describeSparsity(Source source) {
    if (model == null || arch == null) {
      throw new InvalidSpecException(
          source.name() + ": sparsity is checked against --workload and --arch; give both");
    }
    Workload workload = Models.read(model, options());
    SparsityYaml.read(source, workload, Shipped.resolveArchitectureFile(arch).design());
    return "sparsity of " + layers(workload.layers().size()) + " on " + Words.quote(arch);
  }

  private OnnxOptions options() {
    return OnnxOptions.DEFAULT.withDimensions(Dimensions.parse(dimensions));
  }

  private String legal(Path file) {
    if (model == null || arch == null) {
      throw new InvalidSpecException(
          file + ": a mapping is checked against --workload and --arch; give both");
    }
    Workload workload = Models.read(model, options());
    return layers(
        Mappings.read(file, workload, Shipped.resolveArchitectureFile(arch).design()).size());
  }

  private static String describe(Design d) {
    return "the architecture '%s', %s"
        .formatted(d.first().name(), Counted.of(d.first().everyNode().size(), "node"));
  }

  private static String describe(Workload w) {
    return "the workload '%s', %s, %,d MACs"
        .formatted(w.name(), layers(w.layers().size()), w.macs());
  }

  private String describeConstraints(Source source) {
    var spec =
        ConstraintsYaml.read(
            source,
            Optional.ofNullable(arch).map(a -> Shipped.resolveArchitectureFile(a).design()));
    int n = spec.constraints().all().size();
    String what = Counted.of(n, "constraint");
    return arch == null
        ? what + "; whether what they name exists depends on --arch, which was not given"
        : what + " on " + Words.quote(arch);
  }

  private static String describeClasses(Source source) {
    Catalog own = Catalog.installed();
    int n = ComponentsYaml.read(source, own).names().size() - own.names().size();
    return Counted.of(n, "component class");
  }

  private static String describeStudy(Source source) {
    long points = StudyFile.read(source).study().space().size();
    return "a study of %s".formatted(Counted.of(points, "combination"));
  }

  private static String layers(int n) {
    return Counted.of(n, "layer");
  }
}
