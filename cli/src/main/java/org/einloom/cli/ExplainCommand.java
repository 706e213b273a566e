package org.einloom.cli;

import java.util.List;
import org.einloom.description.MappedLayer;
import org.einloom.description.MappedNetwork;
import org.einloom.description.NetworkDescription;
import org.einloom.io.input.Words;
import org.einloom.io.result.MappedResultFile;
import org.einloom.report.DescriptionJson;
import org.einloom.report.NetworkText;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom explain}: a design and its mappings in words. */
@Command(
    name = "explain",
    description =
        "Describe a result in the terms of the field: order of computation, partitioning, flow of"
            + " data, data movement, data attributes, flexibility.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Runnable {
  @Parameters(
      paramLabel = "RESULT",
      description = "A result, as 'map' and 'evaluate' write it with --json.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String file;

  @Option(names = "--layer", paramLabel = "NAME", description = "Only this layer.")
  private @Nullable String layer;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private JsonOutput json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    json.outputs().check(List.of(file));
    MappedNetwork network = MappedResultFile.read(OutputArguments.path(file));
    if (layer != null) {
      network = only(layer, network);
    }
    NetworkDescription described = NetworkDescription.of(network);
    json.put(
        () -> DescriptionJson.write(described, Version.number()),
        () -> NetworkText.lines(described, layer == null, Terminal.width()),
        spec.commandLine().getOut());
  }

  private static MappedNetwork only(String name, MappedNetwork n) {
    List<String> names = n.layers().stream().map(MappedLayer::name).toList();
    if (!names.contains(name)) {
      throw new InvalidSpecException(
          "the result has no layer %s; it has %s%s"
              .formatted(Words.quote(name), Words.list(names), Names.guess(name, names)));
    }
    return new MappedNetwork(
        n.workload(),
        n.design(),
        n.energyPj(),
        n.latencyS(),
        n.utilization(),
        n.layers().stream().filter(l -> l.name().equals(name)).toList(),
        n.measured(),
        n.sparse().stream().filter(l -> l.equals(name)).toList(),
        n.notCosted());
  }
}
