package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
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
 * Turns text into trees from the parser's events, within bounds: nothing is ever constructed from a
 * tag, and depth and number of values, aliases and merges written out, are checked on the way.
 */
final class TreeParser {
  private static final int DEEPEST = 50;
  static final long MOST_VALUES = 500_000;

  private final Text text;
  private final Tags tags;
  private final Iterator<Event> events;
  private final Map<String, Optional<Tree>> anchors = new HashMap<>();
  private long values;

  private TreeParser(Text text, Tags tags, Iterator<Event> events) {
    this.text = text;
    this.tags = tags;
    this.events = events;
  }

  /** The one document of a text. */
  static Tree parse(Text text, Tags tags) {
    var settings =
        LoadSettings.builder()
            .setLabel(text.name())
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(text.text().length() + 1) // less makes long lines quadratic
            .setParseComments(false)
            .build();
    try {
      return new TreeParser(text, tags, new Parse(settings).parseString(text.text()).iterator())
          .document();
    } catch (MarkedYamlEngineException e) {
      Position at = e.getProblemMark().map(text::at).orElse(Position.of(text.name()));
      String problem = String.valueOf(e.getProblem()).lines().findFirst().orElse("").strip();
      throw new InputException(at, "not valid YAML: " + Words.printable(problem), fix(e), e);
    } catch (ReaderException e) {
      throw Position.of(text.name())
          .error(String.format("character U+%04X is not allowed in YAML", e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw new InputException(
          Position.of(text.name()), "not valid YAML", String.valueOf(e.getMessage()), e);
    }
  }

  private static String fix(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("\\t") || problem.contains("\t")) {
      return "indent with spaces, not tabs";
    }
    return problem.contains("mapping values are not allowed")
            || problem.contains("expected <block end>")
            || problem.contains("could not find expected ':'")
        ? "check the indentation, also of what a template puts here"
        : "";
  }

  private Tree document() {
    Event first = events.next();
    if (first instanceof StreamStartEvent) {
      first = events.next();
    }
    if (!(first instanceof DocumentStartEvent)) {
      throw Position.of(text.name()).error("the file is empty", "expected keys, as 'problem: ...'");
    }
    Tree root = tree(events.next(), 0);
    if (!(events.next() instanceof DocumentEndEvent)) {
      throw root.at().error("the document does not end where it should");
    }
    Event after = events.next();
    if (after instanceof DocumentStartEvent) {
      throw at(after).error("a second YAML document begins here", "expected one document per file");
    }
    return root;
  }

  private Tree tree(Event event, int depth) {
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
    Tree tree =
        switch (event) {
          case ScalarEvent s -> scalar(s, at);
          case SequenceStartEvent s -> row(at, Tags.check(s.getTag(), at, "list"), depth);
          case MappingStartEvent m -> keyed(at, Tags.check(m.getTag(), at, "mapping"), depth);
          default -> throw at.error("not valid YAML: a value is missing here");
        };
    if (!anchor.isEmpty()) {
      anchors.put(anchor, Optional.of(tree));
    }
    return tree;
  }

  private Tree row(Position at, String tag, int depth) {
    List<Tree> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(tree(e, depth + 1));
    }
    return Row.of(items, at, tag);
  }

  private Tree keyed(Position at, String tag, int depth) {
    List<Entry> entries = new ArrayList<>();
    Map<String, Position> seen = new HashMap<>();
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      Tree keyTree = tree(e, depth + 1);
      if (!(keyTree instanceof Leaf key)) {
        throw keyTree.at().error(keyTree.kind() + " as a key", "expected a plain name");
      }
      Position first = seen.putIfAbsent(key.value(), key.at());
      if (first != null) {
        throw key.at()
            .error(
                "key " + Words.quote(key.value()) + " is given twice", "the first is at " + first);
      }
      entries.add(new Entry(key, tree(events.next(), depth + 1)));
    }
    long before = Keyed.of(entries, at, tag).size();
    Keyed merged = Merges.apply(Keyed.of(entries, at, tag));
    count(Math.max(0, merged.size() - before), at);
    return merged;
  }

  private Tree alias(AliasEvent event, Position at) {
    String name = event.getAlias().getValue();
    Optional<Tree> target = anchors.get(name);
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
    values += more;
    if (values > MOST_VALUES) {
      throw at.error(
          "more than " + MOST_VALUES + " values, aliases written out",
          "no description needs that much");
    }
  }

  private Tree scalar(ScalarEvent s, Position at) {
    if (s.getTag().isPresent() && s.getTag().get().equals(Included.TAG)) {
      Tree included =
          tags.included(s.getValue(), at, text.isLiteral(s.getStartMark().orElseThrow()));
      count(included.size(), at);
      return included;
    }
    String tag = Tags.check(s.getTag(), at, "single value");
    Mark start = s.getStartMark().orElseThrow();
    int width = s.getEndMark().orElseThrow().getIndex() - start.getIndex();
    int letters = s.getValue().codePointCount(0, s.getValue().length());
    boolean marks = s.isSQuoted() || s.isDQuoted();
    boolean exact =
        (s.isPlain() || marks)
            && width == letters + (marks ? 2 : 0)
            && tag.isEmpty()
            && text.isLiteral(start, width);
    return new Leaf(
        s.getValue(),
        (marks || tag.equals("!!str")) && !tag.equals("!!int") && !tag.equals("!!float"),
        exact,
        at,
        marks ? at.plus(1) : at,
        tag.startsWith("!!") ? "" : tag);
  }

  private Position at(Event event) {
    return text.at(event.getStartMark().orElseThrow());
  }
}
