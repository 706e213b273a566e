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

  /** Far more than any result has without what is passed by. */
  private static final int MOST_VALUES = 2_000_000;

  private final String file;
  private final JsonParser parser;
  private final Set<String> skipped;
  private int values;

  private JsonText(String file, JsonParser parser, Set<String> skipped) {
    this.file = file;
    this.parser = parser;
    this.skipped = skipped;
  }

  /**
   * The one value in the file.
   *
   * @param skipped keys whose values are passed by, wherever they are
   * @throws InputException when it cannot be read or is no JSON
   */
  static JsonValue read(Path path, Set<String> skipped) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      Source.file(path); // says why
    }
    String file = path.toString();
    try (Reader in = Files.newBufferedReader(path);
        JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
      return new JsonText(file, parser, skipped).whole();
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
      JsonValue value = value();
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

  /** The value that begins with the current token. */
  private JsonValue value() {
    Position at = here();
    if (++values > MOST_VALUES) {
      throw at.error("more than " + MOST_VALUES + " values", "no result needs that many");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return fields(at);
    }
    if (token == JsonToken.START_ARRAY) {
      List<JsonValue> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value());
      }
      return new JsonValue.Items(at, items);
    }
    return token == JsonToken.VALUE_STRING
        ? new JsonValue.Text(at, parser.getString())
        : new JsonValue.Literal(at, parser.getString());
  }

  private JsonValue fields(Position at) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (skipped.contains(name)) {
        fields.put(name, new JsonValue.Left(here()));
        parser.skipChildren();
      } else {
        fields.put(name, value());
      }
    }
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
