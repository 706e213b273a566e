package org.einloom.io.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;

/** Reads the text form of mappings for one design, line by line. */
final class TextReader {
  private static final int LONGEST_LINE = 20_000;

  private final Design design;
  private final SequencedMap<String, LocatedMapping> mappings = new LinkedHashMap<>();
  private @Nullable Section open;

  /** The lines of a layer: what they mean depends on the path of the design that they name. */
  private record Section(
      String layer,
      Position at,
      Einsum einsum,
      List<List<Token>> head,
      Position headAt,
      List<Line> lines) {}

  private record Line(TextLine text, List<List<Token>> columns) {}

  TextReader(Design design) {
    this.design = design;
  }

  /** The only mapping of the text, which is for this Einsum. */
  LoopTree read(Source source, Einsum einsum) {
    var layers = new LinkedHashMap<String, Einsum>();
    layers.put(einsum.name(), einsum);
    read(source, layers);
    return mappings.firstEntry().getValue().tree();
  }

  MappingFile read(Source source, Workload workload) {
    var layers = new LinkedHashMap<String, Einsum>();
    for (Layer layer : workload.layers()) {
      layers.put(layer.name(), layer.einsum());
    }
    read(source, layers);
    return new MappingFile(List.copyOf(mappings.values()));
  }

  private void read(Source source, SequencedMap<String, Einsum> layers) {
    int number = 0;
    Iterator<String> lines = source.text().lines().iterator();
    while (lines.hasNext()) {
      String text = lines.next();
      number++;
      Position start = new Position(source.name(), number, 1);
      if (text.isBlank() || text.stripLeading().startsWith("#")) {
        continue;
      }
      if (text.length() > LONGEST_LINE) {
        throw start.error("a line has more than " + LONGEST_LINE + " characters");
      }
      readLine(cells(Token.of(text, start)), start, layers);
    }
    close();
    if (mappings.isEmpty()) {
      throw Position.of(source.name())
          .error("the text holds no mapping", "expected 'layer ...' and its loop nest");
    }
  }

  private void readLine(
      List<List<Token>> cells, Position start, SequencedMap<String, Einsum> layers) {
    if (cells.getFirst().isEmpty()) {
      throw start.error("a line has nothing before its columns", "expected keep, for or parallel");
    }
    TextLine line = TextLineParser.parse(cells.getFirst());
    List<List<Token>> columns = cells.subList(1, cells.size());
    if (line instanceof TextLine.Layer layer) {
      close();
      open = begin(layer.name(), layer.at(), layers, columns, line.at());
      return;
    }
    if (open == null) {
      if (layers.size() != 1) {
        throw line.at().error("no layer yet", "expected 'layer' and its name first");
      }
      open = begin(layers.firstEntry().getKey(), line.at(), layers, List.of(), line.at());
    }
    open.lines.add(new Line(line, columns));
  }

  private Section begin(
      String layer,
      Position at,
      SequencedMap<String, Einsum> layers,
      List<List<Token>> head,
      Position headAt) {
    Einsum einsum =
        Optional.ofNullable(layers.get(layer))
            .orElseThrow(
                () ->
                    at.error(
                        "unknown layer " + Words.quote(layer),
                        "expected " + Words.list(layers.keySet()),
                        Words.didYouMean(layer, layers.keySet())));
    if (mappings.containsKey(layer)) {
      throw at.error("a second mapping of layer " + Words.quote(layer), "expected one");
    }
    return new Section(layer, at, einsum, head, headAt, new ArrayList<>());
  }

  private void close() {
    if (open != null) {
      var section = new TextSection(open.layer, open.at, open.einsum, path(open));
      section.head(open.head, open.headAt);
      open.lines.forEach(l -> section.add(l.text, l.columns));
      mappings.put(open.layer, section.close());
      open = null;
    }
  }

  private Architecture path(Section section) {
    Set<String> names = new HashSet<>();
    Optional<String> compute = Optional.empty();
    for (Line line : section.lines) {
      switch (line.text) {
        case TextLine.Keep k -> names.add(k.memory());
        case TextLine.LoopLine l -> l.place().ifPresent(p -> names.add(p.fanout()));
        case TextLine.ComputeLine c -> compute = Optional.of(c.name());
        case TextLine.Layer l -> throw new IllegalArgumentException(l.name());
      }
    }
    Optional<String> end = compute;
    return section.at.locate(() -> PlacedMapping.path(design, section.einsum, names, end));
  }

  /** What stands before, between and after the bars. */
  private static List<List<Token>> cells(List<Token> tokens) {
    List<List<Token>> cells = new ArrayList<>(List.of(new ArrayList<>()));
    for (Token token : tokens) {
      if (token.is("|")) {
        cells.add(new ArrayList<>());
      } else {
        cells.getLast().add(token);
      }
    }
    return cells;
  }
}
