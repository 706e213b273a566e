package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.SparseAccounting;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.front.Use;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.mapper.Optimality;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.report.Detail;
import org.einloom.report.ZerosUse;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code einloom evaluate --timeloop}: what the mapping in Timeloop's files costs. */
@Command(
    name = "evaluate",
    description =
        "Evaluate the mapping that Timeloop's files hold, by Einloom's rules or by Timeloop's.",
    mixinStandardHelpOptions = true)
final class TimeloopEvaluateCommand implements Runnable {
  @Option(
      names = TimeloopCommands.OPTION,
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Files for Timeloop, in any order: architecture, problem and mapping, and tables of"
              + " energy (ERT) and area (ART) if there are.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--accounting",
      paramLabel = "RULES",
      description =
          "default (Einloom's own), timeloop, or timeloop:SWITCH,... with changes of its rules:"
              + " no-links, toroidal-links, no-first-read-elision, updated-rmw, no-extrapolation,"
              + " no-refetch, no-boxes, shared-words, one-filled, drains-read, no-ceilings, no-padding,"
              + " all-area, gating-takes-time, exact-bands, no-fiber-ceilings, metadata-follows, or the"
              + " names of Timeloop's environment variables.")
  private String accounting = "default";

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A value for a name in templates, for files of Timeloop's front end. May be given several"
              + " times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "What Timeloop wrote of the same, timeloop-*.stats.txt, or a table of energies (ERT):"
              + " show what agrees, what does not, and why.")
  private @Nullable String against;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputArguments output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    if (files.isEmpty()) {
      throw new InvalidSpecException(
          "--timeloop names no file; expected those of an architecture, a problem and a mapping");
    }
    List<String> inputs = new ArrayList<>(files);
    Optional.ofNullable(against).ifPresent(inputs::add);
    output.check(inputs);
    Optional<Switches> switches = switches();
    TimeloopSpec specification = TimeloopInput.read(files, settings, Use.EVALUATE);
    TimeloopModel model = TimeloopModel.of(specification);
    if (against != null) {
      model.requireDense("--against does not compare sparse tensors");
    }
    TimeloopModel.Mapped mapped =
        model
            .mapping()
            .orElseThrow(
                () ->
                    new InvalidSpecException(
                        "the Timeloop files have no 'mapping'; expected one of them to have the key 'mapping' at its top"));
    Layer layer = Layer.of(model.einsum().name(), "Einsum", model.einsum());
    var workload = new Workload(layer.name(), List.of(layer), List.of(), OptionalLong.empty());
    Evaluation evaluation;
    Architecture architecture;
    Optional<ZerosUse> zeros = Optional.empty();
    var outcomes = new LinkedHashMap<String, SparseOutcome>();
    List<Remark> remarks = new ArrayList<>(model.remarks());
    if (switches.isPresent() && model.sparse().isPresent()) {
      SparseAccounting.SparseAccount account = model.sparseAccount(switches.get());
      evaluation = account.account().evaluation();
      architecture = account.account().architecture();
      zeros =
          Optional.of(
              new ZerosUse(
                  model.hardware().machine().levels().stream().map(l -> l.memory()).toList(),
                  account.counts()));
    } else if (switches.isPresent()) {
      Accounting.Account account = model.account(switches.get());
      evaluation = account.evaluation();
      architecture = account.architecture();
    } else if (model.sparse().isPresent()) {
      TimeloopModel.OwnSparse own = model.ownSparse();
      architecture = own.architecture();
      remarks.addAll(own.remarks());
      SparseOutcome outcome = mapped.at().locate(() -> byOwnRules(model, mapped.tree(), own));
      outcomes.put(layer.name(), outcome);
      evaluation = outcome.evaluation();
    } else {
      architecture = model.hardware().architecture();
      evaluation = mapped.at().locate(() -> byOwnRules(model, mapped.tree()));
    }
    List<String> beside =
        against == null
            ? List.of()
            : AgainstText.lines(against, specification, model, evaluation, switches);
    var made =
        output.record(
            () -> {
              var record = new InputRecord();
              files.forEach(f -> record.file("timeloop", f));
              return record.of(spec);
            });
    output.write(
        NetworkResult.of(
            workload,
            Design.of(architecture),
            evaluation.policy(),
            Objective.EDP,
            List.of(
                new LayerResult(
                    layer,
                    1,
                    mapped.tree(),
                    evaluation,
                    Optimality.given(Objective.EDP, Objective.EDP.value(evaluation))))),
        new Detail(false, output.explains(), Optional.empty(), outcomes, zeros),
        made,
        spec.commandLine().getOut());
    PrintWriter out =
        output.printsData() ? spec.commandLine().getErr() : spec.commandLine().getOut();
    beside.forEach(out::println);
    if (zeros.isEmpty() && evaluation.computes() != model.einsum().computes()) {
      // not of Timeloop's making: by Einloom's own rules all computes happen
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "note: "
              + new Remark(
                  mapped.at(),
                  "of the %d MACs Timeloop's rules count %d: skewed or uneven loops are looked at in part; energy and utilization are of those"
                      .formatted(model.einsum().computes(), evaluation.computes())));
    }
    for (Remark remark : remarks) {
      spec.commandLine().getErr().println("note: " + remark);
    }
    spec.commandLine().getErr().flush();
  }

  private static Evaluation byOwnRules(TimeloopModel model, LoopTree tree) {
    Einsum einsum = model.einsum();
    Architecture architecture = model.hardware().architecture();
    Legality.check(einsum, architecture, tree);
    return Evaluator.evaluate(
        einsum,
        architecture,
        DenseModel.analyze(einsum, architecture, tree).counts(),
        Policy.DEFAULT);
  }

  private static SparseOutcome byOwnRules(
      TimeloopModel model, LoopTree tree, TimeloopModel.OwnSparse own) {
    Legality.check(model.einsum(), own.architecture(), tree);
    return SparseOutcome.of(model.einsum(), own.architecture(), tree, own.sparsity(), own.nodes());
  }

  /** Timeloop's rules with these changes; empty for Einloom's own. */
  private Optional<Switches> switches() {
    String name = accounting.strip();
    String timeloop = Policy.TIMELOOP;
    if (name.equals("default")) {
      return Optional.empty();
    }
    if (name.equals(timeloop)) {
      return Optional.of(Switches.NONE);
    }
    if (name.startsWith(timeloop + ":")) {
      return Optional.of(Switches.parse(name.substring(timeloop.length() + 1)));
    }
    throw new InvalidSpecException(
        "--accounting is '%s'; expected default, timeloop, or timeloop: and switches%s"
            .formatted(name, Names.guess(name, List.of("default", timeloop))));
  }
}
