package org.einloom.io.result;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON file value by value, so that a large one takes no more memory than what is asked of
 * it.
 */
final class JsonText {
  private static final int DEEPEST = 500;
  private static final int LONGEST_NUMBER = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .build();

  /** What the parser says of words that are none of JSON, and of characters. */
  private static final Pattern TOKEN =
      Pattern.compile("(?:Non-standard|Unrecognized) token '([^']*)'");

  private static final Pattern CODE = Pattern.compile(" \\(code \\d+\\)");

  /** Objects whose keys are names that users chose, and how deep: none of these is passed by. */
  private static final Map<String, Integer> NAMES =
      Map.of("tensors", 1, "actions", 1, "extents", 1, "terms", 1, "ports", 1, "layers", 2);

  /** Far more than any result has without what is passed by. */
  private static final int MOST_VALUES = 2_000_000;

  private final String file;
  private final JsonParser parser;
  private final Set<String> skipped;
  private final String list;
  private final Taker taker;
  private long values;
  private int depth;

  private JsonText(String file, JsonParser parser, Set<String> skipped, String list, Taker taker) {
    this.file = file;
    this.parser = parser;
    this.skipped = skipped;
    this.list = list;
    this.taker = taker;
  }

  /**
   * The one value in the file.
   *
   * @param skipped keys whose values are passed by, wherever they are
   * @throws InputException when it cannot be read or is no JSON
   */
  static JsonValue read(Path path, Set<String> skipped) {
    return read(path, skipped, "", (index, item) -> item);
  }

  /** Looks at the items of a list, one after the other, before the next is read. */
  @FunctionalInterface
  interface Taker {
    /** What is to be kept of an item. */
    JsonValue take(int index, JsonValue item);
  }

  /**
   * The same, and the items of one list are looked at while it is read.
   *
   * @param list the key of a list that is a value of the outermost object
   */
  static JsonValue read(Path path, Set<String> skipped, String list, Taker taker) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      Source.file(path); // says why
    }
    String file = path.toString();
    try (Reader in = Files.newBufferedReader(path);
        JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
      return new JsonText(file, parser, skipped, list, taker).whole();
    } catch (IOException e) {
      throw new InputException(
          Position.of(file), "cannot be read", Words.printable(String.valueOf(e.getMessage())), e);
    }
  }

  private JsonValue whole() {
    try {
      if (parser.nextToken() == null) {
        throw Position.of(file).error("is empty", "expected JSON");
      }
      JsonValue value = value(0);
      if (parser.nextToken() != null) {
        throw here().error("something follows the end of the JSON", "expected one value");
      }
      return value;
    } catch (JacksonIOException e) {
      throw new InputException(
          Position.of(file), "is not UTF-8 text", "expected JSON saved as UTF-8", e);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new InputException(at == null ? here() : position(at), problem(e), "", e);
    }
  }

  private static String problem(JacksonException e) {
    String said = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    if (e instanceof UnexpectedEndOfInputException || said.startsWith("Unexpected end-of-input")) {
      return "the JSON ends in the middle; was the file cut off?";
    }
    if (e instanceof StreamConstraintsException) {
      return said.contains("nesting")
          ? "values within values, more than " + DEEPEST + " deep; no result is that deep"
          : said.contains("Number")
              ? "a number of more than " + LONGEST_NUMBER + " digits"
              : "a name or text that is too long";
    }
    Matcher token = TOKEN.matcher(said);
    return "this is not JSON: "
        + (token.lookingAt()
            ? "'"
                + Words.printable(token.group(1))
                + "' is neither a number nor true, false or null"
            : Words.printable(CODE.matcher(said).replaceAll("")));
  }

  /**
   * The value that begins with the current token.
   *
   * @param names how many levels of objects in it have names as keys
   */
  private JsonValue value(int names) {
    Position at = here();
    if (++values > MOST_VALUES) {
      throw at.error("more than " + MOST_VALUES + " values", "no result needs that many");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return fields(at, names);
    }
    if (token == JsonToken.START_ARRAY) {
      return items(at, false);
    }
    return token == JsonToken.VALUE_STRING
        ? new JsonValue.Text(at, parser.getString())
        : new JsonValue.Literal(at, parser.getString());
  }

  private JsonValue items(Position at, boolean taken) {
    List<JsonValue> items = new ArrayList<>();
    depth++;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long before = values;
      JsonValue item = value(0);
      if (taken) {
        item = taker.take(items.size(), item);
        values = before + item.size();
      }
      items.add(item);
    }
    depth--;
    return new JsonValue.Items(at, items);
  }

  private JsonValue fields(Position at, int names) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    depth++;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (names == 0 && skipped.contains(name)) {
        fields.put(name, new JsonValue.Left(here()));
        parser.skipChildren();
      } else if (depth == 1
          && name.equals(list)
          && parser.currentToken() == JsonToken.START_ARRAY) {
        fields.put(name, items(here(), true));
      } else {
        fields.put(name, value(names > 0 ? names - 1 : NAMES.getOrDefault(name, 0)));
      }
    }
    depth--;
    return new JsonValue.Fields(at, fields);
  }

  private Position here() {
    return position(parser.currentTokenLocation());
  }

  private Position position(TokenStreamLocation at) {
    return at.getLineNr() < 1
        ? Position.of(file)
        : new Position(file, at.getLineNr(), Math.max(1, at.getColumnNr()));
  }
}
