package org.einloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.einloom.arch.Design;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.io.Shipped;
import org.einloom.io.yaml.ArchitectureFile;
import org.einloom.io.yaml.MapspaceSpec;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which workload on which architecture, and how to judge it. */
final class CostArguments {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ModelArguments model;

  @Option(
      names = {"--arch", "-a"},
      required = true,
      paramLabel = "ARCH",
      description = "The architecture: a shipped design (see 'einloom arch list') or a YAML file.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String arch;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "Only this layer (and its repetitions).")
  private @Nullable String layer;

  @Option(
      names = "--bits",
      paramLabel = "ROLE=N",
      description =
          "Bits per word of a role: input, weight, output, or partial (results that are not"
              + " complete yet). May be given once for each.")
  private List<String> bits = new ArrayList<>();

  @Option(
      names = "--objective",
      paramLabel = "WHAT",
      description =
          "What to make small: energy, latency, edp, their product (default), or a weighted sum of"
              + " energy in pJ and latency in s: 2*energy+1e9*latency.")
  private String objective = "edp";

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description = "The rules that turn words moved into actions and time (default: default).")
  private String policy = "default";

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "What 'einloom profile' measured: components whose costs depend on data take it layer by"
              + " layer, unless the design says otherwise.")
  private @Nullable String profile;

  /**
   * What the arguments mean.
   *
   * @param workload as read, with the widths asked for
   * @param selection the layers to work on
   * @param measured the design layer by layer
   * @param mapspace what the architecture asks of mappings that are searched
   */
  record Task(
      Workload workload,
      Selection selection,
      Design design,
      Measured measured,
      MapspaceSpec mapspace,
      Objective objective,
      Policy policy) {
    /** Of data of which nothing was measured. */
    Task(
        Workload workload,
        Selection selection,
        Design design,
        MapspaceSpec mapspace,
        Objective objective,
        Policy policy) {
      this(workload, selection, design, Measured.nothing(design), mapspace, objective, policy);
    }

    /**
     * The same, where layers of one computation are distinct if they differ in something else.
     *
     * @throws InvalidSpecException if some do, and what was measured is of them together
     */
    Task apart(Function<String, ?> by) {
      Selection finer = selection.apart(workload, by);
      if (measured.use().isPresent() && finer.entries().size() > selection.entries().size()) {
        throw new InvalidSpecException(
            "--profile with --sparsity: layers of one shape are measured together, and differ in their sparsity; leave one out, or give them the same sparsity");
      }
      return new Task(workload, finer, design, measured, mapspace, objective, policy);
    }
  }

  /** What is read: names of files, or of what is shipped. */
  List<String> inputs() {
    return profile == null ? List.of(model.name(), arch) : List.of(model.name(), arch, profile);
  }

  /** What is read, for the result to tell. */
  InputRecord record() {
    InputRecord record = new InputRecord().workload(model.name()).architecture(arch);
    return profile == null ? record : record.file("profile", profile);
  }

  Task read() {
    Bits widths = Bits.parse(bits);
    Objective goal = Objectives.parse(objective);
    Policy rules = Policy.named(policy);
    if (!rules.equals(Policy.DEFAULT)) {
      throw new InvalidSpecException(
          "--policy %s is not modelled yet for designs of Einloom's own; expected default, or Timeloop's files: einloom evaluate --timeloop FILES --accounting %s"
              .formatted(policy, policy));
    }
    ArchitectureFile design = Shipped.resolveArchitectureFile(arch);
    Workload workload = widths.apply(model.read());
    Selection selection = Selection.of(workload, Optional.ofNullable(layer));
    Offered.check(design.design(), selection);
    Design base = widths.apply(design.design());
    Measured measured =
        profile == null
            ? Measured.nothing(base)
            : Measured.of(profile, arch, workload, selection, base, widths::apply);
    return new Task(workload, selection, base, measured, design.mapspace(), goal, rules);
  }
}
