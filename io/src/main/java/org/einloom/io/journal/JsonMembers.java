package org.einloom.io.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object, member by member; numbers, texts, arrays and objects, and nothing else. */
record JsonMembers(Map<String, Object> members) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The object that a line holds.
   *
   * @throws InvalidSpecException if it holds none
   */
  static JsonMembers of(String line) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        return object(json);
      }
    } catch (JacksonException e) {
      throw new InvalidSpecException(
          "a line of the results is no JSON object: " + e.getOriginalMessage(), e);
    }
    throw new InvalidSpecException("a line of the results is no JSON object");
  }

  private static JsonMembers object(JsonParser json) {
    var members = new LinkedHashMap<String, Object>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      members.put(name, value(json));
    }
    return new JsonMembers(members);
  }

  private static Object value(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(json));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_STRING -> json.getString();
      default ->
          throw new InvalidSpecException(
              "a line of the results has '%s', which no result has".formatted(json.getString()));
    };
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) {
    return as(String.class, name);
  }

  long count(String name) {
    return as(Long.class, name);
  }

  /** Also one that JSON does not have, such as infinity, which is written as text. */
  double number(String name) {
    return number(name, members.get(name));
  }

  OptionalDouble optionalNumber(String name) {
    return has(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
  }

  JsonMembers object(String name) {
    return as(JsonMembers.class, name);
  }

  /** Numbers by name. */
  LinkedHashMap<String, Double> numbers() {
    var numbers = new LinkedHashMap<String, Double>();
    members.forEach((name, value) -> numbers.put(name, number(name, value)));
    return numbers;
  }

  List<String> texts(String name) {
    return elements(name, e -> cast(String.class, name, e));
  }

  <T> List<T> objects(String name, Function<JsonMembers, T> read) {
    return elements(name, e -> read.apply(cast(JsonMembers.class, name, e)));
  }

  private <T> List<T> elements(String name, Function<Object, T> read) {
    List<T> elements = new ArrayList<>();
    for (Object element : as(List.class, name)) {
      elements.add(read.apply(element));
    }
    return elements;
  }

  private static double number(String name, @Nullable Object value) {
    try {
      return switch (value) {
        case Double d -> d;
        case Long l -> l;
        case String s -> Double.parseDouble(s);
        case null, default -> throw wrong(name);
      };
    } catch (NumberFormatException e) {
      throw wrong(name);
    }
  }

  private <T> T as(Class<T> type, String name) {
    return cast(type, name, members.get(name));
  }

  private static <T> T cast(Class<T> type, String name, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw wrong(name);
    }
    return type.cast(value);
  }

  private static InvalidSpecException wrong(String name) {
    return new InvalidSpecException(
        "a line of the results has no '%s', or one of another kind; it is of another version of einloom"
            .formatted(name));
  }
}
