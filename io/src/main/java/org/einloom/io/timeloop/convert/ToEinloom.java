package org.einloom.io.timeloop.convert;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.mapspace.MapspaceReader;
import org.einloom.io.timeloop.mapspace.MapspaceTranslation;
import org.einloom.io.timeloop.mapspace.TimeloopMapspace;
import org.einloom.io.timeloop.mapspace.Unshared;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.io.yaml.ArchitectureWriter;
import org.einloom.io.yaml.ConstraintsWriter;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.WorkloadWriter;
import org.einloom.workload.TensorAccess;

/** A Timeloop specification as files of Einloom's, which evaluate to the same figures. */
public final class ToEinloom {
  private final TimeloopModel model;
  private final String from;

  private ToEinloom(TimeloopModel model, String from) {
    this.model = model;
    this.from = from;
  }

  /**
   * The files: {@code architecture.yaml}, {@code workload.yaml} and, where the specification has
   * them, {@code mapping.yaml} and {@code constraints.yaml}.
   *
   * @param from what the specification was read from, for the first line of each file
   * @return texts by name
   * @throws org.einloom.io.input.InputException if the constraints ask for what cannot be said
   */
  public static SequencedMap<String, String> files(
      TimeloopSpec spec, TimeloopModel model, String from) {
    var writer = new ToEinloom(model, from);
    var files = new LinkedHashMap<String, String>();
    TimeloopMapspace said = MapspaceReader.read(spec);
    files.put(
        "architecture.yaml",
        writer.architecture(
            Unshared.of(
                said, model.hardware().architecture(), model.einsum(), new LinkedHashSet<>())));
    files.put("workload.yaml", writer.workload());
    model
        .mapping()
        .ifPresent(
            m ->
                files.put(
                    "mapping.yaml",
                    writer.comment("how it runs")
                        + MappingYaml.write(Map.of(model.einsum().name(), m.tree()), Map.of())));
    var asked =
        MapspaceTranslation.of(said, spec.problem().orElseThrow(), model.hardware().architecture());
    List<String> constraints =
        ConstraintsWriter.write(asked.mapspace(), writer.heading("what mappings have to satisfy"));
    for (int i = 0; i < constraints.size(); i++) {
      files.put("constraints" + (i == 0 ? "" : "-" + (i + 1)) + ".yaml", constraints.get(i));
    }
    return files;
  }

  private String comment(String what) {
    return "# " + heading(what).getFirst() + "\n";
  }

  private List<String> heading(String what) {
    return List.of("Converted from Timeloop's " + from + ": " + what + ".");
  }

  private String workload() {
    return WorkloadWriter.write(
        model.einsum().name(), List.of(model.einsum()), heading("what is computed"));
  }

  /** Which operands Timeloop's neighbours may hand on, for those who want that here. */
  private String links(int fanout, Architecture a) {
    long above = a.nodes().subList(0, fanout).stream().filter(Memory.class::isInstance).count();
    Set<String> not =
        model.mapping().map(m -> m.nest().levels().get((int) above - 1).noLinks()).orElse(Set.of());
    List<String> some =
        model.einsum().operands().stream()
            .map(TensorAccess::name)
            .filter(t -> !not.contains(t))
            .toList();
    return some.isEmpty()
        ? ""
        : "; in Timeloop neighbours hand on tiles: 'neighbours: " + some + "' hands on words";
  }

  private String architecture(Architecture whole) {
    Architecture a = Sources.shortened(whole);
    Map<String, String> comments = new LinkedHashMap<>();
    long instances = 1;
    for (Node node : a.nodes()) {
      String many = instances == 1 ? "1 instance" : instances + " instances";
      comments.put(
          node.name(),
          switch (node) {
            case Fanout f -> f.children() + " children each" + links(a.nodes().indexOf(f), a);
            case Memory m when m.capacityBits().isPresent() ->
                "%s, %d words each"
                    .formatted(many, m.capacityBits().getAsLong() / a.widths().output());
            case Memory m -> many + ", of any size";
            case Compute c -> many;
            default -> "";
          });
      instances *= node instanceof Fanout f ? f.children() : 1;
    }
    return ArchitectureWriter.write(a, heading("the hardware"), "", comments);
  }
}
