package org.einloom.io.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.io.input.InputException;
import org.einloom.profile.BitFormat;
import org.einloom.profile.BitStatistics;
import org.einloom.profile.Histogram;
import org.einloom.profile.Profile;
import org.einloom.profile.TensorProfile;

/** Reads what {@code einloom profile} writes. */
public final class ProfileFile {
  private static final String EXPECTED = "expected what 'einloom profile' writes";
  private static final String FORMAT = "profile";
  private static final long VERSION = 1;

  /** What evaluations do not need; most of the file. */
  private static final Set<String> SKIPPED = Set.of("counts", "ones", "shape");

  private ProfileFile() {}

  /**
   * What was measured, without the counts of histograms, the statistics of single bits, and shapes.
   *
   * @throws InputException when the file cannot be read, or is no such profile
   */
  public static Profile read(Path path) {
    JsonValue value = JsonText.read(path, SKIPPED);
    if (!(value instanceof JsonValue.Fields fields)) {
      throw value.at().error("this is " + value.shown() + ", not a profile", EXPECTED);
    }
    var file = new ResultObject("the profile", fields);
    if (!file.has(FORMAT) || !file.has("tensors") || !file.has("layers")) {
      throw file.at().error("this JSON is not a profile of a network", EXPECTED);
    }
    if (file.count(FORMAT) != VERSION) {
      throw file.at()
          .error(
              "this profile has the format " + file.count(FORMAT),
              "expected format " + VERSION + ", as 'einloom profile' of this version writes it");
    }
    var tensors = new LinkedHashMap<String, TensorProfile>();
    file.objects("tensors").forEach(t -> tensors.put(t.text("name"), tensor(t)));
    return new Profile(
        file.text("model"), file.text("inputs"), tensors, layers(file.object("layers"), tensors));
  }

  private static SequencedMap<String, SequencedMap<String, String>> layers(
      ResultObject all, Map<String, TensorProfile> known) {
    var layers = new LinkedHashMap<String, SequencedMap<String, String>>();
    for (String layer : all.fields().values().keySet()) {
      ResultObject of = all.object(layer);
      var tensors = new LinkedHashMap<String, String>();
      for (String tensor : of.fields().values().keySet()) {
        String name = of.text(tensor);
        if (!known.containsKey(name)) {
          throw of.at()
              .error(
                  "'%s' of layer '%s' is '%s'".formatted(tensor, layer, name),
                  "expected the name of one of 'tensors'");
        }
        tensors.put(tensor, name);
      }
      layers.put(layer, tensors);
    }
    return layers;
  }

  private static TensorProfile tensor(ResultObject t) {
    List<BitStatistics> bits = new ArrayList<>();
    t.objects("bits").forEach(b -> bits.add(bits(b)));
    return new TensorProfile(
        t.text("name"),
        t.text("type"),
        t.flag("constant"),
        t.count("samples"),
        List.of(),
        t.count("elements"),
        t.share("density"),
        t.count("notFinite"),
        new Histogram(0, 0, List.of()),
        bits);
  }

  private static BitStatistics bits(ResultObject b) {
    OptionalDouble toggle = b.optionalShare("toggle");
    return new BitStatistics(
        b.at().locate(() -> BitFormat.named(b.text("format"))),
        b.amount("scale"),
        b.share("density"),
        List.of(),
        toggle);
  }
}
