package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlNode.Sequence;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns YAML text into nodes with places, within bounds.
 *
 * <p>It works on the parser's events, so nothing is ever constructed from a tag, and depth, number
 * of nodes and expansion of aliases are checked while reading, before a hostile file can use
 * memory.
 */
public final class YamlParser {
  /** Levels of nesting; the formats use less than ten. */
  static final int DEEPEST = 50;

  /** Nodes with every alias written out. */
  static final long MOST_NODES = 1_000_000;

  private final String file;
  private final Iterator<Event> events;
  private final Map<String, Optional<YamlNode>> anchors = new HashMap<>();
  private long nodes;

  private YamlParser(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /** The one document of the text; an {@link InputException} says why there is none. */
  public static YamlNode parse(Source source) {
    var settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(source.text().length() + 1) // less makes long lines quadratic
            .setParseComments(false)
            .build();
    try {
      return new YamlParser(
              source.name(), new Parse(settings).parseString(source.text()).iterator())
          .document();
    } catch (MarkedYamlEngineException e) {
      Position at =
          e.getProblemMark().map(m -> at(source.name(), m)).orElse(Position.of(source.name()));
      throw new InputException(at, "not valid YAML: " + Complaint.of(e), Complaint.fix(e), e);
    } catch (ReaderException e) {
      throw new InputException(
          Position.of(source.name()),
          String.format("character U+%04X is not allowed in YAML", e.getCodePoint()),
          "",
          e);
    } catch (YamlEngineException e) {
      throw new InputException(
          Position.of(source.name()), "not valid YAML", String.valueOf(e.getMessage()), e);
    }
  }

  private YamlNode document() {
    Event first = events.next();
    if (first instanceof StreamStartEvent) {
      first = events.next();
    }
    if (!(first instanceof DocumentStartEvent)) {
      throw Position.of(file).error("the file is empty", "expected 'einloom: 1' in its first line");
    }
    YamlNode root = node(events.next(), 0);
    Event end = events.next();
    if (!(end instanceof DocumentEndEvent)) {
      throw at(end).error("expected the end of the document here");
    }
    Event after = events.next();
    if (after instanceof DocumentStartEvent) {
      throw at(after).error("a second YAML document begins here", "expected one document per file");
    }
    return root;
  }

  private YamlNode node(Event event, int depth) {
    Position at = at(event);
    if (depth > DEEPEST) {
      throw at.error("nested deeper than " + DEEPEST + " levels", "no description needs that much");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias, at);
    }
    String anchor = "";
    if (event instanceof NodeEvent n && n.getAnchor().isPresent()) {
      anchor = n.getAnchor().get().getValue();
      anchors.put(anchor, Optional.empty());
    }
    count(1, at);
    YamlNode node =
        switch (event) {
          case ScalarEvent s -> {
            refuseTag(s.getTag(), at);
            yield scalar(s, at);
          }
          case SequenceStartEvent s -> {
            refuseTag(s.getTag(), at);
            yield sequence(at, depth);
          }
          case MappingStartEvent m -> {
            refuseTag(m.getTag(), at);
            yield mapping(at, depth);
          }
          default -> throw at.error("not valid YAML: a value is missing here");
        };
    if (!anchor.isEmpty()) {
      anchors.put(anchor, Optional.of(node));
    }
    return node;
  }

  private YamlNode sequence(Position at, int depth) {
    List<YamlNode> items = new ArrayList<>();
    long before = nodes;
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(node(e, depth + 1));
    }
    return new Sequence(items, at, 1 + nodes - before);
  }

  private YamlNode mapping(Position at, int depth) {
    List<Entry> entries = new ArrayList<>();
    Map<String, Position> seen = new HashMap<>();
    long before = nodes;
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      YamlNode keyNode = node(e, depth + 1);
      if (!(keyNode instanceof Scalar key)) {
        throw keyNode.at().error(keyNode.kind() + " as a key", "expected a plain name");
      }
      Position first = seen.putIfAbsent(key.value(), key.at());
      if (first != null) {
        throw key.at()
            .error(
                "key " + Words.quote(key.value()) + " is given twice",
                "the first is in line " + first.line());
      }
      entries.add(new Entry(key, node(events.next(), depth + 1)));
    }
    return new Mapping(entries, at, 1 + nodes - before);
  }

  private YamlNode alias(AliasEvent event, Position at) {
    String name = event.getAlias().getValue();
    Optional<YamlNode> target = anchors.get(name);
    if (target == null) {
      throw at.error("alias '*" + name + "' names no anchor", "expected '&" + name + "' before it");
    }
    if (target.isEmpty()) {
      throw at.error("alias '*" + name + "' stands inside what it repeats");
    }
    count(target.get().size(), at);
    return target.get();
  }

  private void count(long more, Position at) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw at.error(
          "more than " + MOST_NODES + " values, aliases written out",
          "no description needs that much");
    }
  }

  private static void refuseTag(Optional<String> tag, Position at) {
    if (tag.isPresent()) {
      throw at.error(
          "tag " + Words.quote(tag.get().replace("tag:yaml.org,2002:", "!!")) + " is refused",
          "files are data and need no tags; leave it out");
    }
  }

  private YamlNode scalar(ScalarEvent s, Position at) {
    boolean quoted = s.isSQuoted() || s.isDQuoted();
    int width = s.getEndMark().orElseThrow().getIndex() - s.getStartMark().orElseThrow().getIndex();
    int letters = s.getValue().codePointCount(0, s.getValue().length());
    boolean exact = (quoted || s.isPlain()) && width == letters + (quoted ? 2 : 0);
    return new Scalar(s.getValue(), s.isPlain(), exact, at, quoted ? at.plus(1) : at);
  }

  private Position at(Event event) {
    return at(file, event.getStartMark().orElseThrow());
  }

  private static Position at(String file, Mark mark) {
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
