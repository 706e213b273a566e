package org.einloom.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.MapspaceSpec;
import org.einloom.io.yaml.TilingChoice;
import org.einloom.mapper.MapperOptions;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import picocli.CommandLine.Option;

/** Which mappings to search among. */
final class MapspaceArguments {
  private static final Map<String, Boolean> TILINGS = Map.of("perfect", false, "imperfect", true);

  @Option(
      names = "--constraints",
      paramLabel = "FILE",
      description =
          "What every mapping has to satisfy, as YAML, besides what the architecture asks. May be"
              + " given several times.")
  private List<String> constraints = new ArrayList<>();

  @Option(
      names = "--tiling",
      paramLabel = "WHAT",
      split = ",",
      description =
          "Whether tile sizes have to divide what they cut: perfect (default) or imperfect; or"
              + " p=imperfect, for one rank variable. May be given several times.")
  private List<String> tiling = new ArrayList<>();

  /** Whether nothing is asked. */
  boolean isEmpty() {
    return constraints.isEmpty() && tiling.isEmpty();
  }

  /** What is read. */
  List<String> inputs() {
    return List.copyOf(constraints);
  }

  /** The same, with what is in it. */
  InputRecord record(InputRecord record) {
    constraints.forEach(file -> record.file("constraints", file));
    return record;
  }

  /** The options with what the architecture, the files and the command line say, in this order. */
  MapperOptions apply(MapperOptions options, CostArguments.Task task) {
    MapspaceSpec all = task.mapspace();
    for (String file : constraints) {
      MapspaceSpec spec = ConstraintsYaml.read(OutputArguments.path(file), task.design());
      // a design is made for many workloads, a file like this for the one at hand
      spec.constraints().check(task.workload().name(), einsums(task.workload()));
      spec.tiling()
          .byVariable()
          .keySet()
          .forEach(v -> check(file + ": tiling", v, task.workload()));
      all = all.and(spec);
    }
    return options
        .withConstraints(all.constraints())
        .withTiling(all.tiling().then(choice(task.workload())).tiling());
  }

  private TilingChoice choice(Workload workload) {
    Optional<Boolean> all = Optional.empty();
    Map<String, Boolean> byVariable = new HashMap<>();
    for (String argument : tiling) {
      int equals = argument.indexOf('=');
      String word = argument.substring(equals + 1).strip();
      Boolean imperfect = TILINGS.get(word);
      if (imperfect == null) {
        throw new InvalidSpecException(
            "--tiling %s: expected perfect or imperfect, for one rank variable as in p=imperfect%s"
                .formatted(Words.printable(argument), Names.guess(word, TILINGS.keySet())));
      }
      if (equals < 0) {
        if (all.filter(before -> !before.equals(imperfect)).isPresent()) {
          throw new InvalidSpecException("--tiling is both perfect and imperfect; give one");
        }
        all = Optional.of(imperfect);
        continue;
      }
      String variable = argument.substring(0, equals).strip();
      check("--tiling", variable, workload);
      Boolean before = byVariable.put(variable, imperfect);
      if (before != null && !before.equals(imperfect)) {
        throw new InvalidSpecException(
            "--tiling of " + variable + " is both perfect and imperfect; give one");
      }
    }
    return new TilingChoice(all, byVariable);
  }

  private static List<Einsum> einsums(Workload workload) {
    return workload.layers().stream().map(Layer::einsum).toList();
  }

  private static void check(String place, String variable, Workload workload) {
    List<String> known =
        einsums(workload).stream()
            .flatMap(e -> e.variables().stream())
            .map(v -> v.name())
            .distinct()
            .sorted()
            .toList();
    if (!known.contains(variable)) {
      throw new InvalidSpecException(
          "%s: no layer of workload '%s' has a rank variable %s; there are %s%s"
              .formatted(
                  place,
                  workload.name(),
                  Words.quote(variable),
                  Words.list(known),
                  Names.guess(variable, known)));
    }
  }
}
