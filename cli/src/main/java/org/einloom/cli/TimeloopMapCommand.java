package org.einloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.front.Use;
import org.einloom.io.timeloop.mapspace.MapperOptionsReader;
import org.einloom.io.timeloop.mapspace.MapspaceReader;
import org.einloom.io.timeloop.mapspace.MapspaceTranslation;
import org.einloom.io.timeloop.mapspace.NestSpaceTranslation;
import org.einloom.io.timeloop.mapspace.TimeloopMapspace;
import org.einloom.io.timeloop.mapspace.Unshared;
import org.einloom.io.yaml.MapspaceSpec;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code einloom map --timeloop}: the best mapping for Timeloop's files. */
@Command(
    name = "map",
    description = "Find the best mapping for a Timeloop specification, under its constraints.",
    mixinStandardHelpOptions = true)
final class TimeloopMapCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private TimeloopArguments what;

  @Option(
      names = "--objective",
      paramLabel = "WHAT",
      description =
          "What to make small: energy, latency, edp, or a weighted sum. Left out: what the options"
              + " of Timeloop's mapper say, or edp.")
  private @Nullable String objective;

  @Option(
      names = "--accounting",
      paramLabel = "RULES",
      description =
          "default (Einloom's own), or timeloop: search Timeloop's mapspace by its rules; or"
              + " timeloop:SWITCH,... with changes of its rules, as for evaluate.")
  private String accounting = "default";

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SearchArguments how;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private MapspaceArguments among;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputArguments output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  @SuppressWarnings("try") // interrupts are watched, not asked
  public Integer call() {
    if (!what.given()) {
      throw new InvalidSpecException(
          "--timeloop names no file; expected those of an architecture and a problem");
    }
    Optional<Switches> switches = TimeloopRules.switches(accounting);
    List<String> inputs = new ArrayList<>(what.files());
    inputs.addAll(among.inputs());
    output.check(inputs);
    var limit = how.timeLimit();
    int threads = how.threads();
    TimeloopArguments.Read read = what.read(Use.SEARCH);
    Optional<NestSpaceTranslation.Translated> nests = switches.map(s -> nests(read));
    CostArguments.Task task = task(read, nests);
    var made = output.record(() -> among.record(what.record()).of(spec));
    MapperOptions options =
        among
            .apply(new MapperOptions(task.policy(), 1), task)
            .withFront(how.pareto())
            .withAlternatives(output.explains());
    var budget = new Budget(limit, 1, threads, System::nanoTime);
    var progress =
        new Progress(
            spec.commandLine().getErr(), style(), 1, Terminal.progressWidth(), System::nanoTime);
    Mapper mapper =
        nests
            .<Mapper>map(
                n ->
                    new TimeloopRules(
                        n.space(), read.model().hardware().machine(), switches.orElseThrow()))
            .orElseGet(ExactMapper::new);
    List<LayerResult> layers;
    try (progress;
        var interrupts =
            Interrupts.first(
                () -> {
                  budget.interrupt();
                  progress.say("ending the search; Ctrl-C again quits at once");
                })) {
      layers = new NetworkSearch(mapper, task, options, budget, progress).run(threads);
    }
    Design design =
        switches.isEmpty()
            ? task.design()
            : Design.of(
                TimeloopRules.accounted(read.model().hardware().architecture(), layers.getFirst()));
    NetworkResult result =
        NetworkResult.of(
            task.workload(),
            design,
            switches.map(Switches::policyName).orElse(task.policy().name()),
            task.objective(),
            layers);
    output.write(result, how.pareto(), made, Optional.empty(), spec.commandLine().getOut());
    read.say(spec.commandLine().getErr());
    return budget.interrupted() ? Interrupts.EXIT_CODE : ExitCode.OK;
  }

  /** The mapspace of Timeloop that the files ask for. */
  private NestSpaceTranslation.Translated nests(TimeloopArguments.Read read) {
    if (!among.isEmpty()) {
      throw new InvalidSpecException(
          "--constraints and --tiling are about Einloom's mapspace, and --accounting %s searches Timeloop's; leave the one or the other out"
              .formatted(accounting.strip()));
    }
    if (how.pareto()) {
      throw new InvalidSpecException(
          "--pareto: a search by Timeloop's rules finds the best mapping, no front; leave --pareto or --accounting out");
    }
    TimeloopMapspace asked = MapspaceReader.read(read.spec());
    if (asked.imperfect()) {
      // Timeloop's front end writes it into every file, asked for or not
      read.remarks()
          .add(
              new Remark(
                  Position.of(what.files().getFirst()),
                  "the template 'ruby' has factors that need not divide, too; a search by Timeloop's rules has those that do"));
    }
    return NestSpaceTranslation.of(
        asked,
        read.spec().problem().orElseThrow(),
        read.model().einsum(),
        read.model().hardware().architecture());
  }

  private Progress.Style style() {
    return how.quiet()
        ? Progress.Style.QUIET
        : Terminal.showsProgressInPlace() ? Progress.Style.IN_PLACE : Progress.Style.LINES;
  }

  /** One layer on one design, with what the files ask of mappings. */
  private CostArguments.Task task(
      TimeloopArguments.Read read, Optional<NestSpaceTranslation.Translated> nests) {
    String name = read.model().einsum().name();
    var workload =
        new Workload(
            name,
            List.of(Layer.of(name, "Einsum", read.model().einsum())),
            List.of(),
            OptionalLong.empty());
    var mapspace = MapspaceSpec.NONE;
    Architecture architecture = read.model().hardware().architecture();
    if (nests.isPresent()) {
      read.remarks().addAll(nests.get().remarks());
    } else {
      TimeloopMapspace constraints = MapspaceReader.read(read.spec());
      var asked =
          MapspaceTranslation.of(constraints, read.spec().problem().orElseThrow(), architecture);
      architecture = Unshared.of(constraints, architecture, read.model().einsum(), read.remarks());
      read.remarks().addAll(asked.remarks());
      mapspace = asked.mapspace();
    }
    var options = MapperOptionsReader.read(read.spec());
    read.remarks().addAll(options.remarks());
    return new CostArguments.Task(
        workload,
        Selection.of(workload, Optional.empty()),
        Design.of(architecture),
        mapspace,
        Optional.ofNullable(objective)
            .map(Objectives::parse)
            .or(options::objective)
            .orElse(Objective.EDP),
        Policy.DEFAULT);
  }
}
