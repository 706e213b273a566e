package org.einloom.io.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results that somebody changed by hand, so that their figures no longer agree. */
class ResultCheckTest {
  /** Figures that others follow from, or that follow from others. */
  private static final List<String> AGREEING =
      List.of(
          "/totals/macs",
          "/totals/operations",
          "/totals/energyPj",
          "/totals/cycles",
          "/totals/latencyS",
          "/totals/areaUm2",
          "/totals/throughputPerS",
          "/totals/powerW",
          "/totals/tops",
          "/totals/topsPerW",
          "/totals/outermostBits",
          "/totals/optimality/value",
          "/totals/optimality/lowerBound",
          "/totals/optimality/gap",
          "/layers/0/repeats",
          "/layers/0/macs",
          "/layers/0/operations",
          "/layers/0/energyPj",
          "/layers/0/latencyS",
          "/layers/0/outermostBits",
          "/layers/0/components/0/energyPj",
          "/layers/0/components/0/actions/read/energyPj",
          "/layers/0/components/1/actions/leak/energyPj",
          "/layers/0/components/0/tensors/A/energyPj",
          "/layers/0/components/1/instances",
          "/layers/0/optimality/lowerBound",
          "/layers/1/optimality/value",
          "/order/0/layer",
          "/figures/2/value",
          "/hardware/clockHz",
          "/hardware/nodes/1/instances");

  @TempDir Path folder;

  private static ObjectNode good() {
    return (ObjectNode) JsonMapper.shared().readTree(ResultFileTest.GOOD);
  }

  private String complaint(JsonNode json) throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), json.toString());
    try {
      ResultFile.read(file);
      return "";
    } catch (InputException e) {
      return String.valueOf(e.getMessage()).replaceFirst("^.*/(?=r\\.json)", "");
    }
  }

  private static ObjectNode with(String pointer, double factor) {
    ObjectNode json = good();
    JsonPointer at = JsonPointer.compile(pointer);
    JsonNode old = json.at(at);
    assertThat(old.isNumber()).as(pointer).isTrue();
    var parent = json.at(at.head());
    String key = at.last().getMatchingProperty();
    if (old.isIntegralNumber()) {
      ((ObjectNode) parent).put(key, old.asLong() + 1);
    } else {
      ((ObjectNode) parent).put(key, old.asDouble() * factor);
    }
    return json;
  }

  @Test
  void figuresThatDoNotAgreeAreRefused() throws IOException {
    assertThat(complaint(good())).isEmpty();
    List<String> passed = new ArrayList<>();
    for (String pointer : AGREEING) {
      if (complaint(with(pointer, 1 + 1e-6)).isEmpty()) {
        passed.add(pointer);
      }
    }
    assertThat(passed).isEmpty();
  }

  /** Sums depend on the order in which they are added up. */
  @Test
  void roundingIsNoMistake() throws IOException {
    for (String pointer : AGREEING) {
      if (!good().at(pointer).isIntegralNumber() && !pointer.endsWith("/gap")) {
        assertThat(complaint(with(pointer, 1 + 1e-13))).as(pointer).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /totals/energyPj | 'totals.energyPj' is '14388.0'; expected 7194.0, the sum over 'layers', repetitions included
          /layers/0/components/0/energyPj | 'layers[0].components[0].energyPj' is '5000.0'; expected 2500.0, the sum of 'energyPj' over 'actions'
          /layers/0/optimality/lowerBound | 'layers[0].optimality.lowerBound' is '10.0'; expected 5.0, the 'value', as 'status' is 'optimal'
          /hardware/clockHz | 'hardware.clockHz' is '2000000.0'; expected a clock, by which 'layers[0].latencyS' is 1000 cycles
          /order/0/layer | 'order' has layer 0 1 times; expected 2 times, its 'repeats'
          """)
  void theMessageTellsThePlaceAndWhatWasExpected(String pointer, String message)
      throws IOException {
    assertThat(complaint(with(pointer, 2))).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/totals/energyPj",
        "/totals/tops",
        "/layers/1/energyPj",
        "/layers/1/latencyS",
        "/layers/1/cycles",
        "/layers/1/components/0/energyPj",
        "/layers/1/components/0/actions/read/count",
        "/layers/0/components/0/tensors/A/reads",
        "/fusion/outermostBits",
        "/figures/1/value",
        "/order/1/name"
      })
  void nothingInPlaceOfAFigureIsRefused(String pointer) throws IOException {
    ObjectNode json = good();
    JsonPointer at = JsonPointer.compile(pointer);
    ((ObjectNode) json.at(at.head())).putNull(at.last().getMatchingProperty());
    assertThat(complaint(json)).contains("is 'null'; expected");
    ((ObjectNode) json.at(at.head())).remove(at.last().getMatchingProperty());
    assertThat(complaint(json)).contains("has no '" + at.last().getMatchingProperty() + "'");
  }

  @Test
  void theOrderIsThatOfTheLayers() throws IOException {
    ObjectNode far = good();
    ((ObjectNode) far.at("/order/1")).put("layer", 2);
    assertThat(complaint(far))
        .contains("'order[1].layer' is '2'; expected at most 1, the place of the last of 'layers'");
    ObjectNode none = good();
    ((ArrayNode) none.get("order")).removeAll();
    assertThat(complaint(none)).contains("'order' has layer 0 0 times");
    ObjectNode dropped = good();
    ((ArrayNode) dropped.get("layers")).remove(1);
    assertThat(complaint(dropped)).contains("'totals.macs' is '12'; expected 8");
  }

  @Test
  void countsThatAreTooLargeAreRefused() throws IOException {
    ObjectNode json = good();
    ((ObjectNode) json.at("/layers/0")).put("repeats", Long.MAX_VALUE);
    assertThat(complaint(json)).contains("exceeds 2^63-1");
  }

  /** What is passed by are keys of the format, not names that users choose. */
  @ParameterizedTest
  @ValueSource(strings = {"front", "nest", "derivation", "inputs", "explanation", "odd name"})
  void tensorsMayBeCalledAsKeysAre(String name) throws IOException {
    ObjectNode json = good();
    var tensors = (ObjectNode) json.at("/layers/0/components/0/tensors");
    tensors.set(name, tensors.remove("A"));
    assertThat(complaint(json)).isEmpty();
    ((ObjectNode) tensors.get(name)).putNull("reads");
    assertThat(complaint(json))
        .contains(
            name.contains(" ")
                ? "tensors[\"odd name\"].reads' is"
                : "tensors." + name + ".reads' is");
  }

  /** Another format is told as such, and not by what it lacks. */
  @Test
  void otherFilesAreNoResultsWithMistakes() throws IOException {
    assertThat(complaint(JsonMapper.shared().readTree("{\"layers\": [{\"name\": \"a\"}]}")))
        .contains("this JSON is not a result of a mapping");
  }
}
