package org.einloom.io.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.mapping.TextLine.ComputeLine;
import org.einloom.io.mapping.TextLine.Keep;
import org.einloom.io.mapping.TextLine.LoopLine;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;

/**
 * The loop nest of one layer while it is read: its nodes, and whether what repeats them is right.
 */
final class TextSection {
  private final String layer;
  private final Position at;
  private final Einsum einsum;
  private final Architecture architecture;
  private final List<String> memories;
  private final List<MappingNode> nodes = new ArrayList<>();
  private final List<Position> places = new ArrayList<>();
  private final Map<String, Long> outer = new HashMap<>();
  private boolean hasColumns;
  private boolean ended;

  TextSection(String layer, Position at, Einsum einsum, Architecture architecture) {
    this.layer = layer;
    this.at = at;
    this.einsum = einsum;
    this.architecture = architecture;
    this.memories = architecture.memories().stream().map(Memory::name).toList();
    einsum.variables().forEach(v -> outer.put(v.name(), v.extent()));
  }

  /** Takes the names of the columns. */
  void head(List<List<Token>> columns, Position line) {
    hasColumns = !columns.isEmpty();
    List<String> names = columns.stream().map(TextSection::text).toList();
    if (hasColumns && !names.equals(memories.stream().map(Token::write).toList())) {
      throw line.error(
          "the columns are " + Words.list(names),
          "expected the memories of the architecture in order, " + Words.list(memories));
    }
  }

  /** Takes a line of the nest. */
  void add(TextLine line, List<List<Token>> columns) {
    if (ended) {
      throw line.at().error("a line after the compute", "expected 'layer' or the end");
    }
    switch (line) {
      case Keep k -> k.tensors().forEach(t -> add(new Storage(k.memory(), t.text()), t.at()));
      case LoopLine l -> addLoop(l);
      case ComputeLine c -> {
        ended = true;
        String compute = architecture.compute().name();
        if (!c.name().equals(compute)) {
          throw c.at()
              .error(
                  "compute " + Words.quote(c.name()) + " is unknown", "expected '" + compute + "'");
        }
      }
      case TextLine.Layer l -> throw new IllegalArgumentException(l.name());
    }
    checkColumns(line, columns);
  }

  /** The mapping, once it is known to be legal. */
  LocatedMapping close() {
    var mapping =
        new LocatedMapping(
            layer, new LoopTree(nodes), Optional.of(architecture.compute().name()), at, places);
    mapping.check(einsum, architecture);
    return mapping;
  }

  private void add(MappingNode node, Position place) {
    nodes.add(node);
    places.add(place);
  }

  private void addLoop(LoopLine line) {
    String variable = line.variable();
    Long above = outer.get(variable);
    if (above != null && line.range().orElse(above) != above) {
      throw line.at()
          .error(
              "a loop over "
                  + Words.quote(variable)
                  + " has the range 0.."
                  + line.range().getAsLong(),
              "expected 0.." + above + ", what the loops around it leave; or leave the range out");
    }
    MappingNode node =
        line.at()
            .locate(
                () ->
                    line.place()
                        .<MappingNode>map(
                            p -> new Spatial(p.fanout(), p.dimension(), variable, line.step()))
                        .orElseGet(() -> new Temporal(variable, line.step())));
    if (above != null && line.last().isPresent()) {
      long last = above % line.step();
      if (line.last().getAsLong() != last) {
        throw line.at()
            .error(
                "the last tile of a loop over '"
                    + variable
                    + "' is given as "
                    + line.last().getAsLong(),
                last == 0
                    ? "all tiles are full: leave it out"
                    : "expected " + last + ", what is left of " + above + "; or leave it out");
      }
    }
    outer.put(variable, line.step());
    add(node, line.at());
  }

  private void checkColumns(TextLine line, List<List<Token>> columns) {
    if (columns.isEmpty()) {
      return;
    }
    if (!hasColumns) {
      throw line.at()
          .error(
              "a line has columns, but no 'layer' line names them", "leave them out or name them");
    }
    if (columns.size() != memories.size()) {
      throw line.at()
          .error(
              "a line has " + columns.size() + " columns",
              "expected " + memories.size() + " or none");
    }
    for (int i = 0; i < columns.size(); i++) {
      boolean kept = line instanceof Keep k && k.memory().equals(memories.get(i));
      String expected = kept ? text(((Keep) line).tensors()) : "";
      String found = text(columns.get(i));
      if (!found.equals(expected)) {
        throw line.at()
            .error(
                "column "
                    + Words.quote(memories.get(i))
                    + " says "
                    + Words.quote(found)
                    + ", but the line keeps "
                    + Words.quote(expected)
                    + " there",
                "make both agree, or delete everything from the first '|' on");
      }
    }
  }

  private static String text(List<Token> tokens) {
    return tokens.stream().map(t -> Token.write(t.text())).collect(Collectors.joining(" "));
  }
}
