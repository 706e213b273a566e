package org.einloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.io.Mappings;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.mapping.PlacedMapping;
import org.einloom.io.result.MappedResultFile;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.convert.ToEinloom;
import org.einloom.io.timeloop.convert.ToTimeloop;
import org.einloom.io.timeloop.front.Use;
import org.einloom.io.timeloop.mapspace.MapspaceReader;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.mapping.LoopTree;
import org.einloom.report.AtomicFile;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom convert}: Timeloop's files as Einloom's, and mappings as Timeloop's. */
@Command(
    name = "convert",
    description =
        "Convert a Timeloop specification to Einloom's files, or a mapping to Timeloop's.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  einloom convert --from timeloop arch.yaml problem.yaml map.yaml -o mine",
      "  einloom convert --to timeloop best.yaml --timeloop arch.yaml problem.yaml",
    })
final class ConvertCommand implements Runnable {
  private static final List<String> FORMATS = List.of("timeloop");

  @Option(names = "--from", paramLabel = "FORMAT", description = "What the files are: timeloop.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "What to write a mapping as: timeloop.")
  private @Nullable String to;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "With --from: the files of a specification. With --to: a mapping, YAML or text, or a"
              + " result that 'map' or 'evaluate' wrote with --json.")
  private List<String> files = new ArrayList<>();

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private TimeloopArguments timeloop;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description =
          "With --from: the folder to write to. With --to: the file; left out: standard output.")
  private @Nullable String output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    if ((from == null) == (to == null)) {
      throw new InvalidSpecException(
          "expected --from timeloop or --to timeloop, and not both; see einloom convert --help");
    }
    format(from == null ? "--to" : "--from", from == null ? String.valueOf(to) : from);
    if (from != null) {
      toEinloom();
    } else {
      toTimeloop();
    }
  }

  private static void format(String option, String format) {
    if (!FORMATS.contains(format)) {
      throw new InvalidSpecException(
          "%s is %s; expected timeloop%s"
              .formatted(option, Words.quote(format), Names.guess(format, FORMATS)));
    }
  }

  private void toEinloom() {
    if (timeloop.given()) {
      throw new InvalidSpecException(
          "--timeloop is for --to; with --from the files stand by themselves");
    }
    if (files.isEmpty()) {
      throw new InvalidSpecException("--from has no FILE; name those of the specification");
    }
    if (output == null) {
      throw new InvalidSpecException("--from needs a folder to write to; add -o FOLDER");
    }
    TimeloopArguments.Read read = withMapping(timeloop.read(files, Use.SEARCH));
    SequencedMap<String, String> texts =
        ToEinloom.files(
            read.spec(),
            read.model(),
            files.stream().map(ConvertCommand::last).collect(Collectors.joining(", ")));
    Path folder = OutputArguments.path(output);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidSpecException("cannot make the folder " + Words.quote(output), e);
    }
    for (String name : texts.keySet()) {
      new Outputs().add("-o", folder.resolve(name).toString()).check(files);
    }
    PrintWriter out = spec.commandLine().getOut();
    texts.forEach(
        (name, text) -> {
          AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
          out.println(folder.resolve(name));
        });
    out.flush();
    read.say(spec.commandLine().getErr());
  }

  /**
   * To Timeloop's front end constraints may come to a mapping; whether they do is seen by trying.
   */
  private TimeloopArguments.Read withMapping(TimeloopArguments.Read read) {
    if (read.model().mapping().isPresent()) {
      return read;
    }
    try {
      TimeloopArguments.Read evaluated = timeloop.read(files, Use.EVALUATE);
      return new TimeloopArguments.Read(
          read.spec(),
          new TimeloopModel(
              read.model().einsum(),
              read.model().hardware(),
              evaluated.model().mapping(),
              read.model().sparse(),
              read.model().remarks()),
          read.remarks());
    } catch (InvalidSpecException e) {
      read.remarks()
          .add(
              new Remark(
                  Position.of(files.getFirst()),
                  "the files hold no whole mapping, so none is written: " + e.getMessage()));
      return read;
    }
  }

  private static String last(String file) {
    Path name = OutputArguments.path(file).getFileName();
    return name == null ? file : name.toString();
  }

  private void toTimeloop() {
    if (!timeloop.given()) {
      throw new InvalidSpecException(
          "--to needs the specification that the mapping is for; add --timeloop FILE...");
    }
    if (files.size() != 1) {
      throw new InvalidSpecException(
          "--to takes one mapping or result; got " + (files.isEmpty() ? "none" : files.size()));
    }
    if (output != null) {
      List<String> inputs = new ArrayList<>(timeloop.files());
      inputs.addAll(files);
      new Outputs().add("-o", output).check(inputs);
    }
    TimeloopArguments.Read read = timeloop.readWithoutCosts(Use.SEARCH);
    String text =
        ToTimeloop.write(
            tree(files.getFirst(), read),
            read.model(),
            read.spec().problem().orElseThrow(),
            MapspaceReader.read(read.spec()));
    if (output == null) {
      spec.commandLine().getOut().print(text);
    } else {
      AtomicFile.write(OutputArguments.path(output), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The mapping of the one layer, legal on the architecture of the specification. */
  private static LoopTree tree(String file, TimeloopArguments.Read read) {
    Path path = OutputArguments.path(file);
    Architecture architecture = read.model().hardware().architecture();
    String name = read.model().einsum().name();
    if (isResult(path)) {
      var layers = MappedResultFile.read(path).layers();
      if (layers.size() != 1) {
        throw new InvalidSpecException(
            "%s has %d layers; a Timeloop specification has one".formatted(file, layers.size()));
      }
      LoopTree tree = layers.getFirst().mapping();
      org.einloom.mapping.Legality.check(read.model().einsum(), architecture, tree);
      return tree;
    }
    var layer = Layer.of(name, "Einsum", read.model().einsum());
    var workload = new Workload(name, List.of(layer), List.of(), OptionalLong.empty());
    Map<String, PlacedMapping> mappings = Mappings.read(path, workload, Design.of(architecture));
    PlacedMapping mapping = mappings.get(name);
    if (mapping == null) {
      throw new InvalidSpecException(
          "%s has no mapping for layer %s".formatted(file, Words.quote(name)));
    }
    return mapping.tree();
  }

  private static boolean isResult(Path path) {
    return Source.file(path).text().stripLeading().startsWith("{");
  }
}
